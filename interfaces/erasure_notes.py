"""What was erased, noted outside the database, for a backup that was made before the erasure.

One line of JSON for each entry whose texts were erased, or whose file, without any of its words:
its position, its event id, the names of the texts or `file`, and the position and command of the
event that records the erasure. Each line also carries the hash of all lines so far, so that an
accident to the file shows.

A note is written just before the erasure is committed. Should that fail, the log itself tells later
that nothing was erased: another event, or none, stands at the position of the erasing one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from events.erasing import FILE, Erasable, file_of
from events.evidence_files import is_stored
from events.reading import Reader
from events.record import RECORD_STREAM, FileErased, TextErased

_HEADER: Final = "goldthread erasures 1\n"
_RECORDED: Final = (
    "SELECT position, command_id, body FROM events WHERE stream = ? AND type IN (?, ?)"
    " ORDER BY position"
)
_ADDED: Final = "SELECT position FROM events WHERE stream = ? AND version = 1"
_AT: Final = "SELECT event_id, command_id, texts FROM events WHERE position = ?"


@dataclass(frozen=True, slots=True)
class ErasureNote:
    """Texts of one entry that were erased, or its file: `fields` are then `events.erasing.FILE`.

    `event`: the entry's event id, for another entry may stand at its position in a record that was
    continued. `by_position`, `by`: of the event that records the erasure, and its command's id.
    """

    position: int
    event: str
    fields: tuple[str, ...]
    by_position: int
    by: str


@dataclass(frozen=True, slots=True)
class ErasureNotes:
    """What the file holds. `damage`: what is wrong with it, None if nothing seems to be."""

    notes: tuple[ErasureNote, ...]
    damage: str | None


def begin_notes(path: Path) -> None:
    """Make the file, empty, unless it is there: from then on its absence shows."""
    if not path.exists():
        _append(path, [])


def read_notes(path: Path) -> ErasureNotes:
    """Read the file, as much of it as can be read."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ErasureNotes((), f"{path} is not there")
    except OSError as problem:
        return ErasureNotes((), f"{path} cannot be read ({problem.strerror})")
    damage = None if text.startswith(_HEADER) else f"{path} does not begin as it was written"
    if not text.endswith("\n"):
        damage = damage or f"the last line of {path} was cut off"
    found, chain = [], ""
    for number, line in enumerate(text.removeprefix(_HEADER).splitlines(), start=2):
        note, said = _read(line)
        if note is None or said != _chained(chain, note):
            damage = damage or f"line {number} of {path} is not as it was written"
        if note is not None:
            found.append(note)
        chain = said
    return ErasureNotes(tuple(found), damage)


def write_notes(path: Path, notes: Sequence[ErasureNote]) -> None:
    """Add notes at the end, safe on the disk before this returns."""
    if notes:
        _append(path, notes)


def recorded_erasures(log: Reader) -> Iterator[ErasureNote]:
    """Yield what the record itself says was erased, as it would be noted."""
    kinds = (TextErased.type_name, FileErased.type_name)
    for position, command, body in log.query(_RECORDED, (RECORD_STREAM, *kinds)):
        target, fields = _erased(log, orjson.loads(bytes(body))["data"])
        ((event, _, _),) = log.query(_AT, (target,))
        yield ErasureNote(target, event, fields, position, command)


def note_what_is_missing(log: Reader, path: Path) -> int:
    """Note the erasures of the record that are not noted, and return how many these were.

    A file that is not there is made, for a record that was begun before there were notes.
    """
    known = set(read_notes(path).notes)
    missing = [note for note in recorded_erasures(log) if note not in known]
    begin_notes(path)
    write_notes(path, missing)
    return len(missing)


def still_to_erase(log: Reader, notes: Iterable[ErasureNote]) -> list[Erasable]:
    """Return what was erased since a log was backed up, and stands in it again."""
    size = log.head().size
    wanted: dict[int, set[str]] = {}
    for note in notes:
        if note.by_position > size:
            fields = _standing(log, note)
            if fields:
                wanted.setdefault(note.position, set()).update(fields)
    return [one for position, fields in wanted.items() for one in _apart(position, fields)]


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


def _standing(log: Reader, note: ErasureNote) -> set[str]:
    rows = log.query(_AT, (note.position,))
    if not rows or rows[0][0] != note.event:
        return set()
    if note.fields == (FILE,):
        file = file_of(log, note.position)
        return {FILE} if file is not None and is_stored(log, file[1]) else set()
    texts = rows[0][2]
    return set() if texts is None else set(note.fields).intersection(orjson.loads(bytes(texts)))


def _append(path: Path, notes: Sequence[ErasureNote]) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        stored = file.read()
        whole = stored[: stored.rfind(b"\n") + 1]
        if len(whole) < len(stored):
            file.truncate(len(whole))  # A note that was cut off: its erasure was not committed.
        lines = [] if whole else [_HEADER]
        chain = _last_chain(whole)
        for note in notes:
            chain = _chained(chain, note)
            lines.append(json.dumps({**_plain(note), "chain": chain}, sort_keys=True) + "\n")
        file.write("".join(lines).encode())
        file.flush()
        os.fsync(file.fileno())


def _last_chain(stored: bytes) -> str:
    lines = stored.decode(errors="replace").splitlines()
    return _read(lines[-1])[1] if len(lines) > 1 else ""


def _read(line: str) -> tuple[ErasureNote | None, str]:
    try:
        plain = json.loads(line)
        note = ErasureNote(
            int(plain["position"]),
            str(plain["event"]),
            tuple(map(str, plain["fields"])),
            int(plain["by_position"]),
            str(plain["by"]),
        )
        return note, str(plain["chain"])
    except (ValueError, TypeError, KeyError):
        return None, ""


def _chained(chain: str, note: ErasureNote) -> str:
    return sha256((chain + json.dumps(_plain(note), sort_keys=True)).encode()).hexdigest()


def _plain(note: ErasureNote) -> dict[str, Any]:
    return {
        "position": note.position,
        "event": note.event,
        "fields": list(note.fields),
        "by_position": note.by_position,
        "by": note.by,
    }
