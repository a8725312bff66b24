"""Directories to plan with, made without a database."""

from __future__ import annotations

import datetime as dt

from events.directory import Office
from notifications.directory import Directory, Person, Role, Subgroup
from notifications.rules import Occasion
from notifications.subject import Audience, Subject
from workflow.circumstances import Tenure
from workflow.working_days import england

CALENDAR = england()
LONG_AGO = dt.date(2000, 1, 1)


def person(number: int, *, address: str | None = "given", left: dt.date | None = None) -> Person:
    """Make somebody, with an address unless told otherwise."""
    written = f"person{number}@example.org" if address == "given" else address
    return Person(f"person-{number}", f"Person {number}", written, left)


def role(
    number: int,
    *holders: str,
    office: Office = Office.LEAD,
    subgroup: str | None = None,
    agency: str | None = None,
    covers: tuple[Tenure, ...] = (),
) -> Role:
    """Make a role that some people have held since long ago."""
    tenures = tuple(Tenure(holder, LONG_AGO) for holder in holders)
    title = f"Role {number}"
    return Role(f"role-{number}", title, office, agency, subgroup, True, tenures, covers)  # noqa: FBT003


def directory(
    people: list[Person], roles: list[Role], subgroups: tuple[Subgroup, ...] = ()
) -> Directory:
    """Make a directory."""
    return Directory(
        {one.ref: one for one in people},
        {one.ref: one for one in roles},
        {one.ref: one for one in subgroups},
        {"agency-1": "The council", "agency-2": "The police"},
    )


def office_holders() -> Directory:
    """Make a directory with a lead, a chair, a manager, a partner, an executive, a scrutineer."""
    offices = list(Office)
    return directory(
        [person(number) for number in range(1, len(offices) + 1)],
        [
            role(
                number,
                f"person-{number}",
                office=office,
                subgroup="subgroup-1" if number <= 2 else None,
            )
            for number, office in enumerate(offices, start=1)
        ],
        (Subgroup("subgroup-1", "Practice"),),
    )


LEAD, CHAIR, MANAGER, PARTNER, EXECUTIVE, SCRUTINEER = (f"person-{n}" for n in range(1, 7))


def subject(
    item: str = "action-1",
    target_on: dt.date = dt.date(2024, 12, 31),
    *,
    lead_roles: tuple[str, ...] = ("role-1",),
    occasion: Occasion = Occasion.TARGET,
) -> Subject:
    """Make something to remind of."""
    return Subject(item, target_on, occasion, Audience(lead_roles))
