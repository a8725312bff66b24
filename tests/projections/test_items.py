from __future__ import annotations

import datetime as dt

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.action import (
    ActionBragOverridden,
    ActionCompleted,
    ActionCreated,
    ActionExtensionRequested,
    ActionStarted,
    ActionSubmitted,
)
from events.audit import (
    AuditKind,
    AuditPlanned,
    FindingAgreed,
    FindingDrafted,
    FindingKind,
)
from events.directory import Access, AccessGranted
from events.email import EmailPlanned, ReminderItem
from events.plan import DocumentImported
from events.recommendation import (
    AfterNoImpact,
    Colour,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationProposed,
    RecommendationReopened,
)
from projections.history import history
from projections.items import Item, show
from projections.store import ViewInMemory
from projections.thread import golden_thread
from projections.versions import read_row, write_row
from tests.projections.example_board import covered, partnership, under_way
from tests.projections.folds import CALENDAR, Folded, Tale, target
from tests.projections.stories import recorded_story
from workflow.refusals import NotFound


def seen(tale: Tale, ref: str, on: str = "2024-11-05") -> Item:
    return show(tale.view(), ref, dt.date.fromisoformat(on), CALENDAR)


def facts(item: Item, label: str) -> list[str]:
    return [fact.value for fact in item.facts if fact.label == label]


def thread_tale() -> Tale:
    """Return a tale of one finding, two recommendations, and the action that answers the first."""
    found = FindingDrafted(finding=1, kind=FindingKind.AREA_FOR_DEVELOPMENT, text="Notes are late")
    planned = AuditPlanned(kind=AuditKind.AUDIT, title="Recording", themes=("neglect",))
    first = RecommendationProposed(
        text="Write it the same day", audit="audit-2", findings=("audit-2/finding-1",)
    )
    action = ActionCreated(
        text="Put a clock on the form",
        lead_roles=("role-1",),
        target=target("May 2025"),
        answers=("recommendation-2",),
    )
    return (
        partnership()
        .tell("audit-2", planned, found, FindingAgreed(finding=1))
        .tell("recommendation-2", first)
        .tell("recommendation-3", RecommendationProposed(text="Look again", audit="audit-2"))
        .tell("action-4", action)
        .tell("action-4", ActionSubmitted(what_we_did="Done.", evidence="The form"))
        .tell("recommendation-2", RecommendationImplemented(what_we_did="x", evidence="A sample"))
        .tell(
            "recommendation-2",
            RecommendationImpactShown(difference_made="Notes are prompt", evidence="Audit"),
        )
    )


WHOLE = [
    (0, "audit", "AU2", "Recording"),
    (1, "finding", "AU2/F1", "Notes are late"),
    (2, "recommendation", "R2", "Write it the same day"),
    (3, "action", "A4", "Put a clock on the form"),
    (4, "evidence", None, "The form"),
    (3, "evidence", None, "A sample"),
    (3, "impact", None, "Notes are prompt"),
]


def thread(tale: Tale, ref: str) -> list[tuple[int, str, str | None, str]]:
    steps = golden_thread(tale.view(), ref)
    return [(step.depth, step.level, step.ref, step.words) for step in steps]


def test_the_golden_thread_goes_from_the_audit_to_the_difference_that_was_made() -> None:
    assert thread(thread_tale(), "recommendation-2") == WHOLE
    assert thread(thread_tale(), "action-4") == WHOLE


def test_an_audit_shows_its_findings_first_and_then_what_came_from_none_of_them() -> None:
    loose = (1, "recommendation", "R3", "Look again")
    assert thread(thread_tale(), "audit-2") == [*WHOLE, loose]
    assert thread(thread_tale(), "audit-2/finding-1") == WHOLE


def test_an_action_that_answers_nothing_is_a_thread_of_its_own() -> None:
    assert thread(partnership(), "action-1") == [(0, "action", "A1", "Agree one referral form")]
    assert thread(partnership(), "plan-1") == []


def test_what_is_not_there_has_no_thread() -> None:
    with pytest.raises(NotFound, match="R9"):
        golden_thread(partnership().view(), "recommendation-9")


def test_impact_that_could_not_be_shown_is_part_of_the_thread() -> None:
    none = RecommendationImpactNotShown(reason="No change", then=AfterNoImpact.RE_AUDIT)
    tale = partnership().tell("recommendation-1", none)
    assert thread(tale, "recommendation-1")[-1] == (1, "impact", None, "No change")


def test_an_action_is_shown_with_its_line_its_requests_and_its_override() -> None:
    asked = ActionExtensionRequested(
        extension=1, target=target("June 2025"), reason="x", progress="y"
    )
    override = ActionBragOverridden(
        colour=Colour.RED, reason="No money.", expires_on=dt.date(2024, 11, 15)
    )
    tale = under_way().tell("action-1", asked, by="person-2").tell("action-1", override)
    item = seen(tale, "action-1")
    assert item.line is not None
    assert (item.ref, item.kind, item.status) == ("A1", "action", "in_progress")
    assert item.line.brag.colour is Colour.RED
    assert [request["asked_by"] for request in item.extensions] == ["Sam Sample"]
    assert facts(item, "Colour set by hand") == [
        "red until 15 November 2024, by Pat Example: No money."
    ]
    assert facts(item, "Reached") == [
        "not started on 2 September 2024",
        "in progress on 1 October 2024",
    ]


def test_statuses_of_one_day_are_told_in_their_order_however_the_row_was_stored() -> None:
    tale = partnership().tell("action-1", ActionStarted())
    view = tale.view()
    row = view.get("actions", "action-1")
    assert row is not None
    stored = read_row(write_row(row))
    again = ViewInMemory(view.position, {"actions": {"action-1": stored}})
    item = show(again, "action-1", dt.date(2024, 11, 5), CALENDAR)
    told = ["not started on 2 September 2024", "in progress on 2 September 2024"]
    assert facts(item, "Reached") == facts(seen(tale, "action-1"), "Reached") == told


def test_a_completed_action_says_who_confirmed_it() -> None:
    tale = under_way().tell("action-1", ActionCompleted(confirmed_by="person-2"))
    assert facts(seen(tale, "action-1"), "Confirmed by") == ["Sam Sample"]


def test_a_role_shows_its_spellings_its_holders_and_their_cover() -> None:
    item = seen(covered(), "role-1")
    assert (item.title, item.status) == ("Head of Learning", "current")
    assert facts(item, "Spelling 1") == ["Learning lead"]
    assert facts(item, "Holder") == ["Pat Example, since 2 September 2024"]
    assert facts(item, "Cover") == ["Sam Sample, 1 October 2024 to 31 October 2024"]
    assert facts(item, "Subgroup") == ["Quality and Learning"]


def test_a_person_shows_the_roles_they_held_and_what_they_may_do() -> None:
    granted = AccessGranted(access=Access.DELEGATED_PARTNER, subgroup="subgroup-1")
    item = seen(covered().tell("person-2", granted), "person-2")
    assert facts(item, "Holds or held") == ["Quality Chair, since 2 September 2024"]
    assert facts(item, "Covers") == ["Head of Learning, 1 October 2024 to 31 October 2024"]
    assert facts(item, "Access") == ["delegated partner over Quality and Learning"]


def test_a_subgroup_shows_its_chair_and_its_roles() -> None:
    item = seen(partnership(), "subgroup-1")
    assert facts(item, "Chaired by") == ["Quality Chair"]
    assert facts(item, "Role") == ["Head of Learning (RO1)"]


def test_a_plan_shows_its_priorities_actions_and_documents() -> None:
    document = DocumentImported(document="plan.txt", sha256="ab" * 32, rows=2)
    item = seen(partnership().tell("plan-1", document), "plan-1")
    assert facts(item, "Priority 2") == ["Learning"]
    assert facts(item, "Actions") == ["2"]
    assert facts(item, "Document") == [
        f"plan.txt, 2 rows, read on 2 September 2024 (SHA-256 {'ab' * 32})"
    ]


def test_a_plan_shows_the_lines_of_its_actions_by_priority() -> None:
    item = seen(under_way(), "plan-1")
    lines = [(line.quoted, line.priority, line.brag.colour) for line in item.actions]
    assert lines == [("A2", 1, Colour.GREY), ("A1", 2, Colour.GREEN)]
    assert [line["ref"] for line in item.as_json()["actions"]] == ["A2", "A1"]
    assert seen(under_way(), "action-1").actions == ()


def test_a_thing_shows_the_number_of_its_last_change() -> None:
    assert seen(partnership(), "action-1").version == 1
    assert seen(under_way(), "action-1").version == 3
    # What changes a finding changes its audit.
    assert seen(thread_tale(), "audit-2/finding-1").version == 3


def test_what_was_told_before_it_was_reopened_is_shown_as_former() -> None:
    done = RecommendationImplemented(what_we_did="We ask.", evidence="A survey")
    shown = RecommendationImpactShown(difference_made="They say so.", evidence="Another survey")
    tale = partnership().tell("recommendation-1", done, shown).on("2025-05-02")
    tale.tell("recommendation-1", RecommendationReopened(reason="It slipped back."))
    item = seen(tale, "recommendation-1", "2025-06-02")
    for label in ("What we did", "Evidence", "The difference that it made", "Evidence of impact"):
        assert facts(item, label) == []
    until = "until it was reopened on 2 May 2025"
    assert facts(item, "Formerly") == [
        f"What we did, {until}: We ask.",
        f"Evidence, {until}: A survey",
        f"The difference that it made, {until}: They say so.",
        f"Evidence of impact, {until}: Another survey",
    ]
    steps = [(step.level, step.words, step.status) for step in item.thread[1:]]
    assert steps == [("evidence", "A survey", "former"), ("impact", "They say so.", "former")]


def test_an_audit_tells_how_often_its_themes_came_up() -> None:
    again = AuditPlanned(kind=AuditKind.RAPID_REVIEW, title="Again", themes=("neglect",))
    tale = thread_tale().on("2025-02-03").tell("audit-3", again)
    assert facts(seen(tale, "audit-3"), "Theme") == ["neglect (came up 2 times since 2024)"]
    assert facts(seen(thread_tale(), "audit-2"), "Theme") == ["neglect (came up once since 2024)"]


def test_a_finding_can_be_shown() -> None:
    item = seen(thread_tale(), "audit-2/finding-1")
    assert (item.ref, item.kind, item.title, item.status) == (
        "AU2/F1",
        "finding",
        "Notes are late",
        "agreed",
    )
    assert facts(item, "Recommendations") == ["R2"]


def test_an_email_shows_to_whom_and_about_what() -> None:
    due = dt.date(2024, 12, 31)
    planned = EmailPlanned(
        person="person-1",
        send_on=dt.date(2024, 12, 2),
        items=(ReminderItem(item="action-1", target_on=due, rule="lead-20"),),
        message_id="<e1@example.org>",
    )
    item = seen(partnership().tell("email-1", planned), "email-1")
    assert (item.title, item.status) == ("Email for 2 December 2024", "planned")
    assert facts(item, "To") == ["Pat Example"]
    assert facts(item, "About") == ["A1, due 31 December 2024, rule lead-20"]


@pytest.mark.parametrize("ref", ["action-9", "audit-1/finding-9", "log-1", "audit-9/finding-1"])
def test_what_is_not_there_cannot_be_shown(ref: str) -> None:
    with pytest.raises(NotFound):
        seen(partnership(), ref)


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 2**32), st.integers(11, 500))
def test_everything_in_a_story_can_be_shown_and_has_a_history(seed: int, size: int) -> None:
    folded = Folded(recorded_story(seed, size))
    view, rows = folded.view(), folded.rows()
    models = ("actions", "audits", "directory", "plans", "recommendations", "reminders")
    for ref in (ref for model in models for ref in rows[model]):
        item = show(view, ref, dt.date(2022, 3, 1), CALENDAR)
        assert orjson.loads(orjson.dumps(item.as_json()))["title"] == item.title
        assert history(view, ref)
