"""Putting the ranges of a verified log together, and holding the whole against the head row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from events.canonical import NotCanonical, decode, encode
from events.event_ids import EventIds
from events.fault_finding import Fault, is_instant, is_stream, version_words
from events.merkle import HASH_BYTES, Frontier, subtree_roots
from events.reading import NO_INSTANT
from events.refs import split_stream
from events.stored_rows import RowValues
from events.verification_rows import RANGE_ROWS, Erasure, Range, RangeReport


@dataclass(frozen=True, slots=True)
class StoredHead:
    """The head row as it is stored, with the first and last position among the events.

    `rows`: how many head rows there are, of which a log has one. In a head row that was tampered
    with, any column may hold anything.
    """

    origin: str
    size: Any
    frontier: Any
    recorded_at: Any
    counters: Any
    first: int | None
    last: int | None
    rows: int = 1

    @classmethod
    def of_row(cls, row: RowValues) -> StoredHead:
        """Read the values that `ends` returns."""
        origin, *others = row
        return cls(bytes(origin).decode(errors="replace"), *others)


def head_fault(head: StoredHead) -> Fault | None:
    """Return what is wrong with the form of the head row."""
    return next((Fault(0, what) for is_wrong, what in _doubts(head) if is_wrong), None)


def _doubts(head: StoredHead) -> Iterator[tuple[bool, str]]:
    yield type(head.size) is not int or head.size < 0, f"its size is {head.size!r}"
    yield (
        not isinstance(head.frontier, bytes)
        or len(head.frontier) != head.size.bit_count() * HASH_BYTES,
        f"its frontier does not fit a log of {head.size} events",
    )
    yield (
        not isinstance(head.recorded_at, bytes)
        or not is_instant(head.recorded_at.decode(errors="replace")),
        f"its time of recording is {head.recorded_at!r}",
    )
    yield counters_of(head) is None, f"its counters are {head.counters!r}"
    yield head.rows != 1, f"there are {head.rows} of them, where a log has one"


def counters_of(head: StoredHead) -> Mapping[str, Any] | None:
    """Return the highest number in each category as the head row tells, None if it is malformed."""
    try:
        counters = decode(head.counters)
    except (NotCanonical, TypeError):
        return None
    return counters if encode(counters) == head.counters else None


def _outside_faults(head: StoredHead) -> Iterator[Fault]:
    if head.first is not None and head.first < 1:
        yield Fault(1, f"an event stands before it, at {head.first}")
    if head.last is not None and head.last > head.size:
        yield Fault(head.size + 1, f"the head row counts {head.size} events, but more are stored")


@dataclass(slots=True)
class Tally:
    """What the ranges that were checked so far amount to; they are added in order.

    `range_rows`: how many rows every range has but the last, a power of two.
    """

    fault: Fault | None = None
    range_rows: int = field(default_factory=lambda: RANGE_ROWS)
    _whole: list[bytes] = field(default_factory=list)
    _rest: Sequence[bytes] = ()
    _versions: dict[str, int] = field(default_factory=dict)
    _event_ids: EventIds = field(default_factory=EventIds)
    _recorded_at: str = NO_INSTANT
    _missing: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _erasures: list[Erasure] = field(default_factory=list)

    def add(self, asked: Range, report: RangeReport) -> None:
        """Add the next range; `fault` is the first one that was found, in it or at its seams."""
        self.fault = min(
            [*([report.fault] if report.fault else []), *self._seam_faults(asked, report)],
            key=lambda fault: fault.position,
            default=None,
        )
        if asked.until - asked.after == self.range_rows:
            self._whole += report.roots
        else:
            self._rest = report.roots
        self._versions |= report.versions
        self._recorded_at = report.last_recorded_at
        self._missing |= dict(report.missing)
        self._erasures += report.erasures

    def erased(self) -> int:
        """Return how many committed texts are gone."""
        return sum(len(names) for names in self._missing.values())

    def frontier(self, size: int) -> Frontier:
        """Return the frontier after all events, or after as many as make whole ranges."""
        whole, rest = divmod(size, self.range_rows)
        roots = subtree_roots(self._whole[:whole])
        return Frontier(size, (*roots, *self._rest) if rest else roots)

    def closing_fault(self, head: StoredHead) -> Fault | None:
        """Return what is wrong with the whole, once every range was added without a fault."""
        faults = (
            *self._erasure_faults(),
            *self._tree_faults(head),
            *_outside_faults(head),
            *self._head_faults(head),
        )
        return faults[0] if faults else None

    def _seam_faults(self, asked: Range, report: RangeReport) -> Iterator[Fault]:
        if report.streams and report.first_recorded_at < self._recorded_at:
            yield Fault(asked.after + 1, "it was recorded earlier than the event before it")
        for stream, (position, version) in report.streams.items():
            last = self._versions.get(stream, 0)
            if version != last + 1:
                yield Fault(position, version_words(stream, version, last))
            elif last == 0 and not is_stream(stream):
                yield Fault(position, f"'{stream}' is not the name of a stream")
        if report.streams:
            repeated = self._event_ids.first_repeated(
                report.event_ids, are_rising=report.are_ids_rising
            )
            if repeated is not None:
                at = asked.after + repeated + 1
                yield Fault(at, "its event id is that of an earlier event")

    def _erasure_faults(self) -> Iterator[Fault]:
        authorised = {
            (target, name): position
            for position, target, names in self._erasures
            for name in names
            if target < position
        }
        missing = {(position, name) for position, names in self._missing.items() for name in names}
        for position, name in sorted(missing ^ authorised.keys()):
            if (position, name) in missing:
                yield Fault(position, f"its text '{name}' is gone, but no event erased it")
            else:
                by = authorised[position, name]
                yield Fault(position, f"its text '{name}' was erased by {by}, but is still stored")

    def _tree_faults(self, head: StoredHead) -> Iterator[Fault]:
        computed = self.frontier(head.size)
        stored = Frontier.from_bytes(head.size, head.frontier)
        first, left = 1, head.size
        for ours, theirs in zip(computed.roots, stored.roots, strict=True):
            leaves = 1 << (left.bit_length() - 1)
            if ours != theirs:
                yield Fault(
                    first,
                    f"the events from here to {first + leaves - 1} are not those of the head row's"
                    " tree: bodies and leaves were written anew",
                )
            first, left = first + leaves, left - leaves

    def _head_faults(self, head: StoredHead) -> Iterator[Fault]:
        if head.recorded_at != self._recorded_at.encode():
            last = self._recorded_at
            yield Fault(0, f"its time of recording is not that of the last event, {last}")
        highest: dict[str, int] = {}
        for stream in self._versions:
            category, number = split_stream(stream)
            highest[category] = max(number, highest.get(category, 0))
        if counters_of(head) != highest:
            yield Fault(0, "its counters are not the highest numbers of the streams")
