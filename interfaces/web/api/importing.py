"""Importing a document for programs: the dry run first, then storing what was seen."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Annotated, Final
from uuid import NAMESPACE_URL, uuid5

from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from events.identifiers import new_identifier
from events.refs import UnknownReference, read_ref
from interfaces.documents.cell_text import shortened
from interfaces.documents.columns import PlanField
from interfaces.documents.corrections import Correction, Place
from interfaces.documents.document import Document
from interfaces.documents.headings import Heading
from interfaces.documents.unreadable import UnreadableDocument
from interfaces.importing.answers import Answers
from interfaces.importing.as_json import proposal_as_json
from interfaces.importing.fingerprint import fingerprint
from interfaces.importing.leaving_out import Leaving
from interfaces.importing.permitted import may_import
from interfaces.importing.plan_choice import table_key
from interfaces.importing.proposal import Part
from interfaces.importing.refusals import RecordMoved
from interfaces.importing.wording import name_key, text_key
from interfaces.inputs import BadInput
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.giving import IdempotencyKey
from interfaces.web.api.importing_answers import Imported, WouldChange
from interfaces.web.api.one_key import one_key
from interfaces.web.importing.asked import Asked
from interfaces.web.importing.carried import Carried, NoDocument
from interfaces.web.importing.desk import Desk
from interfaces.web.importing.outcome import Outcome, outcome_of
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.taking_turns import of_documents
from interfaces.web.visit import Visit
from projections.commanded import events_commanded
from workflow.given_values import Number, Switch

_READINGS: Final = (240, 60 * 60)

_EXAMPLE: Final = b64encode(
    b"Action,Target date,Lead\n"
    b"Read ten files of each agency,31 March 2026,Audit lead\n"
    b"Tell the board what they show,soon,Audit lead\n"
).decode("ascii")

api: Final = Api()


class Where(BaseModel):
    """A place in a document: the row of a sheet, or the line of a text."""

    model_config = ConfigDict(extra="forbid")

    sheet: str | None = None
    line: Number

    @property
    def place(self) -> Place:
        """Return it as documents name places."""
        return self.sheet, self.line


class Cell(Where):
    """A cell of a plan that should say something else."""

    field: PlanField
    words: str = Field(max_length=20_000)


class Column(Where):
    """A column whose heading is not known: where the heading stands, its words, what it is."""

    heading: str = Field(max_length=200)
    field: PlanField


class ImportAsked(BaseModel):
    """A document, and what is asked of it. Everything but the document can be left out."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        description="The name of its file, such as plan.xlsx.",
        max_length=200,
        examples=["plan.csv"],
    )
    content: str = Field(description="Its bytes in base64.", examples=[_EXAMPLE])
    columns: tuple[Column, ...] = Field((), description="What unknown headings stand for.")
    corrections: tuple[Cell, ...] = Field((), description="Cells that should say something else.")
    left_out: tuple[Where, ...] = Field((), description="Rows and recommendations to leave out.")
    roles: dict[str, str] = Field(
        default_factory=dict,
        description="By a lead as written: the role that it means, such as RO4, or a new title.",
    )
    plans: dict[str, str] = Field(
        default_factory=dict,
        description="By a title as printed: the plan that it is, such as P1, or a new title.",
    )
    cancel: tuple[str, ...] = Field((), description="Actions it no longer names, to be cancelled.")
    without: tuple[Part, ...] = Field((), description="Kinds of change to leave out.")
    accept_aliases: Switch = Field(
        default=False, description="Take nearly equal names for one role."
    )
    keep_titles: Switch = Field(default=False, description="Keep the titles of priorities.")
    skip_bad: Switch = Field(
        default=False, description="Leave out what is bad, and store the rest."
    )
    again: Switch = Field(
        default=False, description="Compare a file that was read before once more."
    )

    @property
    def renamed(self) -> dict[Heading, PlanField]:
        """Return which columns stand under headings that are not known."""
        return {Heading(*one.place, shortened(one.heading)): one.field for one in self.columns}

    def asked(self, document: Document) -> Asked:
        """Return it as it is asked of the document. Raises `BadInput`."""
        cells: dict[Place, dict[PlanField, str]] = {}
        for one in self.corrections:
            cells.setdefault(one.place, {})[one.field] = one.words
        titles = {text_key(title): _ref_or_words(of) for title, of in self.plans.items()}
        return Asked(
            renamed=self.renamed,
            corrections={place: Correction(given) for place, given in cells.items()},
            answers=Answers(
                accept_aliases=self.accept_aliases,
                roles={name_key(lead): _ref_or_words(of) for lead, of in self.roles.items()},
                plans={
                    table_key(table): titles[text_key(table.title)]
                    for table in document.plans
                    if text_key(table.title) in titles
                },
            ),
            leaving=Leaving(
                frozenset(one.place for one in self.left_out),
                frozenset(_ref(words) for words in self.cancel),
                keeps_titles=self.keep_titles,
            ),
            without=frozenset(self.without),
            again=self.again,
            skips=self.skip_bad,
        )


class ImportConfirmed(ImportAsked):
    """The same, to be stored as it was seen."""

    seen: Annotated[str, Field(description="What the dry run gave as `seen`.", max_length=64)]


@api.post(
    "/import/dry-run", "What a document would change, row by row; nothing is stored", WouldChange
)
@of_documents
def import_dry_run(visit: Asking, asked: ImportAsked) -> Response:
    """Return every row as it would be read, with what is wrong with it."""
    proposal = _desk(visit, asked).proposal
    return JSONResponse({**proposal_as_json(proposal), "seen": fingerprint(proposal)})


@api.post("/import", "Store a document as its dry run was seen: all of it, or nothing", Imported)
@of_documents
def import_store(
    visit: Asking, asked: ImportConfirmed, idempotency_key: IdempotencyKey = ""
) -> Response:
    """Store what was seen. Where the record changed, nothing is stored: ask for a dry run again."""
    visit.require_present()
    scope = f"import\n{idempotency_key}" if idempotency_key else ""
    with one_key(visit, scope, asked.model_dump_json(exclude={"seen"})):
        return _stored(visit, asked, idempotency_key)


def _stored(visit: Visit, asked: ImportConfirmed, idempotency_key: str) -> Response:
    command_id = _command_id(visit, idempotency_key)
    log = visit.partnership.log
    if stored := events_commanded(log, command_id):
        return _answer(outcome_of(stored, visit.now), repeated=True)
    desk = _desk(visit, asked)
    if fingerprint(desk.proposal) == asked.seen:
        repeated = desk.store(command_id).already
    elif not (repeated := bool(events_commanded(log, command_id))):
        raise RecordMoved(desk.proposal.position, desk.proposal.position)
    return _answer(outcome_of(events_commanded(log, command_id), visit.now), repeated=repeated)


def _desk(visit: Visit, asked: ImportAsked) -> Desk:
    """Read the document. Raises `NothingHere`, `BadInput`, `TooOften`."""
    if not may_import(visit.circumstances):
        raise NothingHere
    visit.house.pace.take(f"imports {visit.person}", *_READINGS)
    try:
        carried = Carried.of_file(asked.name, b64decode(asked.content, validate=True))
        document = carried.document(asked.renamed)
    except (NoDocument, UnreadableDocument) as problem:
        raise BadInput("content", str(problem)) from problem
    except ValueError as problem:
        raise BadInput("content", "The bytes are not in base64.") from problem
    return Desk(visit, carried, document, asked.asked(document))


def _answer(outcome: Outcome, *, repeated: bool) -> Response:
    told = {
        "documents": outcome.documents,
        "plans": [one.ref for one in outcome.plans],
        "stored": [
            {"what": group.counted, "refs": [one.ref for one in group.entries]}
            for group in outcome.groups
        ],
        "repeated": repeated,
    }
    return JSONResponse(told)


def _command_id(visit: Visit, key: str) -> str:
    if not key:
        return new_identifier()
    return str(uuid5(NAMESPACE_URL, f"goldthread:import\n{visit.person}\n{key}"))


def _ref_or_words(words: str) -> str:
    try:
        return read_ref(words)
    except UnknownReference:
        return words


def _ref(words: str) -> str:
    try:
        return read_ref(words)
    except UnknownReference as problem:
        raise BadInput("cancel", str(problem)) from problem
