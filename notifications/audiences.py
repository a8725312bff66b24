"""Who is told of an item on a day, and why it comes to them.

A role without anybody who can be told falls to the chair of its subgroup, then to the business
manager, so that nothing due is told to nobody as long as there is a business manager. Where a mail
server refuses the address of whoever should be told, the next in line are told beside them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from events.directory import Office
from notifications.directory import Directory
from notifications.rules import Addressee, NamedRole, Recipient, Rule, Triggered
from notifications.subject import Audience

_OFFICES: Final = {
    Recipient.BUSINESS_MANAGER: Office.BUSINESS_MANAGER,
    Recipient.DELEGATED_PARTNER: Office.DELEGATED_PARTNER,
    Recipient.EXECUTIVE: Office.EXECUTIVE,
    Recipient.SCRUTINEER: Office.SCRUTINEER,
}

_ABOVE_THE_MANAGER: Final = (Office.EXECUTIVE, Office.DELEGATED_PARTNER, Office.SCRUTINEER)
"""Who is told beside a business manager whom no email reaches: the first of these who can be."""


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told, and why.

    `meant_for` is whom the rule names; `role` the role in which this person is told. `is_cover`:
    they stand in for its holder. `in_place_of` names what fell to them: a role, subgroup or agency
    in which nobody can be told, or "" where nothing and nobody was named at all.
    """

    person: str
    meant_for: Addressee
    role: str | None
    is_cover: bool = False
    in_place_of: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody who is told under a rule."""

    rule: Rule
    told: Told


@dataclass(frozen=True, slots=True)
class Assigned:
    """What the rules that were triggered come to for one audience.

    Each person appears once, under the latest rule that names them. `nobody_for` are the
    recipients for whom nobody could be found, however far it fell, each under their latest rule.
    """

    assignments: tuple[Assignment, ...]
    nobody_for: tuple[tuple[Rule, Addressee], ...]


@dataclass(slots=True)
class Audiences:
    """Finds people on one day. Who was found is remembered: items share few audiences.

    `unreachable` collects who should have been told and has no address, with their roles.
    """

    directory: Directory
    day: dt.date
    unreachable: dict[str, set[str]] = field(default_factory=dict)
    _found: dict[tuple[Audience, Addressee], tuple[Told, ...]] = field(default_factory=dict)
    _assigned: dict[tuple[Audience, Triggered], Assigned] = field(default_factory=dict)
    _on_other_days: dict[dt.date, Audiences] = field(default_factory=dict)

    def on(self, day: dt.date) -> Audiences:
        """Return the same directory as it stands on another day: covers end, and tenures begin.

        Where nobody comes or goes between the two days, whom they find is remembered together.
        """
        if day == self.day:
            return self
        if day not in self._on_other_days:
            other = Audiences(self.directory, day)
            if self.directory.is_alike_on(self.day, day):
                other._found = self._found
            self._on_other_days[day] = other
        return self._on_other_days[day]

    def assigned(self, audience: Audience, triggered: Triggered) -> Assigned:
        """Return who is told under which of the rules."""
        key = (audience, triggered)
        if key not in self._assigned:
            self._assigned[key] = self._assign(audience, triggered)
        return self._assigned[key]

    def told(self, audience: Audience, recipient: Addressee) -> tuple[Told, ...]:
        """Return whom a recipient means for an audience on this day; empty if nobody is left."""
        key = (audience, recipient)
        if key not in self._found:
            self._found[key] = self._find(audience, recipient)
        return self._found[key]

    def in_office(self, office: Office) -> tuple[str, ...]:
        """Return the people who act in an office on this day and can be told."""
        roles = self.directory.roles_in(office)
        told = (self._reachable(role.ref, Recipient.LEAD) for role in roles)
        return tuple(dict.fromkeys(one.person for some in told for one in some))

    def _assign(self, audience: Audience, triggered: Triggered) -> Assigned:
        assignments: dict[str, Assignment] = {}
        nobody_for: dict[Addressee, Rule] = {}
        for rule in triggered.rules:
            for recipient in rule.recipients:
                told = self.told(audience, recipient)
                if not told:
                    nobody_for.setdefault(recipient, rule)
                for one in told:
                    assignments.setdefault(one.person, Assignment(rule, one))
        nobody = tuple((rule, recipient) for recipient, rule in nobody_for.items())
        return Assigned(tuple(assignments.values()), nobody)

    def _find(self, audience: Audience, recipient: Addressee) -> tuple[Told, ...]:
        if isinstance(recipient, NamedRole):
            return _once(self._named(audience, recipient))
        if recipient is Recipient.DECIDER:
            return _once(self._deciders(audience))
        if recipient not in {Recipient.LEAD, Recipient.SUBGROUP_CHAIR}:
            return _once(self._office(audience, recipient))
        if audience.awaits_confirmation:
            return _once(self._confirmers(audience, recipient))
        if recipient is Recipient.LEAD:
            return _once(self._leads(audience))
        return _once(self._chairs(audience, recipient))

    def _leads(self, audience: Audience) -> Iterable[Told]:
        lead = Recipient.LEAD
        for role in audience.lead_roles:
            yield from self._led_or_fallen(audience, role, lead)
        if not audience.lead_roles:
            yield from self._addressed(audience)

    def _addressed(self, audience: Audience) -> Iterable[Told]:
        """Find who answers for an item that no role leads."""
        lead = Recipient.LEAD
        for subgroup in audience.subgroups:
            yield from self._chairs_or_manager(subgroup, lead)
        for agency in audience.agencies:
            yield from self._business_manager(lead, agency)
        if not audience.subgroups and not audience.agencies:
            yield from self._business_manager(lead, "")

    def _named(self, audience: Audience, named: NamedRole) -> Iterable[Told]:
        """Find who acts in a role of that name; a name that nobody knows loses nothing."""
        role = self.directory.role_called(named.words)
        if role is None:
            return self._business_manager(named, "")
        return self._led_or_fallen(audience, role.ref, named)

    def _led_or_fallen(self, audience: Audience, role: str, meant_for: Addressee) -> Sequence[Told]:
        found = self._reachable(role, meant_for)
        return self._or_next(found, lambda: self._fallen(audience, role, meant_for))

    def _or_next(
        self, found: Sequence[Told], next_in_line: Callable[[], Sequence[Told]]
    ) -> Sequence[Told]:
        """Return who was found, with the next in line beside them if no email reaches any."""
        return found if self._is_heard_by(found) else [*found, *next_in_line()]

    def _is_heard_by(self, found: Iterable[Told]) -> bool:
        """Tell whether an email reaches any of them, as far as anybody knows."""
        return any(not self.directory.people[one.person].is_refused for one in found)

    def _deciders(self, audience: Audience) -> Sequence[Told]:
        """Find who can decide a request: nobody who asked for it, and nobody who leads the item."""
        decider, executive = Recipient.DECIDER, Recipient.EXECUTIVE
        if audience.for_executive:
            found = self._others(audience, [self._office(audience, executive)])
        else:
            found = self._judges(audience, decider)
        able = [replace(one, meant_for=decider) for one in found]
        return self._or_next(able, lambda: self._business_manager(decider, ""))

    def _confirmers(self, audience: Audience, meant_for: Addressee) -> Sequence[Told]:
        """Find who can confirm what is said to be done: nobody who leads it or reported it."""
        able = [replace(one, meant_for=meant_for) for one in self._judges(audience, meant_for)]
        return self._or_next(able, lambda: self._business_manager(meant_for, ""))

    def _judges(self, audience: Audience, meant_for: Addressee) -> Sequence[Told]:
        """Find the nearest who judge what others do: chairs, the manager, partners, executive.

        A chair who leads the work cannot judge it, and neither can a manager who does.
        """
        return self._others(audience, self._circles(audience, meant_for))

    def _circles(self, audience: Audience, meant_for: Addressee) -> Iterator[Iterable[Told]]:
        """Yield the nearest first; whoever is not needed is not looked for, nor missed."""
        yield self._chairs(audience, meant_for)
        yield self._office(audience, Recipient.BUSINESS_MANAGER)
        yield self._office(audience, Recipient.DELEGATED_PARTNER)
        yield self._office(audience, Recipient.EXECUTIVE)

    def _others(self, audience: Audience, circles: Iterable[Iterable[Told]]) -> Sequence[Told]:
        """Return the people who neither asked for it nor lead it, of as few circles as need be."""
        acting = (self.directory.acting_in(role, self.day) for role in audience.lead_roles)
        barred = {audience.asked_by, *(one.person for some in acting for one in some)}
        found: list[Told] = []
        for circle in circles:
            found += [one for one in circle if one.person not in barred]
            if self._is_heard_by(found):
                break
        return found

    def _fallen(self, audience: Audience, role: str, meant_for: Addressee) -> Sequence[Told]:
        """Find who is told instead of a role in which nobody can be."""
        place = self.directory.roles.get(role)
        subgroups = (place.subgroup,) if place and place.subgroup else audience.subgroups
        chairs = [one for subgroup in subgroups for one in self._chairs_of(subgroup, meant_for)]
        instead = [replace(one, in_place_of=role) for one in chairs]
        return self._or_next(instead, lambda: self._business_manager(meant_for, role))

    def _chairs(self, audience: Audience, meant_for: Addressee) -> Iterable[Told]:
        subgroups = dict.fromkeys([*audience.subgroups, *self._subgroups_of(audience.lead_roles)])
        for subgroup in subgroups:
            yield from self._chairs_or_manager(subgroup, meant_for)
        if not subgroups:
            yield from self._business_manager(meant_for, "")

    def _chairs_or_manager(self, subgroup: str, meant_for: Addressee) -> Sequence[Told]:
        chairs = self._chairs_of(subgroup, meant_for)
        return self._or_next(chairs, lambda: self._business_manager(meant_for, subgroup))

    def _chairs_of(self, subgroup: str, meant_for: Addressee) -> Sequence[Told]:
        roles = self.directory.chair_roles_of(subgroup)
        return [one for role in roles for one in self._reachable(role, meant_for)]

    def _subgroups_of(self, roles: tuple[str, ...]) -> list[str]:
        found = (self.directory.roles.get(role) for role in roles)
        return [role.subgroup for role in found if role and role.subgroup]

    def _office(self, audience: Audience, recipient: Recipient) -> Iterable[Told]:
        roles = [role.ref for role in self.directory.roles_in(_OFFICES[recipient])]
        if recipient is Recipient.DELEGATED_PARTNER:
            roles = self._of_the_same_agency(audience, roles) or roles
        told = [one for role in roles for one in self._reachable(role, recipient)]
        place = roles[0] if roles else ""
        if recipient is Recipient.BUSINESS_MANAGER:
            return self._or_those_above(told, recipient, place)
        return self._or_next(told, lambda: self._business_manager(recipient, place))

    def _of_the_same_agency(self, audience: Audience, roles: list[str]) -> list[str]:
        """Keep the partners of the agencies concerned, who alone can do something about it."""
        known = self.directory.roles
        leads = (known[role] for role in audience.lead_roles if role in known)
        agencies = {*audience.agencies, *(role.agency for role in leads if role.agency)}
        return [role for role in roles if known[role].agency in agencies]

    def _business_manager(self, meant_for: Addressee, in_place_of: str) -> Sequence[Told]:
        roles = self.directory.roles_in(Office.BUSINESS_MANAGER)
        told = [one for role in roles for one in self._reachable(role.ref, meant_for)]
        instead = [replace(one, in_place_of=in_place_of) for one in told]
        return self._or_those_above(instead, meant_for, roles[0].ref if roles else "")

    def _or_those_above(
        self, managers: Sequence[Told], meant_for: Addressee, place: str
    ) -> Sequence[Told]:
        """Return the managers, and if no email reaches any of them the nearest above.

        Where there is no manager at all, nobody stands in for one: that is told by the dashboard.
        """
        if not managers or self._is_heard_by(managers):
            return managers
        for office in _ABOVE_THE_MANAGER:
            roles = self.directory.roles_in(office)
            told = [one for role in roles for one in self._reachable(role.ref, meant_for)]
            if self._is_heard_by(told):
                return [*managers, *(replace(one, in_place_of=place) for one in told)]
        return managers

    def _reachable(self, role: str, meant_for: Addressee) -> Sequence[Told]:
        told = []
        for acting in self.directory.acting_in(role, self.day):
            if self.directory.people[acting.person].reachable_on(self.day):
                told.append(Told(acting.person, meant_for, role, acting.is_cover))
            else:
                self.unreachable.setdefault(acting.person, set()).add(role)
        return told


def _once(told: Iterable[Told]) -> tuple[Told, ...]:
    first: dict[str, Told] = {}
    for one in told:
        first.setdefault(one.person, one)
    return tuple(first.values())
