from __future__ import annotations

import datetime as dt

import pytest

from events.action import (
    ActionCancelled,
    ActionCreated,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    ActionLeadsChanged,
    ActionMovedToPriority,
    ActionSubmitted,
    TargetDateMoved,
)
from events.audit import AuditClosed, AuditHandedOver, AuditKind, AuditPlanned
from events.catalogue import Event
from events.email import EmailPlanned, EmailSent, ReminderItem
from events.recommendation import (
    AfterNoImpact,
    RecommendationImpactNotShown,
    RecommendationProposed,
)
from events.record import ErasureAsked, TextErased
from projections.names import refs_in
from projections.sentence_parts import listed
from projections.sentences import sentence, words
from projections.timeline import Told, tell, timeline
from tests.projections.folds import Tale, target
from tests.projections.stories import random_story

ITEM = ReminderItem(item="action-1", target_on=dt.date(2025, 6, 30), rule="lead-5")

EXAMPLES: list[tuple[Event, str]] = [
    (
        ActionCreated(
            text="Agree a form",
            lead_roles=("role-1", "role-2"),
            target=target("December 2024"),
            plan="plan-1",
            priority=2,
            answers=("recommendation-7",),
        ),
        (
            "took on the action, led by role-1 and role-2, by December 2024 (due 31 December 2024),"
            " under priority 2 of plan-1, in answer to recommendation-7"
        ),
    ),
    (
        ActionCreated(text="Keep it up", lead_roles=(), target=target("Ongoing")),
        "took on the action, with no lead, Ongoing (reviewed every 60 working days)",
    ),
    (
        ActionCreated(text="Keep it up", lead_roles=("role-1",), target=target("By 31.10.2024")),
        "took on the action, led by role-1, By 31.10.2024 (due 31 October 2024)",
    ),
    (
        ActionMovedToPriority(priority=3, reason="The plan was put in another order."),
        "moved the action to priority 3 of its plan",
    ),
    (
        TargetDateMoved(target=target("30.6.25"), extension=1),
        (
            "moved the target date to 30.6.25 (due 30 June 2025), after the first request for more"
            " time"
        ),
    ),
    (
        ActionExtensionRequested(
            extension=1, target=target("June 2025"), reason="Exams.", progress="Half."
        ),
        "asked for more time (first request), until June 2025 (due 30 June 2025)",
    ),
    (
        ActionExtensionRequested(
            extension=12, target=target("Ongoing"), reason="Exams.", progress="Half."
        ),
        "asked for more time (request 12), Ongoing (reviewed every 60 working days)",
    ),
    (
        ActionExtensionWithdrawn(extension=3),
        "withdrew the third request for more time",
    ),
    (
        ActionLeadsChanged(lead_roles=("role-1",), reason="It moved."),
        "handed the action over to role-1",
    ),
    (
        ActionCancelled(reason="Done elsewhere."),
        "stopped the action",
    ),
    (
        AuditPlanned(kind=AuditKind.AUDIT, title="Neglect", lead_role="role-1"),
        "planned an audit, led by role-1",
    ),
    (
        AuditHandedOver(subgroup="subgroup-1", lead_role="role-1"),
        "let subgroup-1 commission the audit and handed the audit over to role-1",
    ),
    (
        AuditClosed(re_audit=target("March 2026")),
        "closed the audit; to be audited again, by March 2026 (due 31 March 2026)",
    ),
    (
        RecommendationProposed(text="See", audit="audit-1", findings=("audit-1/finding-2",)),
        "made the recommendation from audit-1/finding-2",
    ),
    (
        RecommendationImpactNotShown(reason="None.", then=AfterNoImpact.REOPEN),
        "recorded that no impact could be shown: work goes on",
    ),
    (EmailSent(sent_to="a@example.org"), "sent the email"),
    (EmailSent(sent_to="a@example.org", attempt=3), "sent the email at attempt 3"),
    (
        ErasureAsked(position=9, fields=("note", "reason"), authority="x", reason="y"),
        "asked that words of entry 9 be erased (note and reason)",
    ),
    (
        ErasureAsked(position=9, fields=("file",), authority="x", reason="y"),
        "asked that the file of entry 9 be erased",
    ),
    (
        TextErased(
            position=9, fields=("note",), authority="x", reason="y", second_person="person-2"
        ),
        "erased words of entry 9 (note), with person-2",
    ),
]


@pytest.mark.parametrize(("event", "told"), EXAMPLES, ids=lambda value: str(value)[:40])
def test_an_event_is_told_plainly(event: Event, told: str) -> None:
    assert sentence(event, "action-1") == told


def test_every_sentence_begins_small_has_no_full_stop_and_holds_no_free_text() -> None:
    for step in random_story(1, 6_000):
        told = sentence(step.event, step.stream)
        assert told[0].islower(), told
        assert not told.endswith("."), told
        assert "  " not in told, told
        assert "None" not in told, told
        for _, text in words(step.event):
            assert text not in told, told


def test_free_texts_come_apart_with_a_label_each() -> None:
    done = ActionSubmitted(what_we_did="We met.", no_evidence_reason="No minutes.")
    assert words(done) == (
        ("What we did", "We met."),
        ("Why there is no evidence", "No minutes."),
    )


def test_the_timeline_tells_every_event_in_the_order_of_the_stream() -> None:
    moved = TargetDateMoved(target=target("June 2025"), reason="Agreed.")
    tale = Tale("2025-01-06").tell("action-1", EXAMPLES[1][0], by="person-9")
    tale.on("2025-02-03").tell("action-1", moved, effective_on="2025-01-31")
    created, again = timeline(tale.view(), "action-1")
    assert created == tell(tale.events()[0])
    assert again == Told(
        tale.events()[1],
        "moved the target date to June 2025 (due 30 June 2025)",
        (("Reason", "Agreed."),),
        "June 2025 (due 30 June 2025)",
    )
    assert again.recorded.version == 2


def test_things_are_listed_as_people_list_them() -> None:
    assert listed(()) == "nobody"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_the_things_that_a_sentence_names_are_found() -> None:
    planned = EmailPlanned(
        person="person-3",
        send_on=dt.date(2025, 6, 23),
        items=(ITEM, ITEM.model_copy(update={"item": "audit-2"})),
        message_id="<e@example.org>",
    )
    told = sentence(planned, "email-1")
    assert refs_in(told) == {"person-3", "action-1", "audit-2"}
    assert refs_in("drafted audit-1/finding-2, a strength") == {"audit-1/finding-2"}
