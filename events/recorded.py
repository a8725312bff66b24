"""A record in its three forms: a draft before the log took it, a stored row, a recorded event."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain, starmap
from operator import itemgetter
from typing import Any, Final, NamedTuple, NewType

import orjson
from pydantic import ValidationError

import events.every_type  # noqa: F401  Whoever reads records must know them all.
from events.canonical import Json, decode, encode
from events.catalogue import ERASED, Event, reader_of
from events.merkle import leaf_hash

Position = NewType("Position", int)
"""The place of a record in the whole log: from 1, without gaps."""

SALT_BYTES = 16

TOGETHER = 50
"""So many records are parsed in one go when many are read."""


class StoredRow(NamedTuple):
    """One row of the table `events`, as its columns hold it."""

    position: int
    stream: str
    version: int
    type: str
    recorded_at: str
    event_id: str
    command_id: str
    body: bytes
    texts: bytes | None
    leaf: bytes


class Draft(NamedTuple):
    """An event on its way into the log. `effective_on`: the civil date on which it became true."""

    stream: str
    event: Event
    effective_on: dt.date | None = None


class UnreadableEvent(ValueError):
    """The data of a stored event are not what any release wrote for its type."""

    def __init__(self, position: int, type_name: str, problem: Exception) -> None:
        self.position = position
        self.what = f"its data are not those of the type '{type_name}': {_in_words(problem)}"
        super().__init__(
            f"Entry {position} of the record cannot be read: {self.what}. Somebody, or a broken"
            " disk, changed it. Run 'goldthread verify', and restore the database from a copy that"
            " verifies."
        )


def _in_words(problem: Exception) -> str:
    """Say what is wrong with data without quoting them: they may be somebody's words."""
    if not isinstance(problem, ValidationError):
        return type(problem).__name__
    errors = problem.errors(include_url=False, include_context=False, include_input=False)
    first = errors[0]
    return f"'{'.'.join(map(str, first['loc']))}' ({first['type']})"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who caused some events, and through what. Ids are UUIDs in their text form."""

    actor: str
    command_id: str
    correlation_id: str
    causation_id: str | None = None


class Recorded(NamedTuple):
    """An event with its envelope. `recorded_at` is aware UTC with microseconds.

    A tuple, since one is made for every event that is read.
    """

    position: Position
    stream: str
    version: int
    recorded_at: dt.datetime
    effective_on: dt.date | None
    actor: str
    event_id: str
    command_id: str
    correlation_id: str
    causation_id: str | None
    event: Event

    @property
    def happened_on(self) -> dt.date:
        """Return the civil date told with it, on which it became true, else that of recording."""
        return self.effective_on or self.recorded_at.date()


def format_instant(instant: dt.datetime) -> str:
    """Write an aware instant as the log does: `2025-03-31T23:00:00.000000Z`.

    Raises `ValueError` for a time without a zone: it would name another instant on each machine.
    """
    if instant.tzinfo is None:
        message = f"{instant} has no time zone"
        raise ValueError(message)
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def commitment(salt: bytes, value: str) -> str:
    """Return the commitment to a text: `SHA-256(salt || value)` as 64 hexadecimal digits."""
    return sha256(salt + value.encode()).hexdigest()


def seal(
    draft: Draft,
    provenance: Provenance,
    *,
    origin: str,
    position: int,
    version: int,
    recorded_at: str,
    event_id: str,
) -> StoredRow:
    """Make the stored row of a draft: its canonical body, its texts apart, its leaf."""
    event = draft.event
    data = event.model_dump(mode="json", exclude_none=True)
    commitments, texts = _set_texts_apart(event, data)
    record: dict[str, Json] = {
        "actor": provenance.actor,
        "causation_id": provenance.causation_id,
        "command_id": provenance.command_id,
        "commitments": commitments,
        "correlation_id": provenance.correlation_id,
        "data": data,
        "effective_on": draft.effective_on.isoformat() if draft.effective_on else None,
        "event_id": event_id,
        "origin": origin,
        "position": position,
        "recorded_at": recorded_at,
        "schema_version": event.schema_version,
        "stream": draft.stream,
        "type": event.type_name,
        "version": version,
    }
    body = encode(record)
    return StoredRow(
        position,
        draft.stream,
        version,
        event.type_name,
        recorded_at,
        event_id,
        provenance.command_id,
        body,
        encode(texts) if texts else None,
        leaf_hash(body),
    )


def unseal(body: bytes, texts: bytes | None) -> Recorded:
    """Read a stored record back into an event of the current schema version.

    A committed text whose value is gone reads as "[erased]". Raises `NotCanonical`,
    `UnknownEventType`, or `UnreadableEvent` for data that no release wrote.
    """
    return _understood(decode(body), decode(texts) if texts else None)


def unseal_all(rows: Sequence[tuple[bytes, bytes | None]]) -> Iterator[Recorded]:
    """Read many stored records (bodies with their texts) as `unseal` does, a quarter faster."""
    some = (rows[at : at + TOGETHER] for at in range(0, len(rows), TOGETHER))
    return chain.from_iterable(map(_unsealed_together, some))


def _unsealed_together(rows: Sequence[tuple[bytes, bytes | None]]) -> Iterator[Recorded]:
    """Parse some records as one list; where that is not as many objects, read each by itself."""
    try:
        bodies = orjson.loads(b"[" + b",".join([body for body, _ in rows]) + b"]")
        texts = orjson.loads(b"[" + b",".join([texts or b"null" for _, texts in rows]) + b"]")
    except orjson.JSONDecodeError:
        bodies = texts = []
    if len(bodies) == len(texts) == len(rows) and all(type(one) is dict for one in bodies):
        return map(_understood, bodies, texts)
    return starmap(unseal, rows)


def _understood(record: dict[str, Any], texts: dict[str, Any] | None) -> Recorded:
    # Quick rather than plain, since it runs for every event that is ever read.
    kind, schema_version, data, commitments, recorded_at, effective_on, *ids = _PARTS(record)
    position, stream, version, actor, event_id, command_id, correlation_id, causation_id = ids
    for field in commitments:
        pair = texts.get(field) if texts else None
        data[field] = pair[1] if type(pair) is list else ERASED
    read = reader_of(kind, schema_version)
    try:
        event = read(data)
    except Exception as problem:  # noqa: BLE001 - whatever a reader of data stumbles over
        raise UnreadableEvent(position, kind, problem) from None
    return _new_tuple(
        Recorded,
        (
            position,
            stream,
            version,
            _instant(recorded_at),
            dt.date.fromisoformat(effective_on) if effective_on else None,
            actor,
            event_id,
            command_id,
            correlation_id,
            causation_id,
            event,
        ),
    )


_PARTS: Final = itemgetter(
    "type",
    "schema_version",
    "data",
    "commitments",
    "recorded_at",
    "effective_on",
    "position",
    "stream",
    "version",
    "actor",
    "event_id",
    "command_id",
    "correlation_id",
    "causation_id",
)
_new_tuple: Final = tuple.__new__
# The events of one command share their time of recording.
_instant = lru_cache(maxsize=1_024)(dt.datetime.fromisoformat)


def _set_texts_apart(event: Event, data: dict[str, Any]) -> tuple[dict[str, Json], dict[str, Json]]:
    commitments: dict[str, Json] = {}
    texts: dict[str, Json] = {}
    for field in event.text_fields:
        value = data.pop(field, None)
        if value is None:
            continue
        salt = os.urandom(SALT_BYTES)
        commitments[field] = commitment(salt, value)
        texts[field] = [salt.hex(), value]
    return commitments, texts
