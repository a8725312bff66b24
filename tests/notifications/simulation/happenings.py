"""What people do in a year, drawn by chance."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from functools import partial
from typing import Final

from tests.notifications.simulation.expectations import acting
from tests.notifications.simulation.matter import CALENDAR
from tests.notifications.simulation.state import Item
from tests.notifications.simulation.world import MANAGER_ROLE, World

MOST_PEOPLE: Final = 9
MOST_ITEMS: Final = 7
MOST_WATCHES: Final = 5
_LOSES_IT: Final = 0.2
_SHARES_ONE: Final = 0.1
"""How likely it is that who changes their address has none then, or shares somebody else's."""

_LEADS: Final = ("role-1", "role-2", "role-7")

Later = Callable[[dt.timedelta, Callable[[], None]], None]
"""Lets something happen after a while."""


class Happenings:
    """Lets things happen that are possible as the world stands; a draw that is not does nothing."""

    def __init__(self, world: World, chance: random.Random, later: Later) -> None:
        self._world, self._chance, self._later = world, chance, later
        self._addresses = 5
        kinds = [happens for times, happens in self._kinds() for _ in range(times)]
        self._all = tuple(kinds)
        self._of_an_item = (
            self._move, self._end, self._change_leads, self._submit, self._decide, self._hand_over,
            self._change_address, self._leave,
        )  # fmt: skip

    def begin(self, first: dt.date) -> None:
        """Take on the first things, due over the year."""
        for _ in range(self._chance.randint(2, 4)):
            self._take_on(first, self._chance.randint(5, 330))
        self._recommend(first)
        if self._chance.random() < 0.5:
            self._take_in_an_old_plan(first)
            self._audit(first)

    def happen(self, day: dt.date) -> None:
        """Let one thing happen."""
        self._chance.choice(self._all)(day)

    def meddle(self, day: dt.date, item: str | None, person: str | None) -> None:
        """Let something happen to what, or to whom, an email is about to leave."""
        self._chance.choice(self._of_an_item)(day, item, person)

    def _kinds(self) -> tuple[tuple[int, Callable[[dt.date], None]], ...]:
        return (
            (8, self._note),
            (9, self._move),
            (4, self._move_away_and_back),
            (5, self._end),
            (3, self._reopen),
            (3, self._submit),
            (2, self._give_back),
            (3, self._rest),
            (2, self._go_on),
            (3, self._change_leads),
            (3, self._ask),
            (5, self._decide),
            (8, self._hand_over),
            (5, self._cover),
            (2, self._end_cover),
            (3, self._leave),
            (5, self._change_address),
            (1, self._name_chair),
            (3, self._take_on),
            (2, self._take_in_an_old_plan),
            (2, self._audit),
            (2, self._finish_what_an_audit_needs),
            (1, self._recommend),
        )

    def _note(self, _day: dt.date) -> None:
        if ref := self._item(lambda _: True):
            self._world.note(ref)

    def _move(self, day: dt.date, item: str | None = None, _: str | None = None) -> None:
        ref = self._this(item, lambda one: one.due is not None, recommendations=True)
        if ref is not None:
            due = self._world.state.items[ref].due
            assert due is not None
            self._world.move(ref, max(due, day) + self._days(-20, 60))

    def _move_away_and_back(self, _day: dt.date) -> None:
        ref = self._item(lambda one: one.due is not None)
        if ref is None:
            return
        due = self._world.state.items[ref].due
        assert due is not None
        self._world.move(ref, due + self._days(1, 60))
        after = dt.timedelta(hours=self._chance.choice((1, 20, 24, 50, 170, 400)))
        self._later(after, lambda: self._move_back(ref, due))

    def _move_back(self, ref: str, due: dt.date) -> None:
        item = self._world.state.items[ref]
        if not item.has_ended and item.due is not None:
            self._world.move(ref, due)

    def _end(self, _day: dt.date, item: str | None = None, _: str | None = None) -> None:
        if ref := self._this(item, lambda _: True, recommendations=True):
            self._world.end(ref, completed=self._chance.random() < 0.7)

    def _reopen(self, _day: dt.date) -> None:
        items = self._world.state.items
        ended = [ref for ref, item in items.items() if item.has_ended and ref.startswith("action")]
        if ended:
            self._world.reopen(self._chance.choice(ended))

    def _submit(self, day: dt.date, item: str | None = None, _: str | None = None) -> None:
        if ref := self._this(item, lambda one: not one.is_submitted and one.rests_until is None):
            leads = self._world.state.items[ref].leads
            acts = [p for role in leads for p in acting(self._world.state, role, day)]
            # Others may report it for them: the business manager after a meeting, say.
            somebody = self._present(but=set()) if self._chance.random() < 0.5 else None
            if who := somebody or (self._chance.choice(acts) if acts else None):
                self._world.submit(ref, who)

    def _give_back(self, _day: dt.date) -> None:
        if ref := self._item(lambda one: one.is_submitted):
            self._world.give_back(ref)

    def _rest(self, day: dt.date) -> None:
        if ref := self._item(lambda one: not one.is_submitted and one.rests_until is None):
            due = self._world.state.items[ref].due
            until = due if due and self._chance.random() < 0.2 else day + self._days(3, 90)
            self._world.rest(ref, until)

    def _go_on(self, _day: dt.date) -> None:
        if ref := self._item(lambda one: one.rests_until is not None):
            self._world.go_on(ref)

    def _change_leads(self, _day: dt.date, item: str | None = None, _: str | None = None) -> None:
        if ref := self._this(item, lambda _: True):
            self._world.change_leads(ref, self._some_leads())

    def _ask(self, day: dt.date) -> None:
        ref = self._item(lambda one: one.asked is None and one.due is not None)
        if ref is None:
            return
        item = self._world.state.items[ref]
        leads = [p for role in item.leads for p in acting(self._world.state, role, day)]
        if leads and item.due:
            self._world.ask(ref, self._chance.choice(leads), item.due + self._days(20, 60))

    def _decide(self, _day: dt.date, item: str | None = None, _: str | None = None) -> None:
        ref = self._this(item, lambda one: one.asked is not None and one.due is not None)
        if ref is not None:
            due = self._world.state.items[ref].due
            assert due is not None
            granted = self._chance.random() < 0.6
            self._world.decide(ref, due + self._days(20, 60) if granted else None)

    def _hand_over(self, day: dt.date, _item: str | None = None, person: str | None = None) -> None:
        """Let somebody stand down, mostly with somebody to follow, at once or after a gap."""
        held = [
            (role, span)
            for role, found in self._world.state.roles.items()
            for span in found.holders
            if span.includes(day) and span.last is None and person in {None, span.person}
        ]
        if not held:
            return self._fill(day)
        role, span = self._chance.choice(held)
        last_day = day + self._days(-1, 3)
        if last_day < span.first:
            return None
        self._world.stand_down(role, span, last_day)
        if self._chance.random() < 0.7:
            self._appoint(role, last_day + self._chance.choice((1, 1, 1, 5)) * dt.timedelta(days=1))
        return None

    def _fill(self, day: dt.date) -> None:
        empty = [
            role
            for role, found in self._world.state.roles.items()
            if not any(span.last is None for span in found.holders)
        ]
        if empty:
            self._appoint(self._chance.choice(empty), day)

    def _cover(self, day: dt.date) -> None:
        role = self._chance.choice(tuple(self._world.state.roles))
        holders = [s for s in self._world.state.roles[role].holders if s.includes(day)]
        covers = [span for _, span in self._world.state.roles[role].covers]
        first = day + self._days(-2, 10)
        if not holders or any(span.last and span.last >= first for span in covers):
            return
        if person := self._present(but={span.person for span in holders}):
            self._world.cover(role, person, first, first + self._days(0, 20))

    def _end_cover(self, day: dt.date) -> None:
        for role, found in self._world.state.roles.items():
            for number, span in found.covers:
                if span.includes(day) and span.first < day:
                    self._world.end_cover(role, number, day - dt.timedelta(days=1))
                    return

    def _leave(self, day: dt.date, _item: str | None = None, person: str | None = None) -> None:
        """Let somebody leave; somebody new takes over what they held, mostly."""
        state = self._world.state
        gone = person or self._present(but=set())
        if gone is None or state.people[gone].last_day or len(state.people) >= MOST_PEOPLE:
            return
        last_day = day + self._days(-1, 2)
        left = state.people[gone].address
        self._world.leave(gone, last_day)
        # Whoever follows may take over the mailbox as well.
        takes_over = left is not None and last_day < day and self._chance.random() < 0.2
        new = self._world.register(left if takes_over and left else self._new_address())
        for role, found in state.roles.items():
            held = any(s.person == gone and s.last is None for s in found.holders)
            if held and (role == MANAGER_ROLE or self._chance.random() < 0.7):
                self._world.appoint(role, new, last_day + dt.timedelta(days=1))

    def _change_address(
        self, _day: dt.date, _item: str | None = None, person: str | None = None
    ) -> None:
        ref = person or self._present(but=set())
        if ref is None:
            return None
        is_known = self._world.state.people[ref].address is not None
        drawn = self._chance.random()
        if is_known and drawn < _LOSES_IT:
            return self._world.change_address(ref, None)
        others = sorted(one.address for one in self._world.state.people.values() if one.address)
        shares = others and drawn > 1 - _SHARES_ONE
        address = self._chance.choice(others) if shares else self._new_address()
        return self._world.change_address(ref, address)

    def _name_chair(self, _day: dt.date) -> None:
        if self._world.state.chairs["subgroup-2"] is None:
            self._world.name_chair("subgroup-2", "role-3")

    def _take_on(self, day: dt.date, within: int = 90) -> None:
        if len(self._world.state.items) < MOST_ITEMS:
            is_ongoing = self._chance.random() < 0.15
            due = None if is_ongoing else day + self._days(within // 3, within)
            self._world.take_on(self._some_leads(), due)

    def _take_in_an_old_plan(self, day: dt.date) -> None:
        """Take on at once what was due long ago."""
        for _ in range(min(self._chance.choice((1, 2)), MOST_ITEMS - len(self._world.state.items))):
            self._world.take_on(self._some_leads(), day - self._days(20, 200))

    def _audit(self, day: dt.date) -> None:
        if len(self._world.state.watches) < MOST_WATCHES:
            leads = self._chance.choice(((), ("role-1",), ("role-2",), ("role-7",)))
            subgroups = self._chance.choice(((), ("subgroup-1",), ("subgroup-2",)))
            is_clock = self._chance.random() < 0.5
            due = day + (self._days(0, 60) if is_clock else self._days(-60, 120))
            self._world.audit(leads, subgroups, due, is_clock=is_clock)

    def _finish_what_an_audit_needs(self, day: dt.date) -> None:
        watches = self._world.state.watches.items()
        if running := [ref for ref, watch in watches if not watch.is_over]:
            choose = partial(self._chance.choice, (True, False))
            self._world.finish(self._chance.choice(running), day, choose)

    def _recommend(self, day: dt.date) -> None:
        if len(self._world.state.items) < MOST_ITEMS:
            to = self._chance.choice((("subgroup-2",), ("subgroup-1", "role-1"), ("role-2",)))
            self._world.recommend(to, day + self._days(10, 200))

    def _appoint(self, role: str, first: dt.date) -> None:
        if person := self._present(but=set()):
            held = self._world.state.roles[role].holders
            if not any(s.person == person and (s.last or first) >= first for s in held):
                self._world.appoint(role, person, first)

    def _present(self, but: set[str]) -> str | None:
        people = self._world.state.people.items()
        here = [ref for ref, one in people if one.last_day is None and ref not in but]
        return self._chance.choice(here) if here else None

    def _item(self, fits: Callable[[Item], bool], *, recommendations: bool = False) -> str | None:
        open_items = [
            ref
            for ref, item in self._world.state.items.items()
            if not item.has_ended and fits(item) and (recommendations or ref.startswith("action"))
        ]
        return self._chance.choice(open_items) if open_items else None

    def _this(
        self, item: str | None, fits: Callable[[Item], bool], *, recommendations: bool = False
    ) -> str | None:
        """Return the item that was asked for if it fits, else any that does."""
        found = self._world.state.items.get(item) if item else None
        is_kind = recommendations or bool(item and item.startswith("action"))
        if found is not None and not found.has_ended and fits(found) and is_kind:
            return item
        return self._item(fits, recommendations=recommendations)

    def _some_leads(self) -> tuple[str, ...]:
        return tuple(self._chance.sample(_LEADS, self._chance.choice((1, 1, 2))))

    def _new_address(self) -> str:
        self._addresses += 1
        return f"person{self._addresses}@example.org"

    def _days(self, least: int, most: int) -> dt.timedelta:
        return dt.timedelta(days=self._chance.randint(least, most))


def near_the_sending_time(day: dt.date, chance: random.Random) -> dt.time:
    """Draw a time of day: half of all that happens falls around eight o'clock of a working day."""
    if CALENDAR.is_working_day(day) and chance.random() < 0.5:
        minutes = 8 * 60 + chance.randint(-5, 30)
        return dt.time(minutes // 60, minutes % 60, chance.randint(0, 59))
    return dt.time(chance.randint(0, 23), chance.randint(0, 59), chance.randint(0, 59))
