"""Walking through history: what happened step by step, what it did to the board, who was emailed.

The walk goes by the order in which things became known, folds forward and asks the database
nothing on its way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from events.email import EmailCancelled, EmailFailed, EmailSent, EmailUncertain
from events.recommendation import Colour
from events.recorded import Recorded
from events.refs import category_of, order_of, quoted
from projections.civil_days import civil_day
from projections.history import HistoryLine, line_of
from projections.names import Names
from projections.projection import Row
from projections.replay_colours import Ahead
from projections.replay_scope import Scope
from projections.replay_sentences import DatesBefore
from projections.sentence_parts import listed


class Grain(StrEnum):
    """How far one step of a replay goes."""

    EVENT = "event"
    DAY = "day"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Milestone:
    """The end of a stretch of a replay by meetings: up to which entry, which day, and its name."""

    position: int
    on: dt.date
    name: str


@dataclass(frozen=True, slots=True)
class Emailed:
    """An email about something in the replay, and what became of it."""

    position: int
    on: dt.date
    ref: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Turn:
    """An item whose colour changed; `before` None for a new one. `by_time`: nobody did anything."""

    ref: str
    before: Colour | None
    after: Colour
    by_time: bool

    @property
    def words(self) -> str:
        """Say it, such as "A12 grey → amber, by time alone"."""
        if self.before is None:
            return f"{self.ref} new, {self.after}"
        return f"{self.ref} {self.before} → {self.after}{', by time alone' * self.by_time}"


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """One step: what happened, what was emailed, and the counts of the board before and after.

    `on` is the day that it reaches; `name` that of the meeting it leads up to, if any.
    """

    on: dt.date
    name: str | None
    happened: tuple[HistoryLine, ...]
    emailed: tuple[Emailed, ...]
    before: dict[Colour, int]
    after: dict[Colour, int]
    turned: tuple[Turn, ...]

    def as_json(self) -> Row:
        """Return the step as plain values."""
        return {
            "on": self.on.isoformat(),
            "meeting": self.name,
            "happened": [line.as_json() for line in self.happened],
            "emailed": [
                {"position": one.position, "email": one.ref, "on": one.on.isoformat()}
                | {"sentence": one.sentence}
                for one in self.emailed
            ],
            "counts_before": {colour.value: count for colour, count in self.before.items()},
            "counts_after": {colour.value: count for colour, count in self.after.items()},
            "turned": [
                {"ref": one.ref, "before": one.before, "after": one.after, "by_time": one.by_time}
                for one in self.turned
            ],
        }


_SETTLED: Final = (EmailSent, EmailFailed, EmailUncertain, EmailCancelled)
_BECAME: Final = {
    "email.sent": "emailed",
    "email.failed": "could not email",
    "email.uncertain": "cannot tell whether an email reached",
    "email.cancelled": "did not email",
}


def replay(
    events: Iterable[Recorded],
    scope: Scope,
    ahead: Ahead,
    names: Names,
    grain: Grain,
    ends: Sequence[Milestone],
) -> Iterator[ReplayStep]:
    """Yield the steps of a walk through some events, in the order of the log.

    `ahead` stands where the walk begins. `ends`: the meetings on the way, and last the end of the
    walk, to which time passes even if nothing happens. Steps in which nothing is told are left out.
    """
    teller = _Teller(scope, names, DatesBefore(ahead))
    ahead.turned()
    for (on, name), group in _stretches(events, grain, ends):
        step = _step(group, on, name, ahead, teller)
        if step.happened or step.emailed or step.turned:
            yield step


@dataclass(frozen=True, slots=True)
class Stretch:
    """One step without what is told in it: a long walk is looked over by these.

    `after` and `until`: the entries that it begins after and ends with; `from_on`: the day to which
    time had passed before it. The rest is as in a `ReplayStep`.
    """

    after: int
    until: int
    from_on: dt.date
    on: dt.date
    name: str | None
    counts: dict[Colour, int]


def stretches(
    events: Iterable[Recorded],
    scope: Scope,
    ahead: Ahead,
    grain: Grain,
    ends: Sequence[Milestone],
    began: Milestone,
) -> Iterator[Stretch]:
    """Yield the same steps as `replay`, and of each only where it is and what it comes to.

    `began`: where the walk begins.
    """
    position, from_on = began.position, began.on
    ahead.turned()
    for (on, name), group in _stretches(events, grain, ends):
        is_told, until = False, position
        for recorded in group:
            until = recorded.position
            if category_of(recorded.stream) != "email":
                is_told = True
                ahead.take(recorded)
            elif recorded.stream in scope.reminders:
                is_told = is_told or isinstance(recorded.event, _SETTLED)
        ahead.reach(on)
        if ahead.turned() or is_told:
            yield Stretch(position, until, from_on, on, name, ahead.counts())
            position, from_on = until, on


@dataclass(frozen=True, slots=True)
class _Teller:
    scope: Scope
    names: Names
    dates: DatesBefore

    def emailed(self, recorded: Recorded) -> Emailed | None:
        row = self.scope.reminders.get(recorded.stream)
        if row is None or not isinstance(recorded.event, _SETTLED):
            return None
        items = [*row["items"], *row["dropped"]]
        taken = (_about(one) for one in items if self.scope.takes_item(one["item"]))
        about = listed(dict.fromkeys(taken))
        became = _BECAME[recorded.event.type_name]
        sentence = f"{became} {self.names.called(row['person'])} about {about}"
        on = civil_day(recorded.recorded_at)
        return Emailed(recorded.position, on, quoted(recorded.stream), sentence)

    def told(self, recorded: Recorded) -> HistoryLine:
        return line_of(self.dates.told(recorded), self.names)


def _about(item: Row) -> str:
    """Name one thing of which an email tells; a digest is about what it is the digest of."""
    rule = str(item["rule"])
    digest = f" ({rule.replace('-', ' ')})" if rule.endswith("-digest") else ""
    return f"{quoted(item['item'])}{digest}"


def _step(
    group: Iterable[Recorded], on: dt.date, name: str | None, ahead: Ahead, teller: _Teller
) -> ReplayStep:
    counts = ahead.counts()
    happened: list[HistoryLine] = []
    emailed: list[Emailed] = []
    touched: set[str] = set()
    for recorded in group:
        if category_of(recorded.stream) == "email":
            found = teller.emailed(recorded)
            emailed += [found] if found is not None else []
            continue
        happened.append(teller.told(recorded))
        ahead.take(recorded)
        touched.add(recorded.stream)
    ahead.reach(on)
    before = ahead.turned()
    changed = tuple(
        Turn(quoted(ref), before[ref], ahead.colours[ref], ref not in touched)
        for ref in sorted(before, key=order_of)
    )
    return ReplayStep(on, name, tuple(happened), tuple(emailed), counts, ahead.counts(), changed)


def _stretches(
    events: Iterable[Recorded], grain: Grain, ends: Sequence[Milestone]
) -> Iterator[tuple[tuple[dt.date, str | None], Iterable[Recorded]]]:
    """Part events into steps, each with the day that it reaches; the last reaches the end."""
    if grain is Grain.MEETING:
        yield from _by_meeting(events, ends)
        return
    key = _position if grain is Grain.EVENT else _day
    for _, group in groupby(events, key):
        some = list(group)
        yield (_day(some[-1]), None), some
    yield (ends[-1].on, None), ()


def _by_meeting(
    events: Iterable[Recorded], ends: Sequence[Milestone]
) -> Iterator[tuple[tuple[dt.date, str | None], Iterable[Recorded]]]:
    coming = iter(events)
    waiting = next(coming, None)
    for end in ends:
        some: list[Recorded] = []
        while waiting is not None and waiting.position <= end.position:
            some.append(waiting)
            waiting = next(coming, None)
        yield (end.on, end.name), some


def _position(recorded: Recorded) -> int:
    return recorded.position


def _day(recorded: Recorded) -> dt.date:
    return civil_day(recorded.recorded_at)
