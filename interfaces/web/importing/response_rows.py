"""The rows of tables of responses as a page shows them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from events.refs import quoted
from interfaces.documents.columns import PlanField
from interfaces.documents.corrections import Correction
from interfaces.documents.document import Document, Problem, ResponseRow, Severity
from interfaces.importing.proposal import Proposal, RecommendationProposal, RowState
from interfaces.web.importing.asked import Asked, response_name, responses_of, written_place
from interfaces.web.importing.cells import CellShown
from interfaces.web.importing.lines import LineShown, where

_WORDS: Final = {
    RowState.NEW: "New",
    RowState.SAME: "Already there",
    RowState.REPEATED: "Stands further up",
    RowState.BAD: "To be mended",
}
_LABELS: Final = {PlanField.RECOMMENDATION: "Recommendation", PlanField.PROGRESS: "What was done"}
_CALLED: Final = {PlanField.RECOMMENDATION: "recommendation", PlanField.PROGRESS: "answer"}
"""How a problem calls each of the two cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseShown(LineShown):
    """One recommendation. `one` is what would be stored, None where nothing would be."""

    text: str
    one: RecommendationProposal | None


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
            number=number,
            where=where(*place),
            place=written_place(*place),
            state=state.value,
            words=_WORDS[state],
            ref=quoted(one.ref) if one and one.ref else "",
            text=one.text if one else row.text,
            one=one,
            cells=_cells(row, number, given, problems, state),
            others=tuple(found for found in problems if found.field not in _CALLED.values()),
            is_out=place in asked.leaving.places,
            is_corrected=given is not None,
            drops=given is not None and given.drops_stray,
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
