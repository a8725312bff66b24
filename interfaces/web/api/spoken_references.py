"""References in commands as people and answers write them, `A12`, beside those of the record.

What the API tells, a program gives back as it is: it need not know how streams are called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_before_validator_function

from events.refs import LETTERS, read_ref
from interfaces.command_fields import categories_in, shape_of
from workflow.command import Command

_NUMBER: Final = "[1-9][0-9]{0,9}"
_WITHIN: Final = {
    part: f"AU{_NUMBER}/{letter}[1-9][0-9]{{0,4}}"
    for part, letter in (("finding", "F"), ("clock", "C"))
}


@dataclass(frozen=True, slots=True)
class SpokenReferences:
    """Of a command that a program gives: its references may be written as they are quoted."""

    kind: type[Command]

    def __get_pydantic_core_schema__(
        self, source: type[Command], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_before_validator_function(self._of_record, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        told = handler(schema)
        _tell_both(handler.resolve_ref_schema(told)["properties"])
        return told

    def _of_record(self, given: object) -> object:
        """Return what was given with its references as the record writes them."""
        if not isinstance(given, Mapping):
            return given
        fields = self.kind.model_fields
        of = {name: shape_of(fields[name]).categories for name in given if name in fields}
        return {
            name: _read(value, of[name]) if of.get(name) else value for name, value in given.items()
        }


def _read(value: object, categories: Sequence[str]) -> object:
    """Return references of some categories; whatever else it is, the command refuses by name."""
    if isinstance(value, list):
        return [_read(one, categories) for one in value]
    if not isinstance(value, str) or not re.fullmatch(_quoted_in(categories), value):
        return value
    return read_ref(value)


def _quoted_in(categories: Sequence[str]) -> str:
    """Return the pattern of references of some categories as they are quoted."""
    streams = [f"{LETTERS[one]}{_NUMBER}" for one in categories if one in LETTERS]
    return "|".join([*streams, *(_WITHIN[one] for one in categories if one in _WITHIN)])


def _tell_both(told: object) -> None:
    """Let every pattern of a reference in a description be of both ways to write it."""
    if isinstance(told, dict):
        pattern = told.get("pattern")
        categories = categories_in(pattern) if isinstance(pattern, str) else ()
        if categories and isinstance(pattern, str):
            told["pattern"] = f"^(?:{pattern[1:-1]}|{_quoted_in(categories)})$"
        for part in told.values():
            _tell_both(part)
    elif isinstance(told, list):
        for part in told:
            _tell_both(part)
