"""Storing what a document says: everything in one transaction, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

import orjson
from pydantic import ValidationError

from events.directory import Office
from interfaces.field_errors import mend_of
from interfaces.importing.filing import Filing
from interfaces.importing.proposal import (
    NewAlias,
    Part,
    PlanProposal,
    PriorityState,
    Proposal,
    RecommendationProposal,
    RowState,
)
from interfaces.importing.refusals import (
    BadRows,
    NotTaken,
    OpenQuestions,
    RecordMoved,
    RowRefused,
)
from interfaces.importing.row_commands import change_action, create_action
from projections.ledger import Ledger
from workflow.action_work_commands import CancelAction
from workflow.plan_commands import AddPriority, AdoptPlan, RecordDocument, RetitlePriority
from workflow.recommendation_commands import (
    AcceptRecommendation,
    NoteRecommendationProgress,
    ProposeRecommendation,
)
from workflow.refusals import Refusal
from workflow.role_commands import AddAlias

Told = Callable[[int], None]
"""Called with how many items are stored so far, for a progress bar."""


@dataclass(frozen=True, slots=True)
class CreatedRole:
    """A role that an import created, with its office and its other spellings."""

    ref: str
    title: str
    office: Office
    aliases: tuple[str, ...]


@dataclass(slots=True)
class Stored:
    """What was stored. `already`: this very import was stored before, and nothing was added.

    `without_lead` and `without_date` name what was added without somebody to act, or without a day
    by which it is due.
    """

    already: bool = False
    plans: list[str] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    cancelled: int = 0
    recommendations: int = 0
    roles: int = 0
    aliases: int = 0
    new_roles: list[CreatedRole] = field(default_factory=list)
    new_aliases: list[NewAlias] = field(default_factory=list)
    without_lead: list[str] = field(default_factory=list)
    without_date: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether nothing was stored."""
        return not (self.plans or self.recommendations or self.aliases)


def apply(
    ledger: Ledger,
    proposal: Proposal,
    *,
    actor: str,
    parts: frozenset[Part] = frozenset(Part) - {Part.GONE},
    skip_bad: bool = False,
    told: Told = lambda _: None,
    command_id: str | None = None,
) -> Stored:
    """Store the parts of a proposal that were chosen, in one transaction.

    Where no `command_id` is given, it follows from the file, from what it was compared with and
    from what was chosen, so that a retry stores nothing. Raises `OpenQuestions`, `BadRows`,
    `RecordMoved` when the record changed since it was compared, and any `Refusal`; then nothing is
    stored.
    """
    if proposal.open_questions:
        raise OpenQuestions(proposal.open_questions)
    if proposal.bad and not skip_bad:
        raise BadRows(proposal.bad)
    chosen = parts & proposal.parts()
    if not chosen and not proposal.aliases:
        return Stored()
    command_id = command_id or _command_id(proposal, chosen, skip_bad=skip_bad)
    with ledger.transaction(actor=actor, command_id=command_id) as transaction:
        if transaction.writing.answered:
            return Stored(already=True)
        if transaction.writing.head.size != proposal.position:
            raise RecordMoved(proposal.position, transaction.writing.head.size)
        storing = _Storing(proposal, chosen, Filing(transaction, proposal.roles), told)
        with _plainly():
            return storing.run()


def work_in(proposal: Proposal, parts: frozenset[Part]) -> int:
    """How many items would be stored, as a progress bar counts them."""
    states = {Part.NEW: RowState.NEW, Part.CHANGED: RowState.CHANGED}
    rows = (one for one in proposal.rows for part in parts if states.get(part) is one.state)
    gone = sum(len(plan.gone) for plan in proposal.plans) if Part.GONE in parts else 0
    responses = len(proposal.new_recommendations) if Part.RECOMMENDATIONS in parts else 0
    return sum(1 for _ in rows) + gone + responses


def _command_id(proposal: Proposal, parts: frozenset[Part], *, skip_bad: bool) -> str:
    choices = [
        proposal.sha256,
        proposal.position,
        [plan.ref or plan.title for plan in proposal.plans],
        sorted(parts),
        sorted((question.key, question.answer) for question in proposal.questions),
        skip_bad,
    ]
    digest = hashlib.sha256(orjson.dumps(choices)).hexdigest()
    return str(uuid5(NAMESPACE_URL, f"goldthread:import:{digest}"))


class _Storing:
    """One proposal while it is stored."""

    def __init__(
        self, proposal: Proposal, parts: frozenset[Part], filing: Filing, told: Told
    ) -> None:
        self._proposal, self._parts, self._filing, self._told = proposal, parts, filing, told
        self._stored, self._done = Stored(), 0

    def run(self) -> Stored:
        """Give every command."""
        for alias in self._proposal.aliases:
            self._filing.give(AddAlias(role=alias.role, alias=alias.alias))
            self._stored.aliases += 1
            self._stored.new_aliases.append(alias)
        for plan in self._proposal.plans:
            if plan.parts() & self._parts:
                self._plan(plan)
        if Part.RECOMMENDATIONS in self._parts:
            for one in self._proposal.new_recommendations:
                with _at(one.line):
                    self._recommendation(one)
        self._count_what_was_needed()
        return self._stored

    def _count_what_was_needed(self) -> None:
        """Count the roles and recommendations that were made because rows name them."""
        created, named = self._filing.roles_created, self._filing.recommendations_created
        self._stored.roles = len(created)
        self._stored.new_roles = [
            CreatedRole(ref, role.title, role.office, role.aliases) for ref, role in created
        ]
        self._stored.recommendations += len(named)
        self._stored.without_lead += named
        self._stored.without_date += named

    def _plan(self, plan: PlanProposal) -> None:
        ref = plan.ref or self._filing.give(
            AdoptPlan(title=plan.title, from_on=plan.from_on, until_on=plan.until_on)
        )
        self._stored.plans.append(ref)
        self._priorities(plan, ref)
        if Part.NEW in self._parts:
            for one in plan.in_state(RowState.NEW):
                with _at(one.row.line):
                    source = self._proposal.source
                    action = create_action(one, ref, plan.title, source, self._filing)
                    if one.row.target_date is None or one.row.target_date.due is None:
                        self._stored.without_date.append(action)
                self._stored.added += self._count()
        if Part.CHANGED in self._parts:
            for one in plan.in_state(RowState.CHANGED):
                with _at(one.row.line):
                    change_action(one, self._proposal.source, self._filing)
                self._stored.changed += self._count()
        if Part.GONE in self._parts:
            for gone in plan.gone:
                reason = f"no longer in {self._proposal.source}"
                self._filing.give(CancelAction(action=gone.ref, reason=reason))
                self._stored.cancelled += self._count()
        self._record(plan, ref)

    def _priorities(self, plan: PlanProposal, ref: str) -> None:
        """Add the priorities that actions come to stand under, and retitle those that changed."""
        states = {Part.NEW: RowState.NEW, Part.CHANGED: RowState.CHANGED}
        taken = [state for part, state in states.items() if part in self._parts]
        needed = {one.priority for one in plan.in_state(*taken)}
        for one in plan.priorities:
            if one.state is PriorityState.NEW and one.number in needed:
                self._filing.give(AddPriority(plan=ref, number=one.number, title=one.title))
            if one.state is PriorityState.RETITLED and Part.CHANGED in self._parts:
                self._filing.give(RetitlePriority(plan=ref, number=one.number, title=one.title))

    def _record(self, plan: PlanProposal, ref: str) -> None:
        rows = len(plan.in_state(RowState.NEW, RowState.SAME, RowState.CHANGED))
        self._filing.give(
            RecordDocument(
                plan=ref, document=self._proposal.source, sha256=self._proposal.sha256, rows=rows
            )
        )

    def _recommendation(self, one: RecommendationProposal) -> None:
        ref = self._filing.give(ProposeRecommendation(text=one.text, source=one.source))
        if one.accepted:
            self._filing.give(AcceptRecommendation(recommendation=ref))
        if one.note:
            self._filing.give(NoteRecommendationProgress(recommendation=ref, note=one.note))
        self._stored.recommendations += self._count()
        self._stored.without_lead.append(ref)
        self._stored.without_date.append(ref)

    def _count(self) -> int:
        self._done += 1
        self._told(self._done)
        return 1


@contextmanager
def _plainly() -> Iterator[None]:
    """Let what no command takes, such as a title of many pages, be said in words."""
    try:
        yield
    except ValidationError as problem:
        errors = problem.errors()
        names = [str(one["loc"][0]).replace("_", " ") if one["loc"] else "" for one in errors]
        told = [mend_of(one, name) for one, name in zip(errors, names, strict=True)]
        raise NotTaken(told) from problem


@contextmanager
def _at(line: int) -> Iterator[None]:
    """Let a refusal say at which line of the document it came about."""
    try:
        with _plainly():
            yield
    except Refusal as problem:
        raise RowRefused(line, problem) from problem
