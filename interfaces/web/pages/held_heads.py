"""Entering on the page of the record that somebody else holds a head of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import Response

from events.checkpoint import NotACheckpoint
from events.held_heads import BadHeldHead
from events.signed_note import NotAKey, NoteRefused
from interfaces.held_entry import LONGEST_HOLDER, MOST_BYTES, CannotBeHeld, Entered, enter_held
from interfaces.web.policies import READER, Pages
from interfaces.web.record_page import HELD_FIELDS, pasted, record_page
from interfaces.web.refused_requests import NothingHere
from interfaces.web.seen import oversees
from interfaces.web.sent_forms import SentForm
from interfaces.web.visit import Visiting

_ENTRIES: Final = (30, 60 * 60)

pages: Final = Pages()


@pages.post("/record/held", READER)
def held(visit: Visiting, sent: SentForm) -> Response:
    """Enter that somebody else holds a head. Raises `NothingHere`, `TooOften`."""
    if not oversees(visit):
        raise NothingHere
    visit.house.pace.take("held heads", *_ENTRIES)
    written = {field.name: pasted(sent, field.name) for field in HELD_FIELDS}
    errors = _missing(written)
    if not errors:
        try:
            entered = enter_held(visit.partnership, **written)
        except NotAKey as problem:
            errors = {"key": str(problem)}
        except (CannotBeHeld, NoteRefused, NotACheckpoint) as problem:
            errors = {"note": str(problem)}
        except (BadHeldHead, OSError) as problem:
            return record_page(visit, problem=str(problem), status=409, written=written)
        else:
            told = f"{entered.in_words} {_compared(entered)}"
            return record_page(visit, entered=told, status=200 if entered.fault is None else 409)
    return record_page(visit, status=422, written=written, errors=errors)


def _compared(entered: Entered) -> str:
    if entered.fault is not None:
        return f"The record does NOT extend it: {entered.fault}."
    return "The record extends it, and every verification will look again."


def _missing(written: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if not written["note"].strip():
        errors["note"] = "Paste the signed head, such as from the file that was downloaded here."
    elif len(written["note"].encode()) > MOST_BYTES:
        errors["note"] = "This is far too long to be a signed head."
    if not written["holder"].strip():
        errors["holder"] = "Say who holds it: a role or an organisation."
    elif len(written["holder"]) > LONGEST_HOLDER:
        errors["holder"] = f"Say it in at most {LONGEST_HOLDER} letters."
    return errors
