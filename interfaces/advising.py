"""Advice on the wording of an item, and warnings about its date: shown, and never in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from interfaces.looking_twice import details_of
from interfaces.naming import row_of
from projections.projection import Row
from projections.sentence_parts import listed
from projections.store import View
from workflow.command import Command
from workflow.smart import Advice, AdviceCode, advise
from workflow.target_dates import UnclearTargetDate, read_target_date
from workflow.working_days import WorkingDays

_ADVISED: Final = frozenset(
    {("action", "create"), ("action", "reword"), ("recommendation", "propose")}
)
"""The commands after which advice is given: category and verb."""


def advice_after(command: Command, stream: str, view: View) -> tuple[Advice, ...]:
    """Return the advice on what a command wrote down; none after other commands."""
    if (command.category, command.verb) not in _ADVISED:
        return ()
    return advice_on(stream, view)


def advice_on(stream: str, view: View) -> tuple[Advice, ...]:
    """Return the advice on an action or a recommendation as it stands; none on other things."""
    row = row_of(stream, view)
    if row is None or not stream.startswith(("action-", "recommendation-")):
        return ()
    leads = row["lead_roles"] if "lead_roles" in row else row["addressed_to"]
    found = advise(row["text"], len(leads), _due(row), row.get("success_measure"))
    if stream.startswith("action-"):
        return found
    # How a recommendation's success is known is told by its impact, not by a measure.
    return tuple(one for one in found if one.code is not AdviceCode.NO_MEASURE)


def warnings_after(
    command: Command, calendar: WorkingDays, *, looked_at: bool = False
) -> tuple[str, ...]:
    """Return warnings of what a command said: a child's details, a date past known holidays.

    `looked_at`: somebody was asked about such details before they were stored.
    """
    details = () if looked_at else _of_details(command)
    return (*details, *_of_horizon(command, calendar))


def _of_details(command: Command) -> Iterator[str]:
    for field, details in details_of(command).items():
        what = listed(details)
        yield (
            f"Warning: '{field.replace('_', ' ')}' seems to hold {what}. The record has no need"
            " of it. 'goldthread erase find WORDS' finds the entry, and 'goldthread erase text"
            " ENTRY' asks for it to be taken out for good."
        )


def _of_horizon(command: Command, calendar: WorkingDays) -> tuple[str, ...]:
    words = getattr(command, "target", None)
    if not isinstance(words, str):
        return ()
    try:
        due = read_target_date(words).due
    except UnclearTargetDate:
        return ()
    warning = calendar.warning_for(due) if due is not None else None
    return (warning,) if warning else ()


def advice_as_json(advice: tuple[Advice, ...]) -> list[Row]:
    """Return advice as plain values."""
    return [{"code": one.code.value, "message": one.message} for one in advice]


def _due(row: Row) -> dt.date | None:
    due = (row.get("target") or {}).get("due")
    return dt.date.fromisoformat(due) if due else None
