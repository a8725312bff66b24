"""`python -m bench.phases`: where the time of writing in bulk and of a rebuild goes, part by part.

A part is timed around the very methods that do it, so that the parts of one run add up to its
whole. What a rebuild stores, it stores beside the folding; that part overlaps with the others.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

import bench.record
import projections.rebuild
from bench.databases import Medium, media
from bench.lives import our_lives
from bench.record import open_record
from bench.sizes import Sizes
from events.log import EventLog, Writing
from events.merkle import Frontier
from events.postgresql_session import PostgresSession
from events.recorded import Recorded
from events.sqlite_session import SqliteSession
from projections.folding import FoldedModels
from projections.ledger import Transaction
from projections.rebuild import rebuild
from projections.writing_rows import RowPages

Parts = defaultdict[str, float]
"""Seconds by part."""

_WRITING = (
    (bench.record, "event_of", "making the events"),
    (Writing, "_seal", "sealing: body, salts, hashes"),
    (Transaction, "_project", "folding into the read models"),
    (RowPages, "changes", "encoding the rows that stand"),
    (Frontier, "extend", "the Merkle tree"),
)
_REBUILDING = (
    (FoldedModels, "apply", "folding, and encoding what is closed"),
    (projections.rebuild, "create_indexes", "indexing"),
    (EventLog, "store_apart", "storing rows, in a thread of its own"),
)


def main() -> None:
    """Time the parts on the databases that were asked for, and print them."""
    parser = argparse.ArgumentParser(prog="python -m bench.phases", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    asked = parser.parse_args().database
    databases = (asked,) if asked else ("sqlite", "postgresql")
    with (
        tempfile.TemporaryDirectory(prefix="goldthread-phases-") as folder,
        media(Path(folder), databases) as found,
    ):
        for medium in found:
            _measure(medium, Sizes().bulk_events)


def _measure(medium: Medium, events: int) -> None:
    with open_record(medium) as record:
        write = our_lives(record, events)
        write()
        with _timed(_WRITING) as parts, _storing_timed(parts):
            whole = _seconds(write)
        _print(f"bulk on {medium.name}", parts, whole, events)
        size = record.log.head().size
        with _timed(_REBUILDING) as parts, _reading_timed(parts):
            whole = _seconds(lambda: rebuild(record.log, record.ledger.fold))
        _print(f"rebuild on {medium.name}", parts, whole, size)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def _timed(places: tuple[tuple[Any, str, str], ...]) -> Iterator[Parts]:
    """Time some functions while the block runs."""
    parts: Parts = defaultdict(float)
    patches = [
        patch.object(place, name, _watched(getattr(place, name), parts, _always(part)))
        for place, name, part in places
    ]
    for one in patches:
        one.start()
    try:
        yield parts
    finally:
        for one in patches:
            one.stop()


@contextmanager
def _storing_timed(parts: Parts) -> Iterator[None]:
    """Time what a transaction's end does, table by table; what is left of it is the commit."""

    def part_of(arguments: tuple[Any, ...]) -> str:
        table = getattr(arguments[1], "table", None) or getattr(
            getattr(arguments[1], "statement", None), "table", "the head"
        )
        return f"storing: {table}"

    with (
        patch.object(SqliteSession, "_run", _watched(SqliteSession._run, parts, part_of)),  # noqa: SLF001
        patch.object(PostgresSession, "_run", _watched(PostgresSession._run, parts, part_of)),  # noqa: SLF001
        patch.object(SqliteSession, "finish", _watched(SqliteSession.finish, parts, _ending)),
        patch.object(PostgresSession, "finish", _watched(PostgresSession.finish, parts, _ending)),
    ):
        yield
    stored = sum(seconds for part, seconds in parts.items() if part.startswith("storing: "))
    parts["committing"] = parts.pop(_ending(())) - stored


def _always(part: str) -> Callable[[tuple[Any, ...]], str]:
    return lambda _: part


def _ending(_arguments: tuple[Any, ...]) -> str:
    return "the end of the transactions"


@contextmanager
def _reading_timed(parts: Parts) -> Iterator[None]:
    read = EventLog.read

    def watched(log: EventLog, after: int = 0, until: int | None = None) -> Iterator[Recorded]:
        events = read(log, after, until)
        while True:
            begun = time.perf_counter()
            recorded = next(events, None)
            parts["reading typed events"] += time.perf_counter() - begun
            if recorded is None:
                return
            yield recorded

    with patch.object(EventLog, "read", watched):
        yield


def _watched(
    function: Callable[..., Any], parts: Parts, part_of: Callable[[tuple[Any, ...]], str]
) -> Callable[..., Any]:
    @functools.wraps(function)
    def watched(*arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401 - any function's
        begun = time.perf_counter()
        try:
            return function(*arguments, **keywords)
        finally:
            parts[part_of(arguments)] += time.perf_counter() - begun

    return watched


def _print(title: str, parts: Parts, whole: float, events: int) -> None:
    table = Table("part", "µs an event", "share", title=f"{title}: {events / whole:,.0f} /s")
    for part, seconds in sorted(parts.items(), key=lambda one: -one[1]):
        table.add_row(part, f"{seconds / events * 1e6:.1f}", f"{seconds / whole:.0%}")
    table.add_row("the whole", f"{whole / events * 1e6:.1f}", "100%")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
