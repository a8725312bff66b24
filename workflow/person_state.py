"""What decisions need to know of a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TypeAlias

from events.directory import (
    AccessGranted,
    AccessRevoked,
    Digest,
    DigestSwitchedOff,
    DigestSwitchedOn,
    PersonAgencyChanged,
    PersonEmailChanged,
    PersonLeft,
    PersonRegistered,
    PersonRenamed,
)
from workflow.circumstances import Grant

PersonEvent: TypeAlias = (
    PersonRegistered
    | PersonRenamed
    | PersonEmailChanged
    | PersonAgencyChanged
    | PersonLeft
    | AccessGranted
    | AccessRevoked
    | DigestSwitchedOff
    | DigestSwitchedOn
)


@dataclass(frozen=True, slots=True)
class PersonState:
    """Somebody in the directory; `registered` is None before they entered it.

    `digests_off`: those that they get no more.
    """

    ref: str
    registered: bool | None = None
    name: str = ""
    email: str | None = None
    agency: str | None = None
    last_day_on: dt.date | None = None
    grants: frozenset[Grant] = frozenset()
    digests_off: frozenset[Digest] = frozenset()

    def has_left_by(self, day: dt.date) -> bool:
        """Tell whether their last day lies before a day."""
        return self.last_day_on is not None and self.last_day_on < day


def evolve(state: PersonState, event: PersonEvent, actor: str) -> PersonState:
    """Return the person's entry after one more event."""
    del actor
    match event:
        case PersonRegistered():
            return replace(
                state, registered=True, name=event.name, email=event.email, agency=event.agency
            )
        case PersonRenamed():
            return replace(state, name=event.name)
        case PersonEmailChanged():
            return replace(state, email=event.email)
        case PersonAgencyChanged():
            return replace(state, agency=event.agency)
        case PersonLeft():
            return replace(state, last_day_on=event.last_day_on)
        case AccessGranted():
            return replace(state, grants=state.grants | {_grant(event)})
        case AccessRevoked():
            return replace(state, grants=state.grants - {_grant(event)})
        case DigestSwitchedOff():
            return replace(state, digests_off=state.digests_off | {event.digest})
        case DigestSwitchedOn():
            return replace(state, digests_off=state.digests_off - {event.digest})


def _grant(event: AccessGranted | AccessRevoked) -> Grant:
    return Grant(event.access, event.subgroup, event.agency)
