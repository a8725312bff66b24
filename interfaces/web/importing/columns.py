"""The columns of a document whose headings are not known, and what a person says they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interfaces.documents.corrections import COLUMN
from interfaces.documents.document import Problem
from interfaces.documents.headings import Heading
from interfaces.web.importing.asked import Asked, written_heading
from interfaces.web.importing.lines import where


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column. `value`: what somebody said it is; `problem` is None where that settled it."""

    written: str
    words: str
    where: str
    value: str
    problem: Problem | None

    @property
    def told(self) -> str:
        """Say what is wrong with it; what it can be stands in its field already."""
        if self.problem is None:
            return ""
        what = self.problem.what.partition(";")[0].rstrip(".")
        return f"{what}. {self.problem.mend.partition('Rename')[0]}".strip()


def columns_of(bad: tuple[Problem, ...], asked: Asked) -> list[ColumnShown]:
    """Return the columns that are not known, and those that were named; in their order."""
    found = {one.written: one for one in (*_named(asked), *_unknown(bad))}
    return sorted(found.values(), key=lambda one: (one.where, one.words))


def other_than_columns(bad: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return what is bad about a document besides the headings of its columns."""
    return tuple(one for one in bad if one.field != COLUMN)


def _named(asked: Asked) -> Iterator[ColumnShown]:
    for heading, of in asked.renamed.items():
        place = where(heading.sheet, heading.line)
        yield ColumnShown(written_heading(heading), heading.words, place, of.value, None)


def _unknown(bad: tuple[Problem, ...]) -> Iterator[ColumnShown]:
    for one in bad:
        if one.field == COLUMN:
            heading = Heading(one.sheet, one.line, one.value)
            place = where(one.sheet, one.line)
            yield ColumnShown(written_heading(heading), one.value, place, "", one)
