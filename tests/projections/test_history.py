from __future__ import annotations

import datetime as dt

import orjson
import pytest

from events.action import ActionProgressNoted, TargetDateMoved
from events.audit import FindingAgreed, FindingDrafted, FindingKind
from events.directory import PersonRenamed
from events.email import EmailItemDropped, EmailPlanned, EmailSent, NotSentReason, ReminderItem
from projections.history import history
from tests.projections.example_board import partnership, under_way
from tests.projections.folds import Tale, target
from workflow.refusals import NotFound

DUE = dt.date(2024, 12, 31)


def told(tale: Tale, ref: str) -> list[str]:
    return [f"{line.who} {line.sentence}" for line in history(tale.view(), ref)]


def test_a_history_is_told_with_names_in_place_of_references() -> None:
    assert told(under_way(), "action-1") == [
        (
            "Pat Example took on the action, led by Head of Learning, by December 2024 (due 31"
            " December 2024), under priority 2 of P1"
        ),
        "Pat Example started the work",
        "Pat Example told how the work goes",
    ]


def test_what_people_wrote_comes_apart_from_the_sentence() -> None:
    assert history(under_way().view(), "action-1")[2].words == (("Note", "Drafted."),)


def test_a_moved_date_is_told_with_the_date_before_it() -> None:
    tale = under_way().tell("action-1", TargetDateMoved(target=target("March 2025"), extension=1))
    tale.tell("action-1", TargetDateMoved(target=target("30.6.25")))
    assert [line.sentence for line in history(tale.view(), "action-1")[-2:]] == [
        (
            "moved the target date from December 2024 (due 31 December 2024) to March 2025"
            " (due 31 March 2025), after the first request for more time"
        ),
        "moved the target date from March 2025 (due 31 March 2025) to 30.6.25 (due 30 June 2025)",
    ]


def test_what_was_recorded_after_it_happened_is_marked_late() -> None:
    note = ActionProgressNoted(note="Met in October.")
    tale = under_way().on("2024-11-18").tell("action-1", note, effective_on="2024-10-30")
    line = history(tale.view(), "action-1")[-1]
    assert (line.recorded_on, line.happened_on) == (dt.date(2024, 11, 18), dt.date(2024, 10, 30))
    assert line.late
    assert not history(tale.view(), "action-1")[0].late


def test_emails_about_an_item_belong_to_its_history_and_other_items_of_theirs_do_not() -> None:
    items = tuple(
        ReminderItem(item=ref, target_on=DUE, rule="lead-20") for ref in ("action-1", "action-2")
    )
    planned = EmailPlanned(
        person="person-1",
        send_on=dt.date(2024, 12, 2),
        items=items,
        message_id="<e1@example.org>",
    )
    dropped = EmailItemDropped(
        item="action-2", target_on=DUE, rule="lead-20", reason=NotSentReason.ENDED
    )
    tale = under_way().on("2024-12-02")
    tale.tell("email-1", planned, dropped, EmailSent(sent_to="pat@example.org"), by="system")
    assert told(tale, "action-1")[-2:] == [
        "Goldthread planned an email to Pat Example for 2 December 2024 about A1 and A2",
        "Goldthread sent the email",
    ]
    assert told(tale, "action-2")[-2] == (
        "Goldthread took A2 (due 31 December 2024) out of the email: ended"
    )
    assert history(tale.view(), "action-1")[-1].ref == "E1"


def test_a_finding_has_a_history_of_its_own() -> None:
    drafted = FindingDrafted(finding=1, kind=FindingKind.STRENGTH, text="Prompt notes")
    other = FindingDrafted(finding=11, kind=FindingKind.STRENGTH, text="Kind words")
    tale = partnership().tell("audit-1", drafted, other, FindingAgreed(finding=1))
    assert told(tale, "audit-1/finding-1") == [
        "Pat Example drafted AU1/F1, a strength",
        "Pat Example agreed AU1/F1",
    ]
    with pytest.raises(NotFound, match="AU1/F2"):
        history(tale.view(), "audit-1/finding-2")


def test_names_are_those_known_in_the_view() -> None:
    tale = under_way()
    assert told(tale, "action-1")[1] == "Pat Example started the work"
    tale.tell("person-1", PersonRenamed(name="Pat Sample"))
    assert told(tale, "action-1")[1] == "Pat Sample started the work"


def test_what_is_not_there_has_no_history() -> None:
    with pytest.raises(NotFound, match="A9"):
        history(under_way().view(), "action-9")


def test_a_history_can_be_written_as_json() -> None:
    line = history(under_way().view(), "action-1")[2]
    assert orjson.loads(orjson.dumps(line.as_json())) == {
        "position": line.position,
        "ref": "A1",
        "type": "action.progress_noted",
        "recorded_at": "2024-11-04T12:00:00.000000+00:00",
        "recorded_on": "2024-11-04",
        "happened_on": "2024-11-04",
        "late": False,
        "days_late": 0,
        "actor": "PE1",
        "who": "Pat Example",
        "sentence": "told how the work goes",
        "words": [{"label": "Note", "text": "Drafted."}],
    }
