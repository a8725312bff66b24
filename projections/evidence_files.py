"""Which files are evidence of an item."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from projections.projection import Row

Get: TypeAlias = Callable[[str, str], Row | None]
"""Reads one row: by the name of its read model and its key."""


def files_of(item: str, get: Get) -> Iterator[tuple[str, Row]]:
    """Yield all files that were handed in for an item, with their references, the earliest first.

    Also those that were taken back or erased.
    """
    row = get("evidence_of", item)
    found = ((file, get("evidence", file)) for file in (row["files"] if row is not None else ()))
    yield from ((file, row) for file, row in found if row is not None)


def files_counting(item: str, get: Get) -> Iterator[tuple[str, Row]]:
    """Yield those that count: neither taken back nor erased."""
    return ((file, row) for file, row in files_of(item, get) if counts(row))


def counts(row: Row) -> bool:
    """Tell whether a file counts as evidence."""
    return row["status"] == "standing" and not row["erased"]
