"""Whether somebody may give a command on an item; what the table does not allow is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from events.directory import Access, Office
from events.refs import quoted
from workflow.circumstances import SYSTEM, Circumstances, Grant, Known, RoleFacts
from workflow.command import Command
from workflow.permission_table import (
    AGREEING_TO_ERASE,
    ERASING,
    OPENING_WITHDRAWN,
    READING,
    TABLE,
    TELLING_ANEW,
    Capacity,
    Row,
    Scope,
)
from workflow.refusals import NotAllowed

FIRST_PERSON: Final = "person-1"
"""Whom the software registers when a record is set up, and makes its business manager."""

_OF_OFFICE: Final = {
    Office.SUBGROUP_CHAIR: Capacity.CHAIR,
    Office.BUSINESS_MANAGER: Capacity.BUSINESS_MANAGER,
    Office.DELEGATED_PARTNER: Capacity.DELEGATED_PARTNER,
    Office.EXECUTIVE: Capacity.EXECUTIVE,
}
_OF_ACCESS: Final = {
    Access.LEAD: Capacity.LEAD,
    Access.CHAIR: Capacity.CHAIR,
    Access.BUSINESS_MANAGER: Capacity.BUSINESS_MANAGER,
    Access.DELEGATED_PARTNER: Capacity.DELEGATED_PARTNER,
    Access.EXECUTIVE: Capacity.EXECUTIVE,
    Access.SCRUTINEER: Capacity.SCRUTINEER,
    Access.READER: Capacity.READER,
}
_WHO: Final = {
    Capacity.ONESELF: "the person themselves",
    Capacity.LEAD: "whoever leads it",
    Capacity.CHAIR: "the chair of its subgroup",
    Capacity.BUSINESS_MANAGER: "a business manager",
    Capacity.DELEGATED_PARTNER: "a delegated partner",
    Capacity.EXECUTIVE: "the executive",
    Capacity.SCRUTINEER: "the scrutineer",
    Capacity.READER: "a reader",
}


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """Whose item it is that a command changes: its lead roles, subgroups and agencies.

    For a command that begins something, whose it is going to be. All empty for what belongs to
    the whole partnership. `person` is whose entry of the directory it is.
    """

    lead_roles: frozenset[str] = frozenset()
    subgroups: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    person: str | None = None


def subject_of(
    known: Known,
    *,
    lead_roles: Iterable[str] = (),
    subgroups: Iterable[str | None] = (),
    agencies: Iterable[str | None] = (),
) -> SubjectFacts:
    """Return whose item it is that some roles lead: theirs, their subgroups' and agencies'.

    `subgroups` and `agencies` are those that the item names itself; None among them is left out.
    """
    leads = frozenset(lead_roles)
    roles = [role for role in map(known.role, leads) if role is not None]
    return SubjectFacts(
        leads,
        _named((*subgroups, *(role.subgroup for role in roles))),
        _named((*agencies, *(role.agency for role in roles))),
    )


def require_permission(
    command: Command, subject: SubjectFacts, circumstances: Circumstances
) -> None:
    """Check that who asks may give the command on the item. Raises `NotAllowed`, saying who may."""
    if may(type(command), subject, circumstances):
        return
    about = "" if command.subject is None else f" on {quoted(command.subject)}"
    what = f"give the command '{command.category} {command.verb}'{about}"
    row = TABLE.get((command.category, command.verb), {})
    raise NotAllowed(_described(circumstances.actor), what, _who_may(row))


def may(command: type[Command], subject: SubjectFacts, circumstances: Circumstances) -> bool:
    """Tell whether who asks may give such a command on the item."""
    row = TABLE.get((command.category, command.verb), {})
    if circumstances.actor == SYSTEM:
        first = row.get(Capacity.SYSTEM) is Scope.FIRST
        return first and _is_first(command, circumstances.known)
    return _allows(row, subject, circumstances)


def may_read(subject: SubjectFacts, circumstances: Circumstances) -> bool:
    """Tell whether who asks may read the item."""
    return _allows(READING, subject, circumstances)


def may_open_withdrawn(circumstances: Circumstances) -> bool:
    """Tell whether who asks may open files that were taken back."""
    return _allows(OPENING_WITHDRAWN, SubjectFacts(), circumstances)


def require_may_erase(circumstances: Circumstances, second_person: str | None) -> None:
    """Check who has texts erased, and who agreed to it. Raises `NotAllowed`, saying who may."""
    if not _allows(ERASING, SubjectFacts(), circumstances):
        who = _described(circumstances.actor)
        raise NotAllowed(who, "erase what is recorded", _who_may(ERASING))
    if second_person is None:
        return
    if not may_agree_to_erase(replace(circumstances, actor=second_person)):
        who = _described(second_person)
        raise NotAllowed(who, "agree to an erasure", _who_may(AGREEING_TO_ERASE))


def may_agree_to_erase(circumstances: Circumstances) -> bool:
    """Tell whether who asks may be the second person that an erasure needs."""
    return _allows(AGREEING_TO_ERASE, SubjectFacts(), circumstances)


def require_may_tell_anew(circumstances: Circumstances) -> None:
    """Check who lets an email be told anew that may have arrived. Raises `NotAllowed`."""
    if not _allows(TELLING_ANEW, SubjectFacts(), circumstances):
        who = _described(circumstances.actor)
        raise NotAllowed(who, "have an email told anew", _who_may(TELLING_ANEW))


def _allows(row: Row, subject: SubjectFacts, circumstances: Circumstances) -> bool:
    # Whoever left may do nothing, whatever roles or permissions were forgotten to end.
    if circumstances.known.standing(circumstances.actor) != "current":
        return False
    if Capacity.ONESELF in row and circumstances.actor == subject.person:
        return True
    return any(
        _grant_reaches(grant, row, subject)
        for grant in circumstances.known.grants_of(circumstances.actor)
    ) or _roles_reach(row, subject, circumstances)


def _is_first(command: type[Command], known: Known) -> bool:
    # The software makes the first entry, then gives the first permission; from then on people act.
    begun = known.standing(FIRST_PERSON) is not None
    alone = known.standing("person-2") is None and not known.grants_of(FIRST_PERSON)
    return alone and begun is not command.opens


def _grant_reaches(grant: Grant, row: Row, subject: SubjectFacts) -> bool:
    scope = row.get(_OF_ACCESS[grant.access])
    if scope is None:
        return False
    if grant.subgroup is None and grant.agency is None:
        return True
    if scope is Scope.WHOLE:
        return False
    return grant.subgroup in subject.subgroups or grant.agency in subject.agencies


def _roles_reach(row: Row, subject: SubjectFacts, circumstances: Circumstances) -> bool:
    roles = circumstances.known.roles_of(circumstances.actor, circumstances.today)
    return any(
        _reaches(row.get(capacity), role, subject, circumstances.known)
        for role in roles
        for capacity in _capacities(role, subject, circumstances.known)
    )


def _capacities(role: RoleFacts, subject: SubjectFacts, known: Known) -> Iterator[Capacity]:
    # A scrutineer changes nothing: that office does not come with what it would lead or chair.
    if role.office is Office.SCRUTINEER:
        yield Capacity.SCRUTINEER
        return
    yield Capacity.LEAD
    if role.office in _OF_OFFICE:
        yield _OF_OFFICE[role.office]
    if _chaired(role, subject, known):
        yield Capacity.CHAIR


def _reaches(scope: Scope | None, role: RoleFacts, subject: SubjectFacts, known: Known) -> bool:
    match scope:
        case None | Scope.FIRST:
            return False
        case Scope.OWN:
            return role.ref in subject.lead_roles
        case Scope.SUBGROUP:
            return role.subgroup in subject.subgroups or bool(_chaired(role, subject, known))
        case Scope.AGENCY:
            return role.agency in subject.agencies
        case Scope.ALL | Scope.WHOLE:
            return True


def _chaired(role: RoleFacts, subject: SubjectFacts, known: Known) -> frozenset[str]:
    return frozenset(
        subgroup for subgroup in subject.subgroups if known.chair_role_of(subgroup) == role.ref
    )


def _named(refs: Iterable[str | None]) -> frozenset[str]:
    return frozenset(ref for ref in refs if ref is not None)


def _described(actor: str) -> str:
    return "The software itself" if actor == SYSTEM else quoted(actor)


def _who_may(row: Row) -> str:
    people = [words for capacity, words in _WHO.items() if capacity in row]
    if not people:
        return "nobody"
    *others, last = people
    return f"{', '.join(others)} or {last}" if others else last
