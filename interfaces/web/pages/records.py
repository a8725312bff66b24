"""The record: how it stands, verifying it, and its signed head to hand out."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from events.signing import BadHighWater, HistoryRewritten
from interfaces.head_signing import sign_where_possible
from interfaces.web.policies import READER, Pages
from interfaces.web.record_page import record_page, verifying_of
from interfaces.web.visit import Visiting

_VERIFICATIONS: Final = (6, 60 * 60)
_SIGNINGS: Final = (20, 60 * 60)
pages: Final = Pages()


@pages.get("/record", READER)
def record(visit: Visiting) -> Response:
    """Show how the record stands, and the verification that is at work, if any."""
    return record_page(visit)


@pages.post("/record/verify", READER)
def verify(visit: Visiting) -> Response:
    """Begin to verify the whole record. Raises `TooOften`."""
    visit.house.pace.take(f"verifications of {visit.person}", *_VERIFICATIONS)
    verifying_of(visit).begin()
    return visit.go("/record")


@pages.post("/record/head", READER)
def head(visit: Visiting) -> Response:
    """Sign the head of the record, and hand it out as a file. Raises `TooOften`."""
    visit.house.pace.take(f"signings of {visit.person}", *_SIGNINGS)
    try:
        signature = sign_where_possible(visit.partnership)
    except (HistoryRewritten, BadHighWater) as problem:
        return record_page(visit, problem=str(problem), status=409)
    if signature.head is None or signature.note is None:
        return record_page(visit, problem=f"Nothing was signed: {signature.why_not}", status=409)
    name = f"head-of-{signature.head.size}-entries.note"
    return Response(
        signature.note.encode(),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
