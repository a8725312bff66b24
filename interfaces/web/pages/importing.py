"""Importing a document: choosing it, looking at what it would change, correcting, storing.

A dry run is confirmed as it was seen: where a correction or somebody else's change makes it another
one, that one is shown first, and nothing is stored. A form that is sent twice stores once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from fastapi import Response

from events.identifiers import new_identifier
from events.refs import order_of
from interfaces.documents.columns import PlanField
from interfaces.documents.unreadable import UnreadableDocument
from interfaces.importing.refusals import RecordMoved
from interfaces.web.importing.carried import DOCUMENT, MOST_DOCUMENT_BYTES, NAME, NoDocument
from interfaces.web.importing.desk import Desk
from interfaces.web.importing.dry_run import DryRun, tables_shown
from interfaces.web.importing.outcome import outcome_of
from interfaces.web.importing.sent import Sent, SentImport
from interfaces.web.policies import IMPORTER, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.sent_forms import identifier_of
from interfaces.web.taking_turns import of_documents
from interfaces.web.visit import Visit, Visiting
from projections.commanded import events_commanded
from workflow.refusals import Refusal

_READINGS: Final = (240, 60 * 60)
"""So often within an hour a document is read for one person: it keeps the machine busy."""

_CORRECTED: Final = "Nothing is stored yet. Below is what your corrections come to."
_MOVED: Final = (
    "Somebody else changed the record meanwhile, so nothing was stored. Below is what the document"
    " would change now."
)
_NOTHING: Final = "Nothing is left to be stored: the record holds it already, or it is left out."
_ANOTHER_PLAN: Final = ", with --plan"
"""How the command line names a plan, which a page does by a field."""

pages: Final = Pages()


@pages.get("/import", IMPORTER)
def choose(visit: Visiting) -> Response:
    """Ask for a document."""
    visit.require_present()
    return _choosing(visit)


@pages.post("/import", IMPORTER)
@of_documents
def upload(visit: Visiting, sent: Sent) -> Response:
    """Show what a document would change, row by row."""
    return _dry_run(visit, sent)


@pages.post("/import/check", IMPORTER)
@of_documents
def check(visit: Visiting, sent: Sent) -> Response:
    """Show it again, with what was corrected."""
    return _dry_run(visit, sent)


@pages.post("/import/store", IMPORTER)
@of_documents
def store(visit: Visiting, sent: Sent) -> Response:
    """Store what was confirmed, if it is still what was seen."""
    command_id = identifier_of(sent.fields) or new_identifier()
    log = visit.partnership.log
    if not events_commanded(log, command_id):
        refused = _store(visit, sent, command_id)
        # Of a form that was sent twice at once the other may have been faster: then it is stored.
        if refused is not None and not events_commanded(log, command_id):
            return refused
    return visit.go(f"/import/{command_id}")


@pages.get("/import/{command}", IMPORTER)
def stored(visit: Visiting, command: str) -> Response:
    """Tell what an import stored."""
    try:
        command_id = str(UUID(command))
    except ValueError as problem:
        raise NothingHere from problem
    recorded = events_commanded(visit.partnership.log, command_id)
    if not recorded:
        raise NothingHere
    return visit.page("imported.html", outcome=outcome_of(recorded, visit.now))


def _store(visit: Visit, sent: SentImport, command_id: str) -> Response | None:
    """Store what was confirmed; return why not, if so."""
    desk = _desk(visit, sent)
    if isinstance(desk, Response):
        return desk
    try:
        if refused := _not_as_seen(desk, sent) or _in_the_way(desk, sent):
            return refused
        desk.store(command_id)
    except RecordMoved:
        return _page(_desk_again(desk), sent, problem=_MOVED, status=409)
    except Refusal as refusal:
        return _refused(desk, sent, refusal)
    return None


def _dry_run(visit: Visit, sent: SentImport) -> Response:
    desk = _desk(visit, sent)
    if isinstance(desk, Response):
        return desk
    try:
        return _page(desk, sent)
    except Refusal as refusal:
        return _refused(desk, sent, refusal)


def _desk(visit: Visit, sent: SentImport) -> Desk | Response:
    """Return the document on the desk, or what is wrong with it. Raises `TooOften`."""
    visit.require_present()
    visit.house.pace.take(f"imports {visit.person}", *_READINGS)
    try:
        return Desk.of(visit, sent)
    except (NoDocument, UnreadableDocument) as problem:
        return _choosing(visit, problem=str(problem))


def _desk_again(desk: Desk) -> Desk:
    """Return the same document, to be compared with the record as it stands now."""
    return Desk(desk.visit, desk.carried, desk.document, desk.asked)


def _not_as_seen(desk: Desk, sent: SentImport) -> Response | None:
    """Show what it comes to now, where that is not what was confirmed."""
    if desk.asked.digest != sent.line("asked"):
        return _page(desk, sent, notice=_CORRECTED)
    if desk.shown.fingerprint != sent.line("seen"):
        return _page(desk, sent, problem=_MOVED, status=409)
    return None


def _in_the_way(desk: Desk, sent: SentImport) -> Response | None:
    """Show what has to be mended or left out first."""
    shown = desk.shown
    if shown.wrong or (shown.bad and not desk.asked.skips):
        return _page(desk, sent, problem=_to_mend(shown), status=422)
    if not desk.has_something:
        return _page(desk, sent, problem=_NOTHING, status=422)
    return None


def _to_mend(shown: DryRun) -> str:
    count = len(shown.wrong)
    rows = "one row" if count == 1 else f"{count} rows"
    whole = "what is bad about the document as a whole"
    parts = ([rows] if count else []) + ([whole] if shown.bad and not shown.asked.skips else [])
    return f"Nothing was stored. Mend or leave out {' and '.join(parts)} first."


def _page(
    desk: Desk, sent: SentImport, *, notice: str = "", problem: str = "", status: int = 200
) -> Response:
    return desk.visit.page(
        "import.html",
        status=status,
        without_day=True,
        carried=desk.carried,
        run=desk.shown,
        plans=_open_plans(desk.visit),
        roles=_role_titles(desk.visit),
        fields=[of.value for of in PlanField],
        notice=notice,
        problem=problem,
        command_id=sent.line("command_id") or new_identifier(),
    )


def _refused(desk: Desk, sent: SentImport, refusal: Refusal) -> Response:
    """Show why nothing was stored; where nothing could be compared, which plan it goes into."""
    told = str(refusal).replace(_ANOTHER_PLAN, "")
    again = _desk_again(desk)
    try:
        return _page(again, sent, problem=told, status=422)
    except Refusal:
        return desk.visit.page(
            "import_refused.html",
            status=422,
            without_day=True,
            carried=desk.carried,
            tables=tables_shown(desk.document, desk.asked),
            plans=_open_plans(desk.visit),
            cells=_cells(sent),
            problem=told,
        )


def _open_plans(visit: Visit) -> list[tuple[str, str]]:
    rows = visit.names.plans
    current = (ref for ref in sorted(rows, key=order_of) if rows[ref]["status"] == "current")
    return [(ref, rows[ref]["title"]) for ref in current]


def _role_titles(visit: Visit) -> list[str]:
    roles = (row for _, row in visit.names.of_kind("role") if row["standing"] == "current")
    return sorted((row["title"] for row in roles), key=str.casefold)


def _cells(sent: SentImport) -> Sequence[tuple[str, str]]:
    """Return what was filled in beside the plans, so that nothing of it is lost."""
    pairs = sent.fields.multi_items()
    left = [pair for pair in pairs if pair[0] not in {DOCUMENT, NAME} and "plan-" not in pair[0]]
    return [(name, value) for name, value in left if isinstance(value, str)]


def _choosing(visit: Visit, *, problem: str = "") -> Response:
    return visit.page(
        "import_choose.html",
        status=422 if problem else 200,
        without_day=True,
        problem=problem,
        most_megabytes=MOST_DOCUMENT_BYTES // 1_000_000,
    )
