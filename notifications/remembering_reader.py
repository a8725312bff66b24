"""A reader of a snapshot that asks the same question only once, since nothing moves meanwhile."""

from __future__ import annotations

from functools import cached_property

from typing_extensions import override

from events.reading import Head, Reader
from events.sessions import Row


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

    @cached_property
    def _head(self) -> Head:
        return super().head()
