"""What was true on a day, by what is known now or was known at a position.

It is the fold of the events in their order of effect (see `projections.effect`), up to the end of
the day. Only what late entries put into another order is folded anew; every other row is the one
that stood when the log had what was recorded by the end of that day, which is the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from events.reading import Reader
from events.recorded import Recorded
from events.refs import category_of
from projections.catalogue import PROJECTIONS
from projections.civil_days import end_of_day
from projections.collecting import no_search_for_rings
from projections.effect import Effects, Placed
from projections.projection import Fold, Row
from projections.reordered import DIRECTORY, moved_streams, touched_by
from projections.store import View, ViewOfThen
from projections.streams import events_by_stream

KNOWLEDGE: Final = frozenset({"late", "reminder_keys", "series", "told_dates"})
"""Read models that say what was known, planned or counted: they have no other clock."""

_FOLD: Final = Fold([one for one in PROJECTIONS if one.model not in KNOWLEDGE])


class ViewTrueOn:
    """All read models as of a day's truth; `position` is how much of the log is known."""

    def __init__(self, log: Reader, day: dt.date, position: int) -> None:
        self._log, self._day, self._position = log, day, position
        self._known = ViewOfThen(log, position)
        by_then = min(log.position_at(end_of_day(day)), position)
        self._base = ViewOfThen(log, by_then)
        self._effects = Effects(self._known.events_of)
        with no_search_for_rings():
            late = self._late_streams(self._known.all("late"), by_then)
            self._anew = self._folded(late) if late else {}
        self._moved = frozenset(late)
        # The events that were folded are let go; few streams are asked for afterwards.
        self._effects = Effects(self._known.events_of)

    @property
    def position(self) -> int:
        """See `View.position`."""
        return self._position

    def get(self, model: str, key: str) -> Row | None:
        """See `View.get`."""
        _require_clock(model)
        if owner(key) in self._moved:
            return self._anew.get(model, {}).get(key)
        return self._base.get(model, key)

    def all(self, model: str) -> dict[str, Row]:
        """See `View.all`."""
        _require_clock(model)
        return self._with_moved(model, self._base.all(model), "")

    def under(self, model: str, prefix: str) -> dict[str, Row]:
        """See `View.under`."""
        _require_clock(model)
        return self._with_moved(model, self._base.under(model, prefix), prefix)

    def events_of(self, stream: str) -> Sequence[Recorded]:
        """See `View.events_of`: those that took effect by the day, in the order of effect."""
        return [one for _, _, one in sorted(self._effects.placed(stream, self._day))]

    def day_of(self, recorded: Recorded) -> dt.date:
        """Return the day on which an event took effect."""
        return self._effects.day(recorded)

    def _with_moved(self, model: str, rows: dict[str, Row], prefix: str) -> dict[str, Row]:
        if not self._moved:
            return rows
        moved = self._moved
        kept = {key: row for key, row in rows.items() if owner(key) not in moved}
        anew = self._anew.get(model, {})
        kept.update((key, row) for key, row in anew.items() if key.startswith(prefix))
        return dict(sorted(kept.items()))

    def _late_streams(self, late: Mapping[str, Row], by_then: int) -> set[str]:
        """Return the streams whose rows are to be folded anew."""
        until = self._day.isoformat()
        told = {key: row for key, row in late.items() if row["told_on"] <= until}
        streams = moved_streams(self._log, told, by_then)
        if not streams:
            return streams
        if not streams.isdisjoint(self._directory_of(streams)):
            # People and roles stand in each other's rows, and are few: all of them, or none.
            streams.update(self._known.all("directory"))
        self._read(streams)
        return streams.union(*(self._touched(stream) for stream in streams))

    def _directory_of(self, streams: set[str]) -> set[str]:
        return {stream for stream in streams if category_of(stream) in DIRECTORY}

    def _touched(self, stream: str) -> Iterator[str]:
        """Yield the other streams in whose rows the late events of one stand."""
        if category_of(stream) not in {"action", "recommendation"}:
            return
        for recorded in self._effects.events(stream):
            if recorded.effective_on is not None:
                yield from touched_by(recorded)

    def _folded(self, streams: set[str]) -> dict[str, dict[str, Row]]:
        needed = streams | set(self._standing_in(streams))
        self._read(needed)
        models = {
            one.model: _PartOfRows(one.model, streams, self._base) for one in _FOLD.projections
        }
        placed = sorted(chain.from_iterable(self._needed(stream, streams) for stream in needed))
        _FOLD.apply_all((one for _, _, one in placed), models)
        return {model: rows.rows for model, rows in models.items()}

    def _read(self, streams: Iterable[str]) -> None:
        unread = self._effects.unread(streams)
        self._effects.offer(events_by_stream(self._log, unread, self._position))

    def _standing_in(self, streams: set[str]) -> Iterator[str]:
        """Yield the streams that stand in the rows of some: answers, and what came of audits."""
        for stream in streams:
            match category_of(stream):
                case "recommendation":
                    row = self._known.get("recommendations", stream)
                    yield from row["actions"] if row else ()
                case "audit":
                    row = self._known.get("audits", stream)
                    yield from row["recommendations"] if row else ()
                case _:
                    continue

    def _needed(self, stream: str, streams: set[str]) -> list[Placed]:
        placed = self._effects.placed(stream, self._day)
        if stream in streams:
            return placed
        return [one for one in placed if not streams.isdisjoint(touched_by(one[2]))]


class _PartOfRows:
    """The rows of one read model that belong to some streams; the others are only looked at."""

    def __init__(self, model: str, streams: set[str], base: View) -> None:
        self._model, self._streams, self._base = model, streams, base
        self.rows: dict[str, Row] = {}

    def get(self, key: str) -> Row | None:
        """See `Rows.get`."""
        if owner(key) in self._streams:
            return self.rows.get(key)
        return self._base.get(self._model, key)

    def add(self, key: str, row: Row) -> None:
        """See `Rows.add`."""
        self.put(key, row)

    def put(self, key: str, row: Row) -> None:
        """See `Rows.put`."""
        if owner(key) in self._streams:
            self.rows[key] = row

    def delete(self, key: str) -> None:
        """See `Rows.delete`."""
        self.rows.pop(key, None)


class NoOtherClock(LookupError):
    """A read model says what was known; what was true is no question to it."""

    def __init__(self, model: str) -> None:
        super().__init__(f"the read model '{model}' tells what was known, not what was true")


def owner(key: str) -> str:
    """Return the stream that a row belongs to: the last part of its key."""
    return key.rpartition("/")[2]


def late_by_then(view: View, day: dt.date) -> Mapping[str, Any]:
    """Return what counts on a day though it was recorded after it: rows of "late", by position."""
    on = day.isoformat()
    rows = view.all("late").items()
    return {key: row for key, row in rows if row["told_on"] <= on < row["recorded_on"]}


def _require_clock(model: str) -> None:
    if model in KNOWLEDGE:
        raise NoOtherClock(model)
