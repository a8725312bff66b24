"""What will go to whom over the coming days, as things stand: each day is planned, none is stored.

What an earlier day of the preview plans counts as told on the later ones. Nobody can know what will
be done meanwhile, so it shows what would leave if nothing were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from events.log import EventLog
from events.reading import Reader
from notifications.digest_period import stirred_before
from notifications.directory import Directory
from notifications.fair_start import Telling, Tellings
from notifications.outbox import busy_people
from notifications.outbox_standing import Waiting, waiting
from notifications.passing_rows import RowsOf, keys_of, passing_rows
from notifications.planning import Already, PlanningReport, plan
from notifications.rules import Rule
from notifications.subject import Standpoint
from notifications.subjects import subjects_of
from notifications.told_days import tellings_of
from projections.projection import Row
from projections.store import ViewOfToday
from workflow.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Coming:
    """What each working day from the first to the last would bring, as things stand.

    `waiting`: the emails that were planned before and have yet to leave; `directory`: who is who.
    """

    first_on: dt.date
    last_on: dt.date
    days: tuple[PlanningReport, ...]
    waiting: tuple[Waiting, ...]
    directory: Directory


def coming(
    log: EventLog,
    rules: Iterable[Rule],
    first_on: dt.date,
    last_on: dt.date,
    calendar: WorkingDays,
) -> Coming:
    """Plan each working day from the first to the last, as if every email left on its day."""
    days = tuple(_working_days(first_on, last_on, calendar))
    with log.snapshot() as reader:
        directory = Directory.of(ViewOfToday(reader))
        held = set(keys_of(reader, "reminder_keys"))
        rows_of, foretold = _remembered(reader), _Foretold(tellings_of(ViewOfToday(reader)), days)
        # What is on its way now will have left before the second day.
        busy = busy_people(reader.query, days[0]) if days else frozenset()
        on_their_way = waiting(reader)
        rules, reports = tuple(rules), []
        for day in days:
            now = Standpoint(day, calendar, directory, stirred_before(reader, day))
            subjects = subjects_of(rows_of, now)
            already = Already(held, busy, foretold.tellings)
            report = plan(subjects, directory, already, rules, day, calendar)
            held.update(foretold.takes(report))
            busy = frozenset()
            reports.append(report)
    return Coming(first_on, last_on, tuple(reports), on_their_way, directory)


class _Foretold:
    """What was told so far, and what earlier days of the preview tell."""

    def __init__(self, before: Tellings, days: Sequence[dt.date]) -> None:
        self._before, self._first = before, days[0] if days else None
        self._told: dict[tuple[str, dt.date], list[Telling]] = {}

    def takes(self, report: PlanningReport) -> Iterator[str]:
        """Take note of what a day of the preview tells; yield its keys."""
        for email in report.emails:
            for item in email.items:
                told = Telling(email.person, item.told.role, report.day, report.day)
                date = (item.subject.item, item.subject.target_on)
                self._told.setdefault(date, []).append(told)
                yield item.key

    def tellings(self, item: str, target_on: dt.date) -> Iterator[Telling]:
        """Yield the emails about a date, as if those on their way left on the first day."""
        for one in self._before(item, target_on):
            yield one if one.settled_on else one._replace(settled_on=self._first)
        yield from self._told.get((item, target_on), ())


def _remembered(reader: Reader) -> RowsOf:
    """Read each model once, since every day of the preview goes through all of its rows."""

    @cache
    def rows_of(model: str, under: str = "") -> tuple[tuple[str, Row], ...]:
        return tuple(passing_rows(reader, model, under))

    return rows_of


def _working_days(first_on: dt.date, last_on: dt.date, calendar: WorkingDays) -> Iterator[dt.date]:
    for offset in range((last_on - first_on).days + 1):
        day = first_on + dt.timedelta(days=offset)
        if calendar.is_contact_day(day):
            yield day
