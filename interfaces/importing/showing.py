"""A proposal in words and tables for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from operator import attrgetter

from rich.console import RenderableType
from rich.table import Table

from events.directory import Office
from events.refs import quoted
from interfaces.documents.cell_text import shortened
from interfaces.documents.document import Problem, Severity
from interfaces.importing.counting import some
from interfaces.importing.personal_words import personal_told
from interfaces.importing.proposal import (
    NewRole,
    PlanProposal,
    PriorityState,
    Proposal,
    RecommendationProposal,
    RowProposal,
    RowState,
    TitledBy,
)
from interfaces.importing.row_problems import problems_of
from interfaces.importing.word_changes import around_change
from workflow.civil_dates import format_date
from workflow.target_dates import describe

_STATES = {
    RowState.NEW: "new",
    RowState.SAME: "same",
    RowState.CHANGED: "changed",
    RowState.REPEATED: "stands above already",
    RowState.BAD: "bad",
    RowState.LEFT_OUT: "left out",
}


TITLES = {
    TitledBy.HEADING: "the heading above its table",
    TitledBy.SHEET: "its sheet",
    TitledBy.FILE: "its file",
}
"""Where a title that nobody gave came from."""


def overview(proposal: Proposal, *, whole: bool, cancels: bool = False) -> Iterator[RenderableType]:
    """Tell what a document would change.

    `whole`: with every row. `cancels`: what is gone was chosen.
    """
    for plan in proposal.plans:
        yield from _plan(plan, proposal, whole=whole, cancels=cancels)
    if proposal.roles:
        yield "Roles to be created, with the office that their title suggests:"
        yield from (f"  {role_words(role)}" for role in proposal.roles)
    for alias in proposal.aliases:
        yield f"“{alias.alias}” becomes another spelling of {alias.title} ({quoted(alias.role)})."
    yield from _recommendations(proposal, whole=whole)
    yield from _problems(proposal, whole=whole)
    yield from personal_told(proposal)


def to_be_settled(proposal: Proposal) -> Iterator[str]:
    """Tell what stands in the way of storing it."""
    if proposal.open_questions:
        yield "To be answered before anything is stored:"
    for question in proposal.open_questions:
        yield f"  {question.asks} ({question.reason.rstrip('.')}) {question.mend}"
    yield from _listed("Cannot be stored as it stands", proposal.bad)


def _plan(
    plan: PlanProposal, proposal: Proposal, *, whole: bool, cancels: bool
) -> Iterator[RenderableType]:
    name = f"“{plan.title}”"
    if plan.read_before_on is not None:
        day = format_date(dt.date.fromisoformat(plan.read_before_on))
        yield f"This very file was read into {name} ({quoted(str(plan.ref))}) on {day}."
        return
    standing = f"is {quoted(plan.ref)}" if plan.ref else f"is a new plan{_titled(plan)}"
    period = (
        f", for {format_date(plan.from_on)} to {format_date(plan.until_on)} by its title"
        if plan.from_on and plan.until_on
        else ""
    )
    yield f"The plan {name} {standing}{period}: {_counts(plan)}."
    if plan.remark:
        yield plan.remark
    for priority in plan.priorities:
        under = sum(row.priority == priority.number for row in plan.rows)
        was = f" (was “{priority.before}”)" if priority.state is PriorityState.RETITLED else ""
        yield f"  Priority {priority.number}: {priority.title}{was}, {some(under, 'action')}"
    if whole:
        yield _table(plan, proposal)
    else:
        yield from _changes(plan)
    if plan.gone:
        fate = "are to be cancelled" if cancels else "stay unless you cancel them"
        yield f"Open actions that the document no longer names; they {fate}:"
        yield from (
            f"  {quoted(one.ref)} {shortened(one.text)} ({one.target})" for one in plan.gone
        )


def _titled(plan: PlanProposal) -> str:
    return f", called so after {TITLES[plan.titled_by]}" if plan.titled_by in TITLES else ""


def _counts(plan: PlanProposal) -> str:
    counts = ((state, len(plan.in_state(state))) for state in RowState)
    told = [f"{count} {_STATES[state]}" for state, count in counts if count]
    return f"{some(len(plan.rows), 'row')} ({', '.join(told)})" if told else "no rows"


def _changes(plan: PlanProposal) -> Iterator[str]:
    for one in plan.rows:
        if one.differences:
            yield f"  {quoted(str(one.action))}, line {one.row.line}: {shortened(one.row.text)}"
            yield from (f"    {line}" for line in _differences(one))


def _differences(one: RowProposal) -> Iterator[str]:
    for found in one.differences:
        kept = f" Kept. {found.kept}" if found.kept else ""
        before, after = around_change(found.before, found.after)
        yield f"{found.field}: “{before}” → “{after}”{kept}"


def _table(plan: PlanProposal, proposal: Proposal) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("Line", "Pr.", "Action", "Target date → due", "Leads", "State"):
        table.add_column(heading, overflow="fold")
    for one in plan.rows:
        table.add_row(
            str(one.row.line),
            str(one.priority or ""),
            one.row.text,
            describe(one.row.target_date) if one.row.target_date else one.row.target_date_words,
            "; ".join(_leads(one)),
            "\n".join(_state(one, proposal)),
        )
    return table


def _leads(one: RowProposal) -> Iterator[str]:
    for lead in one.leads:
        yield f"{lead.title} ({quoted(lead.ref) if lead.ref else 'new'})"


def _state(one: RowProposal, proposal: Proposal) -> Iterator[str]:
    action = f" ({quoted(one.action)})" if one.action else ""
    yield f"{_STATES[one.state]}{action}"
    yield from _differences(one)
    for problem in problems_of(one, proposal):
        yield f"{problem.field}: {problem.what} {problem.mend}"


def role_words(role: NewRole) -> str:
    """Tell what a role would be that is to be created."""
    parts = [f"{role.title}: {role.office.value.replace('_', ' ')}"]
    if role.office is Office.SUBGROUP_CHAIR:
        parts.append(f"of {role.subgroup}{'' if role.subgroup_ref else ' (a new subgroup)'}")
    if role.aliases:
        parts.append(f", also spelt {', '.join(f'“{alias}”' for alias in role.aliases)}")
    remark = f" {role.remark}" if role.remark else ""
    return f"{' '.join(parts).replace(' ,', ',')}.{remark}"


def _recommendations(proposal: Proposal, *, whole: bool) -> Iterator[str]:
    found = proposal.recommendations
    if not found or (proposal.read_before and not whole):
        return
    new = proposal.new_recommendations
    answered = sum(one.accepted for one in new)
    yield (
        f"Tables of responses: {some(len(found), 'recommendation')}, {len(new)} new"
        f" ({answered} with an answer, which is kept as published)."
    )
    if whole:
        yield from map(_recommendation, found)


def _recommendation(one: RecommendationProposal) -> str:
    state = quoted(one.ref) if one.ref else ("new, answered" if one.accepted else "new, no answer")
    return f"  line {one.line}, {one.source}: {one.text} ({state})"


def _problems(proposal: Proposal, *, whole: bool) -> Iterator[str]:
    of = attrgetter("severity")
    if proposal.read_before and not whole:
        return
    yield from _listed(
        "Could not be read; look it up and type it in",
        (p for p in proposal.problems if of(p) is Severity.UNREAD),
    )
    mended = [p for p in proposal.problems if of(p) is Severity.MENDED]
    if whole:
        yield from _listed("Torn, and put together again", mended)
    elif mended:
        count = some(len(mended), "torn place was", "torn places were")
        yield f"{count} put together again; --verbose lists them."


def _listed(heading: str, problems: Iterable[Problem]) -> Iterator[str]:
    lines = [f"  {problem}" for problem in problems]
    if lines:
        yield f"{heading}:"
        yield from lines
