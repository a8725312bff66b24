"""A warning where two people hold one role at the same time: allowed, but seldom meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from events.refs import quoted
from interfaces.naming import name_of, row_of
from projections.role_rows import role_facts
from projections.store import View
from workflow.circumstances import Tenure
from workflow.civil_dates import format_date
from workflow.command import Command
from workflow.role_commands import AppointHolder
from workflow.role_tenures import describe_time, overlap


def warnings_of_other_holders(command: Command, view: View) -> Iterator[str]:
    """Yield a warning for each other holder of a role to which a command appointed somebody."""
    row = row_of(command.role, view) if isinstance(command, AppointHolder) else None
    if not isinstance(command, AppointHolder) or row is None:
        return
    appointed = Tenure(command.person, command.from_on, command.last_day_on)
    for other in role_facts(command.role, row).tenures:
        if other.person != command.person and overlap(appointed, other):
            yield _warning(command, appointed, other, view)


def _warning(command: AppointHolder, appointed: Tenure, other: Tenure, view: View) -> str:
    role, person = quoted(command.role), quoted(other.person)
    both_from = format_date(max(appointed.from_on, other.from_on))
    first, second = sorted((appointed, other), key=lambda time: time.from_on)
    last_day_on = max(second.from_on - dt.timedelta(days=1), first.from_on)
    return (
        f"Warning: {role} is held by {name_of(other.person, view)} ({person}) too,"
        f" {describe_time(other)}. From {both_from} both get its emails and may act in it. If one"
        f" takes over from the other: goldthread role stand-down {role} --person"
        f" {quoted(first.person)} --last-day-on {last_day_on.isoformat()}"
    )
