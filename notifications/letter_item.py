"""What an email says about one thing, in words, and on what the words depend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from notifications.audiences import Audiences, Told
from notifications.directory import Directory
from notifications.ladder import Ladder
from notifications.looking import StillDue
from notifications.rules import Occasion, Recipient, Rule
from notifications.subject import Subject
from notifications.wording import weekday_and_day
from projections.projection import Row
from projections.store import View
from workflow.brag import CADENCE_DAYS
from workflow.working_days import WorkingDays

SOON_DAYS: Final = 5
"""Working days before its date from which something is due soon rather than upcoming."""


class UpdateLink(NamedTuple):
    """A link by which its reader reports on an item without signing in, once.

    `last_day_on`: it works until the end of this day.
    """

    address: str
    last_day_on: dt.date

    @property
    def until(self) -> str:
        """Return its last day in words, such as "Wednesday 4 December"."""
        return weekday_and_day(self.last_day_on)


UpdateLinks: TypeAlias = Callable[[str, str, dt.date], UpdateLink]
"""Returns the link by which a person reports on an item without signing in: by both references, and
the day of the email. The same three give the same link, so that a letter keeps its bytes."""


class Section(StrEnum):
    """The part of the email in which something stands, in the order of the email."""

    OVERDUE = "Overdue"
    SOON = "Due soon"
    UPCOMING = "Upcoming"
    DECISION = "Waiting for your decision"
    ATTENTION = "For your attention"


class Answer(StrEnum):
    """What its reader can answer about a thing; `letter_answers` has the words."""

    WORK = "work"
    CONFIRMATION = "confirmation"
    IMPACT = "impact"
    RE_AUDIT = "re_audit"
    CLOCK = "clock"
    DECISION = "decision"
    DIRECTORY = "directory"
    NOTHING = "nothing"


YOUR_ROLE: Final = "Your role"
"""What the fact is called that says in which role a thing comes to its reader."""

DATED: Final = frozenset({Section.OVERDUE, Section.SOON, Section.UPCOMING})
"""The sections of deadlines."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a thing: what it tells, such as "Last update", and what there is to tell."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about a thing besides whose it is and what happens next.

    `kind` is what it is called in a subject, in the singular; `text` says what it is.
    """

    kind: str
    text: str
    facts: tuple[Fact, ...]
    needed: str


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One thing in the email. `link` leads to its page, where there are pages.

    `update_link` opens a form for its reader alone; it stands nowhere but in the email itself,
    since calendars are shared.
    """

    item: str
    kind: str
    ref: str
    section: Section
    occasion: Occasion
    target_on: dt.date
    standing: str
    text: str
    facts: tuple[Fact, ...]
    why: str
    answer: Answer
    link: str | None = None
    update_link: UpdateLink | None = None


@dataclass(frozen=True)
class Desk:
    """What the words depend on besides the read models.

    `web_address`: where pages are, if any. `cadence_days`: working days within which work in
    progress has to be reported on. `update_links`: what makes links for reporting, if anything.
    """

    rules: tuple[Rule, ...]
    day: dt.date
    calendar: WorkingDays
    web_address: str | None = None
    cadence_days: int = CADENCE_DAYS
    update_links: UpdateLinks | None = None

    @cached_property
    def ladder(self) -> Ladder:
        """Return the rules by the date on which they fall, as of the day."""
        return Ladder(self.rules, self.day, self.calendar)

    def page_of(self, item: str) -> str | None:
        """Return the page of a thing, where there are pages; a clock is on that of its audit."""
        if not self.web_address:
            return None
        return f"{self.web_address.rstrip('/')}/{item.partition('/clock-')[0]}"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is to be put into words, with its row and whatever else may be asked."""

    still: StillDue
    row: Row
    view: View
    audiences: Audiences
    desk: Desk

    @property
    def subject(self) -> Subject:
        """Return the date of which the email reminds."""
        return self.still.subject

    @property
    def told(self) -> Told:
        """Return how it comes to the reader."""
        return self.still.told

    @property
    def directory(self) -> Directory:
        """Return who is who."""
        return self.audiences.directory

    @property
    def is_the_readers(self) -> bool:
        """Tell whether it is the reader's to do, as its lead or in the place of one."""
        told = self.told
        return told.meant_for is Recipient.LEAD or told.role in self.subject.audience.lead_roles

    @property
    def can_decide(self) -> bool:
        """Tell whether it is a request for more time that its reader can decide.

        The rule may name them as somebody else, such as the business manager who hears of it last.
        """
        if self.subject.occasion is not Occasion.DECISION:
            return False
        deciders = self.audiences.told(self.subject.audience, Recipient.DECIDER)
        return any(one.person == self.told.person for one in deciders)

    @property
    def can_confirm(self) -> bool:
        """Tell whether it is reported as done, and the reader neither leads it nor reported it."""
        audience = self.subject.audience
        is_others = self.told.role not in audience.lead_roles
        return audience.awaits_confirmation and is_others and self.told.person != audience.asked_by


def facts(*pairs: tuple[str, str | None]) -> tuple[Fact, ...]:
    """Return the facts for which there is anything to tell."""
    return tuple(Fact(label, text) for label, text in pairs if text)
