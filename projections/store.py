"""Reading the read models: as they stand, or as they stood at a position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import orjson

from events.reading import Reader
from events.recorded import Recorded
from projections.projection import Row
from projections.tables import CLOSED, STANDING, VERSIONS
from projections.versions import nodes_over, read_row

ONE_STANDING = f"SELECT row FROM {STANDING} WHERE model = ? AND key = ?"
"""Asks for one row as it stands."""

_ALL_STANDING = f"SELECT key, row FROM {STANDING} WHERE model = ?"
_RANGE_STANDING = f"SELECT key, row FROM {STANDING} WHERE model = ? AND key >= ? AND key < ?"
_ONE_THEN = (
    f"SELECT row FROM {STANDING} WHERE model = ? AND key = ? AND from_position <= ?"
    f" UNION ALL SELECT row FROM {CLOSED} WHERE model = ? AND key = ?"
    " AND from_position <= ? AND until_position > ?"
)
_RANGE_THEN = (
    f"SELECT key, row FROM {STANDING} WHERE model = ? AND key >= ? AND key < ?"
    f" AND from_position <= ? UNION ALL SELECT key, row FROM {CLOSED}"
    " WHERE model = ? AND key >= ? AND key < ? AND from_position <= ? AND until_position > ?"
)


class View(Protocol):
    """All read models as of one position of the log."""

    @property
    def position(self) -> int:
        """Return the position whose knowledge the view shows."""

    def get(self, model: str, key: str) -> Row | None:
        """Return one row, or None."""

    def all(self, model: str) -> dict[str, Row]:
        """Return every row of a read model by key, sorted by key."""

    def under(self, model: str, prefix: str) -> dict[str, Row]:
        """Return the rows whose key begins with a prefix, sorted by key."""

    def events_of(self, stream: str) -> Sequence[Recorded]:
        """Return the events of a stream, none if there is no such stream."""


class ViewOfToday:
    """What stands now."""

    def __init__(self, log: Reader) -> None:
        self._log = log

    @property
    def position(self) -> int:
        """See `View.position`."""
        return self._log.head().size

    def get(self, model: str, key: str) -> Row | None:
        """See `View.get`."""
        rows = self._log.query(ONE_STANDING, (model, key))
        return read_row(rows[0][0]) if rows else None

    def all(self, model: str) -> dict[str, Row]:
        """See `View.all`."""
        return _by_key(self._log.query(_ALL_STANDING, (model,)))

    def under(self, model: str, prefix: str) -> dict[str, Row]:
        """See `View.under`."""
        return _by_key(self._log.query(_RANGE_STANDING, (model, prefix, after(prefix))))

    def events_of(self, stream: str) -> Sequence[Recorded]:
        """See `View.events_of`."""
        return self._log.read_stream(stream)


class ViewOfThen:
    """What stood when the log had `position` records."""

    def __init__(self, log: Reader, position: int) -> None:
        self._log, self._position = log, position

    @property
    def position(self) -> int:
        """See `View.position`."""
        return self._position

    def get(self, model: str, key: str) -> Row | None:
        """See `View.get`."""
        then = self._position
        rows = self._log.query(_ONE_THEN, (model, key, then, model, key, then, then))
        return read_row(rows[0][0]) if rows else None

    def all(self, model: str) -> dict[str, Row]:
        """See `View.all`."""
        if self._position == 0:
            return {}
        before, later = nodes_over(self._position, self._log.head().size)
        then = self._position
        statement = _all_then(len(before), len(later))
        parameters: tuple[Any, ...] = (model, then, model, *before, then)
        if later:
            parameters += (model, *later, then)
        return _by_key(self._log.query(statement, parameters))

    def under(self, model: str, prefix: str) -> dict[str, Row]:
        """See `View.under`."""
        then, end = self._position, after(prefix)
        parameters = (model, prefix, end, then, model, prefix, end, then, then)
        return _by_key(self._log.query(_RANGE_THEN, parameters))

    def events_of(self, stream: str) -> Sequence[Recorded]:
        """See `View.events_of`."""
        return [one for one in self._log.read_stream(stream) if one.position <= self._position]


class ViewInMemory:
    """Rows held in memory, such as those of a fold, and the events that they were folded from."""

    def __init__(
        self,
        position: int,
        models: Mapping[str, Mapping[str, Row]],
        events: Sequence[Recorded] = (),
    ) -> None:
        self._position, self._models, self._events = position, models, events

    @property
    def position(self) -> int:
        """See `View.position`."""
        return self._position

    def get(self, model: str, key: str) -> Row | None:
        """See `View.get`."""
        return self._models.get(model, {}).get(key)

    def all(self, model: str) -> dict[str, Row]:
        """See `View.all`."""
        return dict(sorted(self._models.get(model, {}).items()))

    def under(self, model: str, prefix: str) -> dict[str, Row]:
        """See `View.under`."""
        return {key: row for key, row in self.all(model).items() if key.startswith(prefix)}

    def events_of(self, stream: str) -> Sequence[Recorded]:
        """See `View.events_of`."""
        return [recorded for recorded in self._events if recorded.stream == stream]


def stored_versions(log: Reader) -> dict[str, int]:
    """Return the versions of the projections that filled the tables, by model."""
    rows = log.query(f"SELECT versions FROM {VERSIONS}")
    versions: dict[str, int] = orjson.loads(rows[0][0]) if rows else {}
    return versions


def after(prefix: str) -> str:
    """Return the first key after all those that begin with a prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _by_key(rows: Iterator[Any] | list[Any]) -> dict[str, Row]:
    return {key: read_row(row) for key, row in sorted(rows, key=lambda pair: pair[0])}


def _all_then(before: int, later: int) -> str:
    statement = (
        f"SELECT key, row FROM {STANDING} WHERE model = ? AND from_position <= ?"
        f" UNION ALL SELECT key, row FROM {CLOSED} WHERE model = ?"
        f" AND node IN ({', '.join('?' * before)}) AND until_position > ?"
    )
    if later:
        statement += (
            f" UNION ALL SELECT key, row FROM {CLOSED} WHERE model = ?"
            f" AND node IN ({', '.join('?' * later)}) AND from_position <= ?"
        )
    return statement
