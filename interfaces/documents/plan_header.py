"""Problems with the header of a plan: columns that are unknown, doubled or missing."""

from __future__ import annotations

from collections.abc import Iterator

from interfaces.documents.cell_text import shortened
from interfaces.documents.columns import (
    REQUIRED,
    Columns,
    PlanField,
    known_names,
    nearest_field,
)
from interfaces.documents.document import Problem
from interfaces.documents.grid import GridLine


def without_doubles(columns: Columns) -> Columns:
    """The same columns, where the second column of one meaning is not read."""
    return tuple(
        None if field is not None and field in columns[:place] else field
        for place, field in enumerate(columns)
    )


def missing_fields(columns: Columns) -> tuple[PlanField, ...]:
    """The columns that a plan must have and this one has not."""
    return tuple(field for field in REQUIRED if field not in columns)


def header_problems(line: GridLine, columns: Columns, sheet: str | None) -> Iterator[Problem]:
    """What is wrong with a header: its columns one by one, then those that it lacks."""
    for place, cell in enumerate(line.cells):
        if cell and columns[place] is None:
            what, mend = _unknown(cell)
            yield Problem(line.number, "column", shortened(cell), what, mend, sheet=sheet)
        elif cell and columns[place] in columns[:place]:
            what = f"This is the second column for the {columns[place]}, so it was not read."
            mend = "Keep one of them, or put both into one column."
            yield Problem(line.number, "column", shortened(cell), what, mend, sheet=sheet)
    for field in missing_fields(columns):
        what = f"The table has no column for the {field}, so none of its rows can be stored."
        mend = f"Add a column headed “{field.value.capitalize()}”, or rename the one that holds it."
        yield Problem(line.number, field.value, "", what, mend, sheet=sheet)


def _unknown(cell: str) -> tuple[str, str]:
    nearest = nearest_field(cell)
    guess = f"Did you mean “{nearest}”? Rename it, " if nearest else "Rename the column, "
    return (
        f"This column is not known; the known ones are {known_names()}.",
        f"{guess}or remove it from the file.",
    )
