"""Checking the read models against a fresh fold of the log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

from events.log import EventLog
from events.reading import Reader
from projections.folding import PROGRESS_EVERY, FoldedModels, Progress, untold
from projections.mismatch import Mismatch
from projections.past_rows import Digest, differing_past, stored_bytes, stored_past
from projections.projection import Fold
from projections.tables import MODELS, STANDING_ROWS, missing_tables

_MISSING: Final = "is a table that is missing"
_UNREADABLE: Final = "cannot be read from their tables ({})"


def check(log: EventLog, fold: Fold, progress: Progress = untold) -> tuple[Mismatch, ...]:
    """Compare the read models with a fresh fold of the log.

    Returns what differs, the lowest position first. Raises `PoisonEvent`.
    """
    gone = missing_tables(log.engine)
    if gone:
        return tuple(Mismatch(table, "", _MISSING) for table in gone)
    with log.snapshot() as reader:
        size = reader.head().size
        folded = _Folded(fold, _telling(progress, size))
        folded.take(reader, size)
        try:
            found = [*_differing(reader, fold, folded, size)]
        except Exception as problem:  # noqa: BLE001 - each driver has its own
            log.head()  # Where it is the database that cannot be reached, this raises.
            # Drivers quote what they stumbled over, which may be somebody's words.
            found = [Mismatch("read models", "", _UNREADABLE.format(type(problem).__name__))]
    return tuple(sorted(found, key=lambda one: one.position))


class _Folded:
    """What the rows should be: those that stand by model and key, and a digest of those past."""

    def __init__(self, fold: Fold, tell: Callable[[int], None]) -> None:
        self._fold, self._tell = fold, tell
        self.standing: dict[tuple[str, str], tuple[int, bytes]] = {}
        self.past = {p.model: Digest() for p in fold.projections}

    def take(self, reader: Reader, size: int) -> None:
        models = FoldedModels(self._fold)
        for done, recorded in enumerate(reader.read(until=size), start=1):
            models.apply(recorded)
            for row in models.closed:
                self.past[row.model].add(row[1:-1], row.row)
            models.closed.clear()
            self._tell(done)
        for model, key, position, stored in (*models.journal, *models.standing()):
            self.standing[model, key] = (position, stored)


def _differing(reader: Reader, fold: Fold, folded: _Folded, size: int) -> Iterator[Mismatch]:
    yield from _compare_standing(reader, folded.standing, [p.model for p in fold.projections])
    broken = {
        model
        for model, fresh in folded.past.items()
        if not fresh.same_as(Digest.of(stored_past(reader, model)))
    }
    if broken:
        yield from differing_past(reader, fold, size, broken)
    yield from _unknown_models(reader, fold.versions)


def _compare_standing(
    reader: Reader, expected: dict[tuple[str, str], tuple[int, bytes]], models: Sequence[str]
) -> Iterable[Mismatch]:
    for model in models:
        for key, position, row in reader.query(STANDING_ROWS, (model,)):
            fresh = expected.pop((model, key), None)
            if fresh is None:
                yield Mismatch.at(position, model, key, "stands in the table but not in the log")
            elif fresh != (position, stored_bytes(row)):
                yield Mismatch(model, key, "differs from what the log says", fresh[0])
    for (model, key), (position, _) in expected.items():
        yield Mismatch(model, key, "is missing from the table", position)


def _unknown_models(reader: Reader, known: Collection[str]) -> Iterable[Mismatch]:
    models = {model for statement in MODELS for (model,) in reader.query(statement)}
    for model in sorted(models - set(known), key=str):
        yield Mismatch(str(model), "", "is no read model of this release")


def _telling(progress: Progress, size: int) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if done % PROGRESS_EVERY == 0 or done == size:
            progress(done, size)

    return tell
