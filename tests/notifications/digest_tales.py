"""A small partnership told by hand, and the digest that somebody in it gets on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from events.action import ActionCreated
from events.directory import (
    HolderAppointed,
    Office,
    PersonRegistered,
    RoleCreated,
    SubgroupFormed,
)
from events.email import ReminderItem
from events.recorded import Recorded
from notifications.audiences import Audiences
from notifications.digest_period import Period, latest_on
from notifications.digest_sections import section
from notifications.digest_sight import DigestSight
from notifications.directory import Directory
from notifications.letter_digest import DigestSection, words_of
from notifications.letter_item import Desk
from notifications.looking import StillDue
from notifications.rules import DEFAULT_RULES, Occasion, Recipient
from notifications.subject import Standpoint
from notifications.subjects_of_digests import of_digest, office_of
from tests.projections.folds import CALENDAR, Folded, Tale, target

LEAD, CHAIR, MANAGER, EXECUTIVE = "person-1", "person-2", "person-3", "person-4"
LEAD_ROLE, CHAIR_ROLE, OFFICE_ROLE, EXECUTIVE_ROLE = "role-1", "role-2", "role-3", "role-4"
PRACTICE, TRAINING = "subgroup-1", "subgroup-2"
LONG_AGO = dt.date(2020, 1, 1)
MONDAY = dt.date(2024, 12, 9)

_OFFICES = (
    ("Lead for practice", Office.LEAD, PRACTICE),
    ("Chair of practice", Office.SUBGROUP_CHAIR, PRACTICE),
    ("Business manager", Office.BUSINESS_MANAGER, None),
    ("Executive", Office.EXECUTIVE, None),
)


def partnership(begins_on: str = "2024-06-03") -> Tale:
    """Tell of two subgroups; everybody holds a role since long ago, one with the same number."""
    tale = Tale(begins_on)
    tale.tell(PRACTICE, SubgroupFormed(name="Practice", chair_role=CHAIR_ROLE))
    tale.tell(TRAINING, SubgroupFormed(name="Training"))
    for number, (title, office, subgroup) in enumerate(_OFFICES, start=1):
        person, role = f"person-{number}", f"role-{number}"
        name, email = f"Person {number}", f"person{number}@example.org"
        tale.tell(person, PersonRegistered(name=name, email=email))
        created = RoleCreated(title=title, office=office, subgroup=subgroup)
        tale.tell(role, created, HolderAppointed(person=person, from_on=LONG_AGO))
    return tale


def action(
    written: str = "31 March 2025",
    text: str = "Share the pathway",
    leads: Sequence[str] = (LEAD_ROLE,),
) -> ActionCreated:
    """Return the beginning of an action."""
    return ActionCreated(text=text, lead_roles=tuple(leads), target=target(written))


def sight_of(
    tale: Tale, occasion: Occasion, day: dt.date, web_address: str | None = None
) -> DigestSight:
    """Look at the period of the latest digest of a day, as a tale tells it."""
    events: list[Recorded] = tale.events()
    period = Period.told_on(occasion, latest_on(occasion, day))
    before = [one for one in events if one.recorded_at <= period.began_at]
    within = [one for one in events if period.began_at < one.recorded_at <= period.ended_at]
    now = Folded(events).view()
    audiences = Audiences(Directory.of(now), day)
    desk = Desk(DEFAULT_RULES, day, CALENDAR, web_address)
    return DigestSight(period, Folded(before).view(), now, within, audiences, desk)


def weekly(
    tale: Tale,
    day: dt.date = MONDAY,
    subgroup: str = PRACTICE,
    reader: str = CHAIR,
    web_address: str | None = None,
) -> DigestSection:
    """Return the digest of a subgroup's week as one reader gets it."""
    return _section(tale, Occasion.WEEKLY_DIGEST, day, subgroup, reader, web_address)


def monthly(tale: Tale, day: dt.date, web_address: str | None = None) -> DigestSection:
    """Return the digest of the month before a day."""
    role = office_of(Directory.of(tale.view()))
    assert role is not None
    return _section(tale, Occasion.MONTHLY_DIGEST, day, role, MANAGER, web_address)


def lines(section_: DigestSection, heading: str) -> tuple[str, ...]:
    """Return the lines under a heading, none if it is not there."""
    return tuple(map(words_of, dict(section_.paragraphs).get(heading, ())))


def _section(
    tale: Tale,
    occasion: Occasion,
    day: dt.date,
    item: str,
    reader: str,
    web_address: str | None,
) -> DigestSection:
    sight = sight_of(tale, occasion, day, web_address)
    (subject,) = of_digest(item, Standpoint(day, CALENDAR, sight.directory))
    is_weekly = occasion is Occasion.WEEKLY_DIGEST
    recipient = Recipient.SUBGROUP_CHAIR if is_weekly else Recipient.BUSINESS_MANAGER
    told = sight.audiences.told(subject.audience, recipient)
    (mine,) = (one for one in told if one.person == reader)
    reminder = ReminderItem(item=item, target_on=subject.target_on, rule="digest")
    return section(StillDue(reminder, subject, mine), sight)
