"""The form behind the link of a reminder: one item, one person, one change, without signing in.

Looking changes nothing, since mail scanners follow links. What a link may do is what its person may
do at that moment, of what is asked for in a reminder; closing and approving take a sign-in. The
change is stored under an id that is made from the link, so that the record itself holds each link
to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final
from uuid import UUID, uuid5

from fastapi import Response
from starlette.datastructures import FormData

from events.refs import category_of
from interfaces.web.forms import LOOKED_AT, BadForm, label_of
from interfaces.web.pages.signing_in import network_of
from interfaces.web.pages.things import path_of
from interfaces.web.policies import BEARER, Pages
from interfaces.web.reports import Way, ways_on
from interfaces.web.sent_forms import SentForm
from interfaces.web.sessions import Session
from interfaces.web.sight import reads_anything
from interfaces.web.tickets import Purpose, Ticket
from interfaces.web.visit import Visit, Visiting
from projections.history import HistoryLine, history
from projections.items import Item, show
from workflow.refusals import NotFound, Refusal

_IDS: Final = UUID("6f2d2a3e-6d0a-5b52-9a52-5d3b0e7c1f10")
"""The space in which the ids of changes by links are made."""

_TRIES: Final = (60, 15 * 60)

pages: Final = Pages()


@pages.get("/update/{letters}", BEARER)
def look(visit: Visiting, letters: str) -> Response:
    """Show the item with the forms; once the link is used, what was recorded by it."""
    desk = _desk(visit, letters)
    if desk is None:
        return _worn_out(visit, letters)
    return desk.told({}) if desk.recorded else desk.page()


@pages.post("/update/{letters}", BEARER)
def report(visit: Visiting, letters: str, sent: SentForm) -> Response:
    """Record what was reported, once, or show what is wrong with it. Raises `TooOften`."""
    visit.house.pace.take(f"updates from {network_of(visit)}", *_TRIES)
    desk = _desk(visit, letters)
    if desk is None:
        return _worn_out(visit, letters, sent)
    if desk.recorded:
        return desk.told(_typed(sent), status=409)
    way = next((way for way in desk.ways if way.name == sent.get("way")), None)
    if way is None:
        return desk.page(kept=_typed(sent), status=409)
    try:
        repeated = desk.give(way, sent)
    except BadForm as bad:
        return desk.page(way, sent, errors=bad.errors, status=422)
    except Refusal as refusal:
        field = refusal.field if refusal.field in sent else None
        told = {field: str(refusal)} if field else {}
        problem = "" if told else str(refusal)
        return desk.page(way, sent, errors=told, problem=problem, status=422)
    return desk.told(_typed(sent), status=409) if repeated else visit.go(f"/update/{letters}")


class _Desk:
    """What a link that holds is good for. `asker`: a visit of the person whom it was sent to."""

    def __init__(
        self, visit: Visit, asker: Visit, ticket: Ticket, letters: str, item: Item
    ) -> None:
        self._visit, self._asker, self._ticket, self._item = visit, asker, ticket, item
        self._letters = letters
        self._command_id: Final = str(uuid5(_IDS, letters))

    @cached_property
    def ways(self) -> Sequence[Way]:
        """Return what may be reported now."""
        return ways_on(self._ticket.about, self._asker.now, self._asker.circumstances)

    @property
    def recorded(self) -> Sequence[HistoryLine]:
        """Return what was recorded by the link."""
        now, item = self._asker.now, self._ticket.about
        by_link = {
            one.position for one in now.events_of(item) if one.command_id == self._command_id
        }
        return [line for line in history(now, item) if line.position in by_link] if by_link else ()

    def give(self, way: Way, sent: FormData) -> bool:
        """Record what was reported; True if the link was used before. Raises `Refusal`."""
        ledger = self._visit.partnership.ledger
        command = way.command(self._ticket.about, sent)
        person, command_id = self._ticket.person, self._command_id
        return ledger.execute(command, actor=person, command_id=command_id).repeated

    def page(
        self,
        way: Way | None = None,
        sent: FormData | None = None,
        *,
        errors: Mapping[str, str] | None = None,
        problem: str = "",
        kept: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        """Show the forms. `way`: which of them was sent."""
        return self._visit.page(
            "update.html",
            without_day=True,
            status=status,
            item=self._item,
            letters=self._letters,
            asker=self._asker.names.called(self._ticket.person),
            forms=[
                (one, one.fields(self._asker.names, sent if one is way else None, errors or {}))
                for one in self.ways
            ],
            chosen=way.name if way else None,
            errors=errors or {},
            problem=problem,
            kept=kept or {},
        )

    def told(self, typed: Mapping[str, str], status: int = 200) -> Response:
        """Show what was recorded by the link, and whatever was typed besides."""
        recorded = self.recorded
        words = " ".join(text for line in recorded for _, text in line.words)
        kept = {label: text for label, text in typed.items() if text.strip() not in words}
        return self._visit.page(
            "update_told.html",
            without_day=True,
            status=status if kept else 200,
            item=self._item,
            recorded=recorded,
            kept=kept,
        )


def _desk(visit: Visit, letters: str) -> _Desk | None:
    """Return what a link is good for; None for one that holds no longer, or never did."""
    ticket = visit.house.signer.read(letters, Purpose.UPDATE)
    if ticket is None or ticket.expired(visit.partnership.clock()):
        return None
    asker = Visit(visit.house, visit.request, Session("", ticket.person))
    if not reads_anything(asker.circumstances):
        return None
    item = _item(asker, ticket.about)
    return _Desk(visit, asker, ticket, letters, item) if item else None


def _item(asker: Visit, ref: str) -> Item | None:
    if category_of(ref) not in {"action", "recommendation"}:
        return None
    partnership = asker.partnership
    cadence_days = partnership.settings.board.cadence_days
    try:
        return show(
            asker.now, ref, partnership.today, partnership.calendar, cadence_days=cadence_days
        )
    except NotFound:
        return None


def _worn_out(visit: Visit, letters: str, sent: FormData | None = None) -> Response:
    ticket = visit.house.signer.read(letters, Purpose.UPDATE)
    to = path_of(ticket.about) if ticket else "/"
    kept = _typed(sent) if sent is not None else {}
    return visit.page("update_over.html", without_day=True, status=403, to=to, kept=kept)


def _typed(sent: FormData) -> dict[str, str]:
    """Return what somebody wrote, by the label of its field."""
    return {
        label_of(name): value
        for name, value in sent.items()
        if name not in {"way", LOOKED_AT} and isinstance(value, str) and value.strip()
    }
