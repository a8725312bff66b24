"""Files that are evidence: the events and the bytes, in one transaction.

So the bytes are as safe as the event that names them, and neither is ever there alone: whatever is
refused, or broken off, leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.evidence_files import storing
from projections.ledger import Ledger, LedgerAnswer, answered_before
from workflow.command import Command
from workflow.evidence_commands import AddEvidence


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that is handed in: the command that says so, and the bytes."""

    command: AddEvidence
    content: bytes


def hand_in(
    ledger: Ledger,
    handed: Handed,
    *,
    actor: str,
    beside: Command | None = None,
    command_id: str | None = None,
    expected_version: int | None = None,
) -> LedgerAnswer:
    """Keep a file as evidence, and carry out the command that it came with, both or neither.

    `beside`: such as a report that something is done, to which the answer and `expected_version`
    then belong. A retry with the same `command_id` stores nothing. Raises a `Refusal`.
    """
    main = beside or handed.command
    with ledger.transaction(actor=actor, command_id=command_id) as transaction:
        if transaction.writing.answered:
            return answered_before(main, actor, transaction.writing)
        # First the file: whoever reports something done may let it speak for itself.
        answer = transaction.execute(handed.command)
        transaction.writing.also(storing(transaction.writing, handed.content))
        if beside is not None:
            answer = transaction.execute(beside, expected_version=expected_version)
    return LedgerAnswer(answer.stream, answer.version, answer.events)
