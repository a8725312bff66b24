"""What should have left by the last sending time and has not: the sign that nobody is reminding.

Only what was due as things stood at that time counts, and still is: what was entered or changed
since then leaves with the next one, and is nobody's fault.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from events.log import EventLog
from events.reading import Reader
from notifications.outbox_standing import Waiting, waiting
from notifications.passing_rows import keys_of
from notifications.planning import PlannedEmail, PlanningReport, Untold
from notifications.planning_then import planned_then
from notifications.reminding import preview
from notifications.rules import Rule
from projections.store import ViewOfThen
from workflow.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class DueUnsent:
    """What should have left at a sending time and has not.

    `unplanned`: nobody settled it; `waiting`: it was settled, and has yet to leave; `untold`: there
    is nobody who could be told. `behind` is not late: people who had another email that day, and
    are told of the rest with the next one, since nobody gets two.
    """

    since: dt.datetime
    unplanned: tuple[PlannedEmail, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    untold: tuple[Untold, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def emails(self) -> int:
        """Return how many emails are late."""
        return len(self.unplanned) + len(self.waiting)


def due_unsent(
    log: EventLog,
    rules: Iterable[Rule],
    sending_at: dt.datetime,
    zone: ZoneInfo,
    calendar: WorkingDays,
) -> DueUnsent:
    """Return what was due at a sending time, is due still, and has not left."""
    rules, day = tuple(rules), sending_at.astimezone(zone).date()
    late = tuple(one for one in waiting(log) if one.send_on <= day)
    known = log.position_at(sending_at)
    if not known:
        return DueUnsent(sending_at, waiting=late)
    now = preview(log, rules, day, calendar)
    with log.snapshot() as reader:
        then = _planned_as_known(reader, known, rules, day, calendar)
    keys = {item.key for email in then.emails for item in email.items}
    untold = {*then.untold}
    return DueUnsent(
        sending_at,
        tuple(email for one in now.emails if (email := _only(one, keys)).items),
        late,
        tuple(one for one in now.untold if one in untold),
        tuple(email.person for email in then.emails if email.person in now.waiting),
    )


def _planned_as_known(
    reader: Reader, position: int, rules: tuple[Rule, ...], day: dt.date, calendar: WorkingDays
) -> PlanningReport:
    """Return what was due to anybody at a position, and has not been told to this day."""
    told = keys_of(reader, "reminder_keys")
    return planned_then(ViewOfThen(reader, position), told, rules, day, calendar, reader)


def _only(email: PlannedEmail, keys: set[str]) -> PlannedEmail:
    return replace(email, items=tuple(item for item in email.items if item.key in keys))
