"""The form behind the link of a reminder: one item, one person, one change, without signing in.

Looking changes nothing, since mail scanners follow links. What a link may do is what its person may
do at that moment, of what is asked for in a reminder; closing and approving take a sign-in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import Response
from starlette.datastructures import FormData

from interfaces.evidence.bounds import MOST_FILES
from interfaces.evidence.refusing import FILE_FIELD
from interfaces.web.by_link.link_desk import LinkDesk
from interfaces.web.by_link.sent_by_link import Behind, SentByLink
from interfaces.web.files.attaching import bounds_of
from interfaces.web.files.sent_files import Sent
from interfaces.web.forms import LOOKED_AT, BadForm, label_of
from interfaces.web.offering.reports import Way
from interfaces.web.pages.things import path_of
from interfaces.web.policies import BEARER, Pages
from interfaces.web.signing_in.tickets import Purpose
from interfaces.web.visit import Visit, Visiting
from workflow.refusals import Refusal

_NOTHING: Final = Sent(FormData())
_SENT: Final = tuple(map(str, range(MOST_FILES + 1)))
"""So many files can have come with a form, as an address says it."""

pages: Final = Pages()


@pages.get("/update/{letters}", BEARER)
def look(visit: Visiting, letters: str, desk: Behind, files: str = "") -> Response:
    """Show the item with the forms; once the link is used, what was recorded by it.

    `files`: how many were just sent.
    """
    if desk is None:
        return _worn_out(visit, letters, _NOTHING)
    if not desk.recorded:
        return _page(visit, desk)
    return _told(visit, desk, _NOTHING, _SENT.index(files) if files in _SENT else 0)


@pages.post("/update/{letters}", BEARER)
def report(visit: Visiting, letters: str, desk: Behind, sent: SentByLink) -> Response:
    """Record what was reported, once, or show what is wrong with it. Raises `TooOften`."""
    if desk is None:
        return _worn_out(visit, letters, sent)
    if desk.recorded:
        return _told(visit, desk, sent)
    way = next((way for way in desk.ways if way.name == sent.form.get("way")), None)
    if way is None:
        return _page(visit, desk, lost=sent)
    try:
        repeated = desk.give(way, sent)
    except BadForm as bad:
        return _page(visit, desk, way, sent, errors=bad.errors)
    except Refusal as refusal:
        field = refusal.field if refusal.field in {*sent.form, FILE_FIELD} else None
        told = {field: str(refusal)} if field else {}
        problem = "" if told else str(refusal)
        return _page(visit, desk, way, sent, errors=told, problem=problem)
    if repeated:
        return _told(visit, desk, sent)
    # How many came, and not how many were new: who has no more than a link must not learn that.
    came = f"?files={len(sent.files)}" if sent.files else ""
    return visit.go(f"/update/{letters}{came}")


def _page(
    visit: Visit,
    desk: LinkDesk,
    way: Way | None = None,
    sent: Sent = _NOTHING,
    *,
    errors: Mapping[str, str] | None = None,
    problem: str = "",
    lost: Sent | None = None,
) -> Response:
    """Show the forms. `way`: which of them was sent; `lost`: what no form takes any more."""
    names, bounds = desk.asker.names, bounds_of(visit)
    return visit.page(
        "update.html",
        without_day=True,
        status=422 if errors or problem else 200 if lost is None else 409,
        item=desk.item,
        letters=desk.letters,
        asker=names.called(desk.person),
        forms=[
            (one, one.fields(names, bounds, sent if one is way else None, errors or {}))
            for one in desk.ways
        ],
        chosen=way.name if way else None,
        errors=errors or {},
        problem=problem,
        kept=_typed(lost.form) if lost else {},
        files=len(lost.files) if lost else 0,
    )


def _told(visit: Visit, desk: LinkDesk, sent: Sent, with_files: int = 0) -> Response:
    """Show what was recorded by a link, `with_files`, and whatever was typed besides."""
    recorded = desk.recorded
    words = " ".join(text for line in recorded for _, text in line.words)
    kept = {label: text for label, text in _typed(sent.form).items() if text.strip() not in words}
    return visit.page(
        "update_told.html",
        without_day=True,
        status=409 if kept else 200,
        item=desk.item,
        recorded=recorded,
        with_files=with_files,
        kept=kept,
        files=len(sent.files),
    )


def _worn_out(visit: Visit, letters: str, sent: Sent) -> Response:
    ticket = visit.house.signer.read(letters, Purpose.UPDATE)
    return visit.page(
        "update_over.html",
        without_day=True,
        status=403,
        to=path_of(ticket.about) if ticket else "/",
        kept=_typed(sent.form),
        files=len(sent.files),
    )


def _typed(sent: FormData) -> dict[str, str]:
    """Return what somebody wrote, by the label of its field."""
    return {
        label_of(name): value
        for name, value in sent.items()
        if name not in {"way", LOOKED_AT} and isinstance(value, str) and value.strip()
    }
