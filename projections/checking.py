"""Checking the read models against a fresh fold of the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from events.log import EventLog
from events.reading import Reader
from projections.folding import PROGRESS_EVERY, FoldedModels, Progress, untold
from projections.projection import Fold
from projections.tables import CLOSED_PAGE, MODELS, STANDING_ROWS

PAGE_ROWS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row of a read model that is not what a fresh fold of the log gives."""

    model: str
    key: str
    what: str


def check(log: EventLog, fold: Fold, progress: Progress = untold) -> tuple[Mismatch, ...]:
    """Compare the read models with a fresh fold of the log; return the rows that differ."""
    with log.snapshot() as reader:
        size = reader.head().size
        models = FoldedModels(fold)
        closed = {p.model: _Digest() for p in fold.projections}
        journal: dict[tuple[str, str], tuple[int, bytes]] = {}
        for done, recorded in enumerate(reader.read(until=size), start=1):
            models.apply(recorded)
            for row in models.closed:
                closed[row.model].add(row[1:-1], row.row)
            models.closed.clear()
            if done % PROGRESS_EVERY == 0 or done == size:
                progress(done, size)
        for model, key, position, stored in models.journal:
            journal[model, key] = (position, stored)
        for model, key, position, stored in models.standing():
            journal[model, key] = (position, stored)
        found = [*_compare_standing(reader, journal, [p.model for p in fold.projections])]
        found += _compare_closed(reader, closed)
        found += _unknown_models(reader, fold.versions)
    return tuple(found)


class _Digest:
    """A digest of a set of rows that does not depend on their order."""

    def __init__(self) -> None:
        self.rows = self.total = 0

    def add(self, place: tuple[str | int, ...], row: bytes) -> None:
        head = "\x00".join(map(str, (*place, ""))).encode()
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(head + row).digest())) % 2**256

    def same_as(self, other: _Digest) -> bool:
        return (self.rows, self.total) == (other.rows, other.total)


def _compare_standing(
    reader: Reader, expected: dict[tuple[str, str], tuple[int, bytes]], models: Sequence[str]
) -> Iterable[Mismatch]:
    for model in models:
        statement = STANDING_ROWS
        for key, position, row in reader.query(statement, (model,)):
            fresh = expected.pop((model, key), None)
            if fresh is None:
                yield Mismatch(model, key, "stands in the table but not in the log")
            elif fresh != (position, _bytes(row)):
                yield Mismatch(model, key, "differs from what the log says")
    for model, key in expected:
        yield Mismatch(model, key, "is missing from the table")


def _compare_closed(reader: Reader, expected: dict[str, _Digest]) -> Iterable[Mismatch]:
    for model, fresh in expected.items():
        stored, key, position = _Digest(), "", 0
        while page := reader.query(CLOSED_PAGE, (model, key, position, PAGE_ROWS)):
            for *place, row in page:
                stored.add(tuple(place), _bytes(row) or b"")
            key, position = page[-1][0], page[-1][1]
        if not stored.same_as(fresh):
            yield Mismatch(model, "", "has past rows that differ from what the log says")


def _unknown_models(reader: Reader, known: Collection[str]) -> Iterable[Mismatch]:
    models = {model for statement in MODELS for (model,) in reader.query(statement)}
    for model in sorted(models - set(known)):
        yield Mismatch(model, "", "is no read model of this release")


def _bytes(row: object) -> bytes | None:
    """Return a row as stored; None for one that was tampered into something other than bytes."""
    return bytes(row) if isinstance(row, bytes | bytearray | memoryview) else None
