"""What somebody asks of a document: cells to correct, roles, plans, and what to leave out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, takewhile
from typing import Final

import orjson

from interfaces.documents.cell_text import clean
from interfaces.documents.columns import PlanField
from interfaces.documents.corrections import Correction, Place, written
from interfaces.documents.document import (
    Document,
    PlanRow,
    PlanTable,
    ResponseRow,
    ResponseTable,
)
from interfaces.documents.headings import Heading
from interfaces.importing.answers import Answers
from interfaces.importing.leaving_out import Leaving
from interfaces.importing.plan_choice import table_key
from interfaces.importing.proposal import Part
from interfaces.importing.wording import name_key, text_key
from interfaces.web.importing.sent import SentImport

NEW: Final = "new"
"""A choice between what there is and something new."""

_SHEET: Final = ":"
_LONGEST_LINE: Final = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for, as it is read beside its document.

    `renamed`: which columns stand under headings that are not known. `without`: the kinds of change
    that are left out as a whole. `again`: a file that was read before is compared once more.
    `skips`: what is bad about the document as a whole is left out.
    """

    renamed: dict[Heading, PlanField] = field(default_factory=dict)

    corrections: dict[Place, Correction] = field(default_factory=dict)
    answers: Answers = field(default_factory=lambda: Answers(accept_aliases=True))
    leaving: Leaving = field(default_factory=lambda: Leaving(cancels=frozenset()))
    without: frozenset[Part] = frozenset()
    again: bool = False
    skips: bool = False

    @property
    def parts(self) -> frozenset[Part]:
        """Return the kinds of change that are to be stored."""
        gone = frozenset() if self.leaving.cancels else frozenset({Part.GONE})
        return frozenset(Part) - self.without - gone

    @property
    def digest(self) -> str:
        """Return a word for everything that decides what the dry run shows.

        What is left out of it decides only what is stored, and needs no second look.
        """
        cells = sorted(
            (sheet or "", line, sorted(one.cells.items()), one.drops_stray)
            for (sheet, line), one in self.corrections.items()
        )
        answers = self.answers
        given = [sorted(one.items()) for one in (answers.given, answers.roles, answers.plans)]
        headings = sorted((one.sheet or "", *one[1:], of) for one, of in self.renamed.items())
        told = orjson.dumps([headings, cells, given, self.again])
        return hashlib.sha256(told).hexdigest()[:32]


def asked_of(sent: SentImport, document: Document) -> Asked:
    """Read what a form asks for."""
    plans, is_new = _plans(sent, document)
    roles = _roles(sent)
    return Asked(
        corrections=dict(_corrections(sent, document)),
        answers=Answers(is_new, accept_aliases=True, roles=roles, plans=plans),
        leaving=Leaving(
            frozenset(place_of(one) for one in sent.lines("out")),
            frozenset(sent.lines("cancel")),
            keeps_titles=bool(sent.line("keep-titles")),
        ),
        without=frozenset(part for part in Part if part in sent.lines("without")),
        again=bool(sent.line("again")),
        skips=bool(sent.line("skip")),
    )


def renamed_of(sent: SentImport, name: str) -> dict[Heading, PlanField]:
    """Read which columns a form says, or said when it was shown, stand under unknown headings."""
    headings = takewhile(lambda one: one[0], ((sent.line(f"heading-{n}"), n) for n in count()))
    chosen = {heading_of(words): sent.line(f"{name}-{n}") for words, n in headings}
    return {heading: PlanField(of) for heading, of in chosen.items() if of in {*PlanField}}


def written_heading(heading: Heading) -> str:
    """Write a heading as a field of a form holds it."""
    return f"{written_place(heading.sheet, heading.line)}\n{heading.words}"


def heading_of(written: str) -> Heading:
    """Read a heading; one that there is not is nobody's."""
    place, _, words = written.replace("\r", "").partition("\n")
    return Heading(*place_of(place), words)


def rows_of(document: Document) -> Iterator[tuple[int, PlanTable, PlanRow]]:
    """Yield the rows of all plans, with the number by which a form knows each."""
    numbers = count()
    return ((next(numbers), table, row) for table in document.plans for row in table.rows)


def tables_of(document: Document) -> list[PlanTable]:
    """Return the first table of each question into which plan it is read."""
    return list({table_key(table): table for table in reversed(document.plans)}.values())[::-1]


def name_of(of: PlanField, number: int) -> str:
    """Return the name of the field of a form that holds a cell."""
    return f"{of.name.lower().replace('_', '-')}-{number}"


def written_place(sheet: str | None, line: int) -> str:
    """Write a place as a field of a form holds it."""
    return f"{line}{_SHEET}{sheet or ''}"


def place_of(words: str) -> Place:
    """Read a place; one that there is not is nobody's."""
    line, _, sheet = words.partition(_SHEET)
    is_line = line.isascii() and line.isdigit() and len(line) <= _LONGEST_LINE
    return sheet or None, int(line) if is_line else 0


def responses_of(document: Document) -> Iterator[tuple[int, ResponseTable, ResponseRow]]:
    """Yield the rows of tables of responses, with the number by which a form knows each."""
    numbers = count()
    return ((next(numbers), table, row) for table in document.responses for row in table.rows)


def _corrections(sent: SentImport, document: Document) -> Iterator[tuple[Place, Correction]]:
    yield from _of_plans(sent, document)
    for number, table, row in responses_of(document):
        shown = {PlanField.RECOMMENDATION: row.text, PlanField.PROGRESS: row.narrative}
        cells = {
            of: given
            for of, words in shown.items()
            if (given := sent.fields.get(response_name(of, number))) is not None
            and isinstance(given, str)
            and clean(given) != clean(words)
        }
        drops = bool(sent.line(f"stray-r{number}"))
        if cells or drops:
            yield (table.sheet, row.line), Correction(cells, drops_stray=drops)


def response_name(of: PlanField, number: int) -> str:
    """Return the name of the field of a form that holds a cell of a table of responses."""
    return f"{of.name.lower()}-r{number}"


def _of_plans(sent: SentImport, document: Document) -> Iterator[tuple[Place, Correction]]:
    for number, table, row in rows_of(document):
        cells = {
            of: given
            for of in PlanField
            if (given := sent.fields.get(name_of(of, number))) is not None
            and isinstance(given, str)
            and clean(given) != clean(written(row, of))
        }
        drops = bool(sent.line(f"stray-{number}"))
        if cells or drops:
            yield (table.sheet, row.line), Correction(cells, drops_stray=drops)


def _plans(sent: SentImport, document: Document) -> tuple[dict[str, str], dict[str, bool]]:
    """Return by table the plan that was chosen, or the title of a new one; and which are new."""
    return plans_chosen(
        (table, sent.line(f"plan-{number}"), sent.line(f"plan-title-{number}"))
        for number, table in enumerate(tables_of(document))
    )


def plans_chosen(
    fields: Iterable[tuple[PlanTable, str, str]],
) -> tuple[dict[str, str], dict[str, bool]]:
    """Return what the fields of tables say: the plan and the title that stand in each."""
    chosen: dict[str, str] = {}
    is_new: dict[str, bool] = {}
    for table, plan, title in fields:
        if plan and plan != NEW:
            chosen[table_key(table)] = plan
        elif plan:
            is_new[table_key(table)] = False
            if title.strip() and text_key(title) != text_key(table.title):
                chosen[table_key(table)] = title.strip()
    return chosen, is_new


def _roles(sent: SentImport) -> dict[str, str]:
    given = takewhile(lambda one: one[0], ((sent.line(f"spelling-{n}"), n) for n in count()))
    chosen = (
        (spelling, sent.line(f"role-title-{n}").strip() or sent.line(f"role-{n}"))
        for spelling, n in given
    )
    return {name_key(spelling): choice for spelling, choice in chosen if choice}
