"""Rebuilding the read models from the log.

A rebuild folds in memory into new tables beside the old, catches up with what was appended
meanwhile under the head's lock, swaps the tables, and keeps the old ones for a way back. It can be
killed at any time: until the swap nothing that is read has changed, and the next rebuild starts
afresh. It sends nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Self

import orjson

from events.log import EventLog
from events.recorded import Recorded
from events.sessions import NEW_GENERATION, Change, Row
from projections.folding import PROGRESS_EVERY, FoldedModels, Progress, untold
from projections.projection import Fold
from projections.tables import (
    BEFORE,
    CLOSED,
    FRESH,
    PUT_VERSIONS,
    STANDING,
    add_standing,
    create_indexes,
    create_read_tables,
    delete_standing,
    drop_read_tables,
    insert_closed,
    put_standing,
    rename_statements,
)

FLUSH_ROWS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: how many records it folded, how many rows stand, how many stood."""

    records: int
    standing: int
    closed: int


def rebuild(log: EventLog, fold: Fold, progress: Progress = untold) -> Rebuilt:
    """Fold the whole log into new tables and put them in place of the old.

    Raises `PoisonEvent` naming the position of an event that a projection cannot take; then the
    old tables stay in use.
    """
    with log.engine.connect() as connection:
        drop_read_tables(connection, FRESH)
        create_read_tables(connection, FRESH)
    size = log.head().size
    with _Filling(log, fold) as filling:
        filling.take(log.read(until=size), progress, size)
        filling.flush_all()
    with log.engine.connect() as connection:
        create_indexes(connection, FRESH, mark=log.new_id().replace("-", ""))
    with log.writing(log.new_id()) as writing:
        filling.catch_up(log.read(after=size, until=writing.head.size), size, writing.also)
        drop = [f"DROP TABLE IF EXISTS {table}" for table in _tables(BEFORE)]
        swap = [*rename_statements("", BEFORE), *rename_statements(FRESH, ""), NEW_GENERATION]
        for statement in [*drop, *swap]:
            writing.also(Change(statement, [()]))
        versions = orjson.dumps(fold.versions, option=orjson.OPT_SORT_KEYS).decode()
        writing.also(Change(PUT_VERSIONS, [(1, versions)]))
    return Rebuilt(writing.head.size, filling.standing, filling.closed)


class _Filling:
    """Filling the new tables, page by page: one page is stored while the next is folded."""

    def __init__(self, log: EventLog, fold: Fold) -> None:
        self._log = log
        self._models = FoldedModels(fold)
        self._storing = ThreadPoolExecutor(max_workers=1)
        self._page: Future[None] | None = None
        self.standing = self.closed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._storing.shutdown()

    def take(self, events: Iterable[Recorded], progress: Progress, size: int) -> None:
        for done, recorded in enumerate(events, start=1):
            self._models.apply(recorded)
            if len(self._models.closed) + len(self._models.journal) >= FLUSH_ROWS:
                self._flush()
            if done % PROGRESS_EVERY == 0 or done == size:
                progress(done, size)

    def flush_all(self) -> None:
        self._flush()
        page: list[Row] = []
        for row in self._models.standing():
            page.append(row)
            if len(page) == FLUSH_ROWS:
                self._store([Change(add_standing(FRESH), page)])
                self.standing += len(page)
                page = []
        self._store([Change(add_standing(FRESH), page)])
        self.standing += len(page)
        self._wait()

    def catch_up(
        self, events: Iterable[Recorded], size: int, also: Callable[[Change], None]
    ) -> None:
        """Fold what was appended since `size`; the changes go into the transaction that swaps."""
        for rows in self._models.rows.values():
            rows.deleted.clear()
        for recorded in events:
            self._models.apply(recorded)
        gone = [
            (model, key)
            for model, rows in self._models.rows.items()
            for key in rows.deleted - rows.standing.keys()
        ]
        also(Change(delete_standing(FRESH), gone))
        also(Change(insert_closed(FRESH), list(self._models.closed)))
        also(Change(put_standing(FRESH), [*self._models.journal]))
        also(Change(put_standing(FRESH), [*self._models.standing(after=size)]))

    def _flush(self) -> None:
        models = self._models
        self._store(
            [
                Change(insert_closed(FRESH), list(models.closed)),
                Change(add_standing(FRESH), list(models.journal)),
            ]
        )
        self.closed += len(models.closed)
        self.standing += len(models.journal)
        models.closed.clear()
        models.journal.clear()

    def _store(self, changes: Sequence[Change]) -> None:
        self._wait()
        rows = [change for change in changes if change.rows]
        # The swap waits for the disk, and these rows with it.
        self._page = self._storing.submit(self._log.store_apart, rows, lasting=False)

    def _wait(self) -> None:
        """Wait until the page before is stored. Raises what kept it from being stored."""
        page, self._page = self._page, None
        if page is not None:
            page.result()


def _tables(suffix: str) -> tuple[str, str]:
    return f"{STANDING}{suffix}", f"{CLOSED}{suffix}"
