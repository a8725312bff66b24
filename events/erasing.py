"""Taking texts out of the log for good: the one change of what is stored, and it is recorded.

First `log.text_erased` is appended, which names the record and its fields; then the texts and their
salts go, in the same transaction. Bodies, leaves and tree stay what they are. The database's own
triggers let nothing else through (see `events/schema`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from events.canonical import encode
from events.log import Writing
from events.record import TextErased
from events.refs import PersonRef, quoted
from events.sessions import Change

TAKE_AWAY: Final = "UPDATE events SET texts = ? WHERE position = ?"
_STORED: Final = "SELECT stream, body, texts FROM events WHERE position = ?"


@dataclass(frozen=True, slots=True)
class Erasable:
    """Committed texts of one record. `fields` are their names."""

    position: int
    fields: tuple[str, ...]


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
        super().__init__(f"Position {position} of the record {what}. Nothing was erased.")


def texts_of(writing: Writing, position: int) -> dict[str, Any]:
    """Return the texts that a record still holds, by field, each with its salt.

    Raises `NothingToErase` for a position without a record.
    """
    rows = writing.query(_STORED, (position,))
    if not rows:
        raise NothingToErase(position, "", "does not exist")
    texts = rows[0][2]
    return {} if texts is None else orjson.loads(bytes(texts))


def erasures(
    writing: Writing, wanted: Iterable[Erasable], warrant: Warrant
) -> tuple[list[TextErased], Change]:
    """Return the events that record some erasures, and the change that carries them out.

    Append the events and store the change in the same transaction. Raises `NothingToErase` for a
    text that is not there, or was erased before.
    """
    events, rows = [], []
    for one in wanted:
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
    return events, Change(TAKE_AWAY, rows)


def _require_there(writing: Writing, one: Erasable, texts: dict[str, Any]) -> None:
    ((stream, body, _),) = writing.query(_STORED, (one.position,))
    committed = orjson.loads(bytes(body))["commitments"]
    for field in one.fields:
        if field not in committed:
            known = _listed(sorted(committed)) or "none"
            what = f"({quoted(stream)}) has no text called '{field}'; its texts are: {known}"
            raise NothingToErase(one.position, field, what)
        if field not in texts:
            what = f"({quoted(stream)}) holds '{field}' no longer: it was erased before"
            raise NothingToErase(one.position, field, what)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
