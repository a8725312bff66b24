"""A document on the desk: read, corrected as asked, compared with the record, and stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from interfaces.documents.corrections import corrected
from interfaces.documents.document import Document
from interfaces.importing.applying import Stored
from interfaces.importing.importing import Importing
from interfaces.importing.leaving_out import NOTHING, leave_out
from interfaces.importing.proposal import Proposal
from interfaces.web.importing.asked import Asked, asked_of, renamed_of
from interfaces.web.importing.carried import Carried
from interfaces.web.importing.dry_run import DryRun, dry_run
from interfaces.web.importing.sent import SentImport
from interfaces.web.visit import Visit


@dataclass(frozen=True)
class Desk:
    """One document of one visitor. `document` is what was sent; `asked` what is asked of it."""

    visit: Visit
    carried: Carried
    document: Document
    asked: Asked = field(default_factory=Asked)

    @classmethod
    def of(cls, visit: Visit, sent: SentImport) -> Desk:
        """Read what was sent. Raises `NoDocument`, `UnreadableDocument`."""
        carried = sent.carried()
        if sent.chosen:
            return cls(visit, carried, carried.document())
        renamed, before = renamed_of(sent, "column"), renamed_of(sent, "was")
        document = carried.document(renamed)
        # What was filled in answers what was shown, which a column's new name has changed since.
        shown = document if renamed == before else carried.document(before)
        return cls(visit, carried, document, replace(asked_of(sent, shown), renamed=renamed))

    @cached_property
    def proposal(self) -> Proposal:
        """Return what it would change, with nothing left out. Raises a `Refusal`."""
        return replace(self._importing, leaving=NOTHING).propose(self.asked.answers)

    @cached_property
    def shown(self) -> DryRun:
        """Return the dry run as a page shows it. Raises a `Refusal`."""
        return dry_run(self.document, self.proposal, self.asked, self.visit.names)

    @property
    def has_something(self) -> bool:
        """Tell whether anything is left to be stored."""
        taken = leave_out(self.proposal, self.asked.leaving)
        return bool(taken.parts() & self.asked.parts or taken.aliases)

    def store(self, command_id: str | None) -> Stored:
        """Store what is asked for: all of it or nothing. Raises a `Refusal`, `RecordMoved`."""
        asked = self.asked
        return self._importing.store(
            leave_out(self.proposal, asked.leaving),
            asked.answers,
            actor=self.visit.person,
            parts=asked.parts,
            skip_bad=asked.skips,
            command_id=command_id,
        )

    @cached_property
    def _importing(self) -> Importing:
        return Importing(
            corrected(self.document, self.asked.corrections),
            self.visit.partnership.ledger,
            again=self.asked.again,
            leaving=self.asked.leaving,
        )
