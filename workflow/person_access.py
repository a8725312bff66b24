"""Decisions about permissions that people are given by name."""

from __future__ import annotations

from events.directory import Access, AccessGranted, AccessRevoked, Office
from events.refs import quoted
from workflow.circumstances import SYSTEM, Circumstances, Grant
from workflow.civil_dates import format_date
from workflow.directory_standing import require_begun
from workflow.last_manager import OVER_THE_WHOLE, require_manager_without_grant
from workflow.person_commands import GrantAccess, RevokeAccess
from workflow.person_state import PersonEvent, PersonState
from workflow.refusals import Incomplete, NotAllowed, NotNow

_CHANGES_NOTHING = frozenset({Access.SCRUTINEER, Access.READER})


def grant(
    command: GrantAccess, state: PersonState, circumstances: Circumstances
) -> list[PersonEvent]:
    """Give a permission. Nobody gives one to themselves."""
    require_present(state, "give them a permission", circumstances)
    if state.ref == circumstances.actor:
        who = quoted(circumstances.actor)
        raise NotAllowed(who, "give themselves a permission", "another business manager")
    _require_one_scope(command)
    if circumstances.actor == SYSTEM and _asked(command) != OVER_THE_WHOLE:
        what = "give any permission but that of the first business manager"
        raise NotAllowed("The software itself", what, "a business manager")
    if _asked(command) in state.grants:
        return []
    _require_scope_in_use(command, circumstances)
    _require_scrutiny_apart(command, state, circumstances)
    return [AccessGranted(access=command.access, subgroup=command.subgroup, agency=command.agency)]


def revoke(
    command: RevokeAccess, state: PersonState, circumstances: Circumstances
) -> list[PersonEvent]:
    """Take a permission back, exactly as it was given."""
    require_begun(state.ref, state.registered)
    if _asked(command) not in state.grants:
        given = ", ".join(sorted(_described(one) for one in state.grants)) or "none"
        message = (
            f"{quoted(state.ref)} was not given that permission by name, so it cannot be taken"
            f" back. Given by name: {given}. What comes with a role ends with the role."
        )
        raise Incomplete("access", message)
    if _asked(command) == OVER_THE_WHOLE:
        require_manager_without_grant(state.ref, circumstances)
    return [AccessRevoked(access=command.access, subgroup=command.subgroup, agency=command.agency)]


def require_present(state: PersonState, what: str, circumstances: Circumstances) -> None:
    """Check that somebody is in the directory and has not left. Raises `NotFound` or `NotNow`.

    `what` continues "so you cannot".
    """
    require_begun(state.ref, state.registered)
    if state.last_day_on is not None and state.has_left_by(circumstances.today):
        mend = "If they are back, move their last day, or register them again."
        left = f"gone since {format_date(state.last_day_on)}"
        raise NotNow(state.ref, what, left, mend)


def _asked(command: GrantAccess | RevokeAccess) -> Grant:
    return Grant(command.access, command.subgroup, command.agency)


def _require_one_scope(command: GrantAccess) -> None:
    if command.subgroup is not None and command.agency is not None:
        message = (
            "A permission reaches over one subgroup or over one agency, not both at once."
            " Give two permissions instead."
        )
        raise Incomplete("agency", message)
    if command.access is Access.CHAIR and command.subgroup is None:
        message = "A chair chairs a subgroup. Name it, or give the permission of another office."
        raise Incomplete("subgroup", message)


def _require_scrutiny_apart(
    command: GrantAccess, state: PersonState, circumstances: Circumstances
) -> None:
    # A scrutineer reads all and changes nothing, or their word on the record is worth less.
    roles = circumstances.known.roles_of(state.ref, circumstances.today)
    scrutinises = any(role.office is Office.SCRUTINEER for role in roles) or any(
        grant.access is Access.SCRUTINEER for grant in state.grants
    )
    changes = any(role.office is not Office.SCRUTINEER for role in roles) or any(
        grant.access not in _CHANGES_NOTHING for grant in state.grants
    )
    asks_for_scrutiny = command.access is Access.SCRUTINEER
    if (asks_for_scrutiny and changes) or (scrutinises and command.access not in _CHANGES_NOTHING):
        message = (
            f"{quoted(state.ref)} cannot both scrutinise the record and change it. Take back the"
            " other permission, or let their other role end first."
        )
        raise Incomplete("access", message)


def _require_scope_in_use(command: GrantAccess, circumstances: Circumstances) -> None:
    if command.subgroup is not None:
        circumstances.require_current(command.subgroup, field="subgroup")
    if command.agency is not None:
        circumstances.require_current(command.agency, field="agency")


def _described(one: Grant) -> str:
    over = one.subgroup or one.agency
    words = one.access.value.replace("_", " ")
    return f"{words} over {quoted(over)}" if over else words
