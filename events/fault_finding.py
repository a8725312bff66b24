"""Naming what is wrong with a stored row, in plain words: slow, thorough, and the last word."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from types import NoneType
from typing import Any, Final

from typing_extensions import override

from events.canonical import LARGEST_INTEGER, Json, NotCanonical, decode, encode, require_allowed
from events.merkle import leaf_hash
from events.origins import CONTINUED_TYPE, Origins
from events.refs import split_stream
from events.stored_rows import RawRow

KEYS: Final = frozenset(
    {
        "actor",
        "causation_id",
        "command_id",
        "commitments",
        "correlation_id",
        "data",
        "effective_on",
        "event_id",
        "origin",
        "position",
        "recorded_at",
        "schema_version",
        "stream",
        "type",
        "version",
    }
)
"""The keys of every body: these and no others."""

SALT_BYTES: Final = 16
# What a value is, never the value: in 'texts' it may be somebody's words.
_KINDS: Final[Mapping[type, str]] = {
    bytearray: "bytes that are stored as another kind of value",
    float: "a fraction",
    int: "a whole number",
    NoneType: "nothing",
    str: "a text",
}
_WORDS = ("actor", "command_id", "correlation_id", "event_id", "origin", "stream", "type")
_COPIES = ("position", "stream", "version", "type", "recorded_at", "event_id", "command_id")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a position. Position 0 is the head row; `what` completes a sentence."""

    position: int
    what: str

    @override
    def __str__(self) -> str:
        where = f"Position {self.position}" if self.position else "The head row"
        return f"{where}: {self.what}."


@dataclass(frozen=True, slots=True)
class Expected:
    """What the next row must fit: its position, and what came before it.

    `known`: the highest schema version of every event type that this release knows. `versions`: of
    the last event of each stream, as far as they are known. `recorded_at`: of the row before.
    """

    position: int
    origins: Origins
    known: Mapping[str, int]
    versions: Mapping[str, int]
    recorded_at: str


class Wrong(Exception):
    """Something is wrong with a row; the message says what, without the position."""


def row_fault(row: RawRow, expected: Expected) -> Fault | None:
    """Return what is wrong with a row, or None when it is in order after all."""
    if row.position != expected.position:
        nxt = f"the next event that is stored is {row.position}"
        return Fault(expected.position, f"the event is missing: {nxt}")
    try:
        _require_values(row)
        record = _record_of(row)
        _require_shape(record)
        _require_copies(row, record)
        _require_place(record, expected)
        _require_known(record, expected)
        missing_texts(record, row.texts)
    except Wrong as wrong:
        return Fault(expected.position, str(wrong))
    return None


@lru_cache(maxsize=10_000)
def is_instant(recorded_at: str) -> bool:
    """Tell whether a text is an instant as the log writes it."""
    if not _INSTANT.fullmatch(recorded_at):
        return False
    try:
        dt.datetime.fromisoformat(recorded_at)
    except ValueError:
        return False
    return True


def is_stream(name: str) -> bool:
    """Tell whether a text is the name of a stream: a category and a number."""
    try:
        split_stream(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=10_000)
def is_date(value: object) -> bool:
    """Tell whether a value is a civil date as the log writes it: `2025-03-31`."""
    if not (isinstance(value, str) and _DATE.fullmatch(value)):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def missing_texts(record: Mapping[str, Any], texts: bytes | None) -> tuple[str, ...]:
    """Return the names of committed texts that are gone.

    Raises `Wrong` when a text is there but is not the one that the body commits to.
    """
    commitments: dict[str, str] = record["commitments"]
    clear = _clear_texts(texts)
    for field, pair in clear.items():
        if field not in commitments:
            raise Wrong(f"its texts hold '{field}', to which the body does not commit")
        if _commitment_of(field, pair) != commitments[field]:
            raise Wrong(f"its text '{field}' is not the one that was recorded")
    return tuple(sorted(commitments.keys() - clear.keys()))


def _require_values(row: RawRow) -> None:
    for column, value in zip(row._fields, row, strict=True):
        wanted = int if column in {"position", "version"} else bytes
        if not isinstance(value, wanted) and not (column == "texts" and value is None):
            kind = _KINDS.get(type(value), "a value of another kind")
            raise Wrong(f"its column '{column}' holds {kind}, which the log never writes there")


def _record_of(row: RawRow) -> dict[str, Any]:
    if leaf_hash(row.body) != row.leaf:
        raise Wrong("its body and its leaf do not belong together: one of the two was changed")
    try:
        record = decode(row.body)
        require_allowed(record)
    except NotCanonical as problem:
        raise Wrong(f"its body is not a record: {problem}") from problem
    if encode(record) != row.body:
        raise Wrong("its body is not written in the one canonical way")
    return record


def _require_shape(record: dict[str, Any]) -> None:
    if record.keys() != KEYS:
        odd = ", ".join(sorted(record.keys() ^ KEYS))
        raise Wrong(f"its body lacks or adds: {odd}")
    for key in _WORDS:
        if not isinstance(record[key], str):
            raise Wrong(f"'{key}' in its body is not a text")
    for key in ("position", "version", "schema_version"):
        if not _is_count(record[key]):
            raise Wrong(f"'{key}' in its body is not a whole number from 1")
    if not isinstance(record["causation_id"], str | None):
        raise Wrong("'causation_id' in its body is neither a text nor null")
    if record["effective_on"] is not None and not is_date(record["effective_on"]):
        raise Wrong("'effective_on' in its body is neither a date nor null")
    if "\n" in record["event_id"]:
        raise Wrong("'event_id' in its body is broken over two lines")
    if not isinstance(record["data"], dict) or not are_commitments(record["commitments"]):
        raise Wrong("'data' or 'commitments' in its body is malformed")


def _require_copies(row: RawRow, record: dict[str, Any]) -> None:
    for column in _COPIES:
        copy, said = getattr(row, column), record[column]
        if (said if isinstance(said, int) else str(said).encode()) != copy:
            shown = copy if isinstance(copy, int) else copy.decode(errors="replace")
            raise Wrong(f"its column '{column}' says '{shown}', its body '{said}'")


def _require_place(record: dict[str, Any], expected: Expected) -> None:
    if record["origin"] != expected.origins.at(expected.position):
        raise Wrong(f"it comes from another log, '{record['origin']}'")
    if record["type"] == CONTINUED_TYPE:
        _require_continuation(expected)
    if not is_instant(record["recorded_at"]):
        raise Wrong(f"its time of recording '{record['recorded_at']}' is not an instant in UTC")
    if record["recorded_at"] < expected.recorded_at:
        raise Wrong("it was recorded earlier than the event before it")
    stream, version = record["stream"], record["version"]
    last = expected.versions.get(stream, version - 1)
    if version != last + 1:
        raise Wrong(version_words(stream, version, last))


def _require_continuation(expected: Expected) -> None:
    found = expected.origins.continuation_at(expected.position)
    if found is None:
        raise Wrong("it continues the record, but does not say of which head")
    wrong = expected.origins.wrong_with(found)
    if wrong is not None:
        raise Wrong(wrong)


def _require_known(record: dict[str, Any], expected: Expected) -> None:
    if record["schema_version"] > expected.known.get(record["type"], 0):
        version = record["schema_version"]
        raise Wrong(f"its type '{record['type']}' in version {version} is unknown to this release")


def version_words(stream: str, version: int, last: int) -> str:
    """Say that an event is not the next one of its stream."""
    return f"it is version {version} of {stream}, which stood at version {last}"


def _clear_texts(texts: bytes | None) -> dict[str, Json]:
    if texts is None:
        return {}
    try:
        clear = decode(texts)
    except NotCanonical as problem:
        raise Wrong(f"its texts cannot be read: {problem}") from problem
    if encode(clear) != texts:
        raise Wrong("its texts are not written in the one canonical way")
    if not clear:
        raise Wrong("its texts are there but empty, which the log never writes")
    return clear


def _commitment_of(field: str, pair: Json) -> str:
    match pair:
        case [str(salt), str(value)] if re.fullmatch(r"[0-9a-f]{32}", salt):
            return sha256(bytes.fromhex(salt) + value.encode()).hexdigest()
        case _:
            raise Wrong(f"its text '{field}' is not a salt and a value")


def _is_count(value: object) -> bool:
    return type(value) is int and 1 <= value <= LARGEST_INTEGER


def are_commitments(value: object) -> bool:
    """Tell whether a value maps names to commitments of 64 hexadecimal digits."""
    return isinstance(value, dict) and all(
        isinstance(promised, str) and re.fullmatch(r"[0-9a-f]{64}", promised)
        for promised in value.values()
    )
