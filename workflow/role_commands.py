"""Commands about roles: what they are called, where they belong, and who holds them when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator, Field

from events.directory import Office
from events.refs import AgencyRef, PersonRef, RoleRef, SubgroupRef
from workflow.command import Command, Words, command
from workflow.directory_names import Name
from workflow.given_values import Number, Switch, day_as_written

TheRole = Annotated[RoleRef, Field(description="The role, such as RO4.")]

EARLIEST_DAY: Final = dt.date(1950, 1, 1)
LATEST_DAY: Final = dt.date(2100, 12, 31)

DayHeld = Annotated[
    dt.date,
    Field(ge=EARLIEST_DAY, le=LATEST_DAY),
    BeforeValidator(day_as_written),
]
"""A day on which somebody can hold a role; the bounds catch a year that was mistyped."""


@command("role", "create", opens=True)
class CreateRole(Command):
    """Set up a role, which people then hold for a time."""

    title: Annotated[Name, Field(description="The role's title.")]
    office: Annotated[Office, Field(description="What the role is to the partnership.")] = (
        Office.LEAD
    )
    agency: Annotated[AgencyRef | None, Field(description="The agency it belongs to.")] = None
    subgroup: Annotated[SubgroupRef | None, Field(description="The subgroup it sits on.")] = None


@command("role", "retitle")
class RetitleRole(Command):
    """Give a role another title; the old one goes on being recognised."""

    role: TheRole
    title: Annotated[Name, Field(description="The new title.")]
    keep_old_title: Annotated[
        Switch, Field(description="Go on recognising the old title when documents use it.")
    ] = True


@command("role", "change-office")
class ChangeOffice(Command):
    """Settle anew what a role is to the partnership."""

    role: TheRole
    office: Annotated[Office, Field(description="What the role is to the partnership.")]


@command("role", "place")
class PlaceRole(Command):
    """Settle to which agency and subgroup a role belongs; one left out means to none."""

    role: TheRole
    agency: Annotated[AgencyRef | None, Field(description="The agency it belongs to.")] = None
    subgroup: Annotated[SubgroupRef | None, Field(description="The subgroup it sits on.")] = None


@command("role", "add-alias")
class AddAlias(Command):
    """Recognise another spelling of a role's title."""

    role: TheRole
    alias: Annotated[Name, Field(description="The spelling, as documents use it.")]


@command("role", "remove-alias")
class RemoveAlias(Command):
    """Stop recognising a spelling that does not mean this role."""

    role: TheRole
    number: Annotated[Number, Field(description="The spelling's number within the role.")]


@command("role", "appoint")
class AppointHolder(Command):
    """Appoint somebody to a role, from a day on."""

    role: TheRole
    person: Annotated[PersonRef, Field(description="Who holds it.")]
    from_on: Annotated[DayHeld, Field(description="The first day.")]
    last_day_on: Annotated[
        DayHeld | None, Field(description="The last day, included; leave out if none is known.")
    ] = None


@command("role", "stand-down")
class StandDownHolder(Command):
    """Settle a holder's last day in a role."""

    role: TheRole
    person: Annotated[PersonRef, Field(description="Who stands down.")]
    last_day_on: Annotated[
        DayHeld,
        Field(description="The last day, included. The day before the first: never took it up."),
    ]
    reason: Annotated[Words | None, Field(description="Why.")] = None


@command("role", "arrange-cover")
class ArrangeCover(Command):
    """Let somebody stand in for a role's holder for a time, both days included."""

    role: TheRole
    person: Annotated[PersonRef, Field(description="Who stands in.")]
    from_on: Annotated[DayHeld, Field(description="The first day.")]
    last_day_on: Annotated[DayHeld, Field(description="The last day, included.")]
    reason: Annotated[Words | None, Field(description="Why; nothing private.")] = None


@command("role", "end-cover")
class EndCover(Command):
    """End a cover earlier than arranged."""

    role: TheRole
    number: Annotated[Number, Field(description="The cover's number within the role.")]
    last_day_on: Annotated[
        DayHeld,
        Field(description="The last day, included. The day before the first: not needed at all."),
    ]


@command("role", "retire")
class RetireRole(Command):
    """Retire a role; whoever holds or covers it stops today."""

    role: TheRole
    reason: Annotated[Words, Field(description="Why, and which role takes its place.")]


RoleCommand: TypeAlias = (
    CreateRole
    | RetitleRole
    | ChangeOffice
    | PlaceRole
    | AddAlias
    | RemoveAlias
    | AppointHolder
    | StandDownHolder
    | ArrangeCover
    | EndCover
    | RetireRole
)
