"""Into which plan a table of a document is read: one that the record has, or a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from events.refs import UnknownReference, category_of, quoted, read_ref
from interfaces.documents.document import PlanTable
from interfaces.importing.answers import SAME_PLAN, Answers
from interfaces.importing.proposal import Question
from interfaces.importing.recorded import Recorded, RecordedPlan
from interfaces.importing.wording import text_key
from workflow.refusals import NotFound, NotNow

_ENOUGH = 0.5
"""The share of a table's actions that a plan must hold before it is asked about."""


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """The plan (None: a new one under this title), and what had to be asked about it."""

    title: str
    plan: RecordedPlan | None = None
    question: Question | None = None


def choose_plan(
    table: PlanTable,
    sha256: str,
    recorded: Recorded,
    named: str | None,
    answers: Answers,
) -> PlanChoice:
    """Take the plan that was named, else the one of the same title, of the same file, or alike.

    A plan that already holds half of the actions is a question. `named` is a title or a reference
    such as P1; what was answered for this one table goes before it. Raises `NotFound` for a
    reference of no plan and `NotNow` for a closed plan, unless this very file was read into it
    before.
    """
    own = _own(table, sha256, recorded, answers)
    chosen = answers.plans.get(table_key(table))
    if own.plan is not None and own.plan.ref == chosen:
        return _open(_agreed(own), sha256)
    named = chosen or named
    if named is None:
        return _open(own, sha256)
    ref = _ref_in(named)
    plan = recorded.plan(ref) if ref else _titled(named, recorded)
    if ref and plan is None:
        raise NotFound(ref, field="plan")
    title = plan.title if plan else " ".join(named.split())
    return _open(PlanChoice(title, plan), sha256)


def _own(table: PlanTable, sha256: str, recorded: Recorded, answers: Answers) -> PlanChoice:
    """The plan that is taken where nobody names one."""
    plan = _titled(table.title, recorded) or _holding_file(sha256, recorded)
    return PlanChoice(plan.title, plan) if plan else _alike(table, recorded, answers)


def _agreed(found: PlanChoice) -> PlanChoice:
    """The plan that was found, which a person confirmed."""
    question = found.question and replace(found.question, answer=True)
    return replace(found, question=question)


def table_key(table: PlanTable) -> str:
    """The key of the question into which plan a table is read."""
    return f"{SAME_PLAN}{table.sheet or ''}:{text_key(table.title)}"


def _open(choice: PlanChoice, sha256: str) -> PlanChoice:
    """The choice, if the plan still takes documents. Raises `NotNow`."""
    plan = choice.plan
    if plan is not None and plan.closed and sha256 not in plan.documents:
        mend = "Name the plan that follows it, or a new title, with --plan."
        raise NotNow(plan.ref, "read a document into it", "closed", mend)
    return choice


def _ref_in(named: str) -> str | None:
    try:
        ref = read_ref(named)
    except UnknownReference:
        return None
    return ref if category_of(ref) == "plan" else None


def _titled(title: str, recorded: Recorded) -> RecordedPlan | None:
    """The plan of a title; of several the newest that is not closed, else the newest."""
    plans = [plan for plan in recorded.plans if text_key(plan.title) == text_key(title)]
    return next((plan for plan in reversed(plans) if not plan.closed), plans[-1] if plans else None)


def _holding_file(sha256: str, recorded: Recorded) -> RecordedPlan | None:
    plans = [plan for plan in recorded.plans if sha256 in plan.documents]
    return plans[0] if len(plans) == 1 else None


def _alike(table: PlanTable, recorded: Recorded, answers: Answers) -> PlanChoice:
    texts = [text_key(row.text) for row in table.rows if row.text]
    shares = [
        (sum(text in plan_texts for text in texts), plan)
        for plan in recorded.plans
        if not plan.closed and (plan_texts := {text_key(action.text) for action in plan.actions})
    ]
    count, plan = max(shares, key=lambda share: share[0], default=(0, None))
    if plan is None or count == 0 or count < _ENOUGH * len(texts):
        return PlanChoice(table.title)
    key = table_key(table)
    question = Question(
        key,
        f"Is “{table.title}” the plan “{plan.title}” ({quoted(plan.ref)})?",
        f"{count} of its {len(texts)} actions stand in {quoted(plan.ref)} already.",
        f"Add --plan {quoted(plan.ref)}, or --plan with the title of a new plan.",
        answers.to(key),
    )
    if question.answer is False:
        return PlanChoice(table.title, None, question)
    return PlanChoice(plan.title, plan, question)
