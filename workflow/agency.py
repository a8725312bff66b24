"""Decisions about agencies."""

from __future__ import annotations

from collections.abc import Sequence

from events.directory import AgencyClosed, AgencyRegistered, AgencyRenamed
from workflow.agency_commands import AgencyCommand, CloseAgency, RegisterAgency, RenameAgency
from workflow.agency_state import AgencyEvent, AgencyState, evolve
from workflow.circumstances import Circumstances
from workflow.command import Decider
from workflow.directory_names import tidy_name
from workflow.directory_standing import Standing, require_begun, require_standing
from workflow.one_of_each import require_free_name


def decide(
    command: AgencyCommand, state: AgencyState, circumstances: Circumstances
) -> Sequence[AgencyEvent]:
    """Return what follows from a command about an agency. Raises a `Refusal`."""
    match command:
        case RegisterAgency():
            return _register(command, circumstances)
        case RenameAgency():
            return _rename(command, state, circumstances)
        case CloseAgency():
            return _close(command, state)


DECIDER = Decider("agency", AgencyState, decide, evolve)
"""How agencies decide and evolve."""


def _register(command: RegisterAgency, circumstances: Circumstances) -> list[AgencyEvent]:
    name = tidy_name("name", command.name)
    require_free_name("name", name, "agency", circumstances)
    return [AgencyRegistered(name=name, kind=command.kind)]


def _rename(
    command: RenameAgency, state: AgencyState, circumstances: Circumstances
) -> list[AgencyEvent]:
    mend = "Register the agency that took its place instead."
    require_standing(state.ref, state.standing, what="rename it", mend=mend)
    name = tidy_name("name", command.name)
    if name == state.name:
        return []
    require_free_name("name", name, state.ref, circumstances)
    return [AgencyRenamed(name=name)]


def _close(command: CloseAgency, state: AgencyState) -> list[AgencyEvent]:
    require_begun(state.ref, state.standing)
    return [] if state.standing is Standing.ENDED else [AgencyClosed(reason=command.reason)]
