"""A value of a command is what JSON has for it, and nothing is guessed from another kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from workflow.command import Slip, Words
from workflow.directory_names import Name
from workflow.given_values import TURNING, Day, Number, Switch

DAY: TypeAdapter[dt.date] = TypeAdapter(Day)
NUMBER: TypeAdapter[int] = TypeAdapter(Number)
SWITCH: TypeAdapter[bool] = TypeAdapter(Switch)


@pytest.mark.parametrize("given", ["2025-03-31", dt.date(2025, 3, 31)])
def test_a_day_is_a_date_or_is_written_as_in_json(given: object) -> None:
    assert DAY.validate_python(given) == dt.date(2025, 3, 31)


@pytest.mark.parametrize(
    "given", [0, 86_400.0, "1700000000", "2025-03-31T00:00:00Z", "2025-02-30", "31.3.2025", True]
)
def test_nothing_else_is_a_day(given: object) -> None:
    with pytest.raises(ValidationError, match="valid date"):
        DAY.validate_python(given)


@pytest.mark.parametrize("kind", [Words, Slip, Name])
def test_a_text_holds_no_character_that_stands_for_nothing(kind: Any) -> None:  # noqa: ANN401 - a type
    adapter: TypeAdapter[str] = TypeAdapter(kind)
    assert adapter.validate_python(" Two schools\ttrained ") == "Two schools\ttrained"
    with pytest.raises(ValidationError, match="stands for nothing"):
        adapter.validate_python("Two\x00schools")


@pytest.mark.parametrize("kind", [Words, Slip, Name])
@pytest.mark.parametrize("sign", TURNING)
def test_no_text_holds_a_sign_that_turns_what_is_read(kind: Any, sign: str) -> None:  # noqa: ANN401 - a type
    adapter: TypeAdapter[str] = TypeAdapter(kind)
    with pytest.raises(ValidationError, match="before “07700”: delete"):
        adapter.validate_python(f"Call {sign}07700 900123")
    with pytest.raises(ValidationError, match="before its end"):
        adapter.validate_python(f"Two schools{sign}")
    assert adapter.validate_python("שלום Straße\u200e") == "שלום Straße\u200e"


@pytest.mark.parametrize("given", [3, 3.0])
def test_a_number_is_a_whole_number_as_json_has_it(given: object) -> None:
    assert NUMBER.validate_python(given) == 3


@pytest.mark.parametrize("given", ["3", True, 3.5, 0, None])
def test_nothing_else_is_a_number(given: object) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(given)


@pytest.mark.parametrize("given", ["yes", 1, None])
def test_only_true_and_false_say_that_something_is_so(given: object) -> None:
    assert SWITCH.validate_python(False) is False  # noqa: FBT003 - it is the value
    with pytest.raises(ValidationError):
        SWITCH.validate_python(given)


def test_the_description_tells_that_blanks_say_nothing() -> None:
    never = r"\u0000\u202a-\u202e\u2066-\u2069"
    pattern = rf"^[^{never}]*[^\s{never}][^{never}]*$"
    told = {"type": "string", "minLength": 1, "maxLength": 80, "pattern": pattern}
    assert TypeAdapter(Slip).json_schema() == told
    assert TypeAdapter(Slip | None).json_schema()["anyOf"][0] == told


def test_the_description_tells_what_a_number_may_be() -> None:
    assert NUMBER.json_schema() == {"type": "integer", "minimum": 1}
    assert DAY.json_schema() == {"type": "string", "format": "date"}
