"""Digests: of the week for whoever chairs a subgroup, of the month for the business manager.

Only the latest is ever a subject, so that nobody gets three of them after an outage. Whether there
is anything to tell is found cheaply while all rows pass anyway; its words are made when it leaves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from events.directory import Digest, Office
from events.refs import category_of, order_of
from notifications.digest_period import latest_on
from notifications.directory import Directory, Person
from notifications.passing_rows import RowsOf
from notifications.rules import LADDER, Occasion
from notifications.subject import Audience, Standpoint, Subject
from notifications.subjects_of_audits import audience_of_audit
from notifications.subjects_of_work import audience_of_action, audience_of_recommendation
from projections.board_lines import ENDED
from projections.digest_headings import MOVING
from projections.projection import Row
from workflow.working_days import WorkingDays

DIGESTS: Final = frozenset({Occasion.WEEKLY_DIGEST, Occasion.MONTHLY_DIGEST})
"""The occasions of digests."""

_SWITCHED: Final = {
    Occasion.WEEKLY_DIGEST: Digest.WEEKLY,
    Occasion.MONTHLY_DIGEST: Digest.MONTHLY,
}

DATED: Final = LADDER | {Occasion.CLOCK}
"""The occasions of which a digest says that they fell due, or will soon."""


def of_digest(item: str, now: Standpoint) -> Iterator[Subject]:
    """Yield the latest digest of a subgroup, or of the business manager's role."""
    if item in now.directory.subgroups:
        monday = latest_on(Occasion.WEEKLY_DIGEST, now.day)
        yield Subject(item, monday, Occasion.WEEKLY_DIGEST, Audience((), (item,)))
    elif item == office_of(now.directory):
        first = latest_on(Occasion.MONTHLY_DIGEST, now.day)
        yield Subject(item, first, Occasion.MONTHLY_DIGEST, Audience(()))


def declines(person: Person, occasion: Occasion) -> bool:
    """Tell whether somebody switched off what they would be told; a deadline nobody can."""
    return _SWITCHED.get(occasion) in person.digests_off


def office_of(directory: Directory) -> str | None:
    """Return the business manager's role; of several the first, so that each is told once."""
    roles = (role.ref for role in directory.roles_in(Office.BUSINESS_MANAGER))
    return min(roles, key=order_of, default=None)


def subgroups_of(audience: Audience, directory: Directory) -> set[str]:
    """Return the subgroups to which something matters: its own, and those of who leads it."""
    leads = (directory.roles.get(role) for role in audience.lead_roles)
    return {*audience.subgroups, *(role.subgroup for role in leads if role and role.subgroup)}


def became_overdue(monday: dt.date, calendar: WorkingDays) -> tuple[dt.date, dt.date]:
    """Return from when until before when something was due to be told as overdue on a Monday.

    It is overdue from a working day after that of the digest before, up to that of this one.
    """
    before = monday - dt.timedelta(days=7)
    return calendar.on_or_after(before), calendar.on_or_after(monday)


class DigestsDue:
    """Watches rows and subjects pass, and knows in the end which digests have something to tell.

    A subgroup's has if anything of it moved, or became overdue; that of the month if anything was
    recorded, or is open, since nobody's having said anything is what it tells.
    """

    def __init__(self, now: Standpoint) -> None:
        self._now = now
        self._moved: set[str] = set()
        self._open = False
        self._commissioners: dict[str, str | None] = {}
        monday = latest_on(Occasion.WEEKLY_DIGEST, now.day)
        self._due_from, self._due_before = became_overdue(monday, now.calendar)

    def watching(self, rows_of: RowsOf) -> RowsOf:
        """Return the same rows, each of which is looked at as it passes."""

        def watched(model: str, under: str = "") -> Iterable[tuple[str, Row]]:
            rows = rows_of(model, under)
            return self._watched(rows) if model in _WATCHED else rows

        return watched

    def see(self, subject: Subject) -> None:
        """Look at a subject as it passes."""
        is_in_week = self._due_from <= subject.target_on < self._due_before
        if is_in_week and subject.occasion in DATED:
            self._moved |= subgroups_of(subject.audience, self._now.directory)

    def subjects(self) -> Iterator[Subject]:
        """Yield the digests that have something to tell."""
        directory, stirred = self._now.directory, self._now.stirred
        if stirred.in_week is not None:
            for subgroup in sorted(self._moved & directory.subgroups.keys(), key=order_of):
                yield from of_digest(subgroup, self._now)
        office = office_of(directory)
        if office and stirred.in_month is not None and (self._open or stirred.in_month):
            yield from of_digest(office, self._now)

    def _watched(self, rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        in_week = self._now.stirred.in_week or frozenset()
        for item, row in rows:
            if not self._open:
                self._open = row.get("status", "complete") not in ENDED
            if item in in_week:
                audience = audience_of(item, row, self._commissioners)
                self._moved |= subgroups_of(audience, self._now.directory)
            elif "subgroup" in row:
                self._commissioners[item] = row["subgroup"]
            yield item, row


def audience_of(item: str, row: Row, commissioners: dict[str, str | None]) -> Audience:
    """Return to whom an action, a recommendation or an audit matters.

    `commissioners`: the subgroup of each audit; audits are asked for before recommendations.
    """
    match category_of(item):
        case "action":
            return audience_of_action(row)
        case "recommendation":
            return audience_of_recommendation(row, commissioners.get(row["audit"]))
        case _:
            commissioners[item] = row["subgroup"]
            return audience_of_audit(row)


_WATCHED: Final = frozenset(MOVING.values())
