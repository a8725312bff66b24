"""What was erased stays erased when a backup from before the erasure is restored."""

from __future__ import annotations

import pytest

from events.catalogue import ERASED
from tests.interfaces.backup.copies import CHILD, NOTE, Copies
from tests.interfaces.test_erasing import stored_bytes


@pytest.fixture
def named(copies: Copies) -> Copies:
    """Give a record in which somebody typed a child's name into a note."""
    copies.note(NOTE)
    return copies


def test_it_is_erased_again_before_anybody_can_read_it(named: Copies) -> None:
    path = named.backup()
    size = named.size()
    named.erase(CHILD)
    said = named.cli.done("restore", str(path), "--replace")
    assert "1 text was erased after the backup was made, and was erased again" in said
    verdict = named.verdict()
    assert (verdict.holds, verdict.erased, verdict.size) == (True, 1, size + 1)
    assert named.types()[-1] == "log.text_erased"
    assert named.cli.answer("erase", "find", CHILD) == []
    assert ERASED in named.cli.done("history", "A2")
    assert named.cli.answer("rebuild", "--check")["holds"]
    if named.cli.url.startswith("sqlite"):
        assert b"Quillfeather" not in stored_bytes(named.cli)
    assert named.cli.answer("erase", "find", "Erased before the restore; applied again")


def test_it_is_erased_again_each_time(named: Copies) -> None:
    path = named.backup()
    named.erase(CHILD)
    for _ in range(2):
        assert named.cli.answer("restore", str(path), "--replace")["erased_again"] == 1
    later = named.backup("later.backup")
    assert named.cli.answer("restore", str(later))["erased_again"] == 0
    assert named.cli.answer("verify")["holds"]


def test_it_is_erased_again_under_a_new_origin(named: Copies) -> None:
    path = named.backup()
    named.erase(CHILD)
    named.cli.done("checkpoint")
    options = ("--replace", "--as-new-origin", "--reason", "The disk broke.")
    done = named.cli.answer("restore", str(path), *options)
    assert done["erased_again"] == 1
    assert named.types()[-2:] == ["log.continued", "log.text_erased"]
    assert named.cli.answer("verify")["holds"]
    assert named.cli.answer("erase", "find", CHILD) == []


def test_another_entry_at_the_same_position_is_not_touched(named: Copies) -> None:
    path = named.backup()
    named.note("About Somebody Else, who was erased.")
    named.erase("Somebody Else")
    named.cli.done("restore", str(path), "--replace")
    named.note("What came to stand in its place.")
    again = named.backup("again.backup")
    assert named.cli.answer("restore", str(again))["erased_again"] == 0
    assert named.entry_of("in its place")


def test_notes_that_are_lost_or_damaged_are_told(named: Copies) -> None:
    path = named.backup()
    named.erase(CHILD)
    later = named.backup("later.backup")
    notes = named.data / "erasures.jsonl"
    whole = notes.read_bytes()
    notes.unlink()
    # What stands there still knows what was erased, and is asked.
    assert named.cli.answer("restore", str(later))["erased_again"] == 0
    assert notes.read_bytes() == whole
    notes.write_bytes(whole[:-9])
    said = named.cli.refused("restore", str(path), "--replace", "--rehearse", code=1)
    assert "may come back" in said
    assert "was cut off" in said
    notes.unlink()
    said = named.cli.refused("restore", str(later), "--rehearse", code=1)
    assert "is not there" in said
    said = named.cli.done("restore", str(path), "--replace", "--rehearse", "--without-erasures")
    assert "may be back" in said


def test_notes_that_lack_an_erasure_of_the_backup_itself_are_told(named: Copies) -> None:
    named.erase(CHILD)
    path = named.backup()
    notes = named.data / "erasures.jsonl"
    notes.write_text(notes.read_text().splitlines(keepends=True)[0])
    said = named.cli.refused("restore", str(path), "--rehearse", code=1)
    assert "does not tell of the erasure at entry" in said


def test_a_rehearsal_notes_nothing(named: Copies) -> None:
    path = named.backup()
    named.erase(CHILD)
    notes = (named.data / "erasures.jsonl").read_bytes()
    done = named.cli.answer("restore", str(path), "--replace", "--rehearse")
    assert done["erased_again"] == 1
    assert (named.data / "erasures.jsonl").read_bytes() == notes


def test_a_record_begun_before_there_were_notes_gets_them(named: Copies) -> None:
    notes = named.data / "erasures.jsonl"
    notes.unlink()
    path = named.backup()
    assert notes.exists()
    assert named.cli.answer("restore", str(path))["erasure_notes"] is None
