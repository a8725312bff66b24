"""From a document and the record to a proposal: pure, so that it can be asked for again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from interfaces.documents.document import Document, PlanTable, Problem, Severity
from interfaces.importing.answers import Answers
from interfaces.importing.lead_roles import LeadReading, read_leads
from interfaces.importing.plan_choice import PlanChoice, choose_plan, table_key
from interfaces.importing.plan_proposing import propose_plan, rows_of
from interfaces.importing.plan_titles import titled_by
from interfaces.importing.proposal import PlanProposal, Proposal
from interfaces.importing.recorded import Recorded, recorded_in
from interfaces.importing.responses import propose_recommendations
from interfaces.importing.wording import text_key
from projections.store import View


def propose(
    document: Document,
    view: View,
    *,
    plan_title: str | None = None,
    answers: Answers | None = None,
    again: bool = False,
) -> Proposal:
    """Compare a document with what the record holds; nothing is stored.

    `plan_title`: the title or reference (P1) of the plan into which all tables are read; without
    it each table is a plan by its own title. `again`: compare a file that was read before,
    instead of taking nothing from it. Raises `NotFound` or `NotNow` for a plan that cannot be
    read into.
    """
    recorded = recorded_in(view)
    given = answers or Answers()
    plans = _gathered(document, recorded, plan_title, given)
    fresh = [one for one in plans if again or one.read_before_on(document) is None]
    spellings = [lead for one in fresh for lead in one.spellings]
    leads = read_leads(spellings, recorded.roles, recorded.subgroups, given)
    proposed = tuple(
        one.propose(leads, recorded) if one in fresh else one.read_before(document) for one in plans
    )
    asked = tuple(one.choice.question for one in plans if one.choice.question is not None)
    recommendations, problems = propose_recommendations(document, recorded)
    problems = (*_problems(document, plans, fresh), *_of_rows(proposed), *problems)
    return Proposal(
        source=document.source,
        sha256=document.sha256,
        position=recorded.position,
        plans=proposed,
        roles=leads.roles,
        aliases=leads.aliases,
        recommendations=recommendations,
        questions=(*asked, *leads.questions),
        problems=problems,
        spellings=leads.spellings,
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The tables that are read as one plan."""

    source: str
    choice: PlanChoice
    tables: tuple[PlanTable, ...]

    @property
    def spellings(self) -> Iterable[str]:
        """The leads of all rows that can be stored, as written."""
        return (
            lead
            for placed in rows_of(self.tables)
            if placed.row.storable
            for lead in placed.row.leads
        )

    @property
    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(table_key(table) for table in self.tables))

    def read_before_on(self, document: Document) -> str | None:
        """The day on which this very file was read into the plan, if it was."""
        plan = self.choice.plan
        return plan.documents.get(document.sha256) if plan else None

    def read_before(self, document: Document) -> PlanProposal:
        """The plan, with nothing taken from the file."""
        ref = self.choice.plan.ref if self.choice.plan else None
        day = self.read_before_on(document)
        return PlanProposal(self.choice.title, ref, read_before_on=day, tables=self._keys)

    def propose(self, leads: LeadReading, recorded: Recorded) -> PlanProposal:
        """The plan, compared with the record."""
        table = self.tables[0]
        plan = propose_plan(rows_of(self.tables), self.choice, table.title, leads, recorded)
        plan = replace(plan, tables=self._keys)
        if plan.ref is not None:
            return plan
        return replace(plan, titled_by=titled_by(plan.title, table, self.source))


def _gathered(
    document: Document, recorded: Recorded, plan_title: str | None, answers: Answers
) -> list[_Gathered]:
    """Tables of one title, or read into one plan of the record, are one plan."""
    found: dict[str, _Gathered] = {}
    for table in document.plans:
        choice = choose_plan(table, document.sha256, recorded, plan_title, answers)
        key = choice.plan.ref if choice.plan else text_key(choice.title)
        before = found.get(key)
        tables = (*before.tables, table) if before else (table,)
        found[key] = _Gathered(document.source, before.choice if before else choice, tables)
    return list(found.values())


def _problems(
    document: Document, plans: Sequence[_Gathered], fresh: Sequence[_Gathered]
) -> tuple[Problem, ...]:
    """What the reader of the file reported; what was bad in it is over once it was read in."""
    over = bool(plans) and not fresh
    return tuple(
        problem for problem in document.problems if not (over and problem.severity is Severity.BAD)
    )


def _of_rows(plans: Iterable[PlanProposal]) -> Iterable[Problem]:
    return (problem for plan in plans for row in plan.rows for problem in row.problems)
