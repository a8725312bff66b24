"""One request of one person: who asks, as at when, and what they see of the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Final

import orjson
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from interfaces.bootstrap import Partnership
from interfaces.moments import Moment, moment_given
from interfaces.record_foot import record_lines
from interfaces.web.house import House
from interfaces.web.refusals.refused_requests import NothingHere, NotSignedIn
from interfaces.web.seeing.sight import PartnershipSeen, reads_anything, seen_by
from interfaces.web.shown import link_to
from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.sessions import Session
from projections.board import Board, board
from projections.board_filter import BoardFilter
from projections.kept_rows import KeptView
from projections.known import KnownFrom
from projections.meeting_names import Meeting, meetings
from projections.names import Names
from projections.store import View
from workflow.circumstances import Circumstances

AT: Final = "at"
TRUE_ON: Final = "true-on"
"""The parts of an address that say as at when."""

MEETINGS_OFFERED: Final = 6
"""So many meetings stand in the panel that asks as at when; the others on the page of meetings."""


@dataclass(frozen=True)
class Visit:
    """A request, and what it may see. What is read for it is read once.

    `session` is None for whoever has not signed in.
    """

    house: House
    request: Request
    session: Session | None

    @property
    def partnership(self) -> Partnership:
        """Return the record."""
        return self.house.partnership

    @property
    def person(self) -> str:
        """Return who asks. Raises `NotSignedIn`."""
        if self.session is None:
            raise NotSignedIn
        return self.session.person

    @cached_property
    def circumstances(self) -> Circumstances:
        """Return what decisions know of who asks, as the directory stands at this moment."""
        today = self.partnership.today
        known = KnownFrom(self._standing.get, today, self._standing.all)
        calendar, clocks = self.partnership.calendar, self.partnership.ledger.clocks
        return Circumstances(today, self.person, calendar, known, clocks)

    @cached_property
    def directory_digest(self) -> str:
        """Return a digest of the directory by which it is judged what who asks may do.

        It changes whenever anybody's roles or permissions do.
        """
        rows = orjson.dumps(self._standing.rows("directory"), option=orjson.OPT_SORT_KEYS)
        return sha256(rows).hexdigest()

    @cached_property
    def reads(self) -> bool:
        """Tell whether who asks has any part in the partnership today."""
        return reads_anything(self.circumstances)

    @cached_property
    def seeing(self) -> PartnershipSeen:
        """Return the record as who asks sees it."""
        whole = self.partnership
        return PartnershipSeen(
            whole.settings,
            whole.clock,
            whole.engine,
            whole.log,
            whole.ledger,
            whole.calendar,
            self.circumstances,
        )

    @cached_property
    def moment(self) -> Moment:
        """Return as at when the page is asked for. Raises `BadInput`."""
        asked = self.request.query_params
        at, true_on = asked.get(AT) or None, asked.get(TRUE_ON) or None
        moment = moment_given(self.partnership, at, None, true_on, seen=self.now)
        if not moment.is_now or moment.true_on is not None:
            return moment
        return replace(moment, view=self._standing, position=self._standing.position)

    @cached_property
    def view(self) -> View:
        """Return what who asks may see, as at the moment asked for."""
        is_now = self.moment.is_now and self.moment.true_on is None
        return self.now if is_now else seen_by(self.moment.view, self.circumstances)

    @cached_property
    def now(self) -> View:
        """Return what who asks may see as it stands."""
        return seen_by(self._standing, self.circumstances)

    @cached_property
    def _standing(self) -> KeptView:
        return self.house.kept.view()

    @cached_property
    def names(self) -> Names:
        """Return what things are called, as at the moment asked for."""
        return Names(self.view, self.moment.on)

    @cached_property
    def last_meetings(self) -> tuple[Meeting, ...]:
        """Return the last few meetings that may be named as a moment, the latest first."""
        today = self.partnership.today
        held = [one for one in meetings(self.now) if one.held_on <= today]
        return tuple(reversed(held[-MEETINGS_OFFERED:]))

    def board(self, filters: BoardFilter | None = None) -> Board:
        """Return the board as at the moment asked for. Raises `NothingCalled`."""
        return self._board(self.view, self.moment.on, filters)

    def board_now(self, filters: BoardFilter | None = None) -> Board:
        """Return today's board, as it stands. Raises `NothingCalled`."""
        return self._board(self.now, self.partnership.today, filters)

    def _board(self, view: View, on: dt.date, filters: BoardFilter | None) -> Board:
        if view is self._standing:
            return self.house.kept_board.board(self._standing, on, filters)
        cadence_days = self.partnership.settings.board.cadence_days
        return board(view, on, self.partnership.calendar, filters, cadence_days=cadence_days)

    def require_present(self) -> None:
        """Check that nothing of the past was asked for: there nothing can be changed."""
        if not self.moment.is_now or self.moment.true_on is not None:
            raise NothingHere

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        without_day: bool = False,
        shows: Sequence[Moment] = (),
        **shown: Any,  # noqa: ANN401 - what a template shows
    ) -> HTMLResponse:
        """Return a page, filled. `without_day`: one that shows nothing of the record.

        `shows`: whose state of the record it shows, where that is not the moment of the visit.
        """
        frame = self._frame(without_day, shows)
        filled = self.house.fill(template, visit=self, **frame, **shown)
        return HTMLResponse(filled, status_code=status)

    def go(self, path: str) -> RedirectResponse:
        """Send the browser to another page of ours, which it asks for anew."""
        return RedirectResponse(path, status_code=303)

    def _frame(
        self,
        without_day: bool,  # noqa: FBT001 - passed on
        shows: Sequence[Moment],
    ) -> dict[str, Any]:
        """Return what the frame around every page names."""
        signed_in = self.session is not None and self.reads
        moment = self.moment if signed_in and not without_day else None
        shown = (*shows,) or (moment,) if moment else ()
        past = {} if without_day else self._past()
        return {
            "partnership": self.partnership.settings.partnership.name,
            "path": self.request.url.path,
            "query": self.request.query_params,
            "signed_in": signed_in,
            "who": Names(self.now, self.partnership.today).called(self.person)
            if signed_in
            else None,
            "moment": moment,
            "record_lines": record_lines(self.partnership, *shown),
            "link": link_to(past),
        }

    def _past(self) -> dict[str, str]:
        asked = self.request.query_params
        return {name: asked[name] for name in (AT, TRUE_ON) if asked.get(name)}


def visiting(request: Request) -> Visit:
    """Find out who asks."""
    house: House = request.app.state.house
    token = request.cookies.get(cookies.SESSION)
    now = house.partnership.clock()
    session = house.sessions.find(token, now) if token else None
    return Visit(house, request, session)


Visiting = Annotated[Visit, Depends(visiting)]
"""A parameter of a route: the request as a visit. Within one request it is always the same."""
