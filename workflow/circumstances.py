"""What a decision may know besides the state of its own stream: all of it handed in.

`decide(command, state, circumstances)` is pure: the day, the calendar, who asks, and what is known
of other streams come from here, so that the same question always gets the same answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from events.directory import Access, Office
from workflow.clocks import STANDARD_CLOCKS, Clock
from workflow.refusals import Ended, NotFound
from workflow.working_days import WorkingDays

SYSTEM = "system"
"""The actor of what the software does by itself: setting up, planning and sending emails."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody's time in a role, or as cover for it; both days included, None means open."""

    person: str
    from_on: dt.date
    last_day_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the day lies within the tenure."""
        return self.from_on <= day and (self.last_day_on is None or day <= self.last_day_on)


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What decisions need to know of a role."""

    ref: str
    office: Office
    agency: str | None
    subgroup: str | None
    retired: bool
    tenures: tuple[Tenure, ...] = ()
    covers: tuple[Tenure, ...] = ()

    def held_by_on(self, day: dt.date) -> frozenset[str]:
        """Return the people who act in the role on a day: its holders and their cover."""
        times = (*self.tenures, *self.covers)
        return frozenset(tenure.person for tenure in times if tenure.holds_on(day))


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission given to a person by name; both scopes None means over everything."""

    access: Access
    subgroup: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """What an audit needs to know of a recommendation that came from it."""

    ref: str
    status: str
    findings: tuple[str, ...]
    impact_review_set: bool


class Known(Protocol):
    """What is known of other streams, as of the moment of the decision."""

    def standing(self, ref: str) -> str | None:
        """Return the status of any stream (or finding), or None if there is no such thing.

        Directory entries are "current" or "ended"; plans "current" or "closed"; meetings "held"
        or "cancelled"; remarks and evidence "standing" or "withdrawn"; findings, audits,
        recommendations and actions have their own status words.
        """

    def role(self, ref: str) -> RoleFacts | None:
        """Return a role, or None."""

    def roles_of(self, person: str, day: dt.date) -> tuple[RoleFacts, ...]:
        """Return the roles in which somebody acts on a day, as holder or as cover."""

    def grants_of(self, person: str) -> tuple[Grant, ...]:
        """Return the permissions that a person was given by name."""

    def managers_on(self, day: dt.date) -> frozenset[str]:
        """Return who acts as business manager for the whole partnership on a day."""

    def holder_of_address(self, email: str) -> str | None:
        """Return who of today's people has an address, whatever its capitals; or None."""

    def entry_called(self, category: str, words: str) -> str | None:
        """Return the current role, agency or subgroup that has a name, title or alias; or None."""

    def chair_role_of(self, subgroup: str) -> str | None:
        """Return the role that chairs a subgroup, or None."""

    def priorities_of(self, plan: str) -> frozenset[int]:
        """Return the numbers of a plan's priorities."""

    def recommendations_of(self, audit: str) -> tuple[RecommendationFacts, ...]:
        """Return the recommendations that came from an audit."""

    def files_on(self, ref: str) -> Mapping[str, str]:
        """Return the files that are evidence of an item and count: by SHA-256, their references."""

    def stream_of_entry(self, entry: int) -> str | None:
        """Return the stream to which an entry of the log belongs, or None if there is none."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The day, the calendar, who asks, what else is known, and which clocks there are."""

    today: dt.date
    actor: str
    calendar: WorkingDays
    known: Known
    clocks: tuple[Clock, ...] = STANDARD_CLOCKS

    def require(self, ref: str, *, field: str) -> str:
        """Return the standing of a stream. Raises `NotFound` if there is none."""
        standing = self.known.standing(ref)
        if standing is None:
            raise NotFound(ref, field=field)
        return standing

    def require_current(self, ref: str, *, field: str) -> None:
        """Check a directory entry or plan. Raises `NotFound`, or `Ended` if it has ended."""
        if self.require(ref, field=field) in {"ended", "closed"}:
            raise Ended(ref, field=field)

    def acts_in_any(self, roles: tuple[str, ...]) -> bool:
        """Tell whether who asks holds, or covers, any of the roles today."""
        held = {role.ref for role in self.known.roles_of(self.actor, self.today)}
        return not held.isdisjoint(roles)
