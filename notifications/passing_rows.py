"""Read models passed through row by row: a hundred thousand items never stand in memory at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from events.reading import Reader
from projections.projection import Row
from projections.tables import STANDING
from projections.versions import read_row

RowsOf: TypeAlias = Callable[[str], Iterable[tuple[str, Row]]]
"""Gives the rows of a read model with their keys, by the model's name."""

PAGE_ROWS: Final = 2_000

_PAGE: Final = (
    f"SELECT key, row FROM {STANDING} WHERE model = ? AND key > ? ORDER BY key LIMIT {PAGE_ROWS}"  # noqa: S608 - the names are our own
)
_KEYS: Final = f"SELECT key FROM {STANDING} WHERE model = ?"  # noqa: S608 - as above


def passing_rows(reader: Reader, model: str) -> Iterator[tuple[str, Row]]:
    """Yield every row of a read model as it stands, with its key, in the order of the keys.

    Give it the reader of a snapshot: pages are read one after the other.
    """
    after = ""
    while rows := reader.query(_PAGE, (model, after)):
        for key, row in rows:
            yield key, read_row(row)
        after = rows[-1][0]


def keys_of(reader: Reader, model: str) -> frozenset[str]:
    """Return the keys of a read model, without reading its rows."""
    return frozenset(key for (key,) in reader.query(_KEYS, (model,)))
