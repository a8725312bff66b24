"""The record: how it stands, verifying it, and its signed head to hand out."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.web.policies import READER, Pages
from interfaces.web.record.head_signed import signed_head
from interfaces.web.record.record_page import record_page
from interfaces.web.record.record_verified import begin_verifying
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/record", READER)
def record(visit: Visiting) -> Response:
    """Show how the record stands, and the verification that is at work, if any."""
    return record_page(visit)


@pages.post("/record/verify", READER)
def verify(visit: Visiting) -> Response:
    """Begin to verify the whole record. Raises `TooOften`."""
    begin_verifying(visit)
    return visit.go("/record")


@pages.post("/record/head", READER)
def head(visit: Visiting) -> Response:
    """Sign the head of the record, and hand it out as a file. Raises `TooOften`, `NotSound`."""
    signed = signed_head(visit)
    name = f"head-of-{signed.head.size}-entries.note"
    return Response(
        signed.note.encode(),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
