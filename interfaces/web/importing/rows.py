"""The rows of a dry run as a page shows them: as written, as meant, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from events.refs import quoted
from interfaces.documents.corrections import Correction, Place
from interfaces.documents.document import PlanRow, Problem, Severity
from interfaces.importing.proposal import Lead, PlanProposal, Proposal, RowProposal, RowState
from interfaces.importing.row_problems import problems_of
from interfaces.importing.word_changes import around_change
from interfaces.web.importing.asked import Asked, written_place
from interfaces.web.importing.cells import CellShown, cells_of, elsewhere
from interfaces.web.importing.lines import LineShown, where
from workflow.civil_dates import format_date

_WORDS: Final = {
    RowState.NEW: "New",
    RowState.SAME: "Already there",
    RowState.CHANGED: "Changed",
    RowState.REPEATED: "Stands further up",
    RowState.BAD: "To be mended",
    RowState.LEFT_OUT: "Left out",
}
_EXTRAS: Final = {
    "measure": "Success measure",
    "progress": "Progress",
    "status": "Status, not stored",
    "recommendation": "Answers",
    "reference": "Reference in the document",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """What a field was and would be. `kept` says why it stays as it is all the same."""

    field: str
    before: str
    after: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown(LineShown):
    """One row of a plan. `leads`: each as written, beside its role."""

    row: PlanRow
    priority: int | None
    meaning: str
    leads: tuple[tuple[str, str], ...]
    extras: tuple[tuple[str, str], ...]
    changes: tuple[Changed, ...]
    advice: tuple[str, ...]

    @property
    def is_moving(self) -> bool:
        """Tell whether something would become of it, or somebody touched it."""
        return self.can_be_left_out or self.is_out or self.is_corrected or bool(self.changes)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rows of a document are shown with: as it was sent, and as it was asked for."""

    proposal: Proposal
    asked: Asked
    originals: Mapping[Place, tuple[int, PlanRow]]

    def rows(self, plan: PlanProposal, priorities: Sequence[str]) -> list[RowShown]:
        """Return the rows of a plan."""
        roles = {one.written: one.lead for one in self.proposal.spellings}
        return [self._row(one, roles, priorities) for one in plan.rows]

    def _row(
        self, one: RowProposal, roles: Mapping[str, Lead | None], priorities: Sequence[str]
    ) -> RowShown:
        place = one.sheet, one.row.line
        number, original = self.originals[place]
        given = self.asked.corrections.get(place)
        problems = problems_of(one, self.proposal)
        return RowShown(
            number=number,
            where=where(one.sheet, one.row.line),
            place=written_place(*place),
            state=one.state.value,
            words=_WORDS[one.state],
            ref=quoted(one.action) if one.action else "",
            row=one.row,
            priority=one.priority,
            meaning=_meaning(one.row),
            leads=tuple((written, _role(written, roles)) for written in one.row.leads),
            extras=_extras(one.row),
            changes=_changes(one),
            cells=_cells(one, original, number, given, problems, priorities),
            others=elsewhere(problems),
            advice=tuple(advice.message for advice in one.advice),
            is_out=place in self.asked.leaving.places,
            is_corrected=given is not None,
            drops=given is not None and given.drops_stray,
        )


def _cells(
    one: RowProposal,
    original: PlanRow,
    number: int,
    given: Correction | None,
    problems: Sequence[Problem],
    priorities: Sequence[str],
) -> tuple[CellShown, ...]:
    """Return the cells that can be corrected: none where nothing would become of the row."""
    if given is None and one.state in {RowState.SAME, RowState.REPEATED}:
        return ()
    return cells_of(original, number, given, problems, priorities)


def _role(written: str, roles: Mapping[str, Lead | None]) -> str:
    """Tell which role a lead is taken for; nothing where it is found once the row is mended."""
    if written not in roles:
        return ""
    lead = roles[written]
    if lead is None:
        return "no role yet"
    if lead.ref is None:
        return "a new role" if lead.title == written else f"a new role: {lead.title}"
    return quoted(lead.ref) if lead.title == written else f"{lead.title}, {quoted(lead.ref)}"


def _meaning(row: PlanRow) -> str:
    target = row.target_date
    if target is None:
        return ""
    if target.due is None:
        return f"looked at every {target.review_every_days} working days"
    due = format_date(target.due)
    return "" if due == row.target_date_words else f"due {due}"


def _extras(row: PlanRow) -> tuple[tuple[str, str], ...]:
    found = ((label, getattr(row, name)) for name, label in _EXTRAS.items())
    return tuple((label, words) for label, words in found if words)


def _changes(one: RowProposal) -> tuple[Changed, ...]:
    return tuple(
        Changed(found.field.value, *around_change(found.before, found.after), found.kept or "")
        for found in one.differences
    )


def bad_elsewhere(proposal: Proposal) -> tuple[Problem, ...]:
    """Return what is bad about a document and stands in no row of a plan."""
    rows = {(one.sheet, one.row.line) for one in proposal.rows}
    return tuple(one for one in proposal.bad if (one.sheet, one.line) not in rows)


def of_severity(proposal: Proposal, severity: Severity) -> tuple[Problem, ...]:
    """Return the problems of one severity that stand in no row of a plan."""
    rows = {(one.sheet, one.row.line) for one in proposal.rows}
    return tuple(
        one
        for one in proposal.problems
        if one.severity is severity and (one.sheet, one.line) not in rows
    )


def priority_names(plan: PlanProposal, recorded: Mapping[str, str]) -> tuple[str, ...]:
    """Return the priorities under which an action of a plan can stand, as cells name them."""
    titles = {int(number): title for number, title in recorded.items()}
    titles |= {one.number: one.title for one in plan.priorities}
    return tuple(f"Priority {number}: {titles[number]}" for number in sorted(titles))
