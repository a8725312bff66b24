"""The order of the days in one item's life: nothing is confirmed before it was reported done.

A change may be recorded late, with the day on which it became true. That day may lie before the
item was entered here, since plans are taken up when they are half done already; it may not lie
before the last turn that the item took.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.command import Command
from workflow.refusals import Incomplete


@dataclass(frozen=True, slots=True)
class Turn:
    """The last turn in an item's life: what was done ("reported done"), and the day it was true."""

    what: str
    on: dt.date


def day_of(command: Command, circumstances: Circumstances) -> dt.date:
    """Return the civil day on which a command's change becomes true."""
    return command.effective_on or circumstances.today


def require_in_order(
    ref: str, turn: Turn | None, command: Command, circumstances: Circumstances, *, what: str
) -> dt.date:
    """Return the day of a change that follows the last turn. Raises `Incomplete` for one before it.

    `what` continues "so it cannot have been": "confirmed as done".
    """
    day = day_of(command, circumstances)
    if turn is None or day >= turn.on:
        return day
    message = (
        f"{quoted(ref)} was {turn.what} on {format_date(turn.on)}, so it cannot have been {what}"
        f" before that, on {format_date(day)}. Check the day: give one from"
        f" {format_date(turn.on)} on, or leave it out for today."
    )
    raise Incomplete("effective_on", message)
