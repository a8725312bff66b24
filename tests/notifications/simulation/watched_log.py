"""The real log, at whose every step a machine may be stopped, and whose looks are remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Engine
from typing_extensions import override

from events.log import Clock, EventLog, Writing
from events.reading import Reader
from events.sessions import Change, Row


class Watch(Protocol):
    """Who watches a log."""

    def point(self, place: str) -> None:
        """Let whatever may happen to the machine at this point happen."""

    def looks(self) -> None:
        """Take note that what stands in the database now is what the machine knows."""

    def stored(self) -> None:
        """Take note that something was appended."""


class WatchedLog(EventLog):
    """A log that tells a watch before and after each thing that it does for a machine."""

    def __init__(self, engine: Engine, clock: Clock, watch: Watch) -> None:
        super().__init__(engine, clock)
        self._watch = watch

    @override
    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        changes = statement.lstrip().startswith(("UPDATE", "WITH waiting"))
        if changes:
            self._watch.point("before a change of the outbox")
        rows = super().query(statement, parameters)
        if "FROM events WHERE position >" in statement and not rows:
            # To learn that nothing happened since the last look is as good as another one.
            self._watch.looks()
        if changes:
            self._watch.point("after a change of the outbox")
        return rows

    @override
    def store_apart(self, changes: Sequence[Change], *, lasting: bool = True) -> None:
        self._watch.point("before a change of the outbox")
        super().store_apart(changes, lasting=lasting)
        self._watch.point("after a change of the outbox")

    @override
    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        self._watch.point("before a look")
        with super().snapshot() as reader:
            self._watch.looks()
            yield reader

    @override
    @contextmanager
    def writing(self, command_id: str) -> Iterator[Writing]:
        self._watch.point("before a transaction")
        with super().writing(command_id) as writing:
            yield writing
        self._watch.stored()
        self._watch.point("after a transaction")
