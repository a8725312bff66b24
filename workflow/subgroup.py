"""Decisions about subgroups."""

from __future__ import annotations

from collections.abc import Sequence

from events.directory import (
    SubgroupChairRoleSet,
    SubgroupDissolved,
    SubgroupFormed,
    SubgroupRenamed,
)
from workflow.circumstances import Circumstances
from workflow.command import Decider
from workflow.directory_names import tidy_name
from workflow.directory_standing import Standing, require_begun, require_standing
from workflow.one_of_each import require_free_name
from workflow.role_in_use import require_role_in_use
from workflow.subgroup_commands import (
    DissolveSubgroup,
    FormSubgroup,
    RenameSubgroup,
    SetChairRole,
    SubgroupCommand,
)
from workflow.subgroup_state import SubgroupEvent, SubgroupState, evolve


def decide(
    command: SubgroupCommand, state: SubgroupState, circumstances: Circumstances
) -> Sequence[SubgroupEvent]:
    """Return what follows from a command about a subgroup. Raises a `Refusal`."""
    match command:
        case FormSubgroup():
            return _form(command, circumstances)
        case RenameSubgroup():
            return _rename(command, state, circumstances)
        case SetChairRole():
            return _set_chair_role(command, state, circumstances)
        case DissolveSubgroup():
            return _dissolve(command, state)


DECIDER = Decider("subgroup", SubgroupState, decide, evolve)
"""How subgroups decide and evolve."""


def _form(command: FormSubgroup, circumstances: Circumstances) -> list[SubgroupEvent]:
    if command.chair_role is not None:
        require_role_in_use(command.chair_role, circumstances, field="chair_role")
    name = tidy_name("name", command.name)
    require_free_name("name", name, "subgroup", circumstances)
    return [SubgroupFormed(name=name, chair_role=command.chair_role)]


def _rename(
    command: RenameSubgroup, state: SubgroupState, circumstances: Circumstances
) -> list[SubgroupEvent]:
    _require_current(state, "rename it")
    name = tidy_name("name", command.name)
    if name == state.name:
        return []
    require_free_name("name", name, state.ref, circumstances)
    return [SubgroupRenamed(name=name)]


def _set_chair_role(
    command: SetChairRole, state: SubgroupState, circumstances: Circumstances
) -> list[SubgroupEvent]:
    _require_current(state, "change who chairs it")
    if command.chair_role == state.chair_role:
        return []
    require_role_in_use(command.chair_role, circumstances, field="chair_role")
    return [SubgroupChairRoleSet(chair_role=command.chair_role)]


def _dissolve(command: DissolveSubgroup, state: SubgroupState) -> list[SubgroupEvent]:
    require_begun(state.ref, state.standing)
    if state.standing is Standing.ENDED:
        return []
    return [SubgroupDissolved(reason=command.reason)]


def _require_current(state: SubgroupState, what: str) -> None:
    mend = "Form a new subgroup if it meets again."
    require_standing(state.ref, state.standing, what=what, mend=mend)
