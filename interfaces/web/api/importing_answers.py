"""What programs are answered about a document and its import, as the description tells it."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, Field

from events.directory import Office
from interfaces.documents.document import Severity
from interfaces.importing.proposal import Field as RowField
from interfaces.importing.proposal import PriorityState, RowState, TitledBy
from interfaces.web.api.answer_parts import Advice


class DocumentProblem(BaseModel):
    """What somebody should know about a place of a document, and how to mend it."""

    line: int
    field: str
    value: str
    what: str
    mend: str
    severity: Severity
    sheet: str | None


class RowLead(BaseModel):
    """A role that leads; without `ref` while it is still to be created."""

    title: str
    ref: str | None


class RowDiffers(BaseModel):
    """A field that the document prints otherwise than the record has it.

    `kept`: why the record's value stays whatever is chosen.
    """

    field: RowField
    before: str
    after: str
    kept: str | None


class Row(BaseModel):
    """A row of a plan, and what would become of it. `ref`: the action that it is, if any."""

    line: int
    sheet: str | None
    state: RowState
    priority: int | None
    action: str
    target_date: str
    due: dt.date | None
    written_leads: list[str]
    leads: list[RowLead]
    ref: str | None
    success_measure: str | None
    answers: str | None
    status: str | None
    progress: str | None
    reference: str | None
    differences: list[RowDiffers]
    problems: list[DocumentProblem]
    advice: list[Advice]


class PlanPriority(BaseModel):
    """A priority; `before`: the title that the record has, where it would change."""

    number: int
    title: str
    state: PriorityState
    before: str | None


class Gone(BaseModel):
    """An open action of the plan that the document does not name."""

    ref: str
    text: str
    target: str


class ProposedPlan(BaseModel):
    """A plan: one to be adopted, or with `ref` one to be compared with."""

    title: str
    titled_by: TitledBy | None
    ref: str | None
    from_on: dt.date | None
    until_on: dt.date | None
    read_before_on: dt.date | None
    remark: str | None
    priorities: list[PlanPriority]
    rows: list[Row]
    gone: list[Gone]


class ProposedRole(BaseModel):
    """A role that would be created."""

    title: str
    aliases: list[str]
    office: Office
    subgroup: str | None
    subgroup_ref: str | None
    becomes_chair: bool
    remark: str | None


class ProposedAlias(BaseModel):
    """Another spelling of a role that the record has."""

    role: str
    title: str
    alias: str


class ProposedRecommendation(BaseModel):
    """A recommendation of a table of responses; with `ref` where the record has it."""

    line: int
    text: str
    source: str
    note: str | None
    accepted: bool
    ref: str | None
    sheet: str | None


class OpenQuestion(BaseModel):
    """Something that only a person can tell; without `answer` until somebody did."""

    key: str
    asks: str
    reason: str
    mend: str
    answer: bool | None


class LooksPersonal(BaseModel):
    """A field of a line that seems to hold a child's details, and what these look like."""

    line: int
    field: str
    details: list[str]
    sheet: str | None


class WouldChange(BaseModel):
    """Everything that a document would change; `seen` is what storing it asks for."""

    document: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    plans: list[ProposedPlan]
    roles: list[ProposedRole]
    aliases: list[ProposedAlias]
    recommendations: list[ProposedRecommendation]
    questions: list[OpenQuestion]
    problems: list[DocumentProblem]
    looks_personal: list[LooksPersonal]
    seen: str


class Stored(BaseModel):
    """Things to which the same happened, and what: "3 actions added"."""

    what: str
    refs: list[str]


class Imported(BaseModel):
    """What was stored of a document. `repeated`: it was stored before, and now nothing was."""

    documents: list[str]
    plans: list[str]
    stored: list[Stored]
    repeated: bool
