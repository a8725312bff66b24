"""What a reminder's link is good for when it is used: its item, and what its person may report.

The change is stored under an id that is made from the link, so that the record itself holds each
link to one. Nothing of the item's files can be learned by a link: neither which there are, nor
whether a file is one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final
from uuid import UUID, uuid5

from events.recorded import Recorded
from events.refs import category_of
from interfaces.web.files.attaching import looked_over, takes_files
from interfaces.web.files.sent_files import Sent
from interfaces.web.offering.reports import Way, ways_on
from interfaces.web.refusals.refused_requests import Unreadable
from interfaces.web.seeing.sight import reads_anything
from interfaces.web.signing_in.sessions import Session
from interfaces.web.signing_in.tickets import Purpose, Ticket
from interfaces.web.visit import Visit
from projections.handing_in import Handed, hand_in
from projections.history import HistoryLine, history
from projections.items import Item, show
from workflow.command import Command
from workflow.refusals import Incomplete, NotFound

_IDS: Final = UUID("6f2d2a3e-6d0a-5b52-9a52-5d3b0e7c1f10")
"""The space in which the ids of changes by links are made."""


class LinkDesk:
    """A link that holds. `asker`: a visit of the person whom it was sent to."""

    def __init__(self, asker: Visit, ticket: Ticket, letters: str, item: Item) -> None:
        self.asker, self.item, self.letters = asker, item, letters
        self.person, self.about = ticket.person, ticket.about
        self._command_id: Final = str(uuid5(_IDS, letters))

    @cached_property
    def ways(self) -> Sequence[Way]:
        """Return what may be reported now."""
        return ways_on(self.about, self.asker.now, self.asker.circumstances)

    @property
    def recorded(self) -> Sequence[HistoryLine]:
        """Return what was recorded by the link."""
        now = self.asker.now
        by_link = {one.position for one in now.events_of(self.about) if self._is_by_link(one)}
        if not by_link:
            return ()
        return [line for line in history(now, self.about) if line.position in by_link]

    def give(self, way: Way, sent: Sent) -> bool:
        """Record what was reported; True if the link was used before. Raises `Refusal`, `BadForm`.

        A file that the item has already is left out without a word: who has no more than a link
        must not learn of it.
        """
        command = way.command(self.about, sent.form)
        if not sent.files:
            return self._give_alone(command)
        if way.passes_on or not takes_files(way.kind):
            raise Unreadable
        found, kept = looked_over(self.asker, self.about, sent, None), self._kept()
        while True:
            new = [one for one in found if one.command.sha256 not in kept]
            try:
                return self._give_with(new, command)
            except Incomplete:
                # Others may have handed one of them in meanwhile, which is not to be told either.
                before, kept = kept, self._kept()
                if kept == before:
                    raise

    def _kept(self) -> Mapping[str, str]:
        """Return the files that the item has by now."""
        return replace(self.asker).circumstances.known.files_on(self.about)

    def _give_with(self, files: Sequence[Handed], command: Command) -> bool:
        if not files:
            return self._give_alone(command)
        ledger = self.asker.partnership.ledger
        return hand_in(
            ledger, files, actor=self.person, beside=command, command_id=self._command_id
        ).repeated

    def _give_alone(self, command: Command) -> bool:
        ledger = self.asker.partnership.ledger
        return ledger.execute(command, actor=self.person, command_id=self._command_id).repeated

    def _is_by_link(self, one: Recorded) -> bool:
        return one.command_id == self._command_id


def desk_behind(visit: Visit, letters: str) -> LinkDesk | None:
    """Return what a link is good for; None for one that holds no longer, or never did."""
    ticket = visit.house.signer.read(letters, Purpose.UPDATE)
    if ticket is None or ticket.expired(visit.partnership.clock()):
        return None
    asker = Visit(visit.house, visit.request, Session("", ticket.person))
    if not reads_anything(asker.circumstances):
        return None
    item = _item(asker, ticket.about)
    return LinkDesk(asker, ticket, letters, item) if item else None


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
