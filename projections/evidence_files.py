"""Which files are evidence of an item."""

from __future__ import annotations

from collections.abc import Iterator

from events.refs import order_of
from projections.projection import Row
from projections.store import View


def files_of(item: str, view: View) -> Iterator[tuple[str, Row]]:
    """Yield all files that were handed in for an item, with their references, the earliest first.

    Also those that were taken back or erased.
    """
    keys = view.under("evidence_of", f"{item}/")
    refs = sorted((key.rpartition("/")[2] for key in keys), key=order_of)
    found = ((file, view.get("evidence", file)) for file in refs)
    yield from ((file, row) for file, row in found if row is not None)


def files_counting(item: str, view: View) -> Iterator[tuple[str, Row]]:
    """Yield those that count: neither taken back nor erased."""
    return ((file, row) for file, row in files_of(item, view) if counts(row))


def counts(row: Row) -> bool:
    """Tell whether a file counts as evidence."""
    return row["status"] == "standing" and not row["erased"]
