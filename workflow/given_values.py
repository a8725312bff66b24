"""Values of commands, each of the kind that JSON has for it: nothing is guessed from another.

The library would take 0 for 1 January 1970, and "1" or true for 1, which whoever sent it may not
have meant; and what is recorded stays.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, Strict
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError

_WRITTEN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the direction of writing. Some programs put them around what one copies."""

_TURNING: Final = re.compile(rf"[{TURNING}]+\s*([^{TURNING}\s]{{0,20}})")


def day_as_written(value: object) -> object:
    """Return what is a day, or is written as one in JSON; anything else is refused."""
    if isinstance(value, dt.date) or (isinstance(value, str) and _WRITTEN.fullmatch(value)):
        return value
    raise PydanticKnownError("date_type")


def number_as_written(value: object) -> object:
    """Return what is a whole number, as is 3.0 in JSON; words and truth values are refused."""
    if isinstance(value, str | bool):
        raise PydanticKnownError("int_type")
    return value


def text_as_written(value: str) -> str:
    """Return a text that can be kept and sent as it is, and reads as it is kept.

    No page and no file holds the character of no meaning, and some mail servers take no email in
    which one stands. A sign that turns the direction of writing lets words look like others, and
    who reads them cannot see it.
    """
    if "\x00" in value:
        raise PydanticCustomError("no_text", "It holds a character that stands for nothing")
    if found := _TURNING.search(value):
        where = {"where": f"“{found[1]}”" if found[1] else "its end"}
        message = (
            "It holds an unseen sign that turns the direction of writing, before {where}: delete"
            " what stands there, and write it by hand"
        )
        raise PydanticCustomError("turned_text", message, where)
    return value


@dataclass(frozen=True, slots=True)
class Told:
    """Tells in the description what the library does not tell of a check: a `pattern`."""

    pattern: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}


_NEVER: Final = r"\u0000\u202a-\u202e\u2066-\u2069"

SAYS_SOMETHING: Final = Told(rf"^[^{_NEVER}]*[^\s{_NEVER}][^{_NEVER}]*$")
"""Of a text `AS_WRITTEN` from which blanks are taken before it may not be empty."""

AS_WRITTEN: Final = AfterValidator(text_as_written)
"""Of every text that people write."""

Day = Annotated[dt.date, BeforeValidator(day_as_written)]
"""A civil day: a date, or as it is written in JSON, 2025-03-31."""

Number = Annotated[int, Field(ge=1), BeforeValidator(number_as_written)]
"""A whole number from 1 on. The bounds stand first, or the description would not tell them."""

Switch = Annotated[bool, Strict()]
"""Something that is or is not so."""
