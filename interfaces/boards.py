"""The board of any moment, and of two that are compared."""

from __future__ import annotations

import datetime as dt

from interfaces.bootstrap import Partnership
from interfaces.inputs import BadInput
from interfaces.moments import Moment, day_named, moment_given, moment_of, true_of
from projections.board import Board
from projections.board import board as board_of
from projections.board_filter import BoardFilter, NothingCalled
from workflow.civil_dates import format_date


def board_at(partnership: Partnership, moment: Moment, filters: BoardFilter) -> Board:
    """Return the board of a moment, by the configured cadence. Raises `NothingCalled`."""
    return board_of(
        moment.view,
        moment.on,
        partnership.calendar,
        filters,
        cadence_days=partnership.settings.board.cadence_days,
    )


def known_at_both(
    partnership: Partnership, from_: str, to: str | None, _at: str | None
) -> tuple[Moment, Moment]:
    """Return what was known at both ends. Raises `BadInput`."""
    first = moment_of(partnership, from_, "--from")
    last = (
        moment_given(partnership, None, None) if to is None else moment_of(partnership, to, "--to")
    )
    _require_order(first.on, last.on)
    return first, last


def true_at_both(
    partnership: Partnership, from_: str, to: str | None, at: str | None
) -> tuple[Moment, Moment]:
    """Return what was true at both ends, by one and the same knowledge. Raises `BadInput`."""
    known = moment_given(partnership, at, None)
    first, _ = day_named(partnership, from_, "--from")
    last = known.on if to is None else day_named(partnership, to, "--to")[0]
    _require_order(first, last)
    return true_of(partnership, known, first), true_of(partnership, known, last)


def _require_order(first: dt.date, last: dt.date) -> None:
    if first > last:
        message = f"{format_date(first)} is after {format_date(last)}. Swap the two."
        raise BadInput("--from", message)


def board_before(moment: Moment, filters: BoardFilter, partnership: Partnership) -> Board:
    """Return the earlier board; what a filter names may not have been there yet."""
    try:
        return board_at(partnership, moment, filters)
    except NothingCalled:
        return Board(moment.on, moment.position, (), {}, (), ())
