"""Decisions about files that are evidence: streams of their own, each about one item.

So a file can be handed in while somebody else writes on the same item, and whatever the item's
status: what shows that something was done often comes after it was reported.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.evidence import EvidenceAdded, EvidenceWithdrawn
from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.command import Decider
from workflow.evidence_commands import AddEvidence, EvidenceCommand, WithdrawEvidence
from workflow.evidence_state import EvidenceEvent, EvidenceState, EvidenceStatus, evolve
from workflow.refusals import Incomplete, NotFound


def decide(
    command: EvidenceCommand, state: EvidenceState, circumstances: Circumstances
) -> Sequence[EvidenceEvent]:
    """Return what follows from a command about a file. Raises a `Refusal`."""
    _require_no_earlier_day(command)
    match command:
        case AddEvidence():
            return _add(command, circumstances)
        case WithdrawEvidence():
            return _withdraw(command, state)


DECIDER = Decider("evidence", EvidenceState, decide, evolve)
"""How files that are evidence decide and evolve."""


def _add(command: AddEvidence, circumstances: Circumstances) -> list[EvidenceEvent]:
    circumstances.require(command.to, field="to")
    same = circumstances.known.files_on(command.to).get(command.sha256)
    if same is not None:
        message = (
            f"“{command.name}” is kept with {quoted(command.to)} already, as {quoted(same)}."
            " Choose another file, or leave it at that."
        )
        raise Incomplete("file", message)
    added = EvidenceAdded(
        to=command.to,
        name=command.name,
        note=command.note,
        kind=command.kind,
        size_bytes=command.size_bytes,
        sha256=command.sha256,
    )
    return [added]


def _withdraw(command: WithdrawEvidence, state: EvidenceState) -> list[EvidenceEvent]:
    match state.status:
        case None:
            raise NotFound(state.ref)
        case EvidenceStatus.WITHDRAWN:
            return []
        case EvidenceStatus.STANDING:
            return [EvidenceWithdrawn(reason=command.reason)]


def _require_no_earlier_day(command: EvidenceCommand) -> None:
    # The record can only show that it has had a file since it was handed in.
    if command.effective_on is not None:
        message = (
            "A file counts from the day on which it is handed in until that on which it is taken"
            " back. Leave the date out; the note can say when things happened."
        )
        raise Incomplete("effective_on", message)
