"""The small world as it stands, in the plainest terms: what the expectations are worked out from.

States never change; each change makes another one, so that a worker's last look can be judged by
what it could see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from events.directory import Office


@dataclass(frozen=True, slots=True)
class Person:
    address: str | None
    last_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Somebody's time in a role, both days included."""

    person: str
    first: dt.date
    last: dt.date | None = None

    def includes(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Role:
    office: Office
    subgroup: str | None
    since: dt.date
    holders: tuple[Span, ...] = ()
    covers: tuple[tuple[int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for more time that waits."""

    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class Item:
    """An action or recommendation. `due` is None for "ongoing" work, `rests_until` unless it rests.

    `subgroups` are those to which a recommendation is addressed.
    """

    leads: tuple[str, ...]
    due: dt.date | None
    heard_on: dt.date
    subgroups: tuple[str, ...] = ()
    has_ended: bool = False
    is_submitted: bool = False
    reported_by: str | None = None
    reported_on: dt.date | None = None
    rests_until: dt.date | None = None
    asked: Asked | None = None
    requests: int = 0
    granted: int = 0


@dataclass(frozen=True, slots=True)
class Watch:
    """A day by which something of an audit is to be done: a clock that runs, or a re-audit."""

    leads: tuple[str, ...]
    subgroups: tuple[str, ...]
    due: dt.date
    is_clock: bool
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """What an email says to somebody about one date. `left`: when it was taken, refused or lost.

    `counts`: whether the same may not be said again.
    """

    email: str
    person: str
    role: str | None
    rule: str
    planned: dt.date
    left: dt.date | None = None
    is_refused: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """`chairs`: the role that chairs each subgroup, where one is named. `refused`: addresses.

    `watches`: what audits have to be in time with. `words`: what emails say or said, by item and
    date. `began_on`: when the record did; `recorded_on`: on which days something was recorded of
    each action, recommendation and audit.
    """

    people: Mapping[str, Person] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    chairs: Mapping[str, str | None] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    refused: Mapping[str, dt.date] = field(default_factory=dict)
    watches: Mapping[str, Watch] = field(default_factory=dict)
    words: Mapping[tuple[str, dt.date], tuple[Word, ...]] = field(default_factory=dict)
    began_on: dt.date | None = None
    recorded_on: Mapping[str, tuple[dt.date, ...]] = field(default_factory=dict)

    def had_begun_by(self, day: dt.date) -> bool:
        return self.began_on is not None and self.began_on <= day

    def told_between(self, first: dt.date, last: dt.date) -> list[str]:
        """Return of what something was recorded from one day to another, both included."""
        return [
            ref
            for ref, days in self.recorded_on.items()
            if any(first <= day <= last for day in days)
        ]

    def with_record(self, ref: str, on: dt.date) -> State:
        began = replace(self, began_on=self.began_on or on)
        if ref.partition("-")[0] not in {"action", "recommendation", "audit"}:
            return began
        days = (*dict.fromkeys((*self.recorded_on.get(ref, ()), on)),)
        return replace(began, recorded_on={**self.recorded_on, ref: days})

    def with_person(self, ref: str, person: Person) -> State:
        return replace(self, people={**self.people, ref: person})

    def with_role(self, ref: str, role: Role) -> State:
        return replace(self, roles={**self.roles, ref: role})

    def with_watch(self, ref: str, watch: Watch) -> State:
        return replace(self, watches={**self.watches, ref: watch})

    def with_item(self, ref: str, item: Item) -> State:
        return replace(self, items={**self.items, ref: item})

    def item_changed(self, ref: str, **changed: Any) -> State:  # noqa: ANN401 - of any field
        return self.with_item(ref, replace(self.items[ref], **changed))
