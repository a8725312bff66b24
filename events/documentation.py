"""The catalogue in words: what `docs/events.md` says of every event type, made from the types."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import events.every_type  # noqa: F401  It fills the catalogue.
from events.catalogue import Event, registered
from events.refs import LETTERS

MARK = "<!-- Everything below is printed by `python -m events`. -->"
"""The line of `docs/events.md` above which people write and below which they do not."""

_REFERENCE = re.compile(
    r"\^\(*([a-z|]+)\)?-\[1-9\]\[0-9\]\{0,9\}(?:\|?(?:audit-.*)?/(finding|clock)-.*)?\$"
)
_HEADER = ("| field | holds | committed text |", "|---|---|---|")

Schema = dict[str, Any]


def describe() -> str:
    """Return the chapter on every event type, by category, and on the values inside events."""
    lines: list[str] = ["## Event types", ""]
    models: dict[str, Schema] = {}
    for category, types in groupby(registered(), lambda cls: cls.type_name.partition(".")[0]):
        lines += [f"### {category} ({LETTERS[category]})", ""]
        for cls in types:
            schema = cls.model_json_schema()
            models |= schema.get("$defs", {})
            lines += _type_lines(cls, schema)
    lines += ["## Values inside events", ""]
    for name, schema in sorted(models.items()):
        lines += _value_lines(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def renewed(document: str) -> str:
    """Return a document with everything below the mark made anew.

    Raises `ValueError` for a document without the mark.
    """
    top, mark, _ = document.partition(MARK)
    if not mark:
        message = f"the document has no line '{MARK}'"
        raise ValueError(message)
    return f"{top}{MARK}\n\n{describe()}"


def _type_lines(cls: type[Event], schema: Schema) -> Iterator[str]:
    yield f"#### `{cls.type_name}` version {cls.schema_version}"
    yield ""
    yield inspect.getdoc(cls) or ""
    yield ""
    if cls.day_field is not None:
        yield (
            f"True from the day in `{cls.day_field}` on, where that is past and `effective_on` does"
            " not name another."
        )
        yield ""
    fields = schema.get("properties", {})
    if fields:
        yield from _HEADER
        for name, part in fields.items():
            holds = _holds(part, optional=name not in _required(schema))
            yield f"| `{name}` | {holds} | {'yes' if name in cls.text_fields else ''} |"
        yield ""


def _value_lines(name: str, schema: Schema) -> Iterator[str]:
    yield f"### {name}"
    yield ""
    yield inspect.cleandoc(schema["description"])
    yield ""
    if "enum" in schema:
        yield f"One of {_listed(schema['enum'])}."
    else:
        yield from (line.removesuffix(" committed text |").removesuffix("---|") for line in _HEADER)
        for field, part in schema["properties"].items():
            yield f"| `{field}` | {_holds(part, optional=field not in _required(schema))} |"
    yield ""


def _holds(part: Schema, *, optional: bool) -> str:
    words = _kind(part)
    default = part.get("default")
    if not optional:
        return words
    return words + (
        "; may be left out" if default in (None, []) else f"; {_written(default)} if left out"
    )


def _kind(part: Schema) -> str:
    match part:
        case {"anyOf": [*options]}:
            return " or ".join(_kind(option) for option in options if option != {"type": "null"})
        case {"$ref": str(place)}:
            name = place.rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"type": "array", "items": items}:
            return f"list of: {_kind(items)}"
        case {"type": "integer"}:
            return "whole number" + _bound(part)
        case {"type": "string", "format": "date"}:
            return "civil date, `2025-03-31`"
        case {"type": "string", "pattern": str(pattern)}:
            return _form(pattern)
        case _:
            most = part.get("maxLength")
            return f"text of 1 to {most:,} characters" if "minLength" in part else _short_text(most)


def _short_text(most: int | None) -> str:
    return f"text of up to {most:,} characters" if most else "text"


def _bound(part: Schema) -> str:
    return f" from {part['minimum']}" if "minimum" in part else ""


def _form(pattern: str) -> str:
    found = _REFERENCE.fullmatch(pattern)
    if not found:
        return f"text of the form `{pattern.replace('|', chr(92) + '|')}`"
    part = f"`audit-…/{found[2]}-…`" if found[2] else None
    if part and found[1] == "audit":
        return f"reference {part}"
    categories = [f"`{category}-…`" for category in found[1].split("|")]
    return "reference " + " or ".join([*categories, part] if part else categories)


def _required(schema: Schema) -> Sequence[str]:
    required: Sequence[str] = schema.get("required", ())
    return required


def _listed(values: Sequence[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _written(default: object) -> str:
    return f"`{json.dumps(default)}`"
