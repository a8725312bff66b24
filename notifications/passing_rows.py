"""Read models passed through row by row: a hundred thousand items never stand in memory at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from events.reading import Reader
from projections.projection import Row
from projections.store import after
from projections.tables import STANDING
from projections.versions import read_row


class RowsOf(Protocol):
    """Gives the rows of a read model with their keys, by the model's name."""

    def __call__(self, model: str, under: str = "") -> Iterable[tuple[str, Row]]:
        """Return the rows whose key begins with `under`."""


PAGE_ROWS: Final = 2_000
_BEYOND: Final = "\U0010ffff"
"""After every key, in whichever order a database puts them."""

_PAGE: Final = (
    f"SELECT key, row FROM {STANDING} WHERE model = ? AND key > ? AND key < ?"  # noqa: S608 - the names are our own
    f" ORDER BY key LIMIT {PAGE_ROWS}"
)
_KEYS: Final = f"SELECT key FROM {STANDING} WHERE model = ?"  # noqa: S608 - as above


def passing_rows(reader: Reader, model: str, under: str = "") -> Iterator[tuple[str, Row]]:
    """Yield the rows of a read model as they stand, with their keys, in the order of the keys.

    `under`: only of keys that begin with it. Give it the reader of a snapshot: pages are read one
    after the other.
    """
    begun, end = under, after(under) if under else _BEYOND
    while rows := reader.query(_PAGE, (model, begun, end)):
        for key, row in rows:
            yield key, read_row(row)
        begun = rows[-1][0]


def keys_of(reader: Reader, model: str) -> frozenset[str]:
    """Return the keys of a read model, without reading its rows."""
    return frozenset(key for (key,) in reader.query(_KEYS, (model,)))
