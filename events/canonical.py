"""The one byte form of a record: RFC 8785 in the subset that events use.

Only integers, strings, booleans, null, lists and objects with ASCII keys are allowed in; in that
subset `orjson` with sorted keys writes exactly the bytes of RFC 8785 (a property test compares it
with the reference library).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import orjson

Json: TypeAlias = "bool | int | str | list[Json] | tuple[Json, ...] | dict[str, Json] | None"

LARGEST_INTEGER = 2**53 - 1
"""Beyond this RFC 8785 would round the number: larger values are refused."""


class NotCanonical(ValueError):
    """Some bytes are not the canonical form of what they say."""


def encode(value: Json) -> bytes:
    """Return the canonical bytes of a value made of the allowed types.

    Raises `TypeError` for a value that JSON cannot hold. Numbers are the caller's promise: event
    types have no float (the catalogue refuses such a type when it is registered).
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def decode(body: bytes) -> dict[str, Any]:
    """Return what canonical bytes say, an object. Raises `NotCanonical` if they are not JSON."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as problem:
        message = f"these bytes are not JSON: {problem}"
        raise NotCanonical(message) from problem
    if not isinstance(value, dict):
        message = "a record must be a JSON object"
        raise NotCanonical(message)
    return value


def require_allowed(value: object) -> None:
    """Check a value deeply.

    Raises `NotCanonical` for a float, an integer beyond `LARGEST_INTEGER`, a key outside ASCII.
    """
    match value:
        case None | bool() | str():
            return
        case int():
            if abs(value) > LARGEST_INTEGER:
                message = f"the integer {value} is too large to be written exactly"
                raise NotCanonical(message)
        case list() | tuple():
            for item in value:
                require_allowed(item)
        case dict():
            for key, item in value.items():
                if not (isinstance(key, str) and key.isascii()):
                    message = f"the key {key!r} is not ASCII text"
                    raise NotCanonical(message)
                require_allowed(item)
        case _:
            message = f"a {type(value).__name__} cannot stand in a record"
            raise NotCanonical(message)
