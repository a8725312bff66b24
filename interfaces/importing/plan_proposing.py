"""What one plan of a document would change in the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from events.refs import UnknownReference, category_of, quoted, read_ref
from interfaces.documents.cell_text import shortened
from interfaces.documents.document import PlanRow, PlanTable, Problem
from interfaces.importing.differences import differences
from interfaces.importing.lead_roles import LeadReading
from interfaces.importing.matching import Sought, match
from interfaces.importing.plan_choice import PlanChoice
from interfaces.importing.plan_priorities import place_priorities
from interfaces.importing.plan_titles import period_in
from interfaces.importing.proposal import (
    GoneAction,
    Lead,
    PlanProposal,
    PriorityProposal,
    RowProposal,
    RowState,
)
from interfaces.importing.recorded import Recorded, RecordedAction, RecordedPlan
from interfaces.importing.wording import text_key
from workflow.smart import advise

LONGEST = 20_000
"""Characters that the words of an action, a measure or a note may have."""

_Repeat = tuple[str, frozenset[str], str | None, str | None]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a plan, with the sheet on which it stands."""

    row: PlanRow
    sheet: str | None


def rows_of(tables: Sequence[PlanTable]) -> tuple[PlacedRow, ...]:
    """The rows of tables that are read as one plan."""
    return tuple(PlacedRow(row, table.sheet) for table in tables for row in table.rows)


def propose_plan(
    rows: Sequence[PlacedRow],
    choice: PlanChoice,
    printed_title: str,
    leads: LeadReading,
    recorded: Recorded,
) -> PlanProposal:
    """Compare the rows of a plan with what the record holds of it."""
    plan = choice.plan
    first, last = (None, None) if plan else period_in(choice.title)
    storable = [placed.row for placed in rows if placed.row.storable]
    priorities = place_priorities(storable, plan.priorities if plan else {})
    titles = {role.ref: role.title for role in recorded.roles}
    answerable = {text_key(one.text): one.ref for one in recorded.recommendations if one.answerable}
    comparing = _Comparing(leads, priorities, plan, titles, answerable)
    proposed, gone = comparing.compare(rows)
    return PlanProposal(
        title=choice.title,
        ref=plan.ref if plan else None,
        from_on=first,
        until_on=last,
        priorities=tuple(priorities.values()),
        rows=proposed,
        gone=gone,
        remark=_remark(plan, printed_title),
    )


@dataclass(frozen=True, slots=True)
class _Comparing:
    """What the rows of one plan are compared with."""

    leads: LeadReading
    priorities: Mapping[str, PriorityProposal]
    plan: RecordedPlan | None
    titles: Mapping[str, str]
    answerable: Mapping[str, str]

    def compare(
        self, rows: Sequence[PlacedRow]
    ) -> tuple[tuple[RowProposal, ...], tuple[GoneAction, ...]]:
        """Say what becomes of each row, and which actions of the plan no row is."""
        read = _without_repeats([self._read(placed) for placed in rows])
        actions = self.plan.actions if self.plan else ()
        sought = [one for one in read if one.state is not RowState.REPEATED]
        found = iter(match([_sought(one) for one in sought], actions))
        settled = tuple(
            one if one.state is RowState.REPEATED else self._settle(one, next(found))
            for one in read
        )
        named = {one.action for one in settled}
        gone = (one for one in actions if one.ref not in named and not one.ended)
        return settled, tuple(
            GoneAction(one.ref, one.text, one.target["as_written"]) for one in gone
        )

    def _read(self, placed: PlacedRow) -> RowProposal:
        row = placed.row
        priority = self.priorities.get(text_key(row.priority)) if row.priority else None
        return RowProposal(
            row=row,
            state=RowState.NEW if row.storable else RowState.BAD,
            sheet=placed.sheet,
            leads=self._leads_of(row),
            priority=priority.number if priority else None,
            problems=tuple(self._problems(placed)) if row.storable else (),
        )

    def _leads_of(self, row: PlanRow) -> tuple[Lead, ...]:
        known = (self.leads.leads.get(spelling) for spelling in row.leads)
        return tuple(dict.fromkeys(lead for lead in known if lead is not None))

    def _problems(self, placed: PlacedRow) -> Iterator[Problem]:
        row, sheet = placed.row, placed.sheet
        for spelling in row.leads:
            if spelling in self.leads.unusable:
                what, mend = self.leads.unusable[spelling]
                yield Problem(row.line, "lead", shortened(spelling), what, mend, sheet=sheet)
        for name, words in (("action", row.text), ("measure", row.measure or "")):
            if len(words) > LONGEST:
                what = f"It is longer than {LONGEST} characters."
                mend = "Shorten it, and keep the long version as a document of its own."
                yield Problem(row.line, name, shortened(words), what, mend, sheet=sheet)

    def _settle(self, one: RowProposal, action: RecordedAction | None) -> RowProposal:
        if action is not None:
            one = replace(one, action=action.ref)
        if one.state is RowState.BAD or one.problems:
            return replace(one, state=RowState.BAD)
        if action is None:
            return self._new(one)
        found = differences(one.row, one.leads, one.priority, action, self.titles)
        changed = any(difference.kept is None for difference in found)
        state = RowState.CHANGED if changed else RowState.SAME
        return replace(one, state=state, differences=found)

    def _new(self, one: RowProposal) -> RowProposal:
        row = one.row
        if one.priority is None and (self.priorities or (self.plan and self.plan.priorities)):
            what = "The plan has priorities, and this action stands under none of them."
            mend = "Put it under a priority, or give it one in a column “Priority”."
            value = shortened(row.text)
            problem = Problem(row.line, "priority", value, what, mend, sheet=one.sheet)
            return replace(one, state=RowState.BAD, problems=(problem,))
        due = row.target_date.due if row.target_date else None
        advice = advise(row.text, len(one.leads), due, row.measure)
        return replace(one, advice=advice, answers=self._answered(row.recommendation))

    def _answered(self, words: str | None) -> str | None:
        """The recommendation that a row names: by R7, or by its words; a bare number is none."""
        if words is None or not any(letter.isalpha() for letter in words):
            return None
        try:
            ref = read_ref(words)
        except UnknownReference:
            return self.answerable.get(text_key(words), words)
        return ref if category_of(ref) == "recommendation" else words


def _without_repeats(rows: list[RowProposal]) -> list[RowProposal]:
    """Mark what stands further up already: the same words, leads, date and priority."""
    seen: set[_Repeat] = set()
    marked = []
    for one in rows:
        sought = _sought(one)
        key = text_key(sought.text), sought.leads, sought.due, one.row.priority
        fresh = one.state is RowState.BAD or key not in seen
        marked.append(one if fresh else replace(one, state=RowState.REPEATED))
        seen.add(key)
    return marked


def _sought(one: RowProposal) -> Sought:
    target = one.row.target_date
    due = target.due.isoformat() if target and target.due else None
    leads = frozenset(lead.ref or lead.title for lead in one.leads)
    return Sought(one.row.text, leads, one.priority, due)


def _remark(plan: RecordedPlan | None, printed_title: str) -> str | None:
    if plan is None or text_key(plan.title) == text_key(printed_title):
        return None
    ref = quoted(plan.ref)
    return (
        f"The document calls the plan “{printed_title}”; {ref} stays “{plan.title}”. To rename it:"
        f" goldthread plan retitle."
    )
