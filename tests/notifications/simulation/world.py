"""The small partnership: each thing that happens in it is told to the record and to the state."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from events.action import (
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionLeadsChanged,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionReopened,
    ActionResumed,
    ActionReturned,
    ActionSubmitted,
    TargetDateMoved,
)
from events.catalogue import Event
from events.directory import (
    CoverArranged,
    CoverEnded,
    HolderAppointed,
    HolderStoodDown,
    Office,
    PersonEmailChanged,
    PersonLeft,
    PersonRegistered,
    RoleCreated,
    SubgroupChairRoleSet,
    SubgroupFormed,
)
from events.plan import PlanAdopted, PriorityAdded
from events.recommendation import (
    RecommendationClosedNotImplemented,
    RecommendationProposed,
    RecommendationTargetDateMoved,
)
from events.values import Precision, TargetDate
from projections.civil_days import civil_day
from projections.ledger import Ledger
from tests.notifications.simulation import auditing, words
from tests.notifications.simulation.state import Asked, Item, Person, Role, Span, State

MANAGER_ROLE: Final = "role-4"
_OFFICES: Final = (
    ("role-1", Office.LEAD, "subgroup-1"),
    ("role-2", Office.LEAD, "subgroup-2"),
    ("role-3", Office.SUBGROUP_CHAIR, "subgroup-1"),
    (MANAGER_ROLE, Office.BUSINESS_MANAGER, None),
    ("role-5", Office.EXECUTIVE, None),
    ("role-6", Office.SCRUTINEER, None),
    ("role-7", Office.LEAD, None),
    ("role-8", Office.DELEGATED_PARTNER, None),
)
_HELD: Final = {Office.SCRUTINEER: 0.2, Office.DELEGATED_PARTNER: 0.5}
"""How likely it is that somebody holds an office from the beginning on."""

_SHARED: Final = 0.3
"""How likely it is that two people share a mailbox from the beginning on."""

_LONG_AGO: Final = dt.date(2000, 1, 3)
_PLAN: Final = "plan-1"


class World:
    """What is the case, and what people do to it."""

    def __init__(self, ledger: Ledger, trace: Callable[[str], None]) -> None:
        self.state = State()
        self._ledger, self._trace = ledger, trace
        self._numbers: dict[str, int] = {}

    def begin(self, chance: random.Random) -> None:
        """Furnish the record: five people hold eight roles; the second subgroup has no chair.

        Mostly nobody is the scrutineer yet, or the partner; two people may share a mailbox.
        """
        shared = chance.random() < _SHARED
        for number in range(1, 6):
            self.register(f"person{4 if shared and number == 5 else number}@example.org")
        self._tell("subgroup-1", SubgroupFormed(name="Practice", chair_role="role-3"))
        self._tell("subgroup-2", SubgroupFormed(name="Training"))
        self.state = replace(self.state, chairs={"subgroup-1": "role-3", "subgroup-2": None})
        for number, (role, office, subgroup) in enumerate(_OFFICES, start=1):
            title = f"Role {number}"
            on = self._tell(role, RoleCreated(title=title, office=office, subgroup=subgroup))
            self.state = self.state.with_role(role, Role(office, subgroup, on))
            if chance.random() < _HELD.get(office, 1):
                self.appoint(role, f"person-{chance.randint(1, 5)}", _LONG_AGO)
        self._tell(_PLAN, PlanAdopted(title="Plan"), PriorityAdded(number=1, title="Practice"))

    def register(self, address: str) -> str:
        person = self._new("person")
        name = f"Person {person.partition('-')[2]}"
        self._tell(person, PersonRegistered(name=name, email=address))
        self.state = self.state.with_person(person, Person(address))
        return person

    def leave(self, person: str, last_day: dt.date) -> None:
        self._tell(person, PersonLeft(last_day_on=last_day))
        known = self.state.people[person]
        self.state = self.state.with_person(person, replace(known, last_day=last_day))

    def change_address(self, person: str, address: str | None) -> None:
        self._tell(person, PersonEmailChanged(email=address))
        known = self.state.people[person]
        refused = {one: on for one, on in self.state.refused.items() if one != person}
        changed = self.state.with_person(person, replace(known, address=address))
        self.state = words.can_be_reached(replace(changed, refused=refused), person)

    def appoint(self, role: str, person: str, first: dt.date) -> None:
        self._tell(role, HolderAppointed(person=person, from_on=first))
        found = self.state.roles[role]
        holders = (*found.holders, Span(person, first))
        self.state = self.state.with_role(role, replace(found, holders=holders))

    def stand_down(self, role: str, span: Span, last_day: dt.date) -> None:
        self._tell(role, HolderStoodDown(person=span.person, last_day_on=last_day))
        found = self.state.roles[role]
        holders = tuple(
            replace(one, last=last_day) if one == span else one for one in found.holders
        )
        self.state = self.state.with_role(role, replace(found, holders=holders))

    def cover(self, role: str, person: str, first: dt.date, last: dt.date) -> None:
        found = self.state.roles[role]
        number = max((number for number, _ in found.covers), default=0) + 1
        arranged = CoverArranged(number=number, person=person, from_on=first, last_day_on=last)
        self._tell(role, arranged)
        covers = (*found.covers, (number, Span(person, first, last)))
        self.state = self.state.with_role(role, replace(found, covers=covers))

    def end_cover(self, role: str, number: int, last_day: dt.date) -> None:
        self._tell(role, CoverEnded(number=number, last_day_on=last_day))
        found = self.state.roles[role]
        covers = tuple(
            (one, replace(span, last=last_day) if one == number else span)
            for one, span in found.covers
        )
        self.state = self.state.with_role(role, replace(found, covers=covers))

    def name_chair(self, subgroup: str, role: str) -> None:
        self._tell(subgroup, SubgroupChairRoleSet(chair_role=role))
        self.state = replace(self.state, chairs={**self.state.chairs, subgroup: role})

    def take_on(self, leads: tuple[str, ...], due: dt.date | None) -> str:
        ref = self._new("action")
        created = ActionCreated(
            text="Do it", lead_roles=leads, target=target(due), plan=_PLAN, priority=1
        )
        on = self._tell(ref, created)
        self.state = self.state.with_item(ref, Item(leads, due, on))
        return ref

    def recommend(self, addressed_to: tuple[str, ...], due: dt.date) -> str:
        ref = self._new("recommendation")
        proposed = RecommendationProposed(
            text="Do it", source="Elsewhere", addressed_to=addressed_to, target=target(due)
        )
        on = self._tell(ref, proposed)
        roles = tuple(one for one in addressed_to if one.startswith("role-"))
        subgroups = tuple(one for one in addressed_to if one.startswith("subgroup-"))
        self.state = self.state.with_item(ref, Item(roles, due, on, subgroups))
        return ref

    def note(self, item: str) -> None:
        self._heard(item, self._tell(item, ActionProgressNoted(note="It goes on")))

    def move(self, item: str, due: dt.date) -> None:
        if item.startswith("action"):
            self._tell(item, TargetDateMoved(target=target(due), reason="It takes longer"))
        else:
            moved = RecommendationTargetDateMoved(target=target(due), reason="It takes longer")
            self._tell(item, moved)
        self.state = self.state.item_changed(item, due=due)

    def end(self, item: str, *, completed: bool) -> None:
        if item.startswith("recommendation"):
            reason = "Nobody can"
            risk = MANAGER_ROLE
            self._tell(
                item, RecommendationClosedNotImplemented(risk_accepted_by=risk, reason=reason)
            )
        elif completed:
            self._tell(item, ActionCompleted(confirmed_by="person-1"))
        else:
            self._tell(item, ActionCancelled(reason="No longer needed"))
        ended = {"has_ended": True, "is_submitted": False, "rests_until": None}
        self.state = self.state.item_changed(item, **ended)

    def reopen(self, item: str) -> None:
        self._tell(item, ActionReopened(reason="Not done after all"))
        self.state = self.state.item_changed(item, has_ended=False)

    def submit(self, item: str, person: str) -> None:
        submitted = ActionSubmitted(what_we_did="All of it", no_evidence_reason="None needed")
        on = self._tell(item, submitted, actor=person)
        self._heard(item, on)
        self.state = self.state.item_changed(
            item, is_submitted=True, reported_by=person, reported_on=on
        )

    def give_back(self, item: str) -> None:
        self._tell(item, ActionReturned(returned_by="person-1", reason="Not yet"))
        self.state = self.state.item_changed(item, is_submitted=False)

    def rest(self, item: str, until: dt.date) -> None:
        self._heard(item, self._tell(item, ActionPutOnHold(reason="Waits", review_on=until)))
        self.state = self.state.item_changed(item, rests_until=until)

    def go_on(self, item: str) -> None:
        self._heard(item, self._tell(item, ActionResumed()))
        self.state = self.state.item_changed(item, rests_until=None)

    def change_leads(self, item: str, leads: tuple[str, ...]) -> None:
        self._tell(item, ActionLeadsChanged(lead_roles=leads, reason="Better placed"))
        self.state = self.state.item_changed(item, leads=leads)

    def ask(self, item: str, person: str, due: dt.date) -> None:
        number = self.state.items[item].requests + 1
        request = ActionExtensionRequested(
            extension=number, target=target(due), reason="It takes longer", progress="Half done"
        )
        on = self._tell(item, request, actor=person)
        self._heard(item, on)
        self.state = self.state.item_changed(item, asked=Asked(on, person), requests=number)

    def decide(self, item: str, due: dt.date | None) -> None:
        """Answer a request: with a date it is granted."""
        found = self.state.items[item]
        if due is None:
            self._tell(item, ActionExtensionDeclined(extension=found.requests, reason="No"))
            self.state = self.state.item_changed(item, asked=None)
            return
        moved = TargetDateMoved(target=target(due), extension=found.requests)
        self._tell(item, ActionExtensionApproved(extension=found.requests), moved)
        granted = found.granted + 1
        self.state = self.state.item_changed(item, asked=None, granted=granted, due=due)

    def audit(
        self, leads: tuple[str, ...], subgroups: tuple[str, ...], due: dt.date, *, is_clock: bool
    ) -> None:
        if is_clock:
            ref, watch = auditing.run_a_clock(self.state, self._tell, leads, subgroups, due)
        else:
            again = target(due)
            ref, watch = auditing.close_with_a_re_audit(
                self.state, self._tell, leads, subgroups, again
            )
        self.state = self.state.with_watch(ref, watch)

    def finish(self, ref: str, day: dt.date, choose: Callable[[], bool]) -> None:
        over = auditing.finish(self.state, self._tell, ref, day, choose)
        self.state = self.state.with_watch(ref, over)

    def refused(self, person: str, on: dt.date) -> None:
        """Take note that the record has somebody's address as refused since a day."""
        if person not in self.state.refused:
            self.state = replace(self.state, refused={**self.state.refused, person: on})

    def reached(self, person: str) -> None:
        """Take note that a server took an email to somebody."""
        if person in self.state.refused:
            refused = {one: on for one, on in self.state.refused.items() if one != person}
            reached = words.can_be_reached(self.state, person)
            self.state = replace(reached, refused=refused)

    def _heard(self, item: str, on: dt.date) -> None:
        heard_on = max(on, self.state.items[item].heard_on)
        self.state = self.state.item_changed(item, heard_on=heard_on)

    def _new(self, category: str) -> str:
        self._numbers[category] = self._numbers.get(category, 0) + 1
        return f"{category}-{self._numbers[category]}"

    def _tell(self, stream: str, *events: Event, actor: str = "person-1") -> dt.date:
        """Append events; return the civil day on which they were recorded."""
        self._trace(f"{stream}: {', '.join(repr(event) for event in events)}")
        with self._ledger.transaction(actor=actor) as transaction:
            version = transaction.writing.version_of(stream)
            transaction.append(stream, version, events)
            on = civil_day(transaction.recorded_at)
        self.state = self.state.with_record(stream, on)
        return on


def target(due: dt.date | None) -> TargetDate:
    if due is None:
        return TargetDate(as_written="ongoing", precision=Precision.ONGOING, review_every_days=60)
    written = f"{due:%d.%m.%Y}"
    return TargetDate(
        as_written=written, precision=Precision.DAY, earliest=due, latest=due, due=due
    )
