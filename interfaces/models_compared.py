"""Comparing what pages and reports are read from with the record, and saying what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from interfaces.bootstrap import OutdatedTables, Partnership, require_current_tables
from projections.checking import check
from projections.folding import Progress
from projections.mismatch import Mismatch
from projections.projection import Row

_MOST_SHOWN: Final = 20


def compare_models(partnership: Partnership, progress: Progress) -> tuple[Mismatch, ...]:
    """Return where the read models are not what a fresh fold of the record gives.

    Tables that cannot be compared at all, being missing or of another release, are a difference,
    too. Raises `UnreadableEvent`, `PoisonEvent`.
    """
    try:
        require_current_tables(partnership)
        return check(partnership.log, partnership.ledger.fold, progress)
    except OutdatedTables as problem:
        return (Mismatch("read models", "", f"cannot be compared: {problem}"),)


def differing_in_words(found: Sequence[Mismatch]) -> list[str]:
    """Say what differs, one thing a line, the first things of many."""
    lines = [f"  {mismatch_in_words(one)}" for one in found[:_MOST_SHOWN]]
    more = len(found) - _MOST_SHOWN
    return [*lines, *([f"  and {more} more"] if more > 0 else [])]


def mismatch_in_words(one: Mismatch) -> str:
    """Say in one line what differs, and from which entry on."""
    place = f"{one.model}: {one.key}" if one.key else one.model
    since = f" (from entry {one.position} on)" if one.position else ""
    return f"{place} {one.what}{since}"


def differing_as_json(found: Sequence[Mismatch]) -> list[Row]:
    """Say the same as plain values."""
    return [
        {"model": one.model, "key": one.key, "position": one.position or None, "what": one.what}
        for one in found
    ]
