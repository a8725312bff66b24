"""A last look before an email leaves: what it says must still be true, and still theirs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from events.email import (
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
    NotSentReason,
    ReminderItem,
)
from events.reading import Reader
from events.recorded import Recorded, StoredRow
from notifications.audiences import Audiences, Told
from notifications.directory import FOLLOWED, Directory, Person
from notifications.ladder import Ladder
from notifications.rules import Occasion, Recipient, Rule
from notifications.subject import Standpoint, Subject
from notifications.subjects import subjects_of_item
from notifications.subjects_of_digests import DIGESTS, declines
from projections.store import View, ViewOfToday
from workflow.working_days import WorkingDays

_SETTLED_BY_SOMEBODY: Final = frozenset({Occasion.DECISION, Occasion.ADDRESS, Occasion.VACANCY})
"""What ends when somebody decides, puts an address right, or fills a place."""


@dataclass(frozen=True, slots=True)
class StillDue:
    """One thing of which the email goes on to remind, and why it comes to this person today.

    `rule` is None where the configuration has no such rule any more.
    """

    item: ReminderItem
    subject: Subject
    told: Told
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """One thing that is not said any more, and why."""

    item: ReminderItem
    reason: NotSentReason


@dataclass(frozen=True, slots=True)
class Looked:
    """What the look found. `address` is None when nothing can be sent to the person."""

    person: Person | None
    due: tuple[StillDue, ...]
    dropped: tuple[Dropped, ...]
    audiences: Audiences

    @property
    def address(self) -> str | None:
        """Return where the email goes."""
        return self.person.address if self.person else None


class DirectoryInMind:
    """The directory, read again only when something in it changed.

    Or when the read models were filled anew, as after an erasure: what was to be forgotten must not
    be in mind either.
    """

    def __init__(self) -> None:
        self._directory: Directory | None = None
        self._position = self._generation = 0

    def as_of(self, reader: Reader) -> Directory:
        """Return the directory as a snapshot of the log has it."""
        head = reader.head()
        is_filled_anew = head.generation != self._generation
        if self._directory is None or is_filled_anew or self._has_changed(reader, head.size):
            self._directory = Directory.of(ViewOfToday(reader))
        self._position, self._generation = head.size, head.generation
        return self._directory

    def _has_changed(self, reader: Reader, position: int) -> bool:
        if position < self._position:
            return True
        changed = reader.stored(self._position, position)
        return any(self._matters(row) for row in changed)

    def _matters(self, row: StoredRow) -> bool:
        """Tell whether what was stored can change who is told: an email that came back can."""
        if row.stream.partition("-")[0] in FOLLOWED or row.type == EmailFailed.type_name:
            return True
        directory = self._directory
        is_sent = row.type == EmailSent.type_name
        return is_sent and directory is not None and directory.has_refused


@dataclass(frozen=True, slots=True)
class _Eyes:
    """With what each thing is judged."""

    view: View
    audiences: Audiences
    ladder: Ladder
    calendar: WorkingDays


def look(
    history: Sequence[Recorded],
    view: View,
    audiences: Audiences,
    ladder: Ladder,
    calendar: WorkingDays,
) -> Looked:
    """Look at what an email is about, as things stand on a day. `history`: the email's events.

    `audiences` and `ladder` are of the day.
    """
    planned, items = _what_is_left(history)
    eyes = _Eyes(view, audiences, ladder, calendar)
    person = audiences.directory.people.get(planned.person)
    due: list[StillDue] = []
    dropped: list[Dropped] = []
    for item in items:
        found = _judge(item, planned.person, eyes)
        if isinstance(found, StillDue):
            due.append(found)
        else:
            dropped.append(Dropped(item, found))
    return Looked(person, tuple(due), tuple(dropped), audiences)


def items_of(history: Sequence[Recorded]) -> list[str]:
    """Return of what an email was planned to remind."""
    planned = (one.event for one in history if isinstance(one.event, EmailPlanned))
    return [item.item for event in planned for item in event.items]


def _what_is_left(history: Sequence[Recorded]) -> tuple[EmailPlanned, list[ReminderItem]]:
    planned = next(one.event for one in history if isinstance(one.event, EmailPlanned))
    gone = {
        (one.event.item, one.event.target_on, one.event.rule)
        for one in history
        if isinstance(one.event, EmailItemDropped)
    }
    left = [item for item in planned.items if (item.item, item.target_on, item.rule) not in gone]
    return planned, left


def _judge(item: ReminderItem, person: str, eyes: _Eyes) -> StillDue | NotSentReason:
    now = Standpoint(eyes.audiences.day, eyes.calendar, eyes.audiences.directory)
    subjects = subjects_of_item(eyes.view, item.item, now)
    subject = _meant(item, subjects, eyes)
    if subject is None:
        return _why_not(item, subjects, eyes)
    rule = eyes.ladder.rule_of(subject, item.rule)
    told = _told(subject, rule, person, eyes.audiences)
    if told is not None and declines(eyes.audiences.directory.people[person], subject.occasion):
        return NotSentReason.SWITCHED_OFF
    if told is not None:
        return StillDue(item, subject, told, rule)
    known = eyes.audiences.directory.people.get(person)
    if known is not None and known.address is None:
        return NotSentReason.NO_ADDRESS
    return NotSentReason.HANDED_OVER


def _meant(item: ReminderItem, subjects: Sequence[Subject], eyes: _Eyes) -> Subject | None:
    """Return the subject of which a reminder was planned.

    Of two things on one day it is the one for which its rule is; a rule that was taken out of the
    configuration meanwhile is for the first.
    """
    that_day = [one for one in subjects if one.target_on == item.target_on]
    for_rule = (one for one in that_day if eyes.ladder.rule_of(one, item.rule))
    known = bool(eyes.ladder.occasions_of(item.rule))
    return next(for_rule, None if known or not that_day else that_day[0])


def _why_not(item: ReminderItem, subjects: Sequence[Subject], eyes: _Eyes) -> NotSentReason:
    if eyes.ladder.occasions_of(item.rule) & _SETTLED_BY_SOMEBODY:
        return NotSentReason.SETTLED
    if eyes.ladder.occasions_of(item.rule) & DIGESTS:
        return NotSentReason.ENDED
    if any(one.is_claim for one in subjects):
        return NotSentReason.HANDED_OVER  # To whoever can confirm what was said to be done.
    return NotSentReason.MOVED if subjects else NotSentReason.ENDED


def _told(subject: Subject, rule: Rule | None, person: str, audiences: Audiences) -> Told | None:
    """Return how a person comes to be told, None if it is no longer theirs.

    A rule that was taken out of the configuration meanwhile speaks for all recipients.
    """
    for recipient in rule.recipients if rule else tuple(Recipient):
        for told in audiences.told(subject.audience, recipient):
            if told.person == person:
                return told
    return None
