"""The rows of tables of responses as a page shows them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from events.refs import quoted
from interfaces.documents.columns import PlanField
from interfaces.documents.corrections import COLUMN, Correction
from interfaces.documents.document import Document, Problem, ResponseRow, Severity
from interfaces.importing.proposal import Proposal, RecommendationProposal, RowState
from interfaces.web.importing.asked import Asked, response_name, responses_of, written_place
from interfaces.web.importing.cells import CellShown
from interfaces.web.importing.rows import where

_WORDS: Final = {
    RowState.NEW: "New",
    RowState.SAME: "Already there",
    RowState.REPEATED: "Stands further up",
    RowState.BAD: "To be mended",
}
_LABELS: Final = {PlanField.RECOMMENDATION: "Recommendation", PlanField.PROGRESS: "What was done"}
_CALLED: Final = {PlanField.RECOMMENDATION: "recommendation", PlanField.PROGRESS: "answer"}
"""How a problem calls each of the two cells."""


@dataclass(frozen=True, slots=True)
class ResponseShown:
    """One recommendation. `one` is what would be stored, None where nothing would be.

    `others` are problems with neither of its cells.
    """

    number: int
    where: str
    place: str
    state: str
    words: str
    ref: str
    text: str
    one: RecommendationProposal | None
    cells: tuple[CellShown, ...]
    others: tuple[Problem, ...]
    is_out: bool
    is_corrected: bool
    drops: bool

    @property
    def can_drop(self) -> bool:
        """Tell whether a cell stands under no heading."""
        return self.drops or any(one.field == COLUMN for one in self.others)

    @property
    def is_wrong(self) -> bool:
        """Tell whether it has to be mended, or left out."""
        return self.state == RowState.BAD.value and not self.is_out

    @property
    def can_be_left_out(self) -> bool:
        """Tell whether anything would become of it."""
        return self.state in {RowState.NEW.value, RowState.BAD.value}


def responses_shown(
    document: Document, proposal: Proposal, asked: Asked
) -> Iterator[ResponseShown]:
    """Yield the rows of the tables of responses. `document`: as it was sent."""
    proposed = {(one.sheet, one.line): one for one in proposal.recommendations}
    for number, table, row in responses_of(document):
        place = table.sheet, row.line
        problems = tuple(
            one
            for one in proposal.problems
            if (one.sheet, one.line) == place and one.severity is Severity.BAD
        )
        one, given = proposed.get(place), asked.corrections.get(place)
        state = _state(one, problems)
        yield ResponseShown(
            number,
            where(*place),
            written_place(*place),
            state.value,
            _WORDS[state],
            quoted(one.ref) if one and one.ref else "",
            one.text if one else row.text,
            one,
            _cells(row, number, given, problems, state),
            tuple(found for found in problems if found.field not in _CALLED.values()),
            place in asked.leaving.places,
            given is not None,
            given is not None and given.drops_stray,
        )


def _state(one: RecommendationProposal | None, problems: tuple[Problem, ...]) -> RowState:
    if problems:
        return RowState.BAD
    if one is None:
        return RowState.REPEATED
    return RowState.SAME if one.ref else RowState.NEW


def _cells(
    row: ResponseRow,
    number: int,
    given: Correction | None,
    problems: tuple[Problem, ...],
    state: RowState,
) -> tuple[CellShown, ...]:
    if given is None and state in {RowState.SAME, RowState.REPEATED}:
        return ()
    said = {PlanField.RECOMMENDATION: row.text, PlanField.PROGRESS: row.narrative}
    cells = {**said, **(given.cells if given else {})}
    return tuple(
        CellShown(
            response_name(of, number),
            label,
            "text",
            cells[of],
            problems=tuple(one for one in problems if one.field == _CALLED[of]),
        )
        for of, label in _LABELS.items()
    )
