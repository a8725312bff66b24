"""What was erased is noted outside the database, and an accident to the notes shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interfaces.erasure_notes import ErasureNote, Settled, begin_notes, read_notes, write_notes

NOTES = [
    ErasureNote(12, "event-12", ("note",), 40, "command-40"),
    ErasureNote(13, "event-13", ("note", "reason"), 41, "command-40"),
    ErasureNote(12, "event-12", ("reason",), 55, "command-55"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "erasures.jsonl"


def test_what_was_noted_is_read(path: Path) -> None:
    begin_notes(path)
    assert read_notes(path).damage is None
    write_notes(path, NOTES[:2])
    begin_notes(path)
    write_notes(path, NOTES[2:])
    found = read_notes(path)
    assert found.notes == tuple(NOTES)
    assert found.damage is None
    assert path.stat().st_mode & 0o077 == 0


def test_what_came_of_an_erasure_is_read_with_it(path: Path) -> None:
    write_notes(path, [*NOTES, Settled("command-40", "committed")])
    assert read_notes(path).unsettled() == (NOTES[2],)
    write_notes(path, [Settled("command-55", "withdrawn")])
    found = read_notes(path)
    assert (found.notes, found.damage) == (tuple(NOTES), None)
    assert found.outcomes == {"command-40": "committed", "command-55": "withdrawn"}
    path.write_text(path.read_text().replace("withdrawn", "committed"))
    assert "is not as it was written" in str(read_notes(path).damage)


def test_a_file_that_is_gone_is_told(path: Path) -> None:
    assert read_notes(path).damage == f"{path} is not there"
    begin_notes(path)
    assert read_notes(path).damage is None


def test_a_note_that_was_cut_off_is_told_and_taken_out_by_the_next(path: Path) -> None:
    write_notes(path, NOTES[:2])
    path.write_bytes(path.read_bytes()[:-20])
    found = read_notes(path)
    assert found.notes == tuple(NOTES[:1])
    assert "was cut off" in str(found.damage)
    write_notes(path, NOTES[1:])
    assert read_notes(path).notes == tuple(NOTES)
    assert read_notes(path).damage is None


@example(at=735, by=41)
@example(at=-1, by=7)  # The last line ends as on another system.
@given(at=st.integers(0, 10_000), by=st.integers(1, 255))
def test_a_changed_byte_is_told(tmp_path_factory: pytest.TempPathFactory, at: int, by: int) -> None:
    path = tmp_path_factory.mktemp("notes") / "erasures.jsonl"
    write_notes(path, NOTES)
    stored = bytearray(path.read_bytes())
    stored[at % len(stored)] ^= by
    path.write_bytes(stored)
    assert read_notes(path).damage


@given(st.sets(st.integers(1, 3), min_size=1))
def test_a_line_that_is_gone_is_told_unless_it_was_the_last(
    tmp_path_factory: pytest.TempPathFactory, gone: set[int]
) -> None:
    path = tmp_path_factory.mktemp("notes") / "erasures.jsonl"
    write_notes(path, NOTES)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for at, line in enumerate(lines) if at not in gone))
    is_end = gone in ({3}, {2, 3}, {1, 2, 3})
    assert (read_notes(path).damage is None) == is_end
