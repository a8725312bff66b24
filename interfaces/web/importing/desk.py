"""A document on the desk: read, corrected as asked, compared with the record, and stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from interfaces.documents.corrections import corrected
from interfaces.documents.document import Document
from interfaces.importing.applying import Stored
from interfaces.importing.importing import Importing
from interfaces.importing.leaving_out import Leaving, leave_out
from interfaces.importing.proposal import Part, Proposal, RowState
from interfaces.web.importing.asked import Asked, asked_of, renamed_of
from interfaces.web.importing.carried import Carried
from interfaces.web.importing.dry_run import DryRun, dry_run
from interfaces.web.importing.sent import SentImport
from interfaces.web.visit import Visit

_STATES: Final = {Part.NEW: RowState.NEW, Part.CHANGED: RowState.CHANGED}


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
        return self._importing.propose(self.asked.answers)

    @cached_property
    def shown(self) -> DryRun:
        """Return the dry run as a page shows it. Raises a `Refusal`."""
        return dry_run(self.document, self.proposal, self.asked, self.visit.names)

    @property
    def has_something(self) -> bool:
        """Tell whether anything is left to be stored."""
        return bool(self._taken.parts() & self.asked.parts or self._taken.aliases)

    def store(self, command_id: str | None) -> Stored:
        """Store what is asked for: all of it or nothing. Raises a `Refusal`, `RecordMoved`."""
        asked = self.asked
        return replace(self._importing, leaving=self._leaving).store(
            self._taken,
            asked.answers,
            actor=self.visit.person,
            parts=asked.parts,
            skip_bad=asked.skips,
            command_id=command_id,
        )

    @cached_property
    def _taken(self) -> Proposal:
        return leave_out(self.proposal, self._leaving)

    @cached_property
    def _leaving(self) -> Leaving:
        """Return what is left out, row by row: also where a kind of change is as a whole."""
        states = {_STATES[part] for part in self.asked.without if part in _STATES}
        rows = {(one.sheet, one.row.line) for one in self.proposal.rows if one.state in states}
        if Part.RECOMMENDATIONS in self.asked.without:
            rows |= {(one.sheet, one.line) for one in self.proposal.recommendations}
        return replace(self.asked.leaving, places=self.asked.leaving.places | rows)

    @property
    def _importing(self) -> Importing:
        return Importing(
            corrected(self.document, self.asked.corrections),
            self.visit.partnership.ledger,
            again=self.asked.again,
        )
