"""What is wrong with a field of a command, in plain words in place of the library's."""

from __future__ import annotations

from typing import Any, Final

from pydantic_core import ErrorDetails

from events.refs import LETTERS
from interfaces.command_fields import categories_in

_WITHIN_AUDITS: Final = {"finding": "AU3/F2", "clock": "AU3/C1"}
_MOST_NAMED: Final = 4


def mend_of(error: ErrorDetails, field: str) -> str:
    """Say in plain words what is wrong with a value, in place of the library's."""
    bounds = error.get("ctx", {})
    match error["type"]:
        case "string_too_short":
            return f"Write the {field}: it is empty."
        case "string_too_long":
            return f"It is too long. Shorten it to {bounds['max_length']} letters at most."
        case "too_short" | "missing":
            return f"Give the {field}: there is none."
        case "int_parsing" | "int_type" | "int_from_float":
            return f"'{error['input']}' is not a whole number. Write one, such as 3."
        case "greater_than_equal" if isinstance(bounds["ge"], str):
            return f"{error['input']} is too early. Give a day from {bounds['ge']} on."
        case "less_than_equal" if isinstance(bounds["le"], str):
            return f"{error['input']} is too late. Give a day up to {bounds['le']}."
        case "greater_than_equal" | "greater_than":
            return f"{error['input']} is too small. Give a larger number."
        case "less_than_equal" | "less_than":
            return f"{error['input']} is too large. Give a smaller number."
        case "enum" | "literal_error":
            return f"'{error['input']}' is not one of {bounds['expected']}. Choose one of these."
        case "string_pattern_mismatch":
            return f"'{error['input']}' is not written as it should be. {_pattern_mend(bounds)}"
        case _:
            return f"{error['msg'].removeprefix('Value error, ')}. Correct it and try again."


def _pattern_mend(bounds: dict[str, Any]) -> str:
    """Say how a reference is written, where one was asked for."""
    categories = categories_in(str(bounds.get("pattern", "")))
    if not categories:
        return "Correct it and try again."
    named = ", ".join(f"{_example(one)} for {_a(one)}" for one in categories[:_MOST_NAMED])
    return f"Write a reference, such as {named}."


def _example(category: str) -> str:
    return _WITHIN_AUDITS.get(category) or f"{LETTERS[category]}12"


def _a(category: str) -> str:
    return f"an {category}" if category[0] in "aeiou" else f"a {category}"
