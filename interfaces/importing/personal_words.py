"""Which lines of a document seem to hold a child's details: told before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interfaces.importing.proposal import Proposal, RowState
from projections.sentence_parts import listed
from workflow.personal_details import details_in

_COMING = frozenset({RowState.NEW, RowState.CHANGED, RowState.BAD})
"""Rows that are stored, or will be once they are mended: whoever mends them sees both at once."""


@dataclass(frozen=True, slots=True)
class PersonalWords:
    """A field of a line that seems to hold a child's details, and what these look like."""

    line: int
    field: str
    details: tuple[str, ...]
    sheet: str | None = None

    def in_words(self) -> str:
        """Say where it is, and what."""
        place = f"line {self.line}" if self.sheet is None else f"{self.sheet}, row {self.line}"
        return f"{place}, {self.field}: {listed(self.details)}"


def personal_words(proposal: Proposal) -> Iterator[PersonalWords]:
    """Yield what looks personal in the lines that a document would store, now or once mended."""
    for one in proposal.rows:
        if one.state in _COMING:
            row = one.row
            fields = {
                "words": row.text,
                "success measure": row.measure,
                "progress": row.progress,
                "recommendation": row.recommendation,
                "leads": row.leads,
            }
            yield from _found(row.line, fields, one.sheet)
    for response in proposal.new_recommendations:
        yield from _found(response.line, {"words": response.text, "response": response.note}, None)


def personal_told(proposal: Proposal) -> Iterator[str]:
    """Tell of them, and what to do."""
    found = list(personal_words(proposal))
    if found:
        yield (
            "Warning: this looks like a child's details. The record has no need of them, and what"
            " is stored once stands in many copies. Take them out of the document first:"
        )
        yield from (f"  {one.in_words()}" for one in found)


def _found(line: int, fields: Mapping[str, object], sheet: str | None) -> Iterator[PersonalWords]:
    for field, details in details_in(fields).items():
        yield PersonalWords(line, field, tuple(map(str, details)), sheet)
