"""Decisions about roles: their titles and spellings, their office, and where they belong."""

from __future__ import annotations

from collections.abc import Sequence

from events.directory import (
    RoleAliasAdded,
    RoleAliasRemoved,
    RoleCreated,
    RoleOfficeChanged,
    RolePlaced,
    RoleRetitled,
)
from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.command import Decider
from workflow.directory_names import folded, tidy_name
from workflow.directory_standing import require_begun, require_standing
from workflow.last_manager import require_manager_after
from workflow.one_of_each import require_free_name
from workflow.refusals import Incomplete
from workflow.role_commands import (
    AddAlias,
    AppointHolder,
    ArrangeCover,
    ChangeOffice,
    CreateRole,
    EndCover,
    PlaceRole,
    RemoveAlias,
    RetireRole,
    RetitleRole,
    RoleCommand,
    StandDownHolder,
)
from workflow.role_holding import (
    appoint,
    arrange_cover,
    end_cover,
    require_not_lifting_oneself,
    retire,
    stand_down,
)
from workflow.role_state import Alias, RoleEvent, RoleState, evolve


def decide(
    command: RoleCommand, state: RoleState, circumstances: Circumstances
) -> Sequence[RoleEvent]:
    """Return what follows from a command about a role. Raises a `Refusal`."""
    match command:
        case CreateRole():
            return _create(command, circumstances)
        case RetitleRole():
            return _retitle(command, state, circumstances)
        case ChangeOffice():
            return _change_office(command, state, circumstances)
        case PlaceRole():
            return _place(command, state, circumstances)
        case AddAlias():
            return _add_alias(command, state, circumstances)
        case RemoveAlias():
            return _remove_alias(command, state)
        case AppointHolder():
            return appoint(command, state, circumstances)
        case StandDownHolder():
            return stand_down(command, state, circumstances)
        case ArrangeCover():
            return arrange_cover(command, state, circumstances)
        case EndCover():
            return end_cover(command, state, circumstances)
        case RetireRole():
            return retire(command, state, circumstances)


DECIDER = Decider("role", RoleState, decide, evolve)
"""How roles decide and evolve."""


def _create(command: CreateRole, circumstances: Circumstances) -> list[RoleEvent]:
    _require_place(command, circumstances)
    title = tidy_name("title", command.title)
    require_free_name("title", title, "role", circumstances)
    return [
        RoleCreated(
            title=title,
            office=command.office,
            agency=command.agency,
            subgroup=command.subgroup,
        )
    ]


def _retitle(
    command: RetitleRole, state: RoleState, circumstances: Circumstances
) -> list[RoleEvent]:
    _require_current(state, "retitle it")
    title = tidy_name("title", command.title)
    if title == state.title:
        return []
    require_free_name("title", title, state.ref, circumstances)
    same = [alias for alias in state.aliases if folded(alias.words) == folded(title)]
    events: list[RoleEvent] = [RoleAliasRemoved(number=alias.number) for alias in same]
    events.append(RoleRetitled(title=title))
    if command.keep_old_title and folded(title) != folded(state.title):
        events.append(RoleAliasAdded(number=state.last_alias + 1, alias=state.title))
    return events


def _change_office(
    command: ChangeOffice, state: RoleState, circumstances: Circumstances
) -> list[RoleEvent]:
    _require_current(state, "change its office")
    if command.office is state.office:
        return []
    if state.is_for(circumstances.actor, circumstances.today):
        require_not_lifting_oneself(command.office, circumstances.actor, state, circumstances)
    events: list[RoleEvent] = [RoleOfficeChanged(office=command.office)]
    require_manager_after(
        state, events, circumstances, last_day_on=circumstances.today, field="office"
    )
    return events


def _place(command: PlaceRole, state: RoleState, circumstances: Circumstances) -> list[RoleEvent]:
    _require_current(state, "place it elsewhere")
    if (command.agency, command.subgroup) == (state.agency, state.subgroup):
        return []
    _require_place(command, circumstances)
    return [RolePlaced(agency=command.agency, subgroup=command.subgroup)]


def _add_alias(
    command: AddAlias, state: RoleState, circumstances: Circumstances
) -> list[RoleEvent]:
    _require_current(state, "add a spelling to it")
    alias = tidy_name("alias", command.alias)
    if folded(alias) == folded(state.title):
        message = (
            f"That is the title of {quoted(state.ref)} itself, which is recognised already."
            " Capitals and spaces do not count."
        )
        raise Incomplete("alias", message)
    if any(folded(known.words) == folded(alias) for known in state.aliases):
        return []
    require_free_name("alias", alias, state.ref, circumstances)
    return [RoleAliasAdded(number=state.last_alias + 1, alias=alias)]


def _remove_alias(command: RemoveAlias, state: RoleState) -> list[RoleEvent]:
    require_begun(state.ref, state.standing)
    if not any(alias.number == command.number for alias in state.aliases):
        message = (
            f"{quoted(state.ref)} has no spelling {command.number}."
            f" Its spellings are: {_listed(state.aliases)}."
        )
        raise Incomplete("number", message)
    return [RoleAliasRemoved(number=command.number)]


def _listed(aliases: tuple[Alias, ...]) -> str:
    return ", ".join(f"{alias.number} ({alias.words})" for alias in aliases) or "none"


def _require_place(command: CreateRole | PlaceRole, circumstances: Circumstances) -> None:
    if command.agency is not None:
        circumstances.require_current(command.agency, field="agency")
    if command.subgroup is not None:
        circumstances.require_current(command.subgroup, field="subgroup")


def _require_current(state: RoleState, what: str) -> None:
    mend = "Look for the role that took its place."
    require_standing(state.ref, state.standing, what=what, mend=mend)
