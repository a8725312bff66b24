"""What was due on the days of some time and was not even planned: nobody's email tells of it.

Each day is judged by itself: what was due at the sending time, as the record stood at that moment,
beside what had been planned by the end of the day. The rules are those of today's configuration.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from events.reading import Reader
from events.refs import order_of, quoted
from notifications.not_reminded import NotReminded
from notifications.planning import PlannedItem
from notifications.planning_then import planned_then
from notifications.rules import Rule
from notifications.subjects_of_digests import DIGESTS
from projections.civil_days import end_of_day
from projections.reminder_keys import reminder_key
from projections.store import View, ViewOfThen
from workflow.civil_dates import format_date
from workflow.working_days import WorkingDays

_NOBODY_PLANNED = "nobody had planned it"
_WAITED = "it waited, since {} to them had not left yet"
_NOBODY_TO_TELL = "nobody could be found who is to be told"


@dataclass(frozen=True)
class Morning:
    """A day on which emails leave: the record at the sending time, and at the end of the day."""

    day: dt.date
    at_sending: View
    at_end: View

    @cached_property
    def on_their_way(self) -> dict[str, str]:
        """Return who had an email at the end of the day that had not left yet, and which."""
        rows = self.at_end.all("reminders").items()
        return {row["person"]: email for email, row in rows if row["status"] == "planned"}


class Overlooked:
    """Finds what was due and not planned. Digests remind of no deadline, and are left out."""

    def __init__(self, reader: Reader, rules: Iterable[Rule], calendar: WorkingDays) -> None:
        self._reader, self._calendar = reader, calendar
        self._rules = tuple(rule for rule in rules if not rule.occasions <= DIGESTS)

    def on(self, mornings: Iterable[Morning], known: View) -> tuple[NotReminded, ...]:
        """Return what was missed on some days in their order, each once, from its first day on.

        `known`: tells what came of it, later than the last of the days as well.
        """
        done: list[NotReminded] = []
        going: dict[str, NotReminded] = {}
        for morning in mornings:
            found = self._missed(morning)
            for key in going.keys() - found.keys():
                one = going.pop(key)
                then = _planned_later(key, known) or _what_came(one, found, morning)
                done.append(replace(one, then=then))
            for key, one in found.items():
                before = going.get(key)
                going[key] = one if before is None else replace(before, days=before.days + 1)
        still = [replace(one, then=_planned_later(key, known)) for key, one in going.items()]
        return tuple(sorted((*done, *still), key=_order))

    def _missed(self, morning: Morning) -> dict[str, NotReminded]:
        """Return what was due on a day and not planned, by the key of the reminder."""
        told = morning.at_end.all("reminder_keys")
        report = planned_then(
            morning.at_sending, told, self._rules, morning.day, self._calendar, self._reader
        )
        found = {
            item.key: _missed(item, email.person, morning)
            for email in report.emails
            for item in email.items
        }
        for one in report.untold:
            key = reminder_key(one.item, one.target_on, one.rule, str(one.recipient))
            found[key] = NotReminded(one.item, None, one.rule, morning.day, _NOBODY_TO_TELL)
        return found


def _missed(item: PlannedItem, person: str, morning: Morning) -> NotReminded:
    email = morning.on_their_way.get(person)
    why = _NOBODY_PLANNED if email is None else _WAITED.format(quoted(email))
    return NotReminded(item.subject.item, person, item.rule, morning.day, why)


def _planned_later(key: str, known: View) -> str | None:
    row = known.get("reminder_keys", key)
    email = known.get("reminders", row["email"]) if row is not None else None
    if row is None or email is None:
        return None
    on = format_date(dt.date.fromisoformat(email["planned_on"]))
    return f"planned as {quoted(row['email'])} on {on}"


def _what_came(one: NotReminded, found: dict[str, NotReminded], morning: Morning) -> str:
    """Say what became of something that was missed until the day before, and never planned."""
    on = format_date(morning.day)
    if any((other.item, other.person) == (one.item, one.person) for other in found.values()):
        return f"overtaken by its next step on {on}"
    return f"no longer so on {on}"


def _order(one: NotReminded) -> tuple[dt.date, int, tuple[str, int, int]]:
    person = int(one.person.rpartition("-")[2]) if one.person else 0
    return one.on, person, order_of(one.item)


def mornings(
    reader: Reader,
    days: tuple[dt.date, dt.date],
    sending_at: Callable[[dt.date], dt.datetime],
    calendar: WorkingDays,
    known: int,
) -> list[Morning]:
    """Return the days from one to another on which emails leave, in their order.

    `known`: the position up to which the log counts. Days before the record began are left out.
    """
    found = []
    for number in range((days[1] - days[0]).days + 1):
        day = days[0] + dt.timedelta(days=number)
        if calendar.is_contact_day(day):
            sent_at = min(reader.position_at(sending_at(day)), known)
            end = min(reader.position_at(end_of_day(day)), known)
            if sent_at:
                found.append(Morning(day, ViewOfThen(reader, sent_at), ViewOfThen(reader, end)))
    return found
