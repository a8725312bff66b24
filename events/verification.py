"""Verifying the whole log: everything is computed anew from the stored bytes.

What it proves: every body, column, text, leaf and number is what was appended under the head that
the database holds. What it cannot see alone: a log that was cut short, or written anew from some
position on, together with its head row. For that it needs a checkpoint that somebody else holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from sqlalchemy import Engine, inspect

import events.every_type  # noqa: F401  An unknown type is a fault.
from events.catalogue import registered
from events.checkpoint import Checkpoint
from events.fault_finding import Fault
from events.origins import Continuation, Origins, continuations_in
from events.reading import NoLog
from events.stored_rows import Rows, Source
from events.verification_batches import read_and_check
from events.verification_files import NOT_LOOKED_AT, FileReport, check_files
from events.verification_rows import (
    RANGE_ROWS,
    Range,
    RangeReport,
)
from events.verification_tally import StoredHead, Tally, counters_of, head_fault
from events.verification_worker import Worker

ROWS_WORTH_A_PROCESS = 20_000
"""A smaller log is verified sooner than another process has started."""

Progress = Callable[[int, int], None]
"""Is told how many events are verified, and of how many."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.

    `root`: of the tree over all stored bodies, or None when there is a fault. `erased`: how many
    texts were erased under authority. `fault`: the first event that is wrong in itself or beside
    the one before it; if none is, the first thing that does not fit the whole. `continued`: where
    the log went on under another origin. `files`: what became of the files that are evidence; they
    are looked at where nothing else is wrong.
    """

    origin: str
    size: int
    root: bytes | None
    erased: int
    fault: Fault | None
    continued: tuple[Continuation, ...] = ()
    files: FileReport = NOT_LOOKED_AT

    @property
    def holds(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.fault is None


def verify_log(
    engine: Engine,
    *,
    progress: Progress = lambda _done, _total: None,
    processes: int | None = None,
    held: Checkpoint | None = None,
) -> Verdict:
    """Compute the log anew from its stored bytes and compare it with everything it says of itself.

    `processes`: how many check side by side; by default as many as there are processors. `held`: a
    checkpoint of this log that somebody kept elsewhere, and that the log must still extend. Writing
    may go on meanwhile; what was appended after the beginning is not looked at. Raises `NoLog`
    where there is nothing at all; a part of a log is a fault.
    """
    source = source_of(engine)
    with closing(source.open()) as rows:
        head = _head_of(engine, rows)
        if isinstance(head, Fault):
            return Verdict("", 0, None, 0, head)
        origins = _origins(head, rows)
        fault = head_fault(head) or _origin_fault(origins)
        if fault:
            return Verdict(head.origin, head.size, None, 0, fault)
        tally = Tally()
        ranges = _ranges(head, origins)
        with _checking(source, rows, head.size, processes) as check:
            for asked, report in zip(ranges, check(ranges), strict=True):
                tally.add(asked, report)
                if tally.fault:
                    break
                progress(asked.until, head.size)
        fault = tally.fault or tally.closing_fault(head)
        if fault is None and held is not None:
            fault = _held_fault(held, head.size, origins, tally, rows)
        files = NOT_LOOKED_AT if fault else _files_of(head, rows)
        fault = fault or next(iter(files.faults), None)
        root = None if fault else tally.frontier(head.size).root()
        erased, continued = tally.erased(), origins.continuations
        return Verdict(head.origin, head.size, root, erased, fault, continued, files)


def source_of(engine: Engine) -> Source:
    """Return where an engine's rows are, for another process to read."""
    driver: Any = engine.dialect.loaded_dbapi
    arguments, keywords = engine.dialect.create_connect_args(engine.url)
    plain = {key: value for key, value in keywords.items() if isinstance(value, str | int)}
    return Source(driver.__name__, tuple(arguments), plain)


def _head_of(engine: Engine, rows: Rows) -> StoredHead | Fault:
    """Return the head row, or what is wrong where only a part of a log is there."""
    try:
        head = rows.ends()
    except Exception as problem:
        tables = inspect(engine)
        has_events, has_head = tables.has_table("events"), tables.has_table("log_head")
        if has_events and has_head:
            raise
        if has_events:
            return Fault(0, "its table is missing, though there is one of events")
        if has_head:
            return Fault(1, "the table that holds this event and all others is missing")
        raise NoLog from problem
    if head is not None:
        return StoredHead.of_row(head)
    if stored := rows.count():
        return Fault(0, f"it is missing, though {stored} events are stored")
    raise NoLog


def _origins(head: StoredHead, rows: Rows) -> Origins:
    """Read which origins the log says it had; the rows are held against that one by one."""
    try:
        return Origins(head.origin, continuations_in(rows.continuations()))
    except Exception:  # noqa: BLE001 - each driver has its own
        rows.ends()
        return Origins(head.origin)  # A row cannot be read, and will be named.


def _origin_fault(origins: Origins) -> Fault | None:
    if origins.continuations and origins.continuations[-1].origin != origins.origin:
        last = origins.continuations[-1]
        return Fault(0, f"its origin is not '{last.origin}', which the log took at {last.position}")
    return None


def _ranges(head: StoredHead, origins: Origins) -> list[Range]:
    known = {cls.type_name: cls.schema_version for cls in registered()}
    return [
        Range(after, min(after + RANGE_ROWS, head.size), origins, known)
        for after in range(0, head.size, RANGE_ROWS)
    ]


def _files_of(head: StoredHead, rows: Rows) -> FileReport:
    """Check the files of a log that has any: an older one may lack their table."""
    has_files = "evidence" in (counters_of(head) or ())
    return check_files(rows, head.size) if has_files else NOT_LOOKED_AT


Check = Callable[[Sequence[Range]], Iterable[RangeReport]]


@contextmanager
def _checking(source: Source, rows: Rows, size: int, processes: int | None) -> Iterator[Check]:
    side_by_side = min(processes or os.cpu_count() or 1, -(-size // RANGE_ROWS))
    if side_by_side <= 1 or (processes is None and size < ROWS_WORTH_A_PROCESS):
        yield lambda ranges: (read_and_check(asked, rows) for asked in ranges)
        return
    idle: SimpleQueue[Worker] = SimpleQueue()

    def check(asked: Range) -> RangeReport:
        worker = idle.get()
        try:
            return worker.check(asked)
        finally:
            idle.put(worker)

    with ExitStack() as stack:
        for _ in range(side_by_side):
            idle.put(stack.enter_context(closing(Worker(source))))
        pool = ThreadPoolExecutor(side_by_side)
        stack.callback(pool.shutdown, cancel_futures=True)
        yield lambda ranges: pool.map(check, ranges)


def _held_fault(
    held: Checkpoint, size: int, origins: Origins, tally: Tally, rows: Rows
) -> Fault | None:
    place = origins.place_of(held)
    if place == "another_log":
        return Fault(0, f"the checkpoint is of another log, '{held.origin}'")
    if place == "lost":
        lost = f"the log was continued without the {held.size} events of the checkpoint"
        return Fault(min(one.position for one in origins.continuations), lost)
    if held.size > size:
        cut = f"the checkpoint held elsewhere counts {held.size} events: the log was cut short"
        return Fault(size + 1, cut)
    whole = held.size // RANGE_ROWS * RANGE_ROWS
    leaves = [row[9] for row in rows.raw(whole, held.size)]
    if tally.frontier(whole).extend(leaves).root() != held.root:
        return Fault(
            1, f"the events up to {held.size} are not those of the checkpoint held elsewhere"
        )
    return None
