"""Files that are evidence: the events and the bytes, in one transaction.

So the bytes are as safe as the events that name them, and neither is ever there alone: whatever is
refused, or broken off, leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.evidence_files import storing
from events.refs import category_of
from projections.ledger import Ledger, LedgerAnswer, Transaction, answered_before
from workflow.command import Command
from workflow.evidence_commands import AddEvidence
from workflow.handling import Answer
from workflow.refusals import Incomplete, Refusal


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that is handed in: the command that says so, and the bytes."""

    command: AddEvidence
    content: bytes


@dataclass(frozen=True, slots=True)
class HandedIn(LedgerAnswer):
    """What became of it. `files`: the references of what was kept, in order."""

    files: tuple[str, ...] = ()


class FilesRefused(Refusal):
    """Some of the files that came together were refused, so none was kept. A line for each."""

    def __init__(self, refusals: Sequence[Refusal], others: Sequence[str]) -> None:
        self.refusals = tuple(refusals)
        told = [str(one) for one in refusals]
        if others:
            names = ", ".join(f"“{name}”" for name in others)
            told.append(
                f"Nothing was kept of the others either: {names}. Choose them once more without"
                " what is named above."
            )
        super().__init__("\n".join(told), field=refusals[0].field)


def hand_in(
    ledger: Ledger,
    handed: Sequence[Handed],
    *,
    actor: str,
    beside: Command | None = None,
    command_id: str | None = None,
    expected_version: int | None = None,
) -> HandedIn:
    """Keep files as evidence, and carry out the command that they came with: all, or nothing.

    `beside`: such as a report that something is done, to which the answer and `expected_version`
    then belong; else they belong to the first file. A retry with the same `command_id` stores
    nothing. Raises a `Refusal`.
    """
    main = beside or handed[0].command
    with ledger.transaction(actor=actor, command_id=command_id) as transaction:
        if before := transaction.writing.answered:
            told = answered_before(main, actor, transaction.writing)
            files = [one.stream for one in before if category_of(one.stream) == "evidence"]
            return HandedIn(told.stream, told.version, told.events, repeated=True, files=(*files,))
        # First the files: whoever reports something done may let them speak for themselves.
        kept = _kept(transaction, handed)
        answer = kept[0]
        if beside is not None:
            answer = transaction.execute(beside, expected_version=expected_version)
    files = [one.stream for one in kept]
    return HandedIn(answer.stream, answer.version, answer.events, files=(*files,))


def _kept(transaction: Transaction, handed: Sequence[Handed]) -> list[Answer]:
    kept: list[Answer] = []
    refused: list[Refusal] = []
    others: list[str] = []
    for one in handed:
        try:
            kept.append(transaction.execute(one.command))
        except Incomplete as refusal:
            # The others are tried too, so that everything is said at once; nothing is kept then.
            refused.append(refusal)
        else:
            others.append(one.command.name)
            transaction.writing.also(storing(transaction.writing, one.content))
    if refused:
        raise refused[0] if len(handed) == 1 else FilesRefused(refused, others)
    return kept
