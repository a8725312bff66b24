"""A dry run as a page shows it: what is counted, the plans with their rows, leads, responses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from events.refs import quoted
from interfaces.documents.corrections import Place
from interfaces.documents.document import Document, PlanRow, PlanTable, Problem, Severity
from interfaces.importing.answers import Answers
from interfaces.importing.counting import counted, some
from interfaces.importing.fingerprint import fingerprint
from interfaces.importing.personal_words import personal_words
from interfaces.importing.plan_choice import table_key
from interfaces.importing.proposal import (
    Part,
    PlanProposal,
    PriorityState,
    Proposal,
    RowState,
)
from interfaces.importing.wording import name_key
from interfaces.web.forms import Option
from interfaces.web.importing.asked import (
    NEW,
    Asked,
    plans_chosen,
    responses_of,
    rows_of,
    tables_of,
    written_place,
)
from interfaces.web.importing.columns import ColumnShown, columns_of, other_than_columns
from interfaces.web.importing.leads import LeadShown, leads_of, role_options
from interfaces.web.importing.response_rows import ResponseShown, responses_shown
from interfaces.web.importing.rows import (
    RowShown,
    Sheet,
    bad_elsewhere,
    of_severity,
    priority_names,
)
from projections.names import Names

_BY_HAND: Final = " To rename it: goldthread plan retitle."


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table of actions, and the plan into which it is read: one that there is, or a new one.

    `reason`: why it was taken for a plan of another title.
    """

    number: int
    table: PlanTable
    where: str
    value: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan of the document. `remark` is a sentence that somebody should know."""

    plan: PlanProposal
    ref: str
    read_before_on: dt.date | None
    rows: list[RowShown]
    retitled: int
    remark: str

    @property
    def moving(self) -> list[RowShown]:
        """Return the rows of which something would come, or that somebody touched."""
        return [row for row in self.rows if row.is_moving]

    @property
    def resting(self) -> list[RowShown]:
        """Return the rows of which nothing would come: they are in the record, or further up."""
        return [row for row in self.rows if not row.is_moving]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that has to be mended or left out, and where it stands on the page."""

    anchor: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Personal:
    """What seems to hold a child's details, and where its row stands on the page, if it does."""

    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everything that the page of a dry run shows.

    `columns` are those whose headings are not known. `tally` counts what would become of the
    document. `bad` is what is bad about it outside of the rows; `unread` could not be read,
    `mended` was torn. `parts` can be left out as a whole.
    """

    proposal: Proposal
    asked: Asked
    fingerprint: str
    tables: list[TableShown]
    plans: list[PlanShown]
    leads: list[LeadShown]
    roles: tuple[Option, ...]
    responses: list[ResponseShown]
    columns: list[ColumnShown]
    bad: tuple[Problem, ...]
    unread: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    parts: tuple[Option, ...]
    tally: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> list[Wrong]:
        """Return the rows that have to be mended or left out."""
        rows = (row for plan in self.plans for row in plan.rows if row.is_wrong)
        of_plans = [Wrong(f"row-{row.number}", row.where, row.row.text) for row in rows]
        return of_plans + [
            Wrong(f"response-{one.number}", one.where, one.text)
            for one in self.responses
            if one.is_wrong
        ]

    @property
    def personal(self) -> list[Personal]:
        """Return what seems to hold a child's details in rows to be stored, now or once mended."""
        rows = {row.place: f"row-{row.number}" for plan in self.plans for row in plan.rows}
        anchors = rows | {one.place: f"response-{one.number}" for one in self.responses}
        return [
            Personal(anchors.get(written_place(one.sheet, one.line), ""), one.in_words())
            for one in personal_words(self.proposal)
        ]

    @property
    def others(self) -> tuple[Problem, ...]:
        """Return what is bad about the document besides the headings of its columns."""
        return other_than_columns(self.bad)

    @property
    def digest(self) -> str:
        """Return a word for what the form asks for as it is shown, before anybody changes it."""
        fields = ((one.table, one.value, one.title) for one in self.tables)
        plans, is_new = plans_chosen(fields)
        roles = {
            name_key(lead.written): lead.title or lead.value
            for lead in self.leads
            if lead.title or lead.value
        }
        answers = Answers(is_new, accept_aliases=True, roles=roles, plans=plans)
        return replace(self.asked, answers=answers).digest

    @property
    def is_read_before(self) -> bool:
        """Tell whether this very file was read before, so that nothing is taken from it."""
        return self.proposal.read_before


def dry_run(document: Document, proposal: Proposal, asked: Asked, names: Names) -> DryRun:
    """Return a proposal as a page shows it. `document`: as it was sent, without corrections."""
    originals = {(table.sheet, row.line): (number, row) for number, table, row in rows_of(document)}
    plans = [_plan(plan, proposal, asked, originals, names) for plan in proposal.plans]
    found = list(responses_shown(document, proposal, asked))
    responses = {(table.sheet, row.line) for _, table, row in responses_of(document)}
    bad = tuple(one for one in bad_elsewhere(proposal) if (one.sheet, one.line) not in responses)
    return DryRun(
        proposal,
        asked,
        fingerprint(proposal),
        list(_tables(document, proposal, asked)),
        plans,
        leads_of(proposal, asked),
        role_options(proposal, names),
        found,
        columns_of(bad, asked),
        bad,
        of_severity(proposal, Severity.UNREAD),
        of_severity(proposal, Severity.MENDED),
        tuple(_parts(proposal)),
        tuple(_tally(proposal, plans, found)),
    )


def tables_shown(document: Document, asked: Asked) -> list[TableShown]:
    """Return the tables of a document that was not compared, with what was chosen for each."""
    return list(_tables(document, None, asked))


def _tables(document: Document, proposal: Proposal | None, asked: Asked) -> Iterator[TableShown]:
    for number, table in enumerate(tables_of(document)):
        key = table_key(table)
        plan = _plan_of(key, proposal)
        chosen = asked.answers.plans.get(key, "")
        is_title = bool(chosen) and not chosen.startswith("plan-")
        yield TableShown(
            number,
            table,
            f"sheet {table.sheet}" if table.sheet else _lines(table),
            (plan.ref or NEW) if plan else (NEW if is_title or not chosen else chosen),
            chosen if is_title else table.title,
            _reason(key, proposal),
        )


def _reason(key: str, proposal: Proposal | None) -> str:
    questions = proposal.questions if proposal else ()
    return next((one.reason for one in questions if one.key == key), "")


def _plan_of(key: str, proposal: Proposal | None) -> PlanProposal | None:
    plans = proposal.plans if proposal else ()
    return next((plan for plan in plans if key in plan.tables), None)


def _lines(table: PlanTable) -> str:
    lines = [row.line for row in table.rows]
    if not lines:
        return "no rows"
    return f"lines {lines[0]} to {lines[-1]}" if len(lines) > 1 else f"line {lines[0]}"


def _plan(
    plan: PlanProposal,
    proposal: Proposal,
    asked: Asked,
    originals: Mapping[Place, tuple[int, PlanRow]],
    names: Names,
) -> PlanShown:
    recorded = names.plans.get(plan.ref) if plan.ref else None
    priorities = priority_names(plan, recorded["priorities"] if recorded else {})
    day = plan.read_before_on
    return PlanShown(
        plan,
        quoted(plan.ref) if plan.ref else "",
        dt.date.fromisoformat(day) if day else None,
        Sheet(proposal, asked, originals).rows(plan, priorities),
        sum(one.state is PriorityState.RETITLED for one in plan.priorities),
        (plan.remark or "").replace(_BY_HAND, ""),
    )


def _parts(proposal: Proposal) -> Iterator[Option]:
    for part in Part:
        if part in proposal.parts() and part is not Part.GONE:
            yield Option(part.value, counted(part, proposal))


def _tally(
    proposal: Proposal, plans: list[PlanShown], responses: list[ResponseShown]
) -> Iterator[tuple[str, str]]:
    """Count what would become of the document; each with the mark under which it is shown."""
    rows = [row for plan in plans for row in plan.rows]
    states = [row.state for row in rows]
    wrong = [*states, *(one.state for one in responses)].count(RowState.BAD.value)
    if rows:
        yield "all", some(len(rows), "row")
    for state, words in (
        (RowState.NEW, "new"),
        (RowState.CHANGED, "changed"),
        (RowState.SAME, "already there"),
        (RowState.REPEATED, "further up already"),
    ):
        if count := states.count(state.value):
            yield state.value, f"{count} {words}"
    if wrong:
        yield RowState.BAD.value, f"{wrong} to be mended"
    if gone := sum(len(plan.plan.gone) for plan in plans):
        yield "gone", f"{some(gone, 'action')} no longer in it"
    if found := proposal.recommendations:
        new = len(proposal.new_recommendations)
        yield "responses", f"{some(len(found), 'recommendation')}, {new} new"
    if proposal.roles:
        yield "roles", some(len(proposal.roles), "new role")
