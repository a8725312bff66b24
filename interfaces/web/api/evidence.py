"""Evidence for programs: handing files in, the list of an item's files, and getting one out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import Depends, Path, Request
from fastapi.responses import JSONResponse, Response

from events.refs import category_of, quoted
from interfaces.evidence.bounds import MOST_FILES
from interfaces.evidence.kinds import MEDIA_TYPES
from interfaces.evidence.listing import evidence_lines
from interfaces.evidence.refusing import FILE_FIELD
from interfaces.web.api.as_at import At, TrueOn, as_at
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.evidence_answers import HandedIn, ItsFiles
from interfaces.web.api.giving import IdempotencyKey, LookedAt, command_id_of, scope_of
from interfaces.web.api.one_key import one_key
from interfaces.web.files.attaching import handed_by, require_not_personal, take_pace
from interfaces.web.files.downloads import download
from interfaces.web.files.sent_files import Sent, with_files
from interfaces.web.forms import BadForm
from interfaces.web.pages.things import found_ref, item_of
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.visit import Visit
from projections.handing_in import hand_in

Ref = Annotated[
    str,
    Path(description="An action or a recommendation: A12, R7", max_length=40, examples=["A12"]),
]
Evidence = Annotated[str, Path(description="A file: EV3", max_length=40, examples=["EV1"])]

_FORM: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": f"Up to {MOST_FILES} parts may be called {FILE_FIELD}.",
                    "required": [FILE_FIELD],
                    "properties": {
                        FILE_FIELD: {"type": "string", "format": "binary"},
                        "note": {
                            "type": "string",
                            "description": "What it shows, or each of them",
                            "maxLength": 2000,
                        },
                    },
                }
            }
        },
    }
}

api: Final = Api()


async def _sent(visit: Asking, request: Request) -> AsyncIterator[Sent]:
    """Read the form, once it is known for whom it was sent."""
    async with with_files(request, visit.person) as sent:
        yield sent


SentByProgram = Annotated[Sent, Depends(_sent)]


@api.get("/things/{ref}/evidence", "The files that are evidence of an item", ItsFiles)
def its_files(visit: Asking, ref: Ref, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell who added which file when, also of those that were taken back or erased."""
    del at, true_on  # Read by the visit.
    found = _item(visit, ref)
    lines = evidence_lines(found, visit.view, visit.names)
    told = [line.as_json() for line in lines]
    return JSONResponse({"ref": quoted(found), **as_at(visit), "evidence": told})


@api.post(
    "/things/{ref}/evidence",
    "Hand in files as evidence: all of them, or none",
    HandedIn,
    extra=_FORM,
)
def add(
    visit: Asking,
    sent: SentByProgram,
    ref: Ref,
    idempotency_key: IdempotencyKey = "",
    looked_at: LookedAt = "",
) -> Response:
    """Keep files, by their content: what is not what its name says is refused."""
    visit.require_present()
    found = _item(visit, ref)
    take_pace(visit, sent)
    if not sent.files:
        raise BadForm({FILE_FIELD: "Send a file, as multipart/form-data."})
    note = sent.form.get("note")
    words = note.strip() if isinstance(note, str) else ""
    handed = handed_by(visit, found, sent, words or None)
    if not looked_at:
        require_not_personal(handed)
    command_id = command_id_of(idempotency_key, visit.person, handed[0].command)
    said = "\n".join(one.command.model_dump_json() for one in handed)
    with one_key(visit, scope_of(idempotency_key, handed[0].command), said):
        answer = hand_in(
            visit.partnership.ledger, handed, actor=visit.person, command_id=command_id
        )
    return JSONResponse(
        {
            "ref": quoted(answer.stream),
            "version": answer.version,
            "sha256": handed[0].command.sha256,
            "refs": [quoted(file) for file in answer.files],
            "repeated": answer.repeated,
        }
    )


@api.file("/evidence/{ref}/file", "A file, as it was handed in", MEDIA_TYPES.values())
def file(visit: Asking, ref: Evidence) -> Response:
    """Give a file out as a download."""
    return download(visit, ref)


def _item(visit: Visit, words: str) -> str:
    ref = found_ref(words)
    if category_of(ref) not in {"action", "recommendation"} or "/" in ref:
        raise NothingHere
    item_of(visit, ref)
    return ref
