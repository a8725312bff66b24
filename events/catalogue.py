"""The catalogue of event types: stable names, schema versions, committed texts, upcasters.

A renamed class never changes a stored name; a changed fact gets a higher schema version and one
upcaster from the version before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, Final, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

from events.storable import require_storable

ERASED: Final = "[erased]"
"""What stands in place of a committed text whose value was erased."""


class Committed:
    """Marks a field whose clear value stays out of the body: a name, an address or free text."""


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), Committed()
]
"""Free text, a name or an address: the body holds only a commitment to it."""


class Event(BaseModel):
    """A fact in the past tense. Subclasses are registered under a stable name.

    `day_field`: the field that holds the civil day on which it became true, of those that tell it
    themselves, such as the first day of a tenure. Where another day is told with the event, as
    `effective_on`, that counts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type_name: ClassVar[str]
    schema_version: ClassVar[int]
    text_fields: ClassVar[frozenset[str]]
    day_field: ClassVar[str | None] = None

    @property
    def own_day(self) -> dt.date | None:
        """Return the civil day of which the event tells itself, if its type has one.

        It may lie in the future: then the event is true from the day on which it was recorded.
        """
        day: dt.date | None = getattr(self, self.day_field) if self.day_field else None
        return day


class UnknownEventType(LookupError):
    """The log holds an event whose type or schema version this release does not know."""

    def __init__(self, type_name: str, schema_version: int) -> None:
        self.type_name, self.schema_version = type_name, schema_version
        super().__init__(
            f"this release does not know the event type '{type_name}' in version {schema_version}."
            " It was probably written by a newer release: update Goldthread and try again."
        )


EventT = TypeVar("EventT", bound=Event)
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
EventReader = Callable[[dict[str, Any]], Event]

_types: dict[str, type[Event]] = {}
_upcasters: dict[tuple[str, int], Upcaster] = {}


def event_type(
    name: str, *, schema_version: int = 1, own_day: str | None = None
) -> Callable[[type[EventT]], type[EventT]]:
    """Register an event class under its stored name and current schema version.

    `own_day`: the field that says since when it is true. Raises `ValueError` for a name that is
    taken or a day that is no field, `NotStorable` for a field that no body can hold.
    """

    def register(cls: type[EventT]) -> type[EventT]:
        if name in _types:
            message = f"two event types are called '{name}'"
            raise ValueError(message)
        if own_day is not None and own_day not in cls.model_fields:
            message = f"'{name}' has no field '{own_day}'"
            raise ValueError(message)
        require_storable(cls)
        cls.type_name, cls.schema_version, cls.day_field = name, schema_version, own_day
        cls.text_fields = frozenset(
            field for field, info in cls.model_fields.items() if _is_committed(info)
        )
        _types[name] = cls
        return cls

    return register


def upcaster(name: str, *, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """Register the function that lifts the data of `from_version` to the next version."""

    def register(function: Upcaster) -> Upcaster:
        if (name, from_version) in _upcasters:
            message = f"'{name}' has two upcasters from version {from_version}"
            raise ValueError(message)
        _upcasters[name, from_version] = function
        return function

    return register


def registered() -> Iterator[type[Event]]:
    """Yield every event type, sorted by stored name."""
    for name in sorted(_types):
        yield _types[name]


@cache
def reader_of(type_name: str, schema_version: int) -> EventReader:
    """Return what builds events from the data of one stored type and schema version.

    It takes the clear fields and the texts merged, and lifts them to the current schema version.
    Raises `UnknownEventType`.
    """
    cls = _types.get(type_name)
    if cls is None or schema_version > cls.schema_version:
        raise UnknownEventType(type_name, schema_version)
    # What `model_validate` does, without the way there, which counts when a whole log is read.
    read: EventReader = cls.__pydantic_validator__.validate_python
    if schema_version == cls.schema_version:
        return read
    lifts = [_upcaster_of(type_name, one) for one in range(schema_version, cls.schema_version)]

    def read_lifted(data: dict[str, Any]) -> Event:
        for lift in lifts:
            data = lift(data)
        return read(data)

    return read_lifted


def _upcaster_of(type_name: str, from_version: int) -> Upcaster:
    found = _upcasters.get((type_name, from_version))
    if found is None:
        raise UnknownEventType(type_name, from_version)
    return found


def _is_committed(info: Any) -> bool:  # noqa: ANN401 - pydantic's FieldInfo is generic over nothing
    if any(isinstance(mark, Committed) for mark in info.metadata):
        return True
    return any(
        isinstance(mark, Committed)
        for option in get_args(info.annotation)
        for mark in getattr(option, "__metadata__", ())
    )
