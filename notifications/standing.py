"""How reminding stands: is somebody awake, has everything left that was due, who cannot be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from events.log import EventLog
from notifications.directory import Directory
from notifications.due_unsent import DueUnsent, due_unsent
from notifications.heartbeat import Beat, beats
from notifications.outbox_standing import counts
from notifications.passing_rows import passing_rows
from notifications.rules import Rule
from notifications.sending_times import last_sending, next_sending
from notifications.subject import Standpoint
from notifications.subjects import subjects_of
from notifications.unsent import Trouble, Unsent, unsent
from notifications.vacancies import Vacancy, vacancies
from projections.store import ViewOfToday
from workflow.working_days import WorkingDays

GRACE: Final = dt.timedelta(minutes=15)
"""How long after a sending time what was due then may take to leave before it counts as late."""

FORGOTTEN_AFTER: Final = dt.timedelta(days=30)
"""A worker that was last awake so long ago was given up on purpose; reminding is done by hand."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When emails leave: the time of day, its zone, and the calendar of working days."""

    at: dt.time
    zone: ZoneInfo
    calendar: WorkingDays


@dataclass(frozen=True, slots=True)
class Standing:
    """How reminding stood at `now`. `outbox`: emails by state."""

    now: dt.datetime
    outbox: Mapping[str, int]
    beats: tuple[Beat, ...]
    next_sending_at: dt.datetime
    due: DueUnsent
    unsent: tuple[Unsent, ...]
    vacancies: tuple[Vacancy, ...]

    @property
    def silent(self) -> Beat | None:
        """Return the worker that was awake last, if by now it has to be taken for stopped.

        None while any worker is awake, and where none ever ran or the last was given up.
        """
        if not self.beats:
            return None
        last = self.beats[0]
        awake = any(not beat.is_silent(self.now) for beat in self.beats)
        forgotten = last.silent_for(self.now) >= FORGOTTEN_AFTER
        return None if awake or forgotten else last

    @property
    def is_late(self) -> bool:
        """Tell whether something due has not left though there was time enough."""
        return bool(self.due.emails or self.due.untold)

    @property
    def in_doubt(self) -> tuple[Unsent, ...]:
        """Return the emails that may not have arrived, still matter, and leave no more.

        Telling anew what they told is for somebody to choose: whoever did get it is told twice.
        """
        leaving = {one.email for one in self.due.waiting}
        unknown = (one for one in self.unsent if one.trouble is Trouble.UNCERTAIN)
        return tuple(one for one in unknown if one.email not in leaving)

    @property
    def is_well(self) -> bool:
        """Tell whether nothing has to be done for people to be reminded."""
        return self.silent is None and not self.is_late and not self.in_doubt


def standing(
    log: EventLog, rules: Iterable[Rule], schedule: Schedule, now: dt.datetime
) -> Standing:
    """Return how reminding stands at an aware instant."""
    at, zone, calendar = schedule.at, schedule.zone, schedule.calendar
    day = now.astimezone(zone).date()
    # Whatever is due takes a while to leave: until then the sending time before is looked at.
    sending_at = last_sending(now - GRACE, at, zone, calendar)
    with log.snapshot() as reader:
        directory = Directory.of(ViewOfToday(reader))
        now_there = Standpoint(day, calendar, directory)
        vacant = vacancies(subjects_of(partial(passing_rows, reader), now_there), now_there)
        outbox, heard = counts(reader), beats(reader)
    return Standing(
        now,
        outbox,
        heard,
        next_sending(now, at, zone, calendar),
        due_unsent(log, rules, sending_at, zone, calendar),
        unsent(log, day, calendar),
        vacant,
    )
