"""Handing out one thing's history with its proofs from the page of the record."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.inputs import BadInput
from interfaces.web.policies import READER, Pages
from interfaces.web.record.pack_made import WITHHELD, Wanted, pack_made
from interfaces.web.record.record_page import pasted, record_page
from interfaces.web.refusals.refused_requests import NotSound
from interfaces.web.sent_forms import SentForm
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.post("/record/pack", READER)
@of_history
def pack_up(visit: Visiting, sent: SentForm) -> Response:
    """Hand out a pack as a file. Raises `NothingHere`, `TooOften`."""
    written = {name: pasted(sent, name) for name in ("subject", "since")}
    withhold = [str(one) for one in sent.getlist("withhold") if one in WITHHELD]
    try:
        return pack_made(visit, Wanted(written["subject"], written["since"], withhold))
    except BadInput as problem:
        errors = {problem.place: problem.message}
        return record_page(visit, status=422, written=written, errors=errors)
    except NotSound as problem:
        return record_page(visit, status=409, written=written, problem=str(problem))
