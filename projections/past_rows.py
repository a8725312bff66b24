"""Comparing rows that stood with those of a fresh fold: by one digest, and then row by row.

There are more of them than memory should hold, so each model is compared by a digest of all its
rows. Only where that differs is the log folded once more, to name the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from typing import Any, Final

from events.reading import Reader
from projections.folding import FoldedModels
from projections.mismatch import Mismatch
from projections.projection import Fold
from projections.tables import CLOSED_COUNT, CLOSED_PAGE

PAGE_ROWS: Final = 4_000

_DIFFERS: Final = "has a past row that differs from what the log says"
_ADDED: Final = "has a past row that is not in the log"
_MISSING: Final = "lacks a past row"


class Digest:
    """A digest of a set of rows that does not depend on their order."""

    def __init__(self) -> None:
        self._rows = self._total = 0

    @classmethod
    def of(cls, rows: Iterable[tuple[tuple[Any, ...], bytes]]) -> Digest:
        """Return the digest of some rows: each its place, and what it says."""
        digest = cls()
        for place, row in rows:
            digest.add(place, row)
        return digest

    def add(self, place: tuple[Any, ...], row: bytes) -> None:
        """Add one row. `place`: key, from and until which position, node."""
        self._rows += 1
        self._total = (self._total + int.from_bytes(_digest_of(place, row))) % 2**256

    def same_as(self, other: Digest) -> bool:
        """Tell whether both are over the same rows."""
        return (self._rows, self._total) == (other._rows, other._total)


def stored_past(reader: Reader, model: str) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """Yield the past rows of a model as they are stored: the place of each, and what it says."""
    key, position, seen = "", 0, 0
    while page := reader.query(CLOSED_PAGE, (model, key, position, PAGE_ROWS)):
        for *place, row in page:
            yield tuple(place), stored_bytes(row) or b""
        seen += len(page)
        key, position = page[-1][0], page[-1][1]
    ((stored,),) = reader.query(CLOSED_COUNT, (model,))
    for _ in range(stored - seen):
        # It stands where the log puts none, before the first key and position.
        yield ("", 0, 0, 0), b""


def differing_past(
    reader: Reader, fold: Fold, size: int, models: Collection[str]
) -> Iterator[Mismatch]:
    """Yield the past rows of some models that are not those of a fresh fold."""
    expected: dict[tuple[str, Any, Any], bytes] = {}
    folded = FoldedModels(fold)
    for recorded in reader.read(until=size):
        folded.apply(recorded)
        for row in folded.closed:
            if row.model in models:
                expected[row.model, row.key, row.from_position] = _digest_of(row[1:-1], row.row)
        folded.closed.clear()
    for model in sorted(models):
        for place, stored in stored_past(reader, model):
            key, position = place[:2]
            fresh = expected.pop((model, key, position), None)
            if fresh is None:
                yield Mismatch.at(position, model, key, _ADDED)
            elif fresh != _digest_of(place, stored):
                yield Mismatch(model, key, _DIFFERS, position)
    for model, key, position in expected:
        yield Mismatch(model, key, _MISSING, position)


def stored_bytes(row: object) -> bytes | None:
    """Return a row as stored; None for one that was tampered into something other than bytes."""
    return bytes(row) if isinstance(row, bytes | bytearray | memoryview) else None


def _digest_of(place: tuple[Any, ...], row: bytes) -> bytes:
    head = "\x00".join(map(str, (*place, ""))).encode(errors="surrogatepass")
    return sha256(head + row).digest()
