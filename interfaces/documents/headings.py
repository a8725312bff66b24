"""Columns that a person says are others than their headings tell: read as if they were named so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from interfaces.documents.cell_text import clean, shortened
from interfaces.documents.columns import PlanField
from interfaces.documents.grid import GridLine


class Heading(NamedTuple):
    """The heading of a column: where it stands, and its words as a problem shows them."""

    sheet: str | None
    line: int
    words: str


Renamed: TypeAlias = Mapping[Heading, PlanField]
"""Which column each of some headings stands for."""


def renamed_lines(lines: Iterable[GridLine], sheet: str | None, renamed: Renamed) -> list[GridLine]:
    """Return lines of cells in which the headings say what they stand for."""
    places = {(heading.sheet, heading.line) for heading in renamed}
    return [
        replace(line, cells=tuple(_named(cell, sheet, line.number, renamed) for cell in line.cells))
        if (sheet, line.number) in places
        else line
        for line in lines
    ]


def renamed_text(text: str, renamed: Renamed) -> str:
    """Return the text of a report in which the headings of tables say what they stand for."""
    lines = text.split("\n")
    for number in {heading.line for heading in renamed if 0 < heading.line <= len(lines)}:
        cells = lines[number - 1].split("\t")
        named = (_named(clean(cell), None, number, renamed) for cell in cells)
        lines[number - 1] = "\t".join(named)
    return "\n".join(lines)


def _named(cell: str, sheet: str | None, line: int, renamed: Renamed) -> str:
    of = renamed.get(Heading(sheet, line, shortened(cell)))
    return of.value if of else cell
