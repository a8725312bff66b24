"""On which day each event took effect: the clock of what was true, beside that of what was known.

An event takes effect on the day that was told with it or by it (see `told_on`), else on the day of
recording. But never

1. before the first event of its stream;
2. before the beginning of anything it names: an action does not answer a recommendation that was
   not made yet;
3. before what went before it in its strand: see `projections.strands`.

Where the day told lies before one of these, the latest of them counts. On one day, the order of
the log holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from events.recorded import Recorded
from projections.civil_days import civil_day, day_true, told_on
from projections.strands import named_by, strand_of

EventsOf = Callable[[str], Sequence[Recorded]]
"""Returns the events of a stream that are known, in the order of the log."""

Place = tuple[dt.date, int]
"""Where an event stands in the order of effect: the day, then the position."""

Placed = tuple[dt.date, int, Recorded]
"""An event behind its place, so that some of them sort in the order of effect."""


class Effects:
    """The days of effect of what is known, worked out stream by stream when they are asked for."""

    def __init__(self, events_of: EventsOf) -> None:
        self._events_of = events_of
        self._read: dict[str, Sequence[Recorded]] = {}
        self._days: dict[str, dict[int, dt.date]] = {}
        self._beginnings: dict[str, Place | None] = {}

    def unread(self, streams: Iterable[str]) -> list[str]:
        """Return those of some streams whose events are not at hand yet."""
        return [stream for stream in streams if stream not in self._read]

    def offer(self, streams: Mapping[str, Sequence[Recorded]]) -> None:
        """Take the events of some streams that were read together."""
        self._read.update(streams)

    def events(self, stream: str) -> Sequence[Recorded]:
        """Return the known events of a stream, in the order of the log."""
        if stream not in self._read:
            self._read[stream] = self._events_of(stream)
        return self._read[stream]

    def place(self, recorded: Recorded) -> Place:
        """Return where an event stands in the order of effect."""
        return self.day(recorded), recorded.position

    def placed(self, stream: str, until: dt.date) -> list[Placed]:
        """Return the known events of a stream that took effect by a day, with their places."""
        days = self._of(stream)
        placed = ((days[one.position], one.position, one) for one in self.events(stream))
        return [one for one in placed if one[0] <= until]

    def day(self, recorded: Recorded) -> dt.date:
        """Return the civil day on which an event took effect."""
        worked_out = self._days.get(recorded.stream)
        if worked_out is not None:
            return worked_out[recorded.position]
        # What is not late follows everything that was known: no rule can move it.
        if not _is_late(recorded):
            return _recorded_on(recorded)
        return self._of(recorded.stream)[recorded.position]

    def beginning(self, ref: str) -> Place | None:
        """Return when a stream, finding or clock began, and where in the log; None for neither."""
        if ref not in self._beginnings:
            first = self._first(ref)
            self._beginnings[ref] = (
                None if first is None else (self._first_day(first, ref), first.position)
            )
        return self._beginnings[ref]

    def _first(self, ref: str) -> Recorded | None:
        stream, _, part = ref.partition("/")
        events = self.events(stream)
        if part:
            events = [one for one in events if strand_of(one.event) == part]
        return events[0] if events else None

    def _first_day(self, first: Recorded, ref: str) -> dt.date:
        if not _is_late(first):
            return _recorded_on(first)
        if "/" in ref:
            return self._of(first.stream)[first.position]
        return max(chain([day_true(first)], self._named(first)))

    def _of(self, stream: str) -> dict[int, dt.date]:
        found = self._days.get(stream)
        if found is None:
            found = self._days[stream] = self._worked_out(stream)
        return found

    def _worked_out(self, stream: str) -> dict[int, dt.date]:
        """Work out the days of a whole stream."""
        days: dict[int, dt.date] = {}
        latest: dict[str, dt.date] = {}
        begun: dt.date | None = None
        for recorded in self.events(stream):
            strand = strand_of(recorded.event)
            day = _recorded_on(recorded)
            if _is_late(recorded):
                before = (one for one in (begun, latest.get(strand or "")) if one is not None)
                day = max(chain([day_true(recorded)], before, self._named(recorded)))
            begun = begun or day
            days[recorded.position] = day
            if strand is not None:
                latest[strand] = day
        return days

    def _named(self, recorded: Recorded) -> list[dt.date]:
        """Return when what an event names began, as far as the log held it before the event."""
        beginnings = (
            self.beginning(ref)
            for ref in named_by(recorded.event)
            if ref.partition("/")[0] != recorded.stream
        )
        return [place[0] for place in beginnings if place and place[1] < recorded.position]


def _is_late(recorded: Recorded) -> bool:
    told = told_on(recorded)
    return told is not None and told < _recorded_on(recorded)


def _recorded_on(recorded: Recorded) -> dt.date:
    return civil_day(recorded.recorded_at)
