"""Sentences about people, agencies, subgroups and roles."""

from __future__ import annotations

from events.directory import (
    AccessGranted,
    AccessRevoked,
    AgencyClosed,
    AgencyRegistered,
    AgencyRenamed,
    CoverArranged,
    CoverEnded,
    DigestSwitchedOff,
    DigestSwitchedOn,
    HolderAppointed,
    HolderStoodDown,
    PersonAgencyChanged,
    PersonEmailChanged,
    PersonLeft,
    PersonRegistered,
    PersonRenamed,
    RoleAliasAdded,
    RoleAliasRemoved,
    RoleCreated,
    RoleOfficeChanged,
    RolePlaced,
    RoleRetired,
    RoleRetitled,
    SubgroupChairRoleSet,
    SubgroupDissolved,
    SubgroupFormed,
    SubgroupRenamed,
)
from projections.sentence_parts import day, listed, spoken
from workflow.agency_state import AgencyEvent
from workflow.person_state import PersonEvent
from workflow.role_state import RoleEvent
from workflow.subgroup_state import SubgroupEvent


def person_sentence(event: PersonEvent, ref: str) -> str:
    """Return what an event about a person says."""
    match event:
        case PersonRegistered():
            return f"entered {ref} into the directory{_of(event.agency)}"
        case PersonRenamed():
            return f"changed the name of {ref}"
        case PersonEmailChanged():
            changed = "changed" if event.email else "took out"
            return f"{changed} the email address of {ref}"
        case PersonAgencyChanged():
            moved = f"to {event.agency}" if event.agency else "out of their agency"
            return f"moved {ref} {moved}"
        case PersonLeft():
            return f"recorded that {ref} leaves, with {day(event.last_day_on)} as the last day"
        case AccessGranted():
            return f"gave {ref} the access of {_access(event)}"
        case AccessRevoked():
            return f"took from {ref} the access of {_access(event)}"
        case DigestSwitchedOff():
            return f"switched off the {event.digest} digest of {ref}"
        case DigestSwitchedOn():
            return f"switched on the {event.digest} digest of {ref}"


def agency_sentence(event: AgencyEvent, ref: str) -> str:
    """Return what an event about an agency says."""
    match event:
        case AgencyRegistered():
            return f"entered {ref} into the directory as an agency (sector: {spoken(event.kind)})"
        case AgencyRenamed():
            return f"changed the name of {ref}"
        case AgencyClosed():
            return f"recorded that {ref} ceased to be, or left the partnership"


def subgroup_sentence(event: SubgroupEvent, ref: str) -> str:
    """Return what an event about a subgroup says."""
    match event:
        case SubgroupFormed():
            chaired = f", chaired by {event.chair_role}" if event.chair_role else ""
            return f"set up {ref}{chaired}"
        case SubgroupRenamed():
            return f"changed the name of {ref}"
        case SubgroupChairRoleSet():
            return f"let {event.chair_role} chair {ref}"
        case SubgroupDissolved():
            return f"wound up {ref}"


def role_sentence(event: RoleEvent, ref: str) -> str:
    """Return what an event about a role says."""
    match event:
        case RoleCreated():
            place = listed(part for part in (event.agency, event.subgroup) if part)
            placed = f", in {place}" if event.agency or event.subgroup else ""
            return f"set up {ref} (office: {spoken(event.office)}){placed}"
        case RoleRetitled():
            return f"changed the title of {ref}"
        case RoleOfficeChanged():
            return f"gave {ref} the office of {spoken(event.office)}"
        case RolePlaced():
            place = listed(part for part in (event.agency, event.subgroup) if part)
            placed = place if event.agency or event.subgroup else "no agency or subgroup"
            return f"placed {ref} in {placed}"
        case RoleAliasAdded():
            return f"recognised another spelling of {ref} (number {event.number})"
        case RoleAliasRemoved():
            return f"took spelling {event.number} away from {ref}"
        case HolderAppointed():
            until = f" until {day(event.last_day_on)}" if event.last_day_on else ""
            return f"appointed {event.person} to {ref} from {day(event.from_on)}{until}"
        case HolderStoodDown():
            return f"settled {day(event.last_day_on)} as the last day of {event.person} as {ref}"
        case CoverArranged():
            days = f"from {day(event.from_on)} until {day(event.last_day_on)}"
            return f"let {event.person} cover {ref} {days} (cover {event.number})"
        case CoverEnded():
            return f"ended cover {event.number} of {ref} with {day(event.last_day_on)}"
        case RoleRetired():
            return f"recorded that {ref} ceased to be"


def _of(agency: str | None) -> str:
    return f", of {agency}" if agency else ""


def _access(event: AccessGranted | AccessRevoked) -> str:
    over = event.subgroup or event.agency
    scope = f", over {over} only" if over else ""
    return f"{spoken(event.access)}{scope}"
