"""What was erased stays erased when a backup from before the erasure is restored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from events.catalogue import ERASED
from events.database import open_engine
from interfaces.erasure_notes import read_notes
from tests.interfaces.backup.copies import CHILD, NOTE, Copies
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.erasures import ask_to_erase, erase_file
from tests.interfaces.evidence.crafted import PDF
from tests.interfaces.running import CommandLine
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


def test_several_texts_are_told_of_as_several(on_sqlite: Copies) -> None:
    on_sqlite.note("Another word that has to go.")
    path = on_sqlite.backup()
    on_sqlite.erase(CHILD)
    on_sqlite.erase("Another word")
    said = on_sqlite.cli.done("restore", str(path), "--rehearse")
    assert "2 texts were erased after the backup was made, and were erased again" in said
    assert "still holds them" in said


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


REFUSING = (
    "CREATE TRIGGER refusing BEFORE INSERT ON events WHEN NEW.type = 'log.text_erased'"
    " BEGIN SELECT RAISE(ABORT, 'the disk broke'); END"
)


@contextmanager
def refusing_erasures(copies: Copies) -> Iterator[None]:
    """Let the database fail whenever an erasure is stored."""
    engine = open_engine(copies.cli.url)
    with engine.connect() as connection:
        connection.exec_driver_sql(REFUSING)
        yield
        connection.exec_driver_sql("DROP TRIGGER refusing")
    engine.dispose()


@pytest.fixture
def on_sqlite(cli: CommandLine) -> Copies:
    """Give the same on SQLite alone: what is noted is the same wherever the record is."""
    a_small_plan(cli)
    cli.done("remind")
    copies = Copies(cli)
    copies.note(NOTE)
    return copies


def without_its_end(copies: Copies) -> None:
    """Take away the note of what came of the last erasure, as where the process was stopped."""
    notes = copies.data / "erasures.jsonl"
    lines = notes.read_text().splitlines(keepends=True)
    assert "committed" in lines[-1]
    notes.write_text("".join(lines[:-1]))


def test_an_erasure_that_failed_is_not_carried_out_by_a_restore(on_sqlite: Copies) -> None:
    path = on_sqlite.backup()
    entry = on_sqlite.entry_of(CHILD)
    asked = ask_to_erase(on_sqlite.cli, entry)
    with refusing_erasures(on_sqlite):
        assert on_sqlite.cli("erase", "agree", asked, "--as", "PE8").exit_code
    noted = read_notes(on_sqlite.data / "erasures.jsonl")
    assert noted.damage is None
    assert [noted.outcomes[one.by] for one in noted.notes] == ["withdrawn"]
    assert on_sqlite.cli.answer("restore", str(path), "--replace")["erased_again"] == 0
    assert on_sqlite.entry_of(CHILD) == entry


def test_an_erasure_whose_end_was_not_noted_is_asked_of_the_record(on_sqlite: Copies) -> None:
    path = on_sqlite.backup()
    on_sqlite.erase(CHILD)
    without_its_end(on_sqlite)
    for options in (("--replace", "--rehearse"), ("--replace",)):
        assert on_sqlite.cli.answer("restore", str(path), *options)["erased_again"] == 1
    assert on_sqlite.cli.answer("erase", "find", CHILD) == []


@pytest.mark.parametrize(("answer", "again"), [("erase", 1), ("keep", 0)])
def test_where_nothing_can_tell_somebody_is_asked(
    on_sqlite: Copies, answer: str, again: int
) -> None:
    path, cli = on_sqlite.backup(), on_sqlite.cli
    on_sqlite.erase(CHILD)
    without_its_end(on_sqlite)
    Path(cli.url.removeprefix("sqlite:///")).unlink()
    said = cli.refused("restore", str(path))
    assert "neither its note nor the record that stands there tells" in said
    (asked,) = cli.answer("restore", str(path), "--rehearse")["untold"]
    assert "--unfinished erase" in asked
    assert "the answer is" in cli.refused("restore", str(path), "--unfinished", "yes")
    assert cli.answer("restore", str(path), "--unfinished", answer)["erased_again"] == again
    assert len(cli.answer("erase", "find", CHILD)) == 1 - again
    # The answer is noted, so nobody is asked again.
    assert cli.answer("restore", str(path), "--replace")["erased_again"] == again


@pytest.mark.parametrize(("answer", "standing"), [("erase", "erased"), ("keep", "kept")])
def test_where_nothing_can_tell_what_came_of_a_file_somebody_is_asked(
    on_sqlite: Copies, answer: str, standing: str
) -> None:
    cli, file = on_sqlite.cli, on_sqlite.cli.folder / "list.pdf"
    file.write_bytes(PDF)
    cli.done("evidence", "add", "A2", "--file", str(file), "--as", "PE2")
    path = on_sqlite.backup()
    erase_file(cli, "EV1")
    without_its_end(on_sqlite)
    Path(cli.url.removeprefix("sqlite:///")).unlink()
    assert "texts and file of entry" in cli.refused("restore", str(path))
    done = cli.answer("restore", str(path), "--unfinished", answer)
    assert done["files_erased_again"] == (answer == "erase")
    (line,) = cli.answer("evidence", "list", "A2")
    assert (line["standing"], line["name"] == "[erased]") == (standing, answer == "erase")
    assert cli.answer("verify")["files"] == {"kept": int(answer == "keep"), "faults": []}


def test_a_record_that_went_on_without_an_erasure_tells_that_there_was_none(
    on_sqlite: Copies,
) -> None:
    path, notes = on_sqlite.backup(), on_sqlite.data / "erasures.jsonl"
    asked = ask_to_erase(on_sqlite.cli, on_sqlite.entry_of(CHILD))
    with refusing_erasures(on_sqlite):
        on_sqlite.cli("erase", "agree", asked, "--as", "PE8")
    notes.write_text("".join(notes.read_text().splitlines(keepends=True)[:-1]))
    assert read_notes(notes).unsettled()
    on_sqlite.note("What came to stand in its place.")
    assert on_sqlite.cli.answer("restore", str(path), "--replace")["erased_again"] == 0
    assert list(read_notes(notes).outcomes.values()) == ["withdrawn"]
