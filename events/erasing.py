"""Taking texts out of the log for good: the one change of what is stored, and it is recorded.

First `log.text_erased` is appended, which names the record and its fields; then the texts and their
salts go, in the same transaction. Bodies, leaves and tree stay what they are. The bytes of a file
go in the same way, after `log.file_erased`. The database's own triggers let nothing else through
(see `events/schema`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import orjson

from events.canonical import encode
from events.evidence import EvidenceAdded
from events.evidence_files import TAKE_FILE_AWAY, Asks, is_stored
from events.log import Writing
from events.record import FileErased, TextErased
from events.refs import PersonRef, quoted
from events.sessions import Change

TAKE_AWAY: Final = "UPDATE events SET texts = ? WHERE position = ?"
_STORED: Final = "SELECT stream, body, texts FROM events WHERE position = ?"

FILE: Final = "file"
"""What stands among the fields of `Erasable` for the bytes of a file."""


@dataclass(frozen=True, slots=True)
class Erasable:
    """Committed texts of a record, or the file that it names. `fields`: their names, or `FILE`."""

    position: int
    fields: tuple[str, ...]

    @property
    def is_file(self) -> bool:
        """Tell whether it is a file."""
        return self.fields == (FILE,)


@dataclass(frozen=True, slots=True)
class Warrant:
    """On what an erasure rests. `second_person`: who asked for it, where another one agreed."""

    authority: str
    reason: str
    second_person: PersonRef | None = None


class NothingToErase(LookupError):
    """A record does not hold the text that is to be erased."""

    def __init__(self, position: int, field: str, what: str) -> None:
        self.position, self.field = position, field
        super().__init__(f"Entry {position} of the record {what}. Nothing was erased.")


def texts_of(writing: Writing, position: int) -> dict[str, Any]:
    """Return the texts that a record still holds, by field, each with its salt.

    Raises `NothingToErase` for a position without a record.
    """
    rows = writing.query(_STORED, (position,))
    if not rows:
        raise NothingToErase(position, "", "does not exist")
    texts = rows[0][2]
    return {} if texts is None else orjson.loads(bytes(texts))


def file_of(writing: Asks, position: int) -> tuple[str, str] | None:
    """Return the stream and the hash of the file that a record names; None if it names none."""
    rows = writing.query(_STORED, (position,))
    record = orjson.loads(bytes(rows[0][1])) if rows else {}
    if record.get("type") != EvidenceAdded.type_name:
        return None
    return record["stream"], record["data"]["sha256"]


def erasures(
    writing: Writing, wanted: Iterable[Erasable], warrant: Warrant
) -> tuple[list[TextErased | FileErased], tuple[Change, Change]]:
    """Return the events that record some erasures, one for each, and the changes that carry it out.

    Append the events and store the changes in the same transaction. Raises `NothingToErase` for
    what is not there, or was erased before.
    """
    events: list[TextErased | FileErased] = []
    rows: list[tuple[bytes | None, int]] = []
    files: list[tuple[str]] = []
    for one in wanted:
        if one.is_file:
            erased = _file_erasure(writing, one.position, warrant)
            events.append(erased)
            files.append((erased.sha256,))
            continue
        texts = texts_of(writing, one.position)
        _require_there(writing, one, texts)
        kept = {field: pair for field, pair in texts.items() if field not in one.fields}
        rows.append((encode(kept) if kept else None, one.position))
        events.append(
            TextErased(
                position=one.position,
                fields=tuple(sorted(one.fields)),
                authority=warrant.authority,
                reason=warrant.reason,
                second_person=warrant.second_person,
            )
        )
    return events, (Change(TAKE_AWAY, rows), Change(TAKE_FILE_AWAY, files))


def _file_erasure(writing: Writing, position: int, warrant: Warrant) -> FileErased:
    found = file_of(writing, position)
    if found is None:
        raise NothingToErase(position, FILE, "names no file")
    evidence, digest = found
    if not is_stored(writing, digest):
        raise NothingToErase(position, FILE, "names a file that is not stored any more")
    return FileErased(
        evidence=evidence,
        sha256=digest,
        authority=warrant.authority,
        reason=warrant.reason,
        second_person=warrant.second_person,
    )


def _require_there(writing: Writing, one: Erasable, texts: dict[str, Any]) -> None:
    ((stream, body, _),) = writing.query(_STORED, (one.position,))
    committed = orjson.loads(bytes(body))["commitments"]
    for field in one.fields:
        if field not in committed:
            known = ", ".join(sorted(committed)) or "none"
            what = f"({quoted(stream)}) has no text called '{field}'; its texts are: {known}"
            raise NothingToErase(one.position, field, what)
        if field not in texts:
            what = f"({quoted(stream)}) holds '{field}' no longer: it was erased before"
            raise NothingToErase(one.position, field, what)
