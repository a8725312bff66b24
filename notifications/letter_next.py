"""Who is told next, and when, if nothing happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from events.directory import Office
from notifications.audiences import Audiences, Told
from notifications.rules import Addressee, Occasion, Recipient, Rule
from notifications.subject import Subject
from notifications.wording import RECIPIENTS, called, joined
from workflow.civil_dates import format_date

_NOTHING_AHEAD: Final = {
    Occasion.CLOCK: "Everybody who is told when a clock has run out has been told.",
    Occasion.DECISION: "Everybody who is told of a request that waits has been told.",
    Occasion.ADDRESS: "You are told of this once.",
    Occasion.VACANCY: "You are told of this once.",
}
_ALL_TOLD: Final = "Everybody who is told when a date has passed has been told."

Called = Callable[[Addressee], str]
"""Says to whom reminders for somebody come."""


@dataclass(frozen=True, slots=True)
class ReallyTold:
    """Names each recipient of a subject by the office to which its reminders come today."""

    subject: Subject
    audiences: Audiences

    def __call__(self, addressee: Addressee) -> str:
        """Say to whom the reminders for a recipient come."""
        told = self.audiences.told(self.subject.audience, addressee)
        if told and all(one.in_place_of is not None for one in told):
            return self._next_in_line(told[0])
        return called(addressee, self.audiences.directory)

    def _next_in_line(self, told: Told) -> str:
        role = self.audiences.directory.roles.get(told.role) if told.role else None
        is_chair = role is not None and role.office is Office.SUBGROUP_CHAIR
        return RECIPIENTS[Recipient.SUBGROUP_CHAIR if is_chair else Recipient.BUSINESS_MANAGER]


def next_steps(
    ahead: Sequence[tuple[dt.date, Rule]],
    reader: Told,
    named: Called = called,
    occasion: Occasion = Occasion.TARGET,
) -> str:
    """Say who is told next, and when, if nothing happens; `ahead` are the rules still to come.

    `named`: to whom what is meant for each recipient really comes.
    """
    if not ahead:
        return _NOTHING_AHEAD.get(occasion, _ALL_TOLD)
    day, rule = ahead[0]
    said = f"If nothing changes, {_are_told(rule.recipients, reader, named)} on {format_date(day)}."
    for later, other in ahead[1:]:
        fresh = [recipient for recipient in other.recipients if recipient not in rule.recipients]
        if fresh:
            return f"{said} After that {_are_told(fresh, reader, named)} on {format_date(later)}."
    return said


def _are_told(recipients: Sequence[Addressee], reader: Told, named: Called) -> str:
    own = None if reader.in_place_of is not None else reader.meant_for
    others = (named(recipient) for recipient in recipients if recipient != own)
    names = list(dict.fromkeys(others))
    if own in recipients:
        return f"{joined(['you', *names])} are told{'' if names else ' again'}"
    return f"{joined(names)} {'are' if len(names) > 1 or names[0].endswith('s') else 'is'} told"
