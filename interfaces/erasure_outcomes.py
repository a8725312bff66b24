"""What came of an erasure that was begun: noted at once, and else asked of the record.

A process may be stopped between the note and the commit, or between the commit and the note of it.
The record that goes on tells which it was: the event that records the erasure stands where the note
says, the texts are gone, or another event stands there and the texts are still read. Where it
cannot tell, nothing is taken for erased that was not, and somebody is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import orjson

from events.erasing import FILE, Erasable, file_of
from events.evidence_files import Asks, is_stored
from events.log import EventLog
from events.reading import Reader
from events.record import RECORD_STREAM, FileErased, TextErased
from interfaces.erasure_notes import (
    ErasureNote,
    Outcome,
    Settled,
    begin_notes,
    read_notes,
    write_notes,
)

_RECORDED: Final = (
    "SELECT position, command_id, body FROM events WHERE stream = ? AND type IN (?, ?)"
    " ORDER BY position"
)
_ADDED: Final = "SELECT position FROM events WHERE stream = ? AND version = 1"
_AT: Final = "SELECT event_id, command_id, texts FROM events WHERE position = ?"


@contextmanager
def noting(log: EventLog, path: Path) -> Iterator[Callable[[Sequence[ErasureNote]], None]]:
    """Lend what notes erasures as begun; what came of them is noted when the block has ended.

    The block commits them, or raises.
    """
    begun: list[ErasureNote] = []

    def begin(notes: Sequence[ErasureNote]) -> None:
        begun.extend(notes)
        write_notes(path, notes)

    try:
        yield begin
    except BaseException:
        # A commit may have come through although its answer was lost, so the record is asked.
        # Where that fails too, the note stays open and whoever needs it asks again.
        with suppress(Exception):
            _note_what_stands(log, path, begun)
        raise
    with suppress(OSError):  # It is done; a note that stays open is settled by the next who asks.
        write_notes(path, _settled(begun, "committed"))


def recorded_erasures(log: Reader) -> Iterator[ErasureNote]:
    """Yield what the record itself says was erased, as it would be noted."""
    kinds = (TextErased.type_name, FileErased.type_name)
    for position, command, body in log.query(_RECORDED, (RECORD_STREAM, *kinds)):
        target, fields = _erased(log, orjson.loads(bytes(body))["data"])
        ((event, _, _),) = log.query(_AT, (target,))
        yield ErasureNote(target, event, fields, position, command)


def note_what_is_missing(log: EventLog, path: Path) -> int:
    """Note the erasures of the record that are not noted, and return how many these were.

    Also what came of those that were begun, as far as the record tells. A file that is not there
    is made, for a record that was begun before there were notes.
    """
    noted = read_notes(path)
    known = set(noted.notes)
    recorded = list(recorded_erasures(log))
    missing = [note for note in recorded if note not in known]
    begin_notes(path)
    write_notes(path, missing)
    done = [one for one in recorded if noted.outcomes.get(one.by) != "committed"]
    write_notes(path, _settled(done, "committed"))
    by_record = {one.by for one in done}
    _settle_the_rest(log, path, [one for one in noted.unsettled() if one.by not in by_record])
    return len(missing)


def outcome_in(asked: Asks, note: ErasureNote) -> Outcome | None:
    """Return what a record says came of an erasure that was begun in it; None if it cannot tell.

    It cannot where it ends before the erasure, or does not have the entry: then it may be older.
    """
    by, entry = asked.query(_AT, (note.by_position,)), asked.query(_AT, (note.position,))
    if by and by[0][1] == note.by:
        return "committed"
    if not entry or entry[0][0] != note.event:
        return None
    if not standing(asked, note):
        return "committed"  # By another command, but the words are to be forgotten all the same.
    return "withdrawn" if by else None


def standing(asked: Asks, note: ErasureNote) -> tuple[str, ...]:
    """Return which of the texts of a note can still be read in a record, or whether its file can.

    For a file that is `FILE`.
    """
    rows = asked.query(_AT, (note.position,))
    if not rows or rows[0][0] != note.event:
        return ()
    if note.fields == (FILE,):
        file = file_of(asked, note.position)
        return (FILE,) if file is not None and is_stored(asked, file[1]) else ()
    texts = rows[0][2]
    still = () if texts is None else orjson.loads(bytes(texts))
    return tuple(sorted(set(note.fields).intersection(still)))


def standing_again(log: Reader, notes: Iterable[ErasureNote]) -> list[ErasureNote]:
    """Return what was erased since a log was backed up, and stands in it again."""
    size = log.head().size
    return [one for one in notes if one.by_position > size and standing(log, one)]


def to_erase(log: Reader, notes: Iterable[ErasureNote]) -> list[Erasable]:
    """Return the texts and files of some notes that can be read, once each."""
    wanted: dict[int, set[str]] = {}
    for note in notes:
        wanted.setdefault(note.position, set()).update(standing(log, note))
    return [one for position, fields in wanted.items() for one in _apart(position, fields)]


def settle(path: Path, notes: Sequence[ErasureNote], outcome: Outcome) -> None:
    """Note what came of some erasures."""
    write_notes(path, _settled(notes, outcome))


def _apart(position: int, fields: set[str]) -> Iterator[Erasable]:
    """Yield the texts of an entry, and its file, which is erased by an event of its own."""
    texts = tuple(sorted(fields - {FILE}))
    if texts:
        yield Erasable(position, texts)
    if FILE in fields:
        yield Erasable(position, (FILE,))


def _erased(log: Reader, data: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
    """Return the entry of which something was erased, and what, by the data of the event."""
    if "evidence" in data:
        ((position,),) = log.query(_ADDED, (data["evidence"],))
        return position, (FILE,)
    return data["position"], tuple(data["fields"])


def _note_what_stands(log: EventLog, path: Path, begun: Sequence[ErasureNote]) -> None:
    """Note what came of erasures that this process began in this record a moment ago."""
    if not begun:
        return
    # Under the head's lock no commit is still on its way.
    with log.writing(log.new_id()) as writing:
        found = outcome_in(writing, begun[0]) or "withdrawn"
    settle(path, begun, found)


def _settle_the_rest(log: EventLog, path: Path, unsettled: Sequence[ErasureNote]) -> None:
    if not unsettled:
        return
    with log.writing(log.new_id()) as writing:
        found = {one: outcome_in(writing, one) for one in unsettled}
    for note, outcome in found.items():
        if outcome is not None:
            settle(path, [note], outcome)


def _settled(notes: Iterable[ErasureNote], outcome: Outcome) -> list[Settled]:
    return [Settled(by, outcome) for by in dict.fromkeys(one.by for one in notes)]
