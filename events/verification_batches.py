"""Checking a range of rows fast: one question to a whole batch at a time, each answered in C.

It only ever says yes. Whatever it cannot say yes to is checked again, row by row and from the raw
bytes, by `events.verification_rows`, which has the last word and names what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import chain
from operator import itemgetter
from types import NoneType
from typing import Any

from orjson import OPT_SORT_KEYS, dumps, loads

from events.canonical import require_allowed
from events.event_ids import joined_ids
from events.fault_finding import KEYS, SALT_BYTES, are_commitments, is_date, is_instant
from events.merkle import subtree_roots
from events.origins import CONTINUED_TYPE
from events.stored_rows import Rows, RowValues
from events.verification_rows import (
    ERASURE_TYPE,
    Range,
    RangeReport,
    check_thoroughly,
    erasure_of,
)

_COPIES = itemgetter(
    *("position", "stream", "version", "type", "recorded_at", "event_id", "command_id")
)
_COPIED = 7
_NUMBERS = itemgetter("position", "version", "schema_version")
_WORDS = itemgetter("actor", "correlation_id")
_OTHERS = itemgetter(
    *("causation_id", "commitments", "data", "effective_on", "origin", "schema_version")
)


def read_and_check(asked: Range, rows: Rows) -> RangeReport:
    """Read a range of rows and check it. Raises when the database cannot be reached."""
    return _quick_report(asked, rows) or check_thoroughly(asked, rows)


def _quick_report(asked: Range, rows: Rows) -> RangeReport | None:
    quick = _QuickCheck(asked)
    try:
        in_order = all(map(quick.takes, rows.batches(asked.after, asked.until)))
    except Exception:  # noqa: BLE001 - whatever it stumbled over, the thorough check names it
        return None
    return quick.report() if in_order and quick.position == asked.until else None


class _QuickCheck:
    """What the batches of a range have come to so far."""

    def __init__(self, asked: Range) -> None:
        self.position = asked.after
        self._asked = asked
        self._origin = asked.origins.of_range(asked.after, asked.until)
        self._found = RangeReport()
        self._leaves: list[bytes] = []
        self._ids: list[str] = []

    def takes(self, rows: Sequence[RowValues]) -> bool:
        """Tell whether the next rows are in order, every one."""
        positions, streams, versions, types, recorded_at, ids, _, bodies, texts, leaves = zip(
            *rows, strict=True
        )
        records = list(map(loads, bodies))
        before, self.position = self.position, self.position + len(rows)
        self._leaves += leaves
        self._ids += ids
        return (
            positions == tuple(range(before + 1, self.position + 1))
            and [sha256(b"\x00" + body).digest() for body in bodies] == list(leaves)
            and [dumps(record, option=OPT_SORT_KEYS) for record in records] == list(bodies)
            and list(map(_COPIES, records)) == [row[:_COPIED] for row in rows]
            and self._are_shaped(records)
            and self._hold_data(positions, types, texts, records)
            and self._rise(recorded_at)
            and self._follow(positions, streams, versions)
            and "\n" not in "".join(ids)
        )

    def report(self) -> RangeReport:
        """Return the report on a range in which everything was in order."""
        found = self._found
        found.roots = subtree_roots(self._leaves)
        found.event_ids, found.are_ids_rising = joined_ids(self._ids)
        return found

    def _are_shaped(self, records: Sequence[dict[str, Any]]) -> bool:
        return (
            set(map(len, records)) == {len(KEYS)}
            and _kinds(chain.from_iterable(map(_NUMBERS, records))) == {int}
            and _kinds(chain.from_iterable(map(_WORDS, records))) == {str}
        )

    def _hold_data(
        self,
        positions: Sequence[int],
        types: Sequence[str],
        texts: Sequence[bytes | None],
        records: Sequence[dict[str, Any]],
    ) -> bool:
        causes, commitments, data, dates, origins, schemas = zip(
            *map(_OTHERS, records), strict=True
        )
        known = self._asked.known
        if ERASURE_TYPE in types:
            erasing = (record for record in records if record["type"] == ERASURE_TYPE)
            self._found.erasures += map(erasure_of, erasing)
        return (
            _kinds(causes) <= {str, NoneType}
            and _kinds((*commitments, *data)) == {dict}
            and all(date is None or is_date(date) for date in set(dates))
            and set(origins) == {self._origin}
            and CONTINUED_TYPE not in types
            and all(0 < version <= known[name] for name, version in set(zip(types, schemas)))  # noqa: B905
            and all(map(_is_plain, filter(None, data)))
            and self._are_kept(positions, commitments, texts)
        )

    def _are_kept(
        self,
        positions: Sequence[int],
        commitments: Sequence[dict[str, str]],
        texts: Sequence[bytes | None],
    ) -> bool:
        for position, promised, stored in zip(positions, commitments, texts, strict=True):
            if stored is not None:
                if not _is_kept(promised, stored):
                    return False
            elif promised:
                if not are_commitments(promised):
                    return False
                self._found.missing.append((position, tuple(sorted(promised))))
        return True

    def _rise(self, recorded_at: Sequence[str]) -> bool:
        before = self._found.last_recorded_at
        self._found.first_recorded_at = self._found.first_recorded_at or recorded_at[0]
        self._found.last_recorded_at = recorded_at[-1]
        return (
            recorded_at[0] >= before
            and list(recorded_at) == sorted(recorded_at)
            and all(map(is_instant, set(recorded_at)))
        )

    def _follow(
        self, positions: Sequence[int], streams: Sequence[str], versions: Sequence[int]
    ) -> bool:
        last = self._found.versions
        for position, stream, version in zip(positions, streams, versions, strict=True):
            if stream not in last:
                self._found.streams[stream] = position, version
            elif version != last[stream] + 1:
                return False
            last[stream] = version
        return True


def _kinds(values: Iterable[object]) -> set[type]:
    return set(map(type, values))


def _is_plain(data: dict[str, Any]) -> bool:
    for value in data.values():
        if type(value) is not str:
            require_allowed(value)
    return "".join(data).isascii()


def _is_kept(promised: dict[str, str], stored: bytes) -> bool:
    clear = loads(stored)
    if not clear or len(clear) != len(promised) or dumps(clear, option=OPT_SORT_KEYS) != stored:
        return False
    for name, commitment in promised.items():
        salt, value = clear[name]
        salted = bytes.fromhex(salt)
        if (
            len(salted) != SALT_BYTES
            or salted.hex() != salt
            or sha256(salted + value.encode()).hexdigest() != commitment
        ):
            return False
    return True
