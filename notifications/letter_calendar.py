"""What changed of the dates that somebody was told, so that their calendar can follow.

An email brings its deadlines as entries for a calendar. When such a date moves, ends or goes to
somebody else afterwards, the next email that this person gets anyhow puts the entry right; no email
is sent for that alone. What the email before said already is not said again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from notifications.audiences import Audiences
from notifications.ladder import Ladder
from notifications.rules import Occasion, Recipient
from notifications.subject import Standpoint, Subject
from notifications.subjects import subjects_of_item
from projections.projection import Row
from projections.store import View
from workflow.working_days import WorkingDays

ENTERED: Final = frozenset(
    {Occasion.TARGET, Occasion.REVIEW, Occasion.IMPACT, Occasion.RE_AUDIT, Occasion.CLOCK}
)
"""What has a day that belongs into a calendar; the others tell of something that is already so."""

_ARRIVED: Final = {"sent", "uncertain"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A day in somebody's calendar. `link` leads to the page of its item, where there are pages."""

    item: str
    occasion: Occasion
    target_on: dt.date
    link: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """Entries that stand on another day by now, and entries that are to go."""

    moved: tuple[Entry, ...] = ()
    ended: tuple[Entry, ...] = ()


NO_CHANGES: Final = CalendarChanges()
"""Nothing became of any date that was told."""


@dataclass(frozen=True)
class Sight:
    """How things stand, or stood, for whoever looks: read models, who is told what, the rules."""

    view: View
    audiences: Audiences
    ladder: Ladder
    calendar: WorkingDays
    _subjects: dict[str, tuple[Subject, ...]] = field(default_factory=dict)

    def subjects_of(self, item: str) -> tuple[Subject, ...]:
        """Return the dates of an item."""
        if item not in self._subjects:
            day, directory = self.audiences.day, self.audiences.directory
            found = subjects_of_item(self.view, item, Standpoint(day, self.calendar, directory))
            self._subjects[item] = found
        return self._subjects[item]

    def date_for(self, person: str, entry: Entry, rule_name: str) -> dt.date | None:
        """Return the day of an entry, None if it has ended or does not come to the person."""
        found = (one for one in self.subjects_of(entry.item) if one.occasion is entry.occasion)
        subject = next(found, None)
        if subject is None:
            return None
        rule = self.ladder.rule_of(subject, rule_name)
        told = (
            one.person
            for recipient in (rule.recipients if rule else tuple(Recipient))
            for one in self.audiences.told(subject.audience, recipient)
        )
        return subject.target_on if person in told else None


SightAt = Callable[[int, dt.date], Sight]
"""Gives the sight that an email had which was planned at a position, for a day."""


@dataclass(frozen=True)
class Reader:
    """Who gets the email, and what is known of what they were told; `row` is of "told_dates"."""

    person: str
    row: Row
    now: Sight
    sight_at: SightAt
    _emails: dict[str, Row | None] = field(default_factory=dict)

    def latest(self) -> Iterator[tuple[Row, Entry]]:
        """Yield what stands in the reader's calendar for each date still ahead, as last told."""
        found: dict[tuple[str, Occasion], tuple[Row, Entry]] = {}
        for told in self.row["entries"]:
            target_on = dt.date.fromisoformat(told["target_on"])
            if target_on >= self.now.audiences.day and self._arrived(told):
                occasion = self._occasion(told, target_on)
                if occasion in ENTERED:
                    found[told["item"], occasion] = (told, Entry(told["item"], occasion, target_on))
        yield from found.values()

    def heard_already(self, told: Row, entry: Entry, stands: dt.date | None) -> bool:
        """Tell whether an email since then has put the entry right for certain."""
        for email in reversed(self.row["emails"]):
            if email["planned_at"] <= told["planned_at"]:
                return False
            row = self._email(email["email"])
            if row is not None and row["status"] == "sent":
                then = self.sight_at(email["planned_at"], dt.date.fromisoformat(row["send_on"]))
                return then.date_for(self.person, entry, told["rule"]) == stands
        return False

    def _arrived(self, told: Row) -> bool:
        """Tell whether the entry may have reached the reader: its email left, and still said it."""
        row = self._email(told["email"])
        if row is None or row["status"] not in _ARRIVED:
            return False
        return any(
            item["item"] == told["item"] and item["target_on"] == told["target_on"]
            for item in row["items"]
        )

    def _email(self, ref: str) -> Row | None:
        """Return what became of an email; it is asked for every entry that the email brought."""
        if ref not in self._emails:
            self._emails[ref] = self.now.view.get("reminders", ref)
        return self._emails[ref]

    def _occasion(self, told: Row, target_on: dt.date) -> Occasion | None:
        """Return what fell on the date: as things stand, else as they stood when it was told."""
        stands = self.now.subjects_of(told["item"])
        that_day = [one.occasion for one in stands if one.target_on == target_on]
        if that_day:
            return that_day[0]
        then = self.sight_at(told["planned_at"], self.now.audiences.day).subjects_of(told["item"])
        return next((one.occasion for one in then if one.target_on == target_on), None)


def calendar_changes(
    person: str, said: Collection[tuple[str, Occasion]], now: Sight, sight_at: SightAt
) -> CalendarChanges:
    """Return what became of the dates that a person was told. `said`: what the email says anew."""
    row = now.view.get("told_dates", person)
    if row is None:
        return NO_CHANGES
    reader = Reader(person, row, now, sight_at)
    moved, ended = [], []
    for told, entry in reader.latest():
        stands = now.date_for(person, entry, told["rule"])
        if stands == entry.target_on or (entry.item, entry.occasion) in said:
            continue
        if reader.heard_already(told, entry, stands):
            continue
        if stands is None:
            ended.append(entry)
        else:
            moved.append(replace(entry, target_on=stands))
    ended.sort(key=lambda entry: entry.target_on)
    return CalendarChanges(tuple(moved), tuple(ended))
