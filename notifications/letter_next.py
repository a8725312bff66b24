"""Who is told next, and when, if nothing happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from events.directory import Office
from notifications.audiences import Audiences, Told
from notifications.rules import Addressee, Occasion, Recipient, Rule
from notifications.subject import Subject
from notifications.wording import RECIPIENTS, called, joined
from workflow.civil_dates import format_date

_NOTHING_AHEAD: Final = {
    Occasion.CLOCK: "Everybody who is told when a clock has run out has been told by now.",
    Occasion.DECISION: "Everybody who is told of a request that waits has been told by now.",
    Occasion.ADDRESS: "You are told of this once.",
    Occasion.VACANCY: "You are told of this once.",
}
_ALL_TOLD: Final = "Everybody who is told when a date has passed has been told by now."


@dataclass(frozen=True, slots=True)
class ReallyTold:
    """To whom the reminders of a subject really come on the day."""

    subject: Subject
    audiences: Audiences

    def on(self, day: dt.date) -> ReallyTold:
        """Return to whom they come on a later day, as far as is known by now."""
        return ReallyTold(self.subject, self.audiences.on(day))

    def name(self, addressee: Addressee) -> str:
        """Name a recipient by the office to which its reminders come."""
        told = self.audiences.told(self.subject.audience, addressee)
        if told and all(one.in_place_of is not None for one in told):
            return self._next_in_line(told[0])
        return called(addressee, self.audiences.directory)

    def people(self, addressees: Iterable[Addressee]) -> frozenset[str]:
        """Return the people to whom the reminders for some recipients come."""
        told = (self.audiences.told(self.subject.audience, one) for one in addressees)
        return frozenset(one.person for some in told for one in some)

    def _next_in_line(self, told: Told) -> str:
        role = self.audiences.directory.roles.get(told.role) if told.role else None
        is_chair = role is not None and role.office is Office.SUBGROUP_CHAIR
        return RECIPIENTS[Recipient.SUBGROUP_CHAIR if is_chair else Recipient.BUSINESS_MANAGER]


def next_steps(ahead: Sequence[tuple[dt.date, Rule]], reader: Told, really: ReallyTold) -> str:
    """Say who is told next, and when, if nothing happens; `ahead` are the rules still to come."""
    if not ahead:
        return _NOTHING_AHEAD.get(really.subject.occasion, _ALL_TOLD)
    day, rule = ahead[0]
    then = really.on(day)
    said = f"If nothing changes, {_are_told(rule.recipients, reader, then)} on {format_date(day)}."
    heard = then.people(rule.recipients)
    for later, other in ahead[1:]:
        then = really.on(later)
        fresh = [one for one in other.recipients if not then.people([one]) <= heard]
        if fresh:
            return f"{said} After that {_are_told(fresh, reader, then)} on {format_date(later)}."
    return said


def _are_told(recipients: Sequence[Addressee], reader: Told, really: ReallyTold) -> str:
    own = [one for one in recipients if reader.person in really.people([one])]
    names = list(dict.fromkeys(really.name(one) for one in recipients if one not in own))
    if own:
        return f"{joined(['you', *names])} are told{'' if names else ' again'}"
    return f"{joined(names)} {'are' if len(names) > 1 or names[0].endswith('s') else 'is'} told"
