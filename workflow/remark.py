"""Decisions about remarks: streams of their own, so that a remark changes nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from events.refs import quoted
from events.remark import RemarkAdded, RemarkWithdrawn
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.command import Decider
from workflow.refusals import Incomplete, NotAllowed, NotFound
from workflow.remark_commands import AddRemark, RemarkCommand, WithdrawRemark
from workflow.remark_state import RemarkEvent, RemarkState, RemarkStatus, evolve


def decide(
    command: RemarkCommand, state: RemarkState, circumstances: Circumstances
) -> Sequence[RemarkEvent]:
    """Return what follows from a command about a remark. Raises a `Refusal`."""
    match command:
        case AddRemark():
            return _add(command, circumstances)
        case WithdrawRemark():
            return _withdraw(command, state, circumstances)


DECIDER = Decider("remark", RemarkState, decide, evolve)
"""How remarks decide and evolve."""


def _add(command: AddRemark, circumstances: Circumstances) -> list[RemarkEvent]:
    if command.on is None and command.entry is None and command.as_at is None:
        message = (
            "Say what the remark is about: a thing such as A12, an entry of the log, or the day of"
            " the board that it speaks of."
        )
        raise Incomplete("on", message)
    if command.as_at is not None and command.as_at > circumstances.today:
        message = f"{format_date(command.as_at)} is still to come. Give a day up to today."
        raise Incomplete("as_at", message)
    on = _thing(command, circumstances)
    return [RemarkAdded(on=on, entry=command.entry, as_at=command.as_at, words=command.words)]


def _thing(command: AddRemark, circumstances: Circumstances) -> str | None:
    """Return what a remark is about: for one on an entry, the thing that the entry belongs to."""
    if command.on is not None:
        circumstances.require(command.on, field="on")
    if command.entry is None:
        return command.on
    stream = circumstances.known.stream_of_entry(command.entry)
    if stream is None:
        message = (
            f"The log has no entry {command.entry}. 'goldthread history' tells the number of each."
        )
        raise Incomplete("entry", message)
    if command.on is not None and command.on.partition("/")[0] != stream:
        message = (
            f"Entry {command.entry} is of {quoted(stream)}, not of {quoted(command.on)}. Leave one"
            " of the two out."
        )
        raise Incomplete("entry", message)
    return command.on or stream


def _withdraw(
    command: WithdrawRemark, state: RemarkState, circumstances: Circumstances
) -> list[RemarkEvent]:
    match state.status:
        case None:
            raise NotFound(state.ref)
        case RemarkStatus.WITHDRAWN:
            return []
        case RemarkStatus.STANDING:
            if circumstances.actor != state.by:
                who, what = quoted(circumstances.actor), f"withdraw {quoted(state.ref)}"
                raise NotAllowed(who, what, f"{quoted(str(state.by))}, who made it")
            return [RemarkWithdrawn(reason=command.reason)]
