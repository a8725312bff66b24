"""What becomes of emails that may have left after the backup was made."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.backup.copies import Copies
from tests.interfaces.running import CommandLine

BACKED_UP = dt.date(2025, 10, 23)
"""The day before the reminder five working days ahead of action 1's date, 31 October."""


@pytest.fixture
def reminded(copies: Copies) -> Copies:
    """Give a record whose reminders go to a folder, everything told so far."""
    copies.cli.on(BACKED_UP)
    copies.cli.done("remind")
    copies.note()
    copies.cli.done("checkpoint")
    return copies


def letters(cli: CommandLine) -> list[str]:
    """Return whom each email in the folder was for."""
    found = (cli.folder / "data" / "outbox", cli.folder / "outbox")
    return sorted(path.name for folder in found if folder.exists() for path in folder.glob("*.eml"))


def lose_a_week(copies: Copies) -> Path:
    """Back up, remind on the days after, and lose what is recorded of it."""
    path = copies.backup()
    for day in (24, 27, 28, 29, 30, 31):
        copies.cli.on(dt.date(2025, 10, day))
        copies.cli.done("remind")
    return path


def restore(copies: Copies, path: Path, *more: str) -> dict[str, Any]:
    answer: dict[str, Any] = copies.cli.answer("restore", str(path), "--replace", *more)
    return answer


def statuses(copies: Copies) -> dict[str, str]:
    emails = copies.cli.answer("reminders")["emails"]
    return {one["ref"]: one["status"] for one in emails}


def test_what_left_after_the_backup_does_not_leave_again_by_itself(reminded: Copies) -> None:
    before = letters(reminded.cli)
    path = lose_a_week(reminded)
    left = letters(reminded.cli)
    assert len(left) > len(before)
    found = restore(reminded, path)["emails_in_doubt"]
    assert (found[0]["send_on"], found[0]["items"]) == ("2025-10-24", ["A1"])
    for day in (31, 30, 29):
        reminded.cli.on(dt.date(2025, 10, day))
        reminded.cli.done("remind")
    assert letters(reminded.cli) == left
    assert {statuses(reminded)[one["ref"]] for one in found} == {"uncertain"}
    assert reminded.verdict().holds


def test_what_was_planned_when_the_backup_was_made_is_held_too(reminded: Copies) -> None:
    reminded.cli.on(dt.date(2025, 10, 24))
    reminded.cli.environment = {"GOLDTHREAD_MAIL__TRANSPORT": "smtp", **NO_SERVER}
    reminded.cli("remind")
    assert "planned" in statuses(reminded).values()
    path = reminded.backup()
    reminded.cli.environment = {}
    reminded.cli.refused("remind", code=1)
    left = letters(reminded.cli)
    (held,) = restore(reminded, path)["emails_in_doubt"]
    assert held["items"] == ["A1"]
    reminded.cli.done("remind")
    assert letters(reminded.cli) == left


NO_SERVER = {"GOLDTHREAD_MAIL__HOST": "127.0.0.1", "GOLDTHREAD_MAIL__PORT": "1"}


def test_a_person_chooses_what_is_told_anew(reminded: Copies) -> None:
    path = lose_a_week(reminded)
    reminded.cli.done("restore", str(path), "--replace")
    left = letters(reminded.cli)
    told = reminded.cli.refused("tell-again", "--after-restore", "--as", "PE2")
    assert "may not have an email told anew" in told
    assert "is told again, as far as it is still due" in reminded.cli.done(
        "tell-again", "--after-restore", "--as", "PE1"
    )
    assert "uncertain" not in statuses(reminded).values()
    reminded.cli.on(dt.date(2025, 11, 3))
    reminded.cli.done("remind")
    assert len(letters(reminded.cli)) > len(left)
    again = reminded.cli.done("tell-again", "--after-restore", "--as", "PE1")
    assert "No email is in doubt because of a restore." in again


def test_only_what_is_in_doubt_is_told_anew(reminded: Copies) -> None:
    path = lose_a_week(reminded)
    ((first, *_),) = [restore(reminded, path)["emails_in_doubt"]]
    sent = next(ref for ref, status in statuses(reminded).items() if status == "sent")
    refused = reminded.cli.refused("tell-again", first["ref"], sent, "--as", "PE1")
    assert f"{sent} is sent, so you cannot have it told anew" in refused
    assert statuses(reminded)[first["ref"]] == "uncertain"
    told = reminded.cli.answer("tell-again", first["ref"], first["ref"], "--as", "PE1")
    assert told == {"told_again": [first["ref"]]}
    assert "name the emails" in reminded.cli.refused("tell-again", "--as", "PE1")
    listed = reminded.cli.done("reminders", "--status", "cancelled")
    assert "nobody knew whether it had arrived, and it is told anew" in listed


def test_a_restore_names_the_emails_that_may_have_left_and_a_rehearsal_does(
    reminded: Copies,
) -> None:
    path = lose_a_week(reminded)
    before = statuses(reminded)
    for more in (("--rehearse",), ()):
        told = reminded.cli.done("restore", str(path), "--replace", *more)
        assert "may have left since the backup was made" in told
        assert "for 24 October 2025: A1" in told
        assert "goldthread tell-again --after-restore" in told
        if more:
            assert statuses(reminded) == before


def test_a_backup_that_is_put_back_before_anything_was_due_leaves_nothing_in_doubt(
    reminded: Copies,
) -> None:
    path = reminded.backup()
    assert restore(reminded, path)["emails_in_doubt"] == []
    assert "may have left" not in reminded.cli.done("restore", str(path), "--replace")


def test_over_a_record_with_the_same_entries_nothing_is_in_doubt_that_was_not_planned(
    reminded: Copies,
) -> None:
    reminded.cli.on(dt.date(2025, 10, 24))
    path = reminded.backup()
    assert restore(reminded, path)["emails_in_doubt"] == []
    reminded.note()
    assert [one["items"] for one in restore(reminded, path)["emails_in_doubt"]] == [["A1"]]
