"""Checking one range of stored rows, fast: what is in order is seen to be so in a few microseconds.

The loop below only says yes. Whatever it cannot say yes to goes to `events.fault_finding`, which
takes its time, has the last word, and names what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, TypeAlias

from orjson import OPT_SORT_KEYS, dumps, loads

from events.canonical import require_allowed
from events.fault_finding import (
    KEYS,
    SALT_BYTES,
    Expected,
    Fault,
    is_date,
    is_instant,
    missing_texts,
    row_fault,
)
from events.merkle import subtree_roots
from events.stored_rows import RawRow, Rows, RowValues

RANGE_ROWS = 8_192
"""How many rows are checked at a time: a power of two, so that their tree is one subtree."""


Erasure: TypeAlias = tuple[int, int, tuple[str, ...]]
"""The position of such an event, the position whose texts it erased, and the names of these."""

_ERASURE_TYPE = b"log.text_erased"
_SORTED = OPT_SORT_KEYS
_KEYS = len(KEYS)
_TAIL = (
    b',"event_id":"%b","origin":%b,"position":%d,"recorded_at":"%b","schema_version":%d,'
    b'"stream":"%b","type":"%b","version":%d}'
)


@dataclass(frozen=True, slots=True)
class Range:
    """Positions `after + 1` to `until` of a log of that origin.

    `known`: the highest schema version of every event type that this release knows.
    """

    after: int
    until: int
    origin: str
    known: Mapping[bytes, int]


@dataclass(slots=True)
class RangeReport:
    """What the rows of a range amount to, up to the first fault in it.

    `roots`: of the perfect subtrees over the range's leaves, largest first. `streams`: for each
    stream the position and version of its first event in the range. `versions`: that of its last.
    `missing`: positions with the committed texts that are not there.
    """

    fault: Fault | None = None
    roots: Sequence[bytes] = ()
    streams: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    versions: dict[bytes, int] = field(default_factory=dict)
    event_ids: list[bytes] = field(default_factory=list)
    first_recorded_at: bytes = b""
    last_recorded_at: bytes = b""
    missing: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    erasures: list[Erasure] = field(default_factory=list)


def read_and_check(asked: Range, rows: Rows) -> RangeReport:
    """Read a range and check it. A row that the database cannot read is a fault like another.

    Raises what the driver raises when it is the database that cannot be reached.
    """
    try:
        return check_range(asked, rows.between(asked.after, asked.until))
    except Exception:  # noqa: BLE001 - each driver has its own
        rows.ends()
        return _check_one_by_one(asked, rows)


def _check_one_by_one(asked: Range, rows: Rows) -> RangeReport:
    readable: list[RowValues] = []
    for position in range(asked.after + 1, asked.until + 1):
        try:
            readable += rows.between(position - 1, position)
        except Exception as problem:  # noqa: BLE001 - each driver has its own
            report = check_range(replace(asked, until=position - 1), readable)
            report.fault = report.fault or Fault(position, f"the event cannot be read: {problem}")
            return report
    return check_range(asked, readable)


def check_range(asked: Range, rows: Sequence[RowValues]) -> RangeReport:
    """Check the stored rows of a range, each for itself and against the one before it."""
    report = RangeReport()
    streams, versions, event_ids = report.streams, report.versions, report.event_ids
    expected, recorded_at = asked.after, b""
    origin = dumps(asked.origin)
    leaves: list[bytes] = []
    for row in rows:
        expected += 1
        if not _in_order(row, expected, origin, asked.known, versions, recorded_at):
            told = Expected(expected, asked.origin, asked.known, versions, recorded_at)
            report.fault = row_fault(RawRow(*row), told)
            if report.fault:
                break
            _note_missing(RawRow(*row), report)
        _, stream, version, type_name, recorded_at, event_id, _, body, _, leaf = row
        if stream not in versions:
            streams[stream] = expected, version
        versions[stream] = version
        event_ids.append(event_id)
        leaves.append(leaf)
        if type_name == _ERASURE_TYPE:
            report.erasures.append(_read_erasure(expected, body))
    else:
        _close(report, asked, leaves)
    report.first_recorded_at = rows[0][4] if leaves else b""
    report.last_recorded_at = recorded_at
    return report


def _close(report: RangeReport, asked: Range, leaves: Sequence[bytes]) -> None:
    if len(leaves) < asked.until - asked.after:
        report.fault = Fault(asked.after + len(leaves) + 1, "the event is missing")
    else:
        report.roots = subtree_roots(leaves)


def _in_order(
    row: RowValues,
    expected: int,
    origin: bytes,
    known: Mapping[bytes, int],
    versions: Mapping[bytes, int],
    before: bytes,
) -> bool:
    position, stream, version, type_name, recorded_at, event_id, command_id, body, texts, leaf = row
    try:
        record = loads(body)
        schema_version, data = record["schema_version"], record["data"]
        commitments, cause = record["commitments"], record["causation_id"]
        effective_on = record["effective_on"]
        tail = _TAIL % (
            *(event_id, origin, position, recorded_at),
            *(schema_version, stream, type_name, version),
        )
        # The tail holds eight of the keys; the other seven are asked for by name.
        return (
            position == expected
            and sha256(b"\x00" + body).digest() == leaf
            and len(record) == _KEYS
            and body.endswith(tail)
            and dumps(record, option=_SORTED) == body
            and record["command_id"].encode() == command_id
            and (recorded_at == before or (recorded_at > before and is_instant(recorded_at)))
            and version == versions.get(stream, version - 1) + 1
            and 0 < schema_version <= known[type_name]
            and type(record["actor"]) is type(record["correlation_id"]) is str
            and (cause is None or type(cause) is str)
            and (effective_on is None or is_date(effective_on))
            and (data == {} or _is_plain(data))
            and (_are_kept(commitments, texts) if texts else commitments == {} and texts is None)
        )
    except Exception:  # noqa: BLE001 - whatever it stumbled over, the slow path names it
        return False


def _is_plain(data: dict[str, Any]) -> bool:
    for key, value in data.items():
        if type(value) is not str:
            require_allowed(value)
        if not key.isascii():
            return False
    return True


def _are_kept(commitments: dict[str, str], texts: bytes) -> bool:
    clear = loads(texts)
    if len(clear) != len(commitments) or dumps(clear, option=_SORTED) != texts:
        return False
    for name, promised in commitments.items():
        salt, value = clear[name]
        salted = bytes.fromhex(salt)
        if (
            len(salted) != SALT_BYTES
            or salted.hex() != salt
            or sha256(salted + value.encode()).hexdigest() != promised
        ):
            return False
    return True


def _note_missing(row: RawRow, report: RangeReport) -> None:
    missing = missing_texts(loads(row.body), row.texts)
    report.missing += [(row.position, missing)] if missing else []


def _read_erasure(position: int, body: bytes) -> Erasure:
    data = loads(body)["data"]
    return position, data["position"], tuple(data["fields"])
