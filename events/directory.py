"""Facts about people, agencies, subgroups and the roles that people hold for a time."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from events.catalogue import Event, Text, event_type
from events.refs import AgencyRef, PersonRef, RoleRef, SubgroupRef

Number = Annotated[int, Field(ge=1)]


class Office(StrEnum):
    """What a role is to the partnership: it decides who is told when something slips."""

    LEAD = "lead"
    SUBGROUP_CHAIR = "subgroup_chair"
    BUSINESS_MANAGER = "business_manager"
    DELEGATED_PARTNER = "delegated_partner"
    EXECUTIVE = "executive"
    SCRUTINEER = "scrutineer"


class Access(StrEnum):
    """A permission that is granted to a person by name, besides what their roles give."""

    BUSINESS_MANAGER = "business_manager"
    DELEGATED_PARTNER = "delegated_partner"
    EXECUTIVE = "executive"
    SCRUTINEER = "scrutineer"
    CHAIR = "chair"
    LEAD = "lead"
    READER = "reader"


class Digest(StrEnum):
    """An overview that people get from time to time, and need not get."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class AgencyKind(StrEnum):
    """The sector of an agency."""

    COUNCIL = "council"
    POLICE = "police"
    HEALTH = "health"
    EDUCATION = "education"
    PROBATION = "probation"
    VOLUNTARY = "voluntary"
    OTHER = "other"


@event_type("person.registered")
class PersonRegistered(Event):
    """Somebody entered the directory."""

    name: Text
    email: Text | None = None
    agency: AgencyRef | None = None


@event_type("person.renamed")
class PersonRenamed(Event):
    """Somebody's name changed, or was misspelt."""

    name: Text


@event_type("person.email_changed")
class PersonEmailChanged(Event):
    """Somebody's address changed; None means that none is known."""

    email: Text | None = None


@event_type("person.agency_changed")
class PersonAgencyChanged(Event):
    """Somebody moved to another agency."""

    agency: AgencyRef | None = None


@event_type("person.left", own_day="last_day_on")
class PersonLeft(Event):
    """Somebody left the partnership; their tenures end with them."""

    last_day_on: dt.date
    reason: Text | None = None


@event_type("person.access_granted")
class AccessGranted(Event):
    """Somebody was given a permission, over everything or over one subgroup or agency."""

    access: Access
    subgroup: SubgroupRef | None = None
    agency: AgencyRef | None = None


@event_type("person.access_revoked")
class AccessRevoked(Event):
    """A permission that somebody was given was taken back."""

    access: Access
    subgroup: SubgroupRef | None = None
    agency: AgencyRef | None = None


@event_type("person.digest_switched_off")
class DigestSwitchedOff(Event):
    """Somebody gets a digest no more; what is due from them, they are told all the same."""

    digest: Digest


@event_type("person.digest_switched_on")
class DigestSwitchedOn(Event):
    """Somebody gets a digest again that was switched off."""

    digest: Digest


@event_type("agency.registered")
class AgencyRegistered(Event):
    """An agency entered the directory."""

    name: Text
    kind: AgencyKind = AgencyKind.OTHER


@event_type("agency.renamed")
class AgencyRenamed(Event):
    """An agency's name changed."""

    name: Text


@event_type("agency.closed")
class AgencyClosed(Event):
    """An agency ceased to be, or left the partnership."""

    reason: Text


@event_type("subgroup.formed")
class SubgroupFormed(Event):
    """A subgroup was set up."""

    name: Text
    chair_role: RoleRef | None = None


@event_type("subgroup.renamed")
class SubgroupRenamed(Event):
    """A subgroup's name changed."""

    name: Text


@event_type("subgroup.chair_role_set")
class SubgroupChairRoleSet(Event):
    """It was settled which role chairs the subgroup."""

    chair_role: RoleRef


@event_type("subgroup.dissolved")
class SubgroupDissolved(Event):
    """A subgroup was wound up."""

    reason: Text


@event_type("role.created")
class RoleCreated(Event):
    """A role was set up; people hold it for a time."""

    title: Text
    office: Office = Office.LEAD
    agency: AgencyRef | None = None
    subgroup: SubgroupRef | None = None


@event_type("role.retitled")
class RoleRetitled(Event):
    """A role's title changed."""

    title: Text


@event_type("role.office_changed")
class RoleOfficeChanged(Event):
    """It was settled anew what the role is to the partnership."""

    office: Office


@event_type("role.placed")
class RolePlaced(Event):
    """It was settled to which agency or subgroup the role belongs."""

    agency: AgencyRef | None = None
    subgroup: SubgroupRef | None = None


@event_type("role.alias_added")
class RoleAliasAdded(Event):
    """Another spelling of the role's title was recognised."""

    number: Number
    alias: Text


@event_type("role.alias_removed")
class RoleAliasRemoved(Event):
    """A spelling was found not to mean this role."""

    number: Number


@event_type("role.holder_appointed", own_day="from_on")
class HolderAppointed(Event):
    """Somebody holds the role from a day on, until a last day where one is known."""

    person: PersonRef
    from_on: dt.date
    last_day_on: dt.date | None = None


@event_type("role.holder_stood_down", own_day="last_day_on")
class HolderStoodDown(Event):
    """A holder's last day in the role was settled."""

    person: PersonRef
    last_day_on: dt.date
    reason: Text | None = None


@event_type("role.cover_arranged", own_day="from_on")
class CoverArranged(Event):
    """Somebody stands in for the role's holder, both days included."""

    number: Number
    person: PersonRef
    from_on: dt.date
    last_day_on: dt.date
    reason: Text | None = None


@event_type("role.cover_ended", own_day="last_day_on")
class CoverEnded(Event):
    """A cover ended earlier than arranged; its last day is given."""

    number: Number
    last_day_on: dt.date


@event_type("role.retired")
class RoleRetired(Event):
    """A role ceased to be; nobody can be appointed to it any more."""

    reason: Text
