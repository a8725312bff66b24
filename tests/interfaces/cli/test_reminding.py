from __future__ import annotations

import datetime as dt
import json
import socket
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from tests.interfaces.cli.quiet import without_digests
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine
from tests.notifications.scripted_server import ScriptedServer

OVERDUE = dt.date(2025, 11, 3)


@pytest.fixture
def due(begun: CommandLine) -> CommandLine:
    """Give a record in which an action has just become overdue, on both databases."""
    a_small_plan(begun)
    without_digests(begun)
    begun.on(OVERDUE)
    return begun


def letters(cli: CommandLine) -> list[Path]:
    return sorted((cli.folder / "outbox").glob("*.eml"))


def test_whoever_leads_is_told_and_the_email_lies_in_the_folder(due: CommandLine) -> None:
    answer = due.answer("remind")
    (email,) = answer["emails"]
    assert (email["person"], email["address"]) == ("PE3", "implementation.chair@example.org")
    assert [item["ref"] for item in email["items"]] == ["A1"]
    assert answer["outcomes"] == {"sent": 1}
    (letter,) = letters(due)
    message = BytesParser(policy=policy.default).parsebytes(letter.read_bytes())
    assert message["To"].addresses[0].addr_spec == "implementation.chair@example.org"


def test_nobody_is_told_the_same_twice(due: CommandLine) -> None:
    due.done("remind")
    again = due.answer("remind")
    assert (again["emails"], again["outcomes"]) == ([], {})
    assert len(letters(due)) == 1
    assert "nobody has to be told anything new" in due.done("remind")


def test_a_dry_run_shows_the_same_and_changes_nothing(due: CommandLine) -> None:
    size = due.answer("verify")["size"]
    trial = due.answer("remind", "--dry-run")
    assert trial["dry_run"]
    assert letters(due) == []
    assert due.answer("verify")["size"] == size
    (planned,) = due.answer("remind")["emails"]
    assert {**trial["emails"][0], "ref": planned["ref"]} == planned


def test_a_run_is_told_in_words(due: CommandLine) -> None:
    trial = " ".join(due.done("remind", "--dry-run").split())
    assert "On 3 November 2025, 1 email would be written:" in trial
    assert "Example Implementation Chair <implementation.chair@example.org>" in trial
    told = " ".join(due.done("remind").split())
    assert "A1 due 31 October 2025 1 working day after as Chair of Implementation Subgroup" in told
    assert "Emails sent: 1." in told


def test_the_history_tells_of_the_email(due: CommandLine) -> None:
    due.done("remind")
    events = due.answer("history", "A1")["events"]
    assert [event["type"] for event in events][-2:] == ["email.planned", "email.sent"]


def test_another_day_may_be_named(due: CommandLine) -> None:
    assert due.answer("remind", "--on", "8.11.2025", "--dry-run")["is_working_day"] is False
    text = due.done("remind", "--on", "2025-11-08", "--dry-run")
    assert text == "8 November 2025 is not a working day: nobody is reminded.\n"


def test_a_lead_without_an_address_is_named_and_the_next_in_line_told(due: CommandLine) -> None:
    due.done("person", "change-email", "PE3")
    answer = due.answer("remind")
    assert answer["unreachable"] == [{"person": "PE3", "roles": ["RO3"]}]
    assert [email["person"] for email in answer["emails"]] == ["PE1"]
    due.on(dt.date(2025, 11, 4))
    text = due.done("remind")
    assert "Example Implementation Chair (Chair of Implementation Subgroup) has no address" in text


def test_where_nobody_has_an_address_that_is_said(due: CommandLine) -> None:
    for person in ("PE1", "PE3"):
        due.done("person", "change-email", person)
    answer = due.answer("remind")
    assert ("A1", "lead") in [(one["ref"], one["recipient"]) for one in answer["untold"]]
    said = " ".join(due.done("remind").split())
    assert "Neither whoever leads it nor the business manager can be told of A1: appoint" in said


def test_who_had_an_email_today_is_told_tomorrow(due: CommandLine) -> None:
    due.done("remind")
    due.done("action", "correct-target-date", "A1", "--target", "30.10.2025", "--reason", "Slip")
    answer = due.answer("remind")
    assert answer["waiting"] == ["PE3"]
    assert "is told on the next working day" in due.done("remind")


def test_a_day_ahead_is_only_looked_at(due: CommandLine) -> None:
    said = " ".join(due.refused("remind", "--on", "4.11.2025").split())
    assert "--on: 4 November 2025 lies ahead" in said
    assert "--dry-run" in said
    assert letters(due) == []
    assert due.answer("remind", "--on", "10.11.2025", "--dry-run")["emails"]


def test_several_days_caught_up_on_in_one_morning_bring_nobody_two_emails(due: CommandLine) -> None:
    due.on(dt.date(2025, 12, 1))
    for day in ("3.11.2025", "10.11.2025", "24.11.2025", "1.12.2025"):
        due.done("remind", "--on", day)
    due.done("remind")
    parsed = [
        BytesParser(policy=policy.default).parsebytes(one.read_bytes()) for one in letters(due)
    ]
    told = [message["To"].addresses[0].addr_spec for message in parsed]
    assert "implementation.chair@example.org" in told
    assert len(told) == len(set(told))


def test_emails_that_were_not_sent_are_shown_until_somebody_was_told(due: CommandLine) -> None:
    assert due.answer("remind", "--dry-run")["unsent"] == []
    (due.folder / "outbox").write_text("in the way")
    due.refused("remind", code=1)
    due.on(dt.date(2025, 11, 7))
    due.refused("remind", code=1)
    (one,) = due.answer("remind", "--dry-run")["unsent"]
    assert (one["ref"], one["person"], one["outcome"]) == ("E1", "PE3", "never_taken")
    said = " ".join(due.done("remind", "--dry-run").split())
    assert said.endswith(
        "1 email of the last days did not go out as it should: E1 to Example Implementation Chair"
        " was never taken by a mail server. What is still due is planned anew."
    )
    (due.folder / "outbox").unlink()
    due.on(dt.date(2025, 11, 10))
    due.done("remind")
    assert due.answer("remind", "--dry-run")["unsent"] == []


def test_an_outage_is_told_kindly_with_what_comes_next(due: CommandLine) -> None:
    (due.folder / "outbox").write_text("in the way")
    tried = due("remind")
    assert (tried.exit_code, tried.stderr) == (1, "")
    said = " ".join(tried.stdout.split())
    assert "Emails not taken yet, tried again later: 1." in said
    assert "1 email, to Example Implementation Chair, was not taken by the folder yet." in said
    assert "Nothing is lost: from 3 November 2025 at 12:05 on it is tried again, by" in said
    assert "What is not taken within 72 hours is planned anew." in said

    again = due("remind", "--json")
    assert again.exit_code == 1
    (waiting,) = json.loads(again.stdout)["not_taken"]
    assert (waiting["ref"], waiting["person"], waiting["attempts"]) == ("E1", "PE3", 1)
    assert waiting["next_try_at"] == "2025-11-03T12:05:00+00:00"

    (due.folder / "outbox").unlink()
    due.clock.now += dt.timedelta(minutes=5)
    assert "Emails sent: 1." in due.done("remind")
    assert due.answer("remind")["not_taken"] == []


def test_all_that_waits_is_counted_though_one_alone_was_tried(due: CommandLine) -> None:
    another = ("--text", "Read it", "--lead-roles", "RO2", "--target", "31.10.2025")
    due.done("action", "create", *another, "--plan", "P1", "--priority", "1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        _leaving_by(due, taken.getsockname()[1])
        found = due("remind")
    said = " ".join(found.stdout.split())

    assert found.exit_code == 1
    assert "Emails not taken yet, tried again later: 2." in said
    assert "2 emails, to Example Audit Chair and Example Implementation Chair, were not" in said
    due.done("remind", "--dry-run")


def test_an_address_that_is_refused_for_good_ends_with_1(due: CommandLine) -> None:
    with ScriptedServer({"RCPT": ["550 no such mailbox"]}) as server:
        _leaving_by(due, server.port)
        found = due("remind")
        after = due.done("remind")

    assert found.exit_code == 1
    assert "Emails refused for good: 1." in found.stdout
    assert "Emails sent: 1." in after


def _leaving_by(cli: CommandLine, port: int) -> None:
    cli.config.write_text(
        f'[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n'
        "connections = 1\n",
        encoding="utf-8",
    )
