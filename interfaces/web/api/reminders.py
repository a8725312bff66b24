"""Reminders for programs: what became of every email, and what will be sent."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from fastapi.responses import JSONResponse, Response

from events.refs import quoted
from interfaces.coming_as_json import days_as_json
from interfaces.web.api.as_at import At, TrueOn, as_at
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.reminder_answers import Coming, Reminders
from interfaces.web.mailings import AskedOf, Mailing, coming_days, mailings
from interfaces.web.seeing.seen import sees_all
from projections.projection import Row

api: Final = Api()


@api.get("/reminders", "The emails that were planned, and what became of them", Reminders)
def the_reminders(  # noqa: PLR0913, PLR0917 - what can be asked of them
    visit: Asking,
    person: str = "",
    item: str = "",
    status: str = "",
    since: str = "",
    until: str = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    at: At = "",
    true_on: TrueOn = "",
) -> Response:
    """Tell a page of emails, the newest first: of everybody, or one's own."""
    del at, true_on  # Read by the visit.
    found = mailings(visit, AskedOf(person, item, status, since, until), page)
    counts = {fate.value: count for fate, count in found.counts.items()}
    return JSONResponse(
        {
            **as_at(visit),
            "everybody": found.everybody,
            "emails": [_mailing(one) for one in found.shown],
            "counts": counts,
            "left_out": list(found.left_out),
            "page": found.page,
            "pages": found.pages,
        }
    )


@api.get("/reminders/coming", "What will be sent over the next 30 days", Coming)
def the_coming(visit: Asking) -> Response:
    """Tell what will go to whom, and why, if nothing changes; nothing is stored."""
    visit.require_present()
    found = coming_days(visit)
    return JSONResponse(
        {
            **as_at(visit),
            "everybody": sees_all(visit),
            "from": found.first_on.isoformat(),
            "to": found.last_on.isoformat(),
            "days": days_as_json(found.days, found.directory),
        }
    )


def _mailing(one: Mailing) -> Row:
    return {
        "ref": quoted(one.email.email),
        "person": quoted(one.email.person),
        "name": one.name,
        "status": one.email.fate.value,
        "on": one.email.on.isoformat(),
        "notes": list(one.notes),
        "items": [
            {"ref": quoted(said.item), "target_on": said.target_on.isoformat()}
            | {"rule": said.rule, "role": said.role or None, "not_said": said.not_said or None}
            for said in one.items
        ],
    }
