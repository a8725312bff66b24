"""A projection: a pure function over keyed rows and one event. It sees nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

from events.catalogue import Event
from events.recorded import Recorded

Row: TypeAlias = dict[str, Any]
"""A row of a read model: JSON values only (dates as ISO strings). Never changed in place."""

EventT = TypeVar("EventT", bound=Event)


class Rows(Protocol):
    """The rows of one read model, as a projection sees them."""

    def get(self, key: str) -> Row | None:
        """Return a row, or None. Do not change it: put a new one."""

    def add(self, key: str, row: Row) -> None:
        """Let a row stand from this event on under a key that never had one."""

    def put(self, key: str, row: Row) -> None:
        """Let a row stand from this event on, in place of the one before it."""

    def delete(self, key: str) -> None:
        """Let no row stand under the key from this event on."""


Handler = Callable[[Rows, Any, Recorded], None]


class Projection:
    """The fold of one read model, by event type.

    `version` is raised with every change of what the rows say; a rebuild follows. The rows of a
    `journal` are only ever added, never read or changed, so a rebuild need not keep them in memory.
    """

    def __init__(self, model: str, version: int, *, journal: bool = False) -> None:
        self.model, self.version, self.journal = model, version, journal
        self.handlers: dict[type[Event], Handler] = {}

    def on(
        self, *kinds: type[EventT]
    ) -> Callable[
        [Callable[[Rows, EventT, Recorded], None]], Callable[[Rows, EventT, Recorded], None]
    ]:
        """Register what one or more event types do to the rows."""

        def register(
            handler: Callable[[Rows, EventT, Recorded], None],
        ) -> Callable[[Rows, EventT, Recorded], None]:
            for kind in kinds:
                if kind in self.handlers:
                    message = f"{self.model} handles {kind.type_name} twice"
                    raise ValueError(message)
                self.handlers[kind] = handler
            return handler

        return register


class MissingRow(LookupError):
    """An event changes a row that was never put: the log and the projection disagree."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"there is no row '{key}' to change")


def change(rows: Rows, key: str, **fields: Any) -> None:  # noqa: ANN401 - any JSON value
    """Put a row again with some fields changed. Raises `MissingRow`."""
    row = rows.get(key)
    if row is None:
        raise MissingRow(key)
    rows.put(key, {**row, **fields})


class PoisonEvent(RuntimeError):
    """A projection could not take an event; nothing after it was folded."""

    def __init__(self, recorded: Recorded, model: str, problem: Exception) -> None:
        self.position, self.model = recorded.position, model
        super().__init__(
            f"The read model '{model}' cannot take the record at position {recorded.position}"
            f" ({recorded.event.type_name} of {recorded.stream}): {problem}"
        )


class Fold:
    """All projections together: hands each event to those that want it."""

    def __init__(self, projections: Sequence[Projection]) -> None:
        self.projections = tuple(projections)
        self._wanting: dict[type[Event], list[tuple[str, Handler]]] = {}
        for projection in projections:
            for kind, handler in projection.handlers.items():
                self._wanting.setdefault(kind, []).append((projection.model, handler))

    @property
    def versions(self) -> dict[str, int]:
        """Return the version of each read model, by name."""
        return {projection.model: projection.version for projection in self.projections}

    def apply(self, recorded: Recorded, rows_of: Mapping[str, Rows]) -> None:
        """Fold one event into the rows of every model. Raises `PoisonEvent`."""
        for model, handler in self._wanting.get(type(recorded.event), ()):
            try:
                handler(rows_of[model], recorded.event, recorded)
            except Exception as problem:
                raise PoisonEvent(recorded, model, problem) from problem

    def apply_all(self, events: Iterable[Recorded], rows_of: Mapping[str, Rows]) -> None:
        """Fold many events in order."""
        for recorded in events:
            self.apply(recorded, rows_of)
