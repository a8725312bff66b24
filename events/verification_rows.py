"""Checking one range of stored rows: quickly, and where anything is in doubt, thoroughly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from events.canonical import decode
from events.event_ids import joined_ids
from events.fault_finding import Expected, Fault, missing_texts, row_fault
from events.merkle import subtree_roots
from events.origins import Origins
from events.stored_rows import RawRow, Rows, RowValues

RANGE_ROWS = 8_192
"""How many rows are checked at a time: a power of two, so that their tree is one subtree."""

ERASURE_TYPE = "log.text_erased"
"""The type of the event that accounts for texts which are gone."""

Erasure: TypeAlias = tuple[int, int, tuple[str, ...]]
"""The position of such an event, the position whose texts it erased, and the names of these."""


@dataclass(frozen=True, slots=True)
class Range:
    """Positions `after + 1` to `until` of a log of those origins.

    `known`: the highest schema version of every event type that this release knows.
    """

    after: int
    until: int
    origins: Origins
    known: Mapping[str, int]


@dataclass(slots=True)
class RangeReport:
    """What the rows of a range amount to, up to the first fault in it.

    `roots`: of the perfect subtrees over the range's leaves, largest first. `streams`: for each
    stream the position and version of its first event in the range. `versions`: that of its last.
    `event_ids`: one a line. `missing`: positions with the committed texts that are not there.
    """

    fault: Fault | None = None
    roots: Sequence[bytes] = ()
    streams: dict[str, tuple[int, int]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    event_ids: str = ""
    are_ids_rising: bool = True
    first_recorded_at: str = ""
    last_recorded_at: str = ""
    missing: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    erasures: list[Erasure] = field(default_factory=list)


def check_thoroughly(asked: Range, rows: Rows) -> RangeReport:
    """Read a range raw and check it row by row, naming the first fault in it.

    A row that the database cannot read is a fault like another. Raises what the driver raises when
    it is the database that cannot be reached.
    """
    try:
        return check_rows(asked, rows.raw(asked.after, asked.until))
    except Exception:  # noqa: BLE001 - each driver has its own
        rows.ends()
        return _check_one_by_one(asked, rows)


def check_rows(asked: Range, rows: Sequence[RowValues]) -> RangeReport:
    """Check raw rows of a range, each for itself and against the one before it."""
    report = RangeReport()
    leaves: list[bytes] = []
    ids: list[str] = []
    for position, values in enumerate(rows, start=asked.after + 1):
        before = (asked.known, report.versions, report.last_recorded_at)
        row = RawRow(*values)
        report.fault = row_fault(row, Expected(position, asked.origins, *before))
        if report.fault:
            break
        record: dict[str, Any] = decode(row.body)
        _note(record, row.texts, report)
        leaves.append(row.leaf)
        ids.append(record["event_id"])
    else:
        _close(report, asked, leaves)
    report.event_ids, report.are_ids_rising = joined_ids(ids)
    return report


def _check_one_by_one(asked: Range, rows: Rows) -> RangeReport:
    readable: list[RowValues] = []
    for position in range(asked.after + 1, asked.until + 1):
        try:
            readable += rows.raw(position - 1, position)
        except Exception as problem:  # noqa: BLE001 - each driver has its own
            report = check_rows(replace(asked, until=position - 1), readable)
            report.fault = report.fault or Fault(position, f"the event cannot be read: {problem}")
            return report
    return check_rows(asked, readable)


def _note(record: dict[str, Any], texts: bytes | None, report: RangeReport) -> None:
    position, stream, version = record["position"], record["stream"], record["version"]
    report.streams.setdefault(stream, (position, version))
    report.versions[stream] = version
    report.first_recorded_at = report.first_recorded_at or record["recorded_at"]
    report.last_recorded_at = record["recorded_at"]
    missing = missing_texts(record, texts)
    report.missing += [(position, missing)] if missing else []
    if record["type"] == ERASURE_TYPE:
        report.erasures.append(erasure_of(record))


def erasure_of(record: dict[str, Any]) -> Erasure:
    """Return which texts an event accounts for."""
    data = record["data"]
    return record["position"], data["position"], tuple(data["fields"])


def _close(report: RangeReport, asked: Range, leaves: Sequence[bytes]) -> None:
    if len(leaves) < asked.until - asked.after:
        report.fault = Fault(asked.after + len(leaves) + 1, "the event is missing")
    else:
        report.roots = subtree_roots(leaves)
