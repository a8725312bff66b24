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


def decide(
    command: AgencyCommand, state: AgencyState, circumstances: Circumstances
) -> Sequence[AgencyEvent]:
    """Return what follows from a command about an agency. Raises a `Refusal`."""
    del circumstances
    match command:
        case RegisterAgency():
            return [AgencyRegistered(name=tidy_name("name", command.name), kind=command.kind)]
        case RenameAgency():
            return _rename(command, state)
        case CloseAgency():
            return _close(command, state)


DECIDER = Decider("agency", AgencyState, decide, evolve)
"""How agencies decide and evolve."""


def _rename(command: RenameAgency, state: AgencyState) -> list[AgencyEvent]:
    mend = "Register the agency that took its place instead."
    require_standing(state.ref, state.standing, what="rename it", mend=mend)
    name = tidy_name("name", command.name)
    return [] if name == state.name else [AgencyRenamed(name=name)]


def _close(command: CloseAgency, state: AgencyState) -> list[AgencyEvent]:
    require_begun(state.ref, state.standing)
    return [] if state.standing is Standing.ENDED else [AgencyClosed(reason=command.reason)]
