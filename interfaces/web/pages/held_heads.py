"""Entering on the page of the record that somebody else holds a head of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import Response

from interfaces.held_entry import LONGEST_HOLDER
from interfaces.inputs import BadInput
from interfaces.web.policies import READER, Pages
from interfaces.web.record.head_entered import compared_in_words, enter_head
from interfaces.web.record.record_page import HELD_FIELDS, pasted, record_page
from interfaces.web.refusals.refused_requests import NotSound
from interfaces.web.seeing.seen import require_overseer
from interfaces.web.sent_forms import SentForm
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.post("/record/held", READER)
def held(visit: Visiting, sent: SentForm) -> Response:
    """Enter that somebody else holds a head. Raises `NothingHere`, `TooOften`."""
    require_overseer(visit)
    written = {field.name: pasted(sent, field.name) for field in HELD_FIELDS}
    errors = _missing(written)
    if errors:
        return record_page(visit, status=422, written=written, errors=errors)
    try:
        entered = enter_head(visit, **written)
    except BadInput as problem:
        errors = {problem.place: problem.message}
        return record_page(visit, status=422, written=written, errors=errors)
    except NotSound as problem:
        return record_page(visit, problem=str(problem), status=409, written=written)
    told = f"{entered.in_words} {compared_in_words(entered)}"
    return record_page(visit, entered=told, status=200 if entered.fault is None else 409)


def _missing(written: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if not written["note"].strip():
        errors["note"] = "Paste the signed head, such as from the file that was downloaded here."
    if not written["holder"].strip():
        errors["holder"] = "Say who holds it: a role or an organisation."
    elif len(written["holder"]) > LONGEST_HOLDER:
        errors["holder"] = f"Say it in at most {LONGEST_HOLDER} letters."
    return errors
