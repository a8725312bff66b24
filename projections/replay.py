"""Walking through history: what happened step by step, what it did to the board, who was emailed.

The walk goes by the order in which things became known, folds forward and asks the database
nothing on its way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from events.email import EmailCancelled, EmailFailed, EmailPlanned, EmailSent, EmailUncertain
from events.recommendation import Colour
from events.recorded import Recorded
from events.refs import category_of, order_of, quoted
from projections.belongings import MOVERS
from projections.civil_days import civil_day
from projections.history import HistoryLine, line_of
from projections.names import Names
from projections.projection import Row
from projections.replay_colours import Ahead, Colours
from projections.replay_scope import Scope
from projections.replay_sentences import DatesBefore
from projections.sentence_parts import listed
from workflow.civil_dates import format_date


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
class Reminded:
    """One thing of which an email tells, by which rule, and in words why it does."""

    ref: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Emailed:
    """An email about something in the replay, and what became of it; `due_on`: the day it was for.

    `about` are the things of which it tells, each with the rule by which it does, in words too.
    """

    position: int
    on: dt.date
    ref: str
    sentence: str
    due_on: dt.date
    about: tuple[Reminded, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """An item whose colour changed, or which came or went; `by_time`: nobody did anything.

    `before` None: it was not there, since it is `new`, or was not theirs whose items are walked
    through. `after` None: it is theirs no longer.
    """

    ref: str
    before: Colour | None
    after: Colour | None
    by_time: bool
    new: bool = False

    @property
    def words(self) -> str:
        """Say it, such as "A12 grey → amber, by time alone"."""
        return f"{self.ref} {self._what}{', by time alone' * self.by_time}"

    @property
    def _what(self) -> str:
        if self.after is None:
            return f"no longer theirs, {self.before}"
        if self.before is None:
            return f"{'new' if self.new else 'now theirs'}, {self.after}"
        return f"{self.before} → {self.after}"


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
                | {"sentence": one.sentence, "due_on": one.due_on.isoformat()}
                | {"about": [asdict(about) for about in one.about]}
                for one in self.emailed
            ],
            "counts_before": {colour.value: count for colour, count in self.before.items()},
            "counts_after": {colour.value: count for colour, count in self.after.items()},
            "turned": [
                {"ref": one.ref, "before": one.before, "after": one.after}
                | {"new": one.new, "by_time": one.by_time}
                for one in self.turned
            ],
        }


SaysWhy = Callable[[str, dt.date], str]
"""Says why a rule tells of a date: "5 working days before 31 March 2025"."""


def _by_name(rule: str, target_on: dt.date) -> str:
    return f"{rule}, {format_date(target_on)}"


_TOLD: Final = (EmailPlanned, EmailSent, EmailFailed, EmailUncertain, EmailCancelled)
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
    *,
    says_why: SaysWhy = _by_name,
) -> Iterator[ReplayStep]:
    """Yield the steps of a walk through some events, in the order of the log.

    `ahead` stands where the walk begins. `ends`: the meetings on the way, and last the end of the
    walk, to which time passes even if nothing happens. Steps in which nothing is told are left out.
    `says_why`: of the emails on the way.
    """
    walker = _Walker(scope, names, ahead, DatesBefore(ahead), says_why)
    ahead.turned()
    for (on, name), group in _stretches(events, grain, ends):
        step = _step(group, on, name, walker)
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
            is_told = ahead.take(recorded) or is_told
            is_told = is_told or _is_told(recorded, scope, ahead, ends[-1].on)
        ahead.reach(on)
        if ahead.turned() or is_told:
            yield Stretch(position, until, from_on, on, name, ahead.counts())
            position, from_on = until, on


def _is_told(recorded: Recorded, scope: Scope, ahead: Ahead, last: dt.date) -> bool:
    """Tell whether a walk up to a last day tells of what became of an email.

    What leaves on its day is told when it leaves; what does not, on the day it was due too.
    """
    row = scope.reminders.get(recorded.stream)
    if row is None or not isinstance(recorded.event, _TOLD):
        return False
    if isinstance(recorded.event, EmailPlanned) and (_settled_on(row) or last) <= _due_on(row):
        return False
    return any(ahead.takes_item(one["item"]) for one in (*row["items"], *row["dropped"]))


def _due_on(row: Row) -> dt.date:
    return dt.date.fromisoformat(row["send_on"])


def _settled_on(row: Row) -> dt.date | None:
    return dt.date.fromisoformat(row["settled_on"]) if row["settled_on"] else None


@dataclass(frozen=True, slots=True)
class _Walker:
    scope: Scope
    names: Names
    ahead: Ahead
    dates: DatesBefore
    says_why: SaysWhy

    def emailed(self, recorded: Recorded) -> Emailed | None:
        """Say what became of an email about something that counts, and why it was to be sent."""
        self.ahead.take(recorded)
        if not _is_told(recorded, self.scope, self.ahead, self.names.on):
            return None
        row = self.scope.reminders[recorded.stream]
        about = tuple(dict.fromkeys(self._about(row)))
        told = listed(f"{one.ref} ({one.why})" for one in about)
        became, due = _became(recorded, row)
        sentence = f"{became} {self.names.called(row['person'])} about {told}{due}"
        on = civil_day(recorded.recorded_at)
        ref = quoted(recorded.stream)
        return Emailed(recorded.position, on, ref, sentence, _due_on(row), about)

    def _about(self, row: Row) -> Iterator[Reminded]:
        for one in (*row["items"], *row["dropped"]):
            if self.ahead.takes_item(one["item"]):
                why = self.says_why(one["rule"], dt.date.fromisoformat(one["target_on"]))
                yield Reminded(quoted(one["item"]), one["rule"], why)

    def took(self, recorded: Recorded) -> HistoryLine | None:
        """Fold an event, and tell it if it is about what counts."""
        told = self.dates.told(recorded)
        return line_of(told, self.names) if self.ahead.take(recorded) else None


def _became(recorded: Recorded, row: Row) -> tuple[str, str]:
    """Return what is said before and after whom an email was for, and of what."""
    due = format_date(_due_on(row))
    if isinstance(recorded.event, EmailPlanned):
        return "was to email", f" on {due}, and did not that day"
    is_late = row["status"] == "sent" and (_settled_on(row) or _due_on(row)) > _due_on(row)
    return _BECAME[recorded.event.type_name], f", due on {due}" if is_late else ""


def _step(group: Iterable[Recorded], on: dt.date, name: str | None, walker: _Walker) -> ReplayStep:
    ahead = walker.ahead
    counts = ahead.counts()
    happened: list[HistoryLine] = []
    emailed: list[Emailed] = []
    told: list[Recorded] = []
    for recorded in group:
        if category_of(recorded.stream) == "email":
            found = walker.emailed(recorded)
            emailed += [found] if found is not None else []
        elif (line := walker.took(recorded)) is not None:
            happened.append(line)
            told.append(recorded)
    ahead.reach(on)
    changed = tuple(_turns(ahead.turned(), ahead.colours, told))
    return ReplayStep(on, name, tuple(happened), tuple(emailed), counts, ahead.counts(), changed)


def _turns(
    before: Mapping[str, Colour | None], after: Colours, told: Iterable[Recorded]
) -> Iterator[Turn]:
    touched = {one.stream for one in told}
    begun = {one.stream for one in told if one.version == 1}
    handed = any(category_of(one) in MOVERS for one in touched)
    for ref in sorted(before, key=order_of):
        was, now = before[ref], after.get(ref)
        is_moved = was is None or now is None
        by_time = ref not in touched and not (handed and is_moved)
        yield Turn(quoted(ref), was, now, by_time, new=ref in begun)


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
