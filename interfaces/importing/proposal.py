"""What a document would change in the record: to be shown, asked about, and then stored or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from events.directory import Office
from interfaces.documents.document import PlanRow, Problem, Severity
from workflow.smart import Advice


class Part(StrEnum):
    """A kind of change that is taken or left as a whole."""

    NEW = "new"
    """Actions that the record does not hold yet."""
    CHANGED = "changed"
    """Actions whose words, dates or leads the document prints otherwise."""
    GONE = "gone"
    """Open actions that the document no longer names: taking them means cancelling them."""
    RECOMMENDATIONS = "recommendations"
    """What the document's tables of responses hold."""


class RowState(StrEnum):
    """How a row of a plan stands to the record."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    REPEATED = "repeated"
    """The same action, leads and date stand further up in the document."""
    BAD = "bad"
    """It cannot be stored as it stands."""
    LEFT_OUT = "left_out"
    """Somebody chose to leave it out."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A role that leads; `ref` is None while it is still to be created."""

    title: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A lead as the document writes it, beside the role that it is taken for.

    `lead` is None where it can be none; `reason` says why another spelling was taken for the role.
    """

    written: str
    lead: Lead | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to be created, with the office that its title suggests.

    `subgroup` is the name of the subgroup that a chair chairs, `subgroup_ref` that subgroup where
    the record has it; `becomes_chair` is False where another role chairs it already.
    """

    title: str
    aliases: tuple[str, ...] = ()
    office: Office = Office.LEAD
    subgroup: str | None = None
    subgroup_ref: str | None = None
    becomes_chair: bool = False
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class NewAlias:
    """Another spelling of a role that the record has."""

    role: str
    title: str
    alias: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can tell; `answer` is None until somebody did.

    `key` stays the same when the document is proposed again. `asks` is a question to be answered
    by yes or no, `reason` says why it is asked, and `mend` how to answer it without a terminal.
    """

    key: str
    asks: str
    reason: str
    mend: str
    answer: bool | None = None


class Field(StrEnum):
    """What a row says of its action; the value is the name shown to people."""

    WORDS = "words"
    TARGET_DATE = "target date"
    LEADS = "leads"
    MEASURE = "success measure"
    PRIORITY = "priority"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that the document prints otherwise than the record has it.

    `kept` says why the record's value stays whatever is chosen; None where it would change.
    """

    field: Field
    before: str
    after: str
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class RowProposal:
    """One row of a plan, and what becomes of it.

    `action` is the action of the record that it is, None for a new one. `priority` is the number
    in the plan. `answers` is the recommendation that its row names, by reference or by its words.
    """

    row: PlanRow
    state: RowState
    sheet: str | None = None
    leads: tuple[Lead, ...] = ()
    priority: int | None = None
    action: str | None = None
    answers: str | None = None
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True)
class GoneAction:
    """An open action of the plan that the document does not name."""

    ref: str
    text: str
    target: str


class PriorityState(StrEnum):
    """How a priority of the document stands to the plan."""

    NEW = "new"
    SAME = "same"
    RETITLED = "retitled"


@dataclass(frozen=True, slots=True)
class PriorityProposal:
    """One priority; `before` is the title that the record has, where it would change."""

    number: int
    title: str
    state: PriorityState
    before: str | None = None


class TitledBy(StrEnum):
    """Where the title of a new plan came from."""

    OPTION = "option"
    """Somebody gave it."""
    HEADING = "heading"
    """It stands above the table."""
    SHEET = "sheet"
    """The sheet is called so, and nothing stands above the table."""
    FILE = "file"
    """The file is called so, and nothing stands above the table."""


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """One plan: adopted if `ref` is None, else compared with what the record has.

    `read_before_on` is the day on which this very file was read into the plan, if it was; then it
    holds no rows. `titled_by` says where a new plan's title came from; `remark` is a sentence that
    somebody should know. `tables` are the keys of the tables that are read into it.
    """

    title: str
    ref: str | None
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    priorities: tuple[PriorityProposal, ...] = ()
    rows: tuple[RowProposal, ...] = ()
    gone: tuple[GoneAction, ...] = ()
    read_before_on: str | None = None
    titled_by: TitledBy | None = None
    remark: str | None = None
    tables: tuple[str, ...] = ()

    def in_state(self, *states: RowState) -> tuple[RowProposal, ...]:
        """The rows in one of these states."""
        return tuple(row for row in self.rows if row.state in states)

    def parts(self) -> frozenset[Part]:
        """The kinds of change that there is something of."""
        retitled = any(one.state is PriorityState.RETITLED for one in self.priorities)
        has = {
            Part.NEW: bool(self.in_state(RowState.NEW)),
            Part.CHANGED: retitled or bool(self.in_state(RowState.CHANGED)),
            Part.GONE: bool(self.gone),
        }
        return frozenset(part for part, there in has.items() if there)


@dataclass(frozen=True, slots=True)
class RecommendationProposal:
    """One recommendation from a table of responses.

    `ref` names it where the record has it already, `sheet` where in a workbook it stands. `note` is
    what the document says was done, to be told as published; `accepted` where such an answer shows
    that it was taken on.
    """

    line: int
    text: str
    source: str
    note: str | None = None
    accepted: bool = False
    ref: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that one document would change, as of `position` of the log."""

    source: str
    sha256: str
    position: int
    plans: tuple[PlanProposal, ...] = ()
    roles: tuple[NewRole, ...] = ()
    aliases: tuple[NewAlias, ...] = ()
    recommendations: tuple[RecommendationProposal, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    spellings: tuple[Spelling, ...] = ()

    @property
    def rows(self) -> Iterator[RowProposal]:
        """The rows of all plans."""
        return (row for plan in self.plans for row in plan.rows)

    @property
    def bad(self) -> tuple[Problem, ...]:
        """The problems for which nothing is stored unless it is said to skip what is bad."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.BAD)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that nobody answered."""
        return tuple(question for question in self.questions if question.answer is None)

    @property
    def new_recommendations(self) -> tuple[RecommendationProposal, ...]:
        """The recommendations that the record does not hold yet."""
        return tuple(found for found in self.recommendations if found.ref is None)

    def parts(self) -> frozenset[Part]:
        """The kinds of change that there is something of."""
        of_plans = (part for plan in self.plans for part in plan.parts())
        responses = [Part.RECOMMENDATIONS] if self.new_recommendations else []
        return frozenset((*of_plans, *responses))

    @property
    def read_before(self) -> bool:
        """Whether this very file was read into its plans before, so that nothing is taken."""
        return bool(self.plans) and all(plan.read_before_on for plan in self.plans)

    @property
    def compares(self) -> bool:
        """Whether there is a plan in the record that the document could change."""
        return any(plan.ref is not None and plan.parts() for plan in self.plans)

    @property
    def empty(self) -> bool:
        """Whether the document holds nothing that is known here."""
        return not self.plans and not self.recommendations
