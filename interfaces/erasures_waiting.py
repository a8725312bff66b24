"""Erasures that wait for a second person: who may be that, and never the words themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.refs import quoted
from interfaces.bootstrap import Partnership
from interfaces.erasure_requests import ErasureRequest, open_requests
from projections.civil_days import civil_day
from projections.deciding import Deciding
from projections.projection import Row
from workflow.permissions import may_agree_to_erase


@dataclass(frozen=True, slots=True)
class WaitingErasure:
    """A request that waits. `request`: the entry that holds it, `entry`: the one it is about.

    `about`: whose stream that entry is of, such as an action's, or a file's. `until`: the last day
    on which anybody can agree. `may_agree`: the people who may, today.
    """

    request: int
    entry: int
    about: str
    is_file: bool
    asked_by: str
    asked_on: dt.date
    until: dt.date
    may_agree: tuple[str, ...]

    @property
    def what(self) -> str:
        """Say what is to be erased, without saying what it says."""
        return f"the file of entry {self.entry}" if self.is_file else f"words of entry {self.entry}"

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {
            "request": self.request,
            "entry": self.entry,
            "about": quoted(self.about),
            "is_file": self.is_file,
            "asked_by": quoted(self.asked_by),
            "asked_on": self.asked_on.isoformat(),
            "until": self.until.isoformat(),
            "may_agree": [quoted(person) for person in self.may_agree],
        }


def waiting_erasures(partnership: Partnership) -> tuple[WaitingErasure, ...]:
    """Return the erasures that wait for a second person, the earliest first."""
    requests = tuple(open_requests(partnership))
    if not requests:
        return ()
    deciding = Deciding(partnership.view(), partnership.today, partnership.calendar)
    allowed = deciding.who(may_agree_to_erase)
    return tuple(_waiting(partnership, one, allowed) for one in requests)


def _waiting(
    partnership: Partnership, one: ErasureRequest, allowed: tuple[str, ...]
) -> WaitingErasure:
    entry = one.said.position
    (meant,) = partnership.log.read(entry - 1, entry)
    return WaitingErasure(
        one.entry,
        entry,
        meant.stream,
        one.wanted.is_file,
        one.asked_by,
        civil_day(one.recorded.recorded_at),
        one.until,
        tuple(person for person in allowed if person != one.asked_by),
    )
