"""Judges, as it happens, what is stored and what leaves, against what should be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from events.directory import PersonEmailChanged
from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
    EmailUncertain,
    NotSentReason,
)
from events.log import EventLog
from events.recorded import Recorded
from events.refs import quoted
from notifications.mailer import Envelope
from projections.civil_days import LONDON, civil_day
from tests.notifications.simulation import words
from tests.notifications.simulation.clockwork import Clockwork, day_of
from tests.notifications.simulation.expectations import (
    expected,
    matters,
    meant,
    still_true,
)
from tests.notifications.simulation.matter import CALENDAR, Key
from tests.notifications.simulation.post_office import Delivered, PostOffice
from tests.notifications.simulation.state import Item, State
from tests.notifications.simulation.world import World

PATIENCE: Final = 2
"""On so many days in a row on which nothing went wrong something due may stay untold."""

_GIVEN_UP_AFTER: Final = dt.timedelta(hours=72)
_LATELY: Final = dt.timedelta(days=4)
_CLOCK_ERROR: Final = dt.timedelta(hours=2)
_LONGEST_GLANCE: Final = dt.timedelta(minutes=20)
"""A look may be one lease old when handing over begins, and that one lease when DATA does."""

_DIGESTS: Final = {"weekly-digest": b"What moved in", "monthly-digest": b"Slipping, silent, unassi"}
"""How an email begins to tell a digest, by its rule."""


class Broken(AssertionError):
    """Something happened that must never happen."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a machine could see, and the time that its clock showed."""

    state: State
    at: dt.datetime


@dataclass(slots=True)
class Planned:
    """An email as the record has it. `left` are the reminders in it that were not dropped.

    `mailbox`: the person's when it was planned.
    """

    ref: str
    person: str
    message_id: str
    planned_at: dt.datetime
    left: list[Key]
    mailbox: str | None
    status: str = "planned"
    doubts: int = 0


@dataclass
class Judge:
    """Follows the record and the server, and raises `Broken`."""

    world: World
    clockwork: Clockwork
    office: PostOffice
    trace: Callable[[str], None]
    emails: dict[str, Planned] = field(default_factory=dict)
    discharged: set[Key] = field(default_factory=set)
    _refused: dict[str, set[Key]] = field(default_factory=dict)
    _disturbed: set[str] = field(default_factory=set)
    _set_at: dt.datetime | None = None
    _by_message: dict[str, Planned] = field(default_factory=dict)
    _copies: dict[str, Delivered] = field(default_factory=dict)
    _told: dict[tuple[str, dt.date], str] = field(default_factory=dict)
    _accepted: dict[Key, str] = field(default_factory=dict)
    _position: int = 0
    _due: frozenset[Key] = frozenset()
    _waited: dict[Key, int] = field(default_factory=dict)
    _worked_out: tuple[State, dt.date, frozenset[Key]] | None = None

    def is_disturbed(self) -> None:
        """Take note that a machine was killed, or stalled, or that a clock was set.

        Whatever was on its way may be found in doubt, however much later somebody looks.
        """
        open_ones = (one for one in self.emails.values() if one.status in {"planned", "uncertain"})
        self._disturbed.update(one.ref for one in open_ones)

    def clock_is_set(self) -> None:
        """Take note that the clock was turned back, or put right."""
        self.is_disturbed()
        self._set_at = self.clockwork.true

    def _was_turned_back(self) -> bool:
        return self._set_at is not None and self.clockwork.true - self._set_at < _LATELY

    def require(self, holds: object, what: str) -> None:
        """Raise `Broken` unless something holds."""
        if not holds:
            raise Broken(what)

    def glance(self) -> Glance:
        """Return what can be seen now."""
        return Glance(self.world.state, self.clockwork.shown())

    def day_begins(self, day: dt.date) -> bool:
        """Work out what is due on a day; tell whether anything is."""
        self._due = self._expected(self.world.state, day) - self.discharged
        return bool(self._due)

    def day_ends(self, day: dt.date, *, nothing_went_wrong: bool) -> None:
        """Look for what should have been told and was not."""
        if not nothing_went_wrong:
            return
        untold = (self._due & self._expected(self.world.state, day)) - self.discharged
        able = [key for key in untold if self._could_be_told(key.person, day)]
        self._waited = {key: self._waited.get(key, 0) + 1 for key in able}
        lost = [key for key, days in self._waited.items() if days >= PATIENCE]
        self.require(not lost, f"LOST: {lost} was due on {day}, and nobody was told")

    def _could_be_told(self, person: str, day: dt.date) -> bool:
        """Tell whether a mailbox is not full, and nobody who shares it was told that day."""
        address = self.world.state.people[person].address or ""
        full_at = self.office.found_full.get(address)
        is_full = full_at is not None and self.clockwork.shown() - full_at < _LATELY
        told_by = self._told.get((address, day))
        is_shared = told_by is not None and self._by_message[told_by].person != person
        return not is_full and not is_shared

    def appended(self, log: EventLog, glance: Glance | None) -> None:
        """Judge what was appended since the last time, by a machine that had that glance."""
        for recorded in log.read(after=self._position):
            self._position = recorded.position
            if recorded.stream.startswith("email-"):
                self.trace(f"{recorded.stream}: {recorded.event!r}")
                self._judge_event(recorded, glance)
            elif isinstance(recorded.event, PersonEmailChanged):
                self._can_be_reached(recorded.stream)

    def data_begins(self, envelope: Envelope, message: bytes, glance: Glance | None) -> None:
        """Judge what a machine is about to send."""
        email = self._by_message[envelope.message_id]
        self.require(glance, f"{email.ref} leaves without a look after its recipient was accepted")
        assert glance is not None
        day, now = day_of(glance.at), self.clockwork.shown()
        address = glance.state.people[email.person].address
        self.require(
            address == envelope.recipient,
            f"{email.ref} goes to {envelope.recipient}, not {address}",
        )
        self.require(email.left, f"{email.ref} leaves with nothing to say")
        for key in email.left:
            self.require(
                still_true(glance.state, day, key),
                f"{email.ref} leaves on {day} though {key} is not true or not theirs any more",
            )
            self.require(_words(key) in message, f"{email.ref} does not speak of {key}")
        self.require(CALENDAR.is_working_day(day), f"{email.ref} leaves on {day}, a free day")
        if not self.clockwork.wrong_by and not self._was_turned_back():
            hour = now.astimezone(LONDON).hour
            self.require(hour >= 8, f"{email.ref} leaves at {hour} o'clock")
        self.require(
            now - glance.at <= _LONGEST_GLANCE,
            f"{email.ref} leaves {now - glance.at} after the last look",
        )

    def delivered(self, taken: Delivered) -> None:
        """Judge what the server took."""
        email = self._by_message[taken.envelope.message_id]
        copy = self._copies.get(taken.envelope.message_id)
        if copy is not None:
            self.require(email.doubts, f"{email.ref} was sent twice, and was not uncertain")
            self.require(copy.message == taken.message, f"{email.ref} was sent twice, not alike")
            self.require(
                copy.envelope.recipient == taken.envelope.recipient,
                f"{email.ref} was sent to two addresses",
            )
            copies = sum(
                one.envelope.message_id == email.message_id for one in self.office.delivered
            )
            self.require(copies <= 2, f"{email.ref} was sent {copies} times")
        self._copies.setdefault(taken.envelope.message_id, taken)
        day = day_of(taken.at)
        for whom in (email.person, taken.envelope.recipient):
            before = self._by_message[self._told.setdefault((whom, day), email.message_id)]
            # Of two people one may come to share a mailbox once both emails are on their way.
            is_new = whom not in {email.person, email.mailbox} or before.mailbox != email.mailbox
            self.require(
                before is email or (is_new and before.person != email.person),
                f"{whom} got two emails on {day}: also {email.ref}",
            )
        for key in email.left:
            first = self._accepted.setdefault(key, email.ref)
            self.require(first == email.ref, f"{key} was told by {first} and by {email.ref}")

    def in_flight(self) -> list[Planned]:
        """Return the emails of which nobody knows yet how they end."""
        return [email for email in self.emails.values() if email.status == "planned"]

    def _expected(self, state: State, day: dt.date) -> frozenset[Key]:
        """Return what is expected; the last answer is kept, since it is asked for again."""
        known = self._worked_out
        if known is None or known[0] is not state or known[1] != day:
            known = self._worked_out = (state, day, expected(state, day))
        return known[2]

    def _judge_event(self, recorded: Recorded, glance: Glance | None) -> None:
        match recorded.event:
            case EmailPlanned() as planned:
                self._planned(recorded, planned, _of(glance))
            case EmailItemDropped() as dropped:
                self._dropped(self.emails[recorded.stream], dropped, _of(glance))
            case EmailCancelled(reason=reason):
                self._cancelled(self.emails[recorded.stream], reason)
            case EmailSent(sent_to=sent_to):
                self._left(recorded)
                self._sent(self.emails[recorded.stream], sent_to)
            case EmailFailed():
                self._left(recorded)
                self._failed(self.emails[recorded.stream], recorded)
            case EmailUncertain():
                self._left(recorded)
                self._doubted(self.emails[recorded.stream])
            case _:
                raise Broken(repr(recorded.event))

    def _planned(self, recorded: Recorded, planned: EmailPlanned, glance: Glance) -> None:
        ref, person = recorded.stream, planned.person
        keys = [Key(one.item, one.target_on, one.rule, person) for one in planned.items]
        should = self._expected(glance.state, planned.send_on)
        for key in keys:
            self.require(key in should, f"{ref} has {key}, which is not due on {planned.send_on}")
            self.require(key not in self.discharged, f"{ref} has {key}, which was told before")
        held = {key for email in self.in_flight() for key in email.left}
        self.require(held.isdisjoint(keys), f"{ref} has what another email is about to tell")
        now = self.clockwork.shown()
        mailbox = glance.state.people[person].address
        email = Planned(ref, person, planned.message_id, now, keys, mailbox)
        self.emails[ref] = self._by_message[planned.message_id] = email
        on = civil_day(recorded.recorded_at)
        self.world.state = words.planned(self.world.state, ref, person, planned.items, on)

    def _dropped(self, email: Planned, dropped: EmailItemDropped, glance: Glance) -> None:
        key = Key(dropped.item, dropped.target_on, dropped.rule, email.person)
        self.require(key in email.left, f"{email.ref} drops {key}, which it does not hold")
        email.left.remove(key)
        state = self.world.state
        self.world.state = words.dropped(state, email.ref, key.item, key.on, key.rule)
        found = _why_not(glance.state, day_of(glance.at), key)
        self.require(
            found is dropped.reason,
            f"{email.ref} drops {key} since {dropped.reason}; in truth: {found}",
        )

    def _cancelled(self, email: Planned, reason: NotSentReason) -> None:
        email.status = "cancelled"
        self.discharged.difference_update(email.left)
        is_taken = email.message_id in self._copies
        self.require(not is_taken, f"{email.ref} is cancelled, and the server took it")
        if reason is not NotSentReason.NEVER_TAKEN:
            self.require(not email.left, f"{email.ref} is cancelled though {email.left} is left")
            return
        for_long = self.clockwork.shown() - email.planned_at >= _GIVEN_UP_AFTER - _CLOCK_ERROR
        self.require(for_long, f"{email.ref} is given up after too short a time")
        self.world.state = words.never_taken(self.world.state, email.ref)

    def _left(self, recorded: Recorded) -> None:
        on, is_refused = civil_day(recorded.recorded_at), isinstance(recorded.event, EmailFailed)
        state = self.world.state
        self.world.state = words.left(state, recorded.stream, on, is_refused=is_refused)

    def _sent(self, email: Planned, sent_to: str) -> None:
        email.status = "sent"
        copy = self._copies.get(email.message_id)
        is_so = copy is not None and copy.envelope.recipient == sent_to
        self.require(is_so, f"{email.ref} is sent, says the record, and no server took it")
        self._can_be_reached(email.person)
        self.discharged.update(email.left)
        self.world.reached(email.person)

    def _failed(self, email: Planned, recorded: Recorded) -> None:
        email.status = "failed"
        was_refused = email.message_id in self.office.refused_for_good
        self.require(was_refused, f"{email.ref} failed, says the record, and was not refused")
        self.discharged.update(email.left)
        self._refused.setdefault(email.person, set()).update(email.left)
        self.world.refused(email.person, civil_day(recorded.recorded_at))

    def _can_be_reached(self, person: str) -> None:
        """What was refused for good is due again once the person can be reached."""
        self.discharged.difference_update(self._refused.pop(person, ()))

    def _doubted(self, email: Planned) -> None:
        email.doubts += 1
        email.status = "uncertain"
        is_so = email.message_id in self.office.in_doubt or email.ref in self._disturbed
        self.require(is_so, f"{email.ref} is uncertain, and nothing had happened to it")
        self.discharged.update(email.left)


def _of(glance: Glance | None) -> Glance:
    """Return the look on which something was decided: there has to be one."""
    if glance is None:
        raise Broken("something was decided without a look")
    return glance


def _why_not(state: State, day: dt.date, key: Key) -> NotSentReason | None:
    """Return why a reminder is not sent any more; None if it should be."""
    if still_true(state, day, key):
        return None
    found = meant(state, day, key)
    if found:
        has_address = state.people[key.person].address is not None
        return NotSentReason.HANDED_OVER if has_address else NotSentReason.NO_ADDRESS
    if key.rule.startswith(("decision-", "address-", "role-")):
        return NotSentReason.SETTLED
    if key.rule in _DIGESTS:
        return NotSentReason.ENDED
    item = state.items.get(key.item)
    if item and item.is_submitted and not item.has_ended and _was_late(item):
        return NotSentReason.HANDED_OVER
    is_there = any(matter.item == key.item for matter in matters(state, day))
    return NotSentReason.MOVED if is_there else NotSentReason.ENDED


def _was_late(item: Item) -> bool:
    """Tell whether work was said to be done after its date, or without one."""
    assert item.reported_on is not None
    return item.due is None or item.due < item.reported_on


def _words(key: Key) -> bytes:
    """Return how an email names a thing."""
    if key.rule in _DIGESTS:
        return _DIGESTS[key.rule]
    if key.item.startswith("audit-"):
        return quoted(key.item).encode()
    category, _, number = key.item.partition("-")
    letters = {"action": "A", "recommendation": "R", "person": "", "role": ""}[category]
    return f"{letters}{number}".encode() if letters else b"Subject"
