"""One document on its way into one record: compared as often as need be, then stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from interfaces.documents.document import Document
from interfaces.importing.answers import Answers
from interfaces.importing.applying import Stored, Told, apply
from interfaces.importing.leaving_out import NOTHING, Leaving, leave_out
from interfaces.importing.proposal import Part, Proposal
from interfaces.importing.proposing import propose
from interfaces.importing.refusals import NothingToRead, RecordMoved
from projections.ledger import Ledger
from projections.store import ViewOfToday

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Importing:
    """A document, the ledger that it goes into, and how it is read (see `propose`).

    `leaving` is what of it somebody chose to leave out.
    """

    document: Document
    ledger: Ledger
    plan_title: str | None = None
    again: bool = False
    leaving: Leaving = NOTHING

    def propose(self, answers: Answers) -> Proposal:
        """Compare the document with the record as it stands. Raises `NothingToRead`."""
        with self.ledger.log.snapshot() as reader:
            proposal = propose(
                self.document,
                ViewOfToday(reader),
                plan_title=self.plan_title,
                answers=answers,
                again=self.again,
            )
        if proposal.empty:
            raise NothingToRead(proposal.source, proposal.problems)
        return leave_out(proposal, self.leaving)

    def store(
        self,
        proposal: Proposal,
        answers: Answers,
        *,
        actor: str,
        parts: frozenset[Part],
        skip_bad: bool = False,
        told: Told = lambda _: None,
        command_id: str | None = None,
    ) -> Stored:
        """Store what was chosen of a proposal (see `apply`).

        Where somebody else changed the record meanwhile, the document is compared again, and
        stored if that came to the same. Raises `RecordMoved` if it did not.
        """
        store = partial(
            apply,
            self.ledger,
            actor=actor,
            parts=parts,
            skip_bad=skip_bad,
            told=told,
            command_id=command_id,
        )
        for _ in range(_TRIES):
            try:
                return store(proposal)
            except RecordMoved:
                now = self.propose(answers)
                if replace(now, position=proposal.position) != proposal:
                    raise
                proposal = now
        return store(proposal)
