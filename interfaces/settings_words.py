"""What is wrong with a value of the configuration, in words for somebody who never programmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic_core import ErrorDetails

_MEND: Final = "Correct the value."
_LIST: Final = "it has to be a list. Put it between [ and ], also where it is only one thing."
_ENTRY: Final = (
    "it has to be an entry from {{ to }}, with a name before each value. The comments in the"
    " shipped config.toml show one."
)

_WORDS: Final[Mapping[str, str]] = {
    "missing": "it is missing, and there has to be one. Add it.",
    "int_parsing": f"it has to be a whole number. {_MEND}",
    "int_type": f"it has to be a whole number. {_MEND}",
    "int_from_float": f"it has to be a whole number. {_MEND}",
    "greater_than_equal": "it has to be {ge} or more. " + _MEND,
    "less_than_equal": "it has to be {le} or less. " + _MEND,
    "greater_than": "it has to be more than {gt}. " + _MEND,
    "less_than": "it has to be less than {lt}. " + _MEND,
    "too_short": "it is an empty list, and needs at least {min_length} in it. " + _MEND,
    "tuple_type": _LIST,
    "model_type": _ENTRY,
    "string_type": f"it has to be text, in quotation marks. {_MEND}",
    "enum": "it has to be {expected}. " + _MEND,
    "literal_error": "it has to be {expected}. " + _MEND,
    "time_parsing": f'it has to be a time of the day, such as "08:00". {_MEND}',
    "time_type": f'it has to be a time of the day, such as "08:00". {_MEND}',
}


def wrong_value(error: ErrorDetails) -> str:
    """Say what is wrong with a value, and to correct it; ends with a full stop."""
    is_section = len(error["loc"]) == 1
    words = None if is_section else _WORDS.get(error["type"])
    if words is not None:
        return f"{words.format(**error.get('ctx', {}))}{_as_a_section(error)}"
    message = error["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{message}. {_MEND}"


def _as_a_section(error: ErrorDetails) -> str:
    """Say how an entry begins that was written as a section of which there is only one."""
    if error["type"] != "tuple_type" or not isinstance(error["input"], dict):
        return ""
    name = ".".join(part for part in error["loc"] if isinstance(part, str))
    return f" Or write it below a heading with two brackets on each side: [[{name}]]."


def worth_telling(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short where that is so only since its entries are wrong."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if error["type"] != "too_short" or not any(_within(place, error["loc"]) for place in places)
    ]


def _within(place: tuple[int | str, ...], other: tuple[int | str, ...]) -> bool:
    return len(place) > len(other) and place[: len(other)] == other
