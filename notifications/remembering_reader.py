"""A reader of a snapshot that asks the same question only once, since nothing moves meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from typing_extensions import override

from events.reading import STREAM, Head, Reader
from events.sessions import Row
from projections.store import ONE_STANDING
from projections.tables import SOME_STANDING

_STREAMS: Final = (
    "SELECT stream, body, texts FROM events WHERE stream IN ({marks}) ORDER BY stream, version"
)


class RememberingReader(Reader):
    """Reads through another reader, whose snapshot has to stand as long as this is used."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.query)
        self._answers: dict[tuple[str, Row], list[Row]] = {}

    @override
    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        key = (statement, parameters)
        if key not in self._answers:
            self._answers[key] = super().query(statement, parameters)
        return self._answers[key]

    @override
    def head(self) -> Head:
        return self._head

    def read_ahead_streams(self, streams: Sequence[str]) -> None:
        """Read several streams at once, which would else be read one by one."""
        found: dict[str, list[Row]] = {stream: [] for stream in streams}
        for stream, *row in super().query(_STREAMS.format(marks=_marks(streams)), tuple(streams)):
            found[stream].append(tuple(row))
        for stream, rows in found.items():
            self._answers[STREAM, (stream, 0)] = rows

    def read_ahead_rows(self, model: str, keys: Sequence[str]) -> None:
        """Read several rows of a read model, as they stand, at once."""
        statement = SOME_STANDING.format(marks=_marks(keys))
        found = {key: row for key, _, row in super().query(statement, (model, *keys))}
        for key in keys:
            rows: list[Row] = [(found[key],)] if key in found else []
            self._answers[ONE_STANDING, (model, key)] = rows

    @cached_property
    def _head(self) -> Head:
        return super().head()


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
