"""More time for actions and recommendations: asked for, approved, declined, withdrawn.

One request is open at a time. A request does not stop the clock: until somebody who
neither asked nor leads the item approves it, the target date stays. Two extensions may be
given by whoever may approve them; the third and every later one go to the executive.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from events.refs import quoted
from events.values import TargetDate
from workflow.circumstances import Circumstances
from workflow.civil_dates import format_date
from workflow.date_given import date_ahead_given
from workflow.extension_commands import RequestExtension
from workflow.refusals import Incomplete, NotAllowed, NotNow
from workflow.separation_of_duties import acts_for_the_executive, require_person

GIVEN_WITHOUT_THE_EXECUTIVE = 2
"""How many extensions an item may be given before the executive has to decide."""

_OVERTAKEN: Final = "It was moved after more time was asked for: decline this request."


class Outcome(StrEnum):
    """What became of a request for more time."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ExtensionRequest:
    """One request: its number within the item, who asked, for which date, and what became of it."""

    number: int
    asked_by: str
    target: TargetDate
    outcome: Outcome = Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Extensions:
    """Every request for more time that one item has seen, in order."""

    requests: tuple[ExtensionRequest, ...] = ()

    @property
    def open_request(self) -> ExtensionRequest | None:
        """Return the request that nobody has decided yet, or None."""
        return next((ask for ask in self.requests if ask.outcome is Outcome.OPEN), None)

    @property
    def given(self) -> int:
        """Return how many extensions were approved."""
        return sum(ask.outcome is Outcome.APPROVED for ask in self.requests)

    def asked(self, number: int, target: TargetDate, *, by: str) -> Extensions:
        """Return the requests after one more; for `evolve`."""
        return Extensions((*self.requests, ExtensionRequest(number, by, target)))

    def settled(self, number: int, outcome: Outcome) -> Extensions:
        """Return the requests after one was approved, declined or withdrawn; for `evolve`."""
        return Extensions(
            tuple(
                replace(ask, outcome=outcome) if ask.number == number else ask
                for ask in self.requests
            )
        )


class Extendable(Protocol):
    """What has a target date that can be extended: the state of an action or recommendation."""

    @property
    def ref(self) -> str:
        """Return the item's stream."""

    @property
    def target(self) -> TargetDate | None:
        """Return the current target date, or None where none was set."""

    @property
    def lead_roles(self) -> tuple[str, ...]:
        """Return the roles that lead the item."""

    @property
    def extensions(self) -> Extensions:
        """Return its requests for more time."""


def request(
    item: Extendable, command: RequestExtension, circumstances: Circumstances
) -> ExtensionRequest:
    """Return the request that is made, with its number and the date that it asks for.

    Raises `NotNow` while another is open, and `Incomplete` for a date that gives no more time.
    """
    if item.extensions.open_request is not None:
        mend = "Withdraw that request first, or wait until it is decided."
        raise NotNow(item.ref, "ask for more time again", "waiting for an answer already", mend)
    told_on = command.effective_on or circumstances.today
    target = date_ahead_given(command.target, field="target", told_on=told_on)
    _require_later(item, target, mend="A later day is needed.")
    number = len(item.extensions.requests) + 1
    return ExtensionRequest(number, circumstances.actor, target)


def approve(item: Extendable, circumstances: Circumstances) -> ExtensionRequest:
    """Return the open request, to be approved; the caller lets the target date move to its target.

    Raises `NotAllowed` for who asked or leads it, the software, and from the third on for
    anyone but the executive; `Incomplete` where the current date has overtaken the one asked for.
    """
    asked = _decidable(item, "approve an extension", circumstances)
    _require_later(item, asked.target, mend=_OVERTAKEN)
    return asked


def decline(item: Extendable, circumstances: Circumstances) -> ExtensionRequest:
    """Return the open request, to be declined. Raises `NotAllowed` as `approve` does."""
    return _decidable(item, "decline an extension", circumstances)


def withdraw(item: Extendable, circumstances: Circumstances) -> ExtensionRequest:
    """Return the open request, to be withdrawn by who asked, or who leads the item now."""
    asked = _open(item, "withdraw a request for more time")
    if asked.asked_by != circumstances.actor and not circumstances.acts_in_any(item.lead_roles):
        raise NotAllowed(
            quoted(circumstances.actor),
            f"withdraw a request for more time on {quoted(item.ref)}",
            f"{quoted(asked.asked_by)}, who asked, or by whoever leads it",
        )
    return asked


def _open(item: Extendable, what: str) -> ExtensionRequest:
    asked = item.extensions.open_request
    if asked is None:
        mend = "Look at its history to see what became of earlier requests."
        raise NotNow(item.ref, what, "not waiting for more time", mend)
    return asked


def _decidable(item: Extendable, what: str, circumstances: Circumstances) -> ExtensionRequest:
    asked = _open(item, what)
    what = f"{what} of {quoted(item.ref)}"
    require_person(circumstances, what=what)
    if asked.asked_by == circumstances.actor:
        who = f"{quoted(circumstances.actor)}, who asked for it,"
        raise NotAllowed(who, what, "somebody other than who asked")
    # Whoever leads it would be given what somebody else typed in for them.
    if circumstances.acts_in_any(item.lead_roles):
        who = f"{quoted(circumstances.actor)}, who holds or covers a role that leads it,"
        raise NotAllowed(who, what, "somebody who does not lead it")
    given = item.extensions.given
    if given >= GIVEN_WITHOUT_THE_EXECUTIVE and not acts_for_the_executive(circumstances):
        who = f"{quoted(circumstances.actor)}, since {given} extensions were given already,"
        raise NotAllowed(who, what, "the executive")
    return asked


def _require_later(item: Extendable, asked: TargetDate, *, mend: str) -> None:
    current = item.target
    if current is None or current.due is None:
        message = (
            f"{quoted(item.ref)} has no day by which it is due, so there is nothing to extend."
            " Set or move its target date instead."
        )
        raise Incomplete(field="target", message=message)
    if asked.due is None or asked.due <= current.due:
        message = (
            f"'{asked.as_written}' is not later than the current target date,"
            f" {format_date(current.due)}. {mend}"
        )
        raise Incomplete(field="target", message=message)
