"""The example entries of the directory, typical of a partnership; none is a real person."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from events.directory import AgencyKind, Office

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AgencyEntry(_Entry):
    """An agency, with its sector."""

    name: Words
    kind: AgencyKind = AgencyKind.OTHER


class SubgroupEntry(_Entry):
    """A subgroup, with the title of the role that chairs it."""

    name: Words
    chair: Words | None = None


class PersonEntry(_Entry):
    """A person, with their address and the name of their agency."""

    name: Words
    email: Words
    agency: Words | None = None


class RoleEntry(_Entry):
    """A role, with the address of the person who holds it from the first day on."""

    title: Words
    office: Office = Office.LEAD
    aliases: tuple[Words, ...] = ()
    subgroup: Words | None = None
    agency: Words | None = None
    holder: Words | None = None


EXAMPLE_AGENCIES = (
    AgencyEntry(name="Example Council", kind=AgencyKind.COUNCIL),
    AgencyEntry(name="Example Police", kind=AgencyKind.POLICE),
    AgencyEntry(name="Example Integrated Care Board", kind=AgencyKind.HEALTH),
)

EXAMPLE_SUBGROUPS = (
    SubgroupEntry(
        name="Audit and Performance Subgroup", chair="Chair of Audit and Performance Subgroup"
    ),
    SubgroupEntry(name="Implementation Subgroup", chair="Chair of Implementation Subgroup"),
    SubgroupEntry(name="Exploitation Subgroup", chair="Chair of Exploitation Subgroup"),
    SubgroupEntry(
        name="Safeguarding Practice Review Subgroup",
        chair="Chair of Safeguarding Practice Review Subgroup",
    ),
)

EXAMPLE_PEOPLE = (
    PersonEntry(
        name="Example Business Manager",
        email="business.manager@example.org",
        agency="Example Council",
    ),
    PersonEntry(
        name="Example Audit Chair", email="audit.chair@example.org", agency="Example Council"
    ),
    PersonEntry(
        name="Example Implementation Chair",
        email="implementation.chair@example.org",
        agency="Example Integrated Care Board",
    ),
    PersonEntry(
        name="Example Exploitation Chair",
        email="exploitation.chair@example.org",
        agency="Example Police",
    ),
    PersonEntry(
        name="Example Review Chair",
        email="review.chair@example.org",
        agency="Example Integrated Care Board",
    ),
    PersonEntry(
        name="Example Delegated Partner",
        email="delegated.partner@example.org",
        agency="Example Police",
    ),
    PersonEntry(
        name="Example Lead Partner", email="lead.partner@example.org", agency="Example Council"
    ),
    PersonEntry(name="Example Scrutineer", email="scrutineer@example.org"),
)

EXAMPLE_ROLES = (
    RoleEntry(
        title="Business Manager",
        office=Office.BUSINESS_MANAGER,
        agency="Example Council",
        holder="business.manager@example.org",
    ),
    RoleEntry(
        title="Chair of Audit and Performance Subgroup",
        office=Office.SUBGROUP_CHAIR,
        subgroup="Audit and Performance Subgroup",
        holder="audit.chair@example.org",
    ),
    RoleEntry(
        title="Chair of Implementation Subgroup",
        office=Office.SUBGROUP_CHAIR,
        subgroup="Implementation Subgroup",
        holder="implementation.chair@example.org",
    ),
    RoleEntry(
        title="Chair of Exploitation Subgroup",
        office=Office.SUBGROUP_CHAIR,
        subgroup="Exploitation Subgroup",
        holder="exploitation.chair@example.org",
    ),
    RoleEntry(
        title="Chair of Safeguarding Practice Review Subgroup",
        office=Office.SUBGROUP_CHAIR,
        subgroup="Safeguarding Practice Review Subgroup",
        holder="review.chair@example.org",
    ),
    RoleEntry(
        title="Delegated Safeguarding Partners",
        office=Office.DELEGATED_PARTNER,
        holder="delegated.partner@example.org",
    ),
    RoleEntry(
        title="Lead Safeguarding Partners",
        office=Office.EXECUTIVE,
        holder="lead.partner@example.org",
    ),
    RoleEntry(
        title="Independent Scrutineer",
        office=Office.SCRUTINEER,
        holder="scrutineer@example.org",
    ),
)
