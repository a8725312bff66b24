"""What was erased, noted outside the database, for a backup that was made before the erasure.

One line of JSON for each entry whose texts are to be erased, or whose file, without any of its
words: its position, its event id, the names of the texts or `file`, and the position and command of
the event that records the erasure. It is written just before the erasure is committed; a second
line says what came of it (see `erasure_outcomes`), so that one that failed never passes for one
that was carried out. Each line also carries the hash of all lines so far, and is compared letter by
letter with what would be written, so that an accident to the file shows.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

_HEADER: Final = "goldthread erasures 1\n"

Outcome = Literal["committed", "withdrawn"]
"""What came of an erasure that was begun: it was carried out, or nothing was erased."""


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
class Settled:
    """What came of the erasures of one command."""

    by: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ErasureNotes:
    """What the file holds. `outcomes`: by command, of those whose end was noted.

    `damage`: what is wrong with the file, None if nothing seems to be.
    """

    notes: tuple[ErasureNote, ...]
    outcomes: Mapping[str, Outcome]
    damage: str | None

    def unsettled(self) -> tuple[ErasureNote, ...]:
        """Return the notes of erasures of which it is not noted what came of them."""
        return tuple(one for one in self.notes if one.by not in self.outcomes)


def begin_notes(path: Path) -> None:
    """Make the file, empty, unless it is there: from then on its absence shows."""
    if not path.exists():
        _append(path, [])


def read_notes(path: Path) -> ErasureNotes:
    """Read the file, as much of it as can be read."""
    try:
        # Not as text: there, a line may end in several ways, and only one of them was written.
        text = path.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return ErasureNotes((), {}, f"{path} is not there")
    except OSError as problem:
        return ErasureNotes((), {}, f"{path} cannot be read ({problem.strerror})")
    damage = None if text.startswith(_HEADER) else f"{path} does not begin as it was written"
    if not text.endswith("\n"):
        damage = damage or f"the last line of {path} was cut off"
    found: list[ErasureNote] = []
    outcomes: dict[str, Outcome] = {}
    chain = ""
    for number, line in enumerate(_lines(text.removeprefix(_HEADER)), start=2):
        entry, said = _read(line)
        if entry is None or said != _chained(chain, entry) or line != _line(entry, said):
            damage = damage or f"line {number} of {path} is not as it was written"
        match entry:
            case ErasureNote():
                found.append(entry)
            case Settled():
                outcomes[entry.by] = entry.outcome
            case None:
                pass  # What the line said is lost; that it was damaged is noted above.
        chain = said
    return ErasureNotes(tuple(found), outcomes, damage)


def write_notes(path: Path, entries: Sequence[ErasureNote | Settled]) -> None:
    """Add lines at the end, safe on the disk before this returns."""
    if entries:
        _append(path, entries)


def _append(path: Path, entries: Sequence[ErasureNote | Settled]) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        stored = file.read()
        whole = stored[: stored.rfind(b"\n") + 1]
        if len(whole) < len(stored):
            file.truncate(len(whole))  # A note that was cut off: its erasure was not committed.
        lines = [] if whole else [_HEADER]
        chain = _last_chain(whole)
        for entry in entries:
            chain = _chained(chain, entry)
            lines.append(_line(entry, chain) + "\n")
        file.write("".join(lines).encode())
        file.flush()
        os.fsync(file.fileno())


def _last_chain(stored: bytes) -> str:
    lines = _lines(stored.decode(errors="replace"))
    return _read(lines[-1])[1] if len(lines) > 1 else ""


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [*whole, rest] if rest else whole


def _line(entry: ErasureNote | Settled, chain: str) -> str:
    return json.dumps({**_plain(entry), "chain": chain}, sort_keys=True)


def _read(line: str) -> tuple[ErasureNote | Settled | None, str]:
    try:
        plain = json.loads(line)
        return _entry(plain), str(plain["chain"])
    except (ValueError, TypeError, KeyError):
        return None, ""


def _entry(plain: Any) -> ErasureNote | Settled:  # noqa: ANN401 - whatever JSON can hold
    if "outcome" in plain:
        outcome: Outcome = "committed" if plain["outcome"] == "committed" else "withdrawn"
        return Settled(str(plain["by"]), outcome)
    return ErasureNote(
        int(plain["position"]),
        str(plain["event"]),
        tuple(map(str, plain["fields"])),
        int(plain["by_position"]),
        str(plain["by"]),
    )


def _chained(chain: str, entry: ErasureNote | Settled) -> str:
    return sha256((chain + json.dumps(_plain(entry), sort_keys=True)).encode()).hexdigest()


def _plain(entry: ErasureNote | Settled) -> dict[str, Any]:
    match entry:
        case Settled():
            return {"by": entry.by, "outcome": entry.outcome}
        case ErasureNote():
            return {
                "position": entry.position,
                "event": entry.event,
                "fields": list(entry.fields),
                "by_position": entry.by_position,
                "by": entry.by,
            }
