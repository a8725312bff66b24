"""What decisions need to know of a role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TypeAlias

from events.directory import (
    CoverArranged,
    CoverEnded,
    HolderAppointed,
    HolderStoodDown,
    Office,
    RoleAliasAdded,
    RoleAliasRemoved,
    RoleCreated,
    RoleOfficeChanged,
    RolePlaced,
    RoleRetired,
    RoleRetitled,
)
from workflow.circumstances import Tenure
from workflow.directory_standing import Standing
from workflow.role_tenures import after_standing_down, came_to_be

RoleEvent: TypeAlias = (
    RoleCreated
    | RoleRetitled
    | RoleOfficeChanged
    | RolePlaced
    | RoleAliasAdded
    | RoleAliasRemoved
    | HolderAppointed
    | HolderStoodDown
    | CoverArranged
    | CoverEnded
    | RoleRetired
)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another spelling of a role's title, numbered within the role."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody standing in for the holder, numbered within the role."""

    number: int
    time: Tenure


@dataclass(frozen=True, slots=True)
class RoleState:
    """A role; its standing is None before it was created.

    Numbers of aliases and covers that are gone are never given again.
    """

    ref: str
    standing: Standing | None = None
    title: str = ""
    office: Office = Office.LEAD
    agency: str | None = None
    subgroup: str | None = None
    aliases: tuple[Alias, ...] = ()
    last_alias: int = 0
    tenures: tuple[Tenure, ...] = ()
    covers: tuple[Cover, ...] = ()
    last_cover: int = 0

    def is_for(self, person: str, day: dt.date) -> bool:
        """Tell whether somebody holds or covers the role on a day, or is to do so later."""
        times = (*self.tenures, *(cover.time for cover in self.covers))
        return any(
            time.person == person and (time.last_day_on is None or day <= time.last_day_on)
            for time in times
        )

    def held_by_on(self, day: dt.date) -> frozenset[str]:
        """Return the people who hold or cover the role on a day."""
        times = (*self.tenures, *(cover.time for cover in self.covers))
        return frozenset(time.person for time in times if time.holds_on(day))


def evolve(state: RoleState, event: RoleEvent, actor: str) -> RoleState:
    """Return the role after one more event."""
    del actor
    match event:
        case RoleCreated():
            return _created(state, event)
        case RoleRetitled():
            return replace(state, title=event.title)
        case RoleOfficeChanged():
            return replace(state, office=event.office)
        case RolePlaced():
            return replace(state, agency=event.agency, subgroup=event.subgroup)
        case RoleAliasAdded():
            alias = Alias(event.number, event.alias)
            return replace(state, aliases=(*state.aliases, alias), last_alias=event.number)
        case RoleAliasRemoved():
            kept = tuple(alias for alias in state.aliases if alias.number != event.number)
            return replace(state, aliases=kept)
        case HolderAppointed():
            tenure = Tenure(event.person, event.from_on, event.last_day_on)
            return replace(state, tenures=(*state.tenures, tenure))
        case HolderStoodDown():
            tenures = after_standing_down(state.tenures, event.person, event.last_day_on)
            return replace(state, tenures=tenures)
        case CoverArranged():
            time = Tenure(event.person, event.from_on, event.last_day_on)
            covers = (*state.covers, Cover(event.number, time))
            return replace(state, covers=covers, last_cover=event.number)
        case CoverEnded():
            return replace(state, covers=_after_cover_ended(state.covers, event))
        case RoleRetired():
            return replace(state, standing=Standing.ENDED)


def _created(state: RoleState, event: RoleCreated) -> RoleState:
    return replace(
        state,
        standing=Standing.CURRENT,
        title=event.title,
        office=event.office,
        agency=event.agency,
        subgroup=event.subgroup,
    )


def _after_cover_ended(covers: tuple[Cover, ...], event: CoverEnded) -> tuple[Cover, ...]:
    settled = (
        Cover(cover.number, replace(cover.time, last_day_on=event.last_day_on))
        if cover.number == event.number
        else cover
        for cover in covers
    )
    return tuple(cover for cover in settled if came_to_be(cover.time))
