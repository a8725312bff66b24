from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from events.email import EmailFailed, EmailUncertain
from notifications.heartbeat import Heart
from tests.interfaces.cli.quiet import without_digests
from tests.interfaces.running import CommandLine
from tests.notifications import records
from workflow.circumstances import SYSTEM

FRIDAY = dt.date(2025, 10, 31)
OVERDUE = dt.date(2025, 11, 3)


@pytest.fixture
def due(plan_on_both: CommandLine) -> CommandLine:
    """Give a record in which an action has just become overdue, on both databases."""
    without_digests(plan_on_both)
    plan_on_both.on(FRIDAY)
    plan_on_both.done("remind")
    plan_on_both.on(OVERDUE)
    return plan_on_both


def at(cli: CommandLine, written: str) -> None:
    """Set the clock to a time of London's winter."""
    cli.clock.now = dt.datetime.fromisoformat(written).replace(tzinfo=dt.UTC)


def a_worker_beats(cli: CommandLine, did: str | None = None, *, stops: bool = False) -> None:
    with records.opened(cli.url, records.SetClock(cli.clock.now)) as house:
        heart = Heart(house.log, house.clock, host="office", process=7)
        heart.ticked(did)
        if stops:
            heart.stop()


def failing(cli: CommandLine) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return the answer of a status that ends with 1."""
    result = cli("status", "--json")
    assert result.exit_code == 1, result.output
    return json.loads(result.stdout)


def said_in_failing(cli: CommandLine) -> str:
    result = cli("status")
    assert result.exit_code == 1, result.output
    return " ".join(result.stdout.split())


def test_a_record_that_has_just_begun_is_well_without_any_worker(begun: CommandLine) -> None:
    answer = begun.answer("status")
    assert answer["well"]
    assert (answer["workers"], answer["to_do"]) == ([], [])
    assert set(answer["outbox"].values()) == {0}
    assert answer["record"]["size"] == begun.answer("verify")["size"]
    assert answer["read_models"]["versions"]["actions"] >= 1
    said = " ".join(begun.done("status").split())
    assert re.match(r"All is well: everything that was due by .+ at 08:00 has left\.", said)
    assert "none has run yet. Emails go to a folder whenever somebody runs 'goldthread" in said


def test_a_reminder_that_was_due_and_has_not_left_ends_with_1(due: CommandLine) -> None:
    answer = failing(due)
    assert not answer["well"]
    assert answer["due_and_unsent"]["unplanned"] == [{"person": "PE3", "items": ["A1"]}]
    said = said_in_failing(due)
    assert said.startswith(
        "1 email due by 3 November 2025 at 08:00 has not left, to Example Implementation Chair."
        " Send what is due with 'goldthread remind', or start 'goldthread worker'"
    )


def test_once_it_has_left_all_is_well_again(due: CommandLine) -> None:
    due.done("remind")
    answer = due.answer("status")
    assert answer["due_and_unsent"]["unplanned"] == []
    assert answer["outbox"]["sent"] == 2


def test_what_is_due_has_a_quarter_of_an_hour_to_leave(due: CommandLine) -> None:
    at(due, "2025-11-03T08:14:59")
    assert due.answer("status")["well"]
    at(due, "2025-11-03T08:15:00")
    assert not failing(due)["well"]


def test_before_the_sending_hour_nothing_is_late(due: CommandLine) -> None:
    at(due, "2025-11-03T07:59:00")
    answer = due.answer("status")
    assert answer["next_sending_at"] == "2025-11-03T08:00:00+00:00"


def test_over_a_weekend_the_next_working_day_is_awaited(due: CommandLine) -> None:
    due.done("remind")
    at(due, "2025-11-08T12:00:00")
    answer = failing(due)
    # Five working days after the date: due on Friday, and still unsent on Saturday.
    assert answer["due_and_unsent"]["since"] == "2025-11-07T08:00:00+00:00"
    assert answer["next_sending_at"] == "2025-11-10T08:00:00+00:00"


def test_what_was_entered_since_the_sending_hour_is_nobodys_fault(due: CommandLine) -> None:
    due.done("remind")
    due.done(
        *("action", "create", "--text", "Read it", "--lead-roles", "RO2"),
        *("--target", "31.10.2025", "--plan", "P1", "--priority", "1"),
    )
    assert due.answer("status")["well"]
    due.on(dt.date(2025, 11, 4))
    assert failing(due)["due_and_unsent"]["unplanned"] == [{"person": "PE2", "items": ["A3"]}]


def test_what_has_ended_since_then_is_not_late(due: CommandLine) -> None:
    due.done("action", "cancel", "A1", "--reason", "Done elsewhere")
    assert due.answer("status")["well"]


def test_an_email_that_no_server_takes_is_late_with_what_was_said(due: CommandLine) -> None:
    folder = due.folder / "outbox"
    for letter in folder.iterdir():
        letter.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    due.refused("remind", code=1)
    (waiting,) = failing(due)["due_and_unsent"]["waiting"]
    assert (waiting["person"], waiting["attempts"]) == ("PE3", 1)
    said = said_in_failing(due)
    assert said.startswith(
        "1 email, to Example Implementation Chair, was not taken by the folder yet."
        " The answer was: The folder"
    )
    assert "Nothing is lost: from 3 November 2025 at 12:05 on it is tried again, by" in said
    due.clock.now += dt.timedelta(minutes=5)
    assert "Send what is due with 'goldthread remind'" in said_in_failing(due)


def test_what_may_not_have_arrived_is_no_good_standing_until_somebody_chose(
    due: CommandLine,
) -> None:
    due.done("remind")
    with records.opened(due.url, records.SetClock(due.clock.now)) as house:
        uncertain = EmailUncertain(reason="Connection lost", attempt=2)
        house.tell("email-2", uncertain, actor=SYSTEM)
    assert failing(due)["in_doubt"] == ["E2"]
    assert said_in_failing(due).startswith(
        "Nobody knows whether E2 arrived, to Example Implementation Chair, and something in it is"
        " still open. Ask them; what it has not told is told anew with 'goldthread tell-again E2'."
    )

    due.done("action", "cancel", "A1", "--reason", "No longer needed")
    assert due.answer("status")["in_doubt"] == []


def test_what_waits_behind_another_email_is_told_and_is_nobodys_fault(due: CommandLine) -> None:
    at(due, "2025-11-03T07:00:00")
    due.done("remind")
    at(due, "2025-11-03T07:30:00")
    due.done(
        "action", "create", "--text", "Share it with every school", "--lead-roles", "RO3",
        "--target", "31.10.2025", "--plan", "P1", "--priority", "1",
    )  # fmt: skip
    at(due, "2025-11-03T12:00:00")

    answer = due.answer("status")

    assert answer["well"]
    assert answer["due_and_unsent"]["behind"] == ["PE3"]
    assert (
        "Example Implementation Chair has had an email already, and is told of what else is due on"
        " the next working day" in " ".join(due.done("status").split())
    )


def test_where_nobody_can_be_told_that_is_no_good_standing(due: CommandLine) -> None:
    at(due, "2025-11-02T12:00:00")
    for person in ("PE1", "PE3"):
        due.done("person", "change-email", person)
    due.on(OVERDUE)
    assert failing(due)["due_and_unsent"]["untold"]
    assert "nor the business manager can be told of A1" in said_in_failing(due)


def test_a_worker_that_is_awake_is_shown_with_what_it_did(due: CommandLine) -> None:
    due.done("remind")
    a_worker_beats(due, "1 email planned; sent: 1")
    due.clock.now += dt.timedelta(minutes=14, seconds=59)
    (worker,) = due.answer("status")["workers"]
    assert (worker["host"], worker["silent_seconds"], worker["silent"]) == ("office", 899, False)
    said = " ".join(due.done("status").split())
    assert "office, process 7: awake 14 minutes ago" in said
    assert "last did, on 3 November 2025 at 12:00: 1 email planned; sent: 1" in said


def test_a_worker_that_is_silent_ends_with_1_and_says_what_to_do(due: CommandLine) -> None:
    due.done("remind")
    a_worker_beats(due)
    due.clock.now += dt.timedelta(minutes=15)
    (sentence,) = failing(due)["to_do"]
    assert sentence == (
        "The worker on office (process 7) has been silent for 15 minutes. See whether it still runs"
        " and what it wrote, and start it again with 'goldthread worker' or"
        " 'goldthread serve'."
    )


def test_a_worker_that_was_stopped_is_to_be_started_again(due: CommandLine) -> None:
    due.done("remind")
    a_worker_beats(due, stops=True)
    said = said_in_failing(due)
    assert "was stopped on 3 November 2025 at 12:00. Start it again" in said
    assert "stopped 0 seconds ago, at work since" in said
    assert "awake" not in said


def test_a_worker_that_was_given_up_long_ago_is_not_missed(due: CommandLine) -> None:
    a_worker_beats(due)
    due.on(OVERDUE + dt.timedelta(days=30))
    due.done("remind")
    assert due.answer("status")["well"]


def test_a_role_with_nobody_is_named_with_what_it_leads(due: CommandLine) -> None:
    due.done("role", "stand-down", "RO3", "--person", "PE3", "--last-day-on", "2025-11-03")
    due.on(dt.date(2025, 11, 4))
    due.done("remind")
    (vacant,) = due.answer("status")["roles_with_nobody"]
    assert (vacant["role"], vacant["items"]) == ("RO3", ["A1"])
    said = " ".join(due.done("status").split())
    assert said.startswith(
        "Nobody holds the role of Chair of Implementation Subgroup (RO3), which leads A1: whoever"
        " is next is told instead. Appoint somebody with 'goldthread role appoint RO3 --person"
        " PERSON --from-on 2025-11-04'. Apart from that all is well: everything that was due by"
        " 4 November 2025 at 08:00 has left."
    )


def refuse_the_address(cli: CommandLine, reply: str) -> None:
    """Let a mail server have refused the address to which the first email went."""
    with records.opened(cli.url, records.SetClock(cli.clock.now)) as house:
        house.tell("email-1", EmailFailed(reply=reply), actor=SYSTEM)


def test_a_refused_address_comes_first_with_whose_it_is_and_how_it_is_mended(
    due: CommandLine,
) -> None:
    due.done("remind")
    refuse_the_address(due, "550 no such mailbox")
    said = " ".join(due.done("status").split())
    assert said.startswith(
        "No email reaches Example Implementation Chair (PE3): the address"
        " implementation.chair@example.org was refused on 3 November 2025 (550 no such mailbox)."
        " Enter the right one with 'goldthread person change-email PE3 --email ADDRESS'."
    )
    (refused,) = due.answer("status")["refused_addresses"]
    assert (refused["person"], refused["refused_on"]) == ("PE3", "2025-11-03")

    due.done("person", "change-email", "PE3", "--email", "new@example.org")
    assert due.answer("status")["refused_addresses"] == []
