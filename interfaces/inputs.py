"""What people type, read or refused: days, references, and names of the directory."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events.values import Precision
from interfaces.field_errors import mend_of
from workflow.target_dates import UnclearTargetDate, read_target_date

_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadInput(ValueError):
    """Something that was asked for cannot be used; the message names it and the mend."""

    def __init__(self, place: str, message: str) -> None:
        self.place, self.message = place, message
        super().__init__(f"{place}: {message}")


class BadFields(ValueError):
    """Values that a command cannot have; the message names each option and the mend.

    `told`: for each, its option (empty where it is none), and what is wrong with the mend.
    """

    def __init__(self, problem: ValidationError) -> None:
        self.told = tuple(_told(error) for error in problem.errors())
        super().__init__(
            "\n".join(f"{place}: {mend}" if place else mend for place, mend in self.told)
        )


def option_of(field: str) -> str:
    """Return how a field is called on the command line: `lead_roles` gives `--lead-roles`."""
    return f"--{field.replace('_', '-')}"


def day_given(words: str, place: str) -> dt.date:
    """Read a single day: 2025-03-31, or day first as in 31.3.25. Raises `BadInput`."""
    if _ISO_DAY.fullmatch(words.strip()):
        with suppress(ValueError):
            return dt.date.fromisoformat(words.strip())
    try:
        target = read_target_date(words)
    except UnclearTargetDate as problem:
        message = f"'{words}' is not a day: {problem.reason}. {_day_wanted(place)}"
        raise BadInput(place, message) from problem
    if target.precision is not Precision.DAY or target.due is None:
        message = f"'{words}' is not a single day. {_day_wanted(place)}"
        raise BadInput(place, message)
    return target.due


def _day_wanted(place: str) -> str:
    return f"Write one day, such as {place} 2025-03-31 or {place} 31.3.2025."


def chosen(words: str, choices: Sequence[str], place: str) -> str:
    """Read one of a few words, whatever its capitals, spaces and hyphens. Raises `BadInput`."""
    sought = words.strip().lower().replace("-", "_").replace(" ", "_")
    if sought in choices:
        return sought
    message = f"'{words}' is not one of {', '.join(choices)}."
    raise BadInput(place, message)


def _told(error: ErrorDetails) -> tuple[str, str]:
    field = str(error["loc"][0]) if error["loc"] else ""
    return option_of(field) if field else "", mend_of(error, field.replace("_", " "))
