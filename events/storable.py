"""What the fields of an event may be: only what a canonical body can hold exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

_PLAIN = frozenset({str, int, bool, dt.date, NoneType})


class NotStorable(TypeError):
    """A field of an event has a type that no body can hold exactly."""

    def __init__(self, field: str, kind: object) -> None:
        self.field, self.kind = field, kind
        super().__init__(
            f"'{field}' cannot be stored: {kind} is not a text, a whole number, a truth value, a"
            " civil date, a list of such or a model of such."
        )


def require_storable(model: type[BaseModel]) -> None:
    """Check the fields of an event type deeply. Raises `NotStorable`."""
    for name, info in model.model_fields.items():
        for kind in _leaves(info.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                require_storable(kind)
            elif not _is_plain(kind):
                raise NotStorable(name, kind)


def _leaves(annotation: Any) -> Iterator[object]:  # noqa: ANN401 - any annotation
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _leaves(arguments[0])
    elif origin in {Union, UnionType, tuple, list}:
        for argument in arguments:
            if argument is not ...:
                yield from _leaves(argument)
    else:
        yield annotation


def _is_plain(kind: object) -> bool:
    return kind in _PLAIN or (isinstance(kind, type) and issubclass(kind, StrEnum))
