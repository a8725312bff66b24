"""Decisions about people in the directory."""

from __future__ import annotations

from collections.abc import Sequence

from events.directory import (
    DigestSwitchedOff,
    DigestSwitchedOn,
    PersonAgencyChanged,
    PersonEmailChanged,
    PersonLeft,
    PersonRegistered,
    PersonRenamed,
)
from workflow.circumstances import Circumstances
from workflow.command import Decider
from workflow.directory_names import tidy_email, tidy_name
from workflow.directory_standing import require_begun
from workflow.last_manager import require_manager_without
from workflow.one_of_each import require_free_address
from workflow.person_access import grant, require_present, revoke
from workflow.person_commands import (
    ChangeAgency,
    ChangeEmail,
    GrantAccess,
    PersonCommand,
    RecordLeaving,
    RegisterPerson,
    RenamePerson,
    RevokeAccess,
    SwitchOffDigest,
    SwitchOnDigest,
)
from workflow.person_state import PersonEvent, PersonState, evolve


def decide(
    command: PersonCommand, state: PersonState, circumstances: Circumstances
) -> Sequence[PersonEvent]:
    """Return what follows from a command about a person. Raises a `Refusal`."""
    match command:
        case RegisterPerson():
            return _register(command, circumstances)
        case RenamePerson():
            return _rename(command, state)
        case ChangeEmail():
            return _change_email(command, state, circumstances)
        case ChangeAgency():
            return _change_agency(command, state, circumstances)
        case RecordLeaving():
            return _leave(command, state, circumstances)
        case GrantAccess():
            return grant(command, state, circumstances)
        case RevokeAccess():
            return revoke(command, state, circumstances)
        case SwitchOffDigest():
            return _switch_off(command, state, circumstances)
        case SwitchOnDigest():
            return _switch_on(command, state, circumstances)


DECIDER = Decider("person", PersonState, decide, evolve)
"""How people's entries decide and evolve."""


def _register(command: RegisterPerson, circumstances: Circumstances) -> list[PersonEvent]:
    if command.agency is not None:
        circumstances.require_current(command.agency, field="agency")
    name, email = tidy_name("name", command.name), _address(command.email)
    require_free_address(email, "person", circumstances)
    return [PersonRegistered(name=name, email=email, agency=command.agency)]


def _rename(command: RenamePerson, state: PersonState) -> list[PersonEvent]:
    require_begun(state.ref, state.registered)
    name = tidy_name("name", command.name)
    return [] if name == state.name else [PersonRenamed(name=name)]


def _change_email(
    command: ChangeEmail, state: PersonState, circumstances: Circumstances
) -> list[PersonEvent]:
    require_begun(state.ref, state.registered)
    email = _address(command.email)
    if email == state.email:
        return []
    require_free_address(email, state.ref, circumstances)
    return [PersonEmailChanged(email=email)]


def _change_agency(
    command: ChangeAgency, state: PersonState, circumstances: Circumstances
) -> list[PersonEvent]:
    require_present(state, "change their agency", circumstances)
    if command.agency == state.agency:
        return []
    if command.agency is not None:
        circumstances.require_current(command.agency, field="agency")
    return [PersonAgencyChanged(agency=command.agency)]


def _leave(
    command: RecordLeaving, state: PersonState, circumstances: Circumstances
) -> list[PersonEvent]:
    # A last day that was recorded wrongly, or moved, is settled by recording it once more.
    require_begun(state.ref, state.registered)
    if command.last_day_on == state.last_day_on:
        return []
    require_manager_without(
        state.ref, circumstances, last_day_on=command.last_day_on, field="last_day_on"
    )
    return [PersonLeft(last_day_on=command.last_day_on, reason=command.reason)]


def _switch_off(
    command: SwitchOffDigest, state: PersonState, circumstances: Circumstances
) -> list[PersonEvent]:
    require_present(state, "switch their digest off", circumstances)
    is_off = command.digest in state.digests_off
    return [] if is_off else [DigestSwitchedOff(digest=command.digest)]


def _switch_on(
    command: SwitchOnDigest, state: PersonState, circumstances: Circumstances
) -> list[PersonEvent]:
    require_present(state, "switch their digest on", circumstances)
    is_off = command.digest in state.digests_off
    return [DigestSwitchedOn(digest=command.digest)] if is_off else []


def _address(words: str | None) -> str | None:
    return None if words is None else tidy_email("email", words)
