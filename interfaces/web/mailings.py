"""The reminders as a visitor may see them: of everybody, or their own."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from events.refs import read_ref
from interfaces.email_words import Shown, notes_on
from interfaces.inputs import BadInput, day_given
from interfaces.left_out_words import left_out
from interfaces.naming import existing
from interfaces.web.seeing.seen import sees_all
from interfaces.web.visit import Visit
from notifications.listing import Fate, ListedEmail, Wanted, listed
from notifications.outbox_standing import waiting
from notifications.planning import PlanningReport
from notifications.preview import Coming, coming
from notifications.reasons import not_sent_in_words, rule_in_words
from notifications.reminding import preview

PER_PAGE: Final = 50
PREVIEW_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Said:
    """One thing of an email: when it was due, under which rule, in which role, or why not said."""

    item: str
    target_on: dt.date
    rule: str
    role: str
    not_said: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """An email as the page lists it. `notes`: reasons, tries, what the server said."""

    email: ListedEmail
    name: str
    items: tuple[Said, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mailings:
    """A page of emails, the newest first; `counts` are of all that match, whatever their fate.

    `left_out`: who was considered today, and is not written to. `everybody`: not only one's own.
    """

    shown: tuple[Mailing, ...]
    found: int
    counts: Counter[Fate]
    left_out: tuple[str, ...]
    everybody: bool
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.found // PER_PAGE))


@dataclass(frozen=True, slots=True)
class AskedOf:
    """Of which emails is asked, as it stands in an address; empty for all."""

    person: str = ""
    item: str = ""
    status: str = ""
    since: str = ""
    until: str = ""


def mailings(visit: Visit, asked: AskedOf, page: int) -> Mailings:
    """Return a page of the emails that are asked for. Raises `BadInput`, `NotFound`."""
    everybody = sees_all(visit)
    wanted = _wanted(visit, asked, everybody=everybody)
    # Whoever sees not everything may still read what was sent to them.
    view = visit.moment.view
    of_any_fate = listed(view, replace(wanted, fate=None))
    found = [one for one in of_any_fate if wanted.fate in {None, one.fate}]
    shown = _shown(visit, found)
    number = min(max(page, 1), max(1, -(-len(found) // PER_PAGE)))
    some = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Mailings(
        tuple(_mailing(one, shown) for one in some),
        len(found),
        Counter(one.fate for one in of_any_fate),
        _left_out(visit) if everybody else (),
        everybody,
        number,
    )


def coming_days(visit: Visit) -> Coming:
    """Return what each working day of the next 30 days will bring, as things stand today.

    Whoever sees not everything gets what will be sent to them.
    """
    partnership = visit.partnership
    today = partnership.today
    found = coming(
        partnership.log,
        partnership.settings.reminders.all_rules(),
        today,
        today + dt.timedelta(days=PREVIEW_DAYS),
        partnership.calendar,
    )
    days = found.days if sees_all(visit) else (_only_to(visit.person, day) for day in found.days)
    return replace(found, days=tuple(day for day in days if day.emails))


def _only_to(person: str, day: PlanningReport) -> PlanningReport:
    return replace(day, emails=tuple(one for one in day.emails if one.person == person))


def _wanted(visit: Visit, asked: AskedOf, *, everybody: bool) -> Wanted:
    view, fate = visit.view, None
    with suppress(ValueError):
        fate = Fate(asked.status)
    named = existing(asked.person, ["person"], view, "person") if asked.person else None
    return Wanted(
        named if everybody else visit.person,
        read_ref(asked.item) if asked.item else None,
        fate,
        *_days(asked),
    )


def _days(asked: AskedOf) -> tuple[dt.date | None, dt.date | None]:
    since = day_given(asked.since, "since") if asked.since else None
    until = day_given(asked.until, "until") if asked.until else None
    if since is not None and until is not None and until < since:
        raise BadInput("until", "the last day lies before the first. Exchange the two.")
    return since, until


def _shown(visit: Visit, found: Sequence[ListedEmail]) -> Shown:
    partnership = visit.partnership
    on_their_way = waiting(partnership.log) if visit.moment.is_now else ()
    zone = partnership.settings.reminders.zone
    by_email = {one.email: one for one in on_their_way}
    return Shown(visit.moment, tuple(found), by_email, None, visit.names, zone)


def _mailing(email: ListedEmail, shown: Shown) -> Mailing:
    names = shown.names
    items = tuple(
        Said(
            one.item,
            one.target_on,
            rule_in_words(one.rule),
            names.called(one.role) if one.role else "",
            not_sent_in_words(one.not_said) if one.not_said else "",
        )
        for one in email.items
    )
    return Mailing(email, names.called(email.person), items, tuple(notes_on(email, shown)))


def _left_out(visit: Visit) -> tuple[str, ...]:
    if not visit.moment.is_now:
        return ()
    partnership = visit.partnership
    rules = partnership.settings.reminders.all_rules()
    report = preview(partnership.log, rules, partnership.today, partnership.calendar)
    return tuple(left_out(report, visit.names))
