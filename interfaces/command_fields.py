"""What a field of a command looks like to whoever fills it in, on the command line or a page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from workflow.command import Command

_STREAM_PATTERN: Final = re.compile(
    r"\^\(*([a-z|]+)\)?-\[1-9\]\[0-9\]\{0,9\}(?:/(finding|clock)-)?"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field takes: values of a type, one or several; `categories` where they are references.

    `kind` is str, int, bool, `datetime.date` or a `StrEnum`.
    """

    kind: type
    is_many: bool = False
    categories: tuple[str, ...] = ()

    @property
    def metavar(self) -> str | None:
        """Return the word that stands for a value in the help; None for what a type says itself."""
        if self.categories:
            return "|".join(self.categories).upper()
        if self.kind is dt.date:
            return "DATE"
        return "TEXT" if self.kind is str else None

    @property
    def is_choice(self) -> bool:
        """Tell whether a value is one of a few words."""
        return issubclass(self.kind, StrEnum)


def shape_of(field: FieldInfo) -> Shape:
    """Return the shape of a command's field."""
    return _shape(field.annotation, field.metadata, is_many=False)


def subject_field(kind: type[Command]) -> str | None:
    """Return the field that names what a command is about, if it has one.

    A command that begins a stream has none; every other is about the first thing it asks for.
    """
    if kind.opens:
        return None
    own = (name for name in kind.model_fields if name != "effective_on")
    return next(own)


def categories_in(pattern: str) -> tuple[str, ...]:
    """Return the categories of which a pattern takes references; none where it takes others."""
    found = _STREAM_PATTERN.match(pattern)
    if found is None:
        return ()
    if found[2]:
        return (found[2],)
    parts = ("finding", "clock") if "/(finding|clock)-" in pattern else ()
    return (*found[1].split("|"), *parts)


def _shape(annotation: Any, metadata: Iterable[Any], *, is_many: bool) -> Shape:  # noqa: ANN401
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], [*metadata, *arguments[1:]], is_many=is_many)
    if origin is tuple:
        return _shape(arguments[0], (), is_many=True)
    if origin in (Union, UnionType):
        (given,) = [one for one in arguments if one is not type(None)]
        return _shape(given, metadata, is_many=is_many)
    patterns = (getattr(mark, "pattern", None) for mark in metadata)
    categories = next((categories_in(one) for one in patterns if isinstance(one, str)), ())
    return Shape(annotation, is_many, categories)
