from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError, create_model

from events import catalogue, every_type
from events.catalogue import (
    ERASED,
    Committed,
    Event,
    Text,
    UnknownEventType,
    event_type,
    reader_of,
    registered,
    upcaster,
)
from events.refs import LETTERS
from events.storable import NotStorable

assert every_type.MODULES
TYPES = {cls.type_name: cls for cls in registered()}
EVERY_TYPE = pytest.mark.parametrize("cls", TYPES.values(), ids=TYPES)

# Texts that a body does hold in clear: words for a date, names of our own tables and fields.
CLEAR_TEXTS = {"as_written", "calendar", "fields"}


def parts(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401
    """Yield every field of a JSON schema, however deep, with its name."""
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            for option in [part, *part.get("anyOf", []), part.get("items", {})]:
                yield name, option
        for part in schema.values():
            yield from parts(part)


class TestEveryType:
    @EVERY_TYPE
    def test_its_name_is_a_category_and_what_happened(self, cls: type[Event]) -> None:
        category, _, happened = cls.type_name.partition(".")
        assert category in LETTERS
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", happened)
        assert cls.schema_version >= 1

    @EVERY_TYPE
    def test_it_says_in_one_line_what_it_means(self, cls: type[Event]) -> None:
        assert cls.__doc__
        assert re.fullmatch(r".+[.?]", cls.__doc__.strip().splitlines()[0])

    @EVERY_TYPE
    def test_no_field_of_it_is_a_float(self, cls: type[Event]) -> None:
        kinds = {part.get("type") for _, part in parts(cls.model_json_schema())}
        assert "number" not in kinds
        assert "object" not in kinds

    @EVERY_TYPE
    def test_free_text_is_committed_and_the_rest_has_a_form(self, cls: type[Event]) -> None:
        for name, part in parts(cls.model_json_schema()):
            if part.get("type") == "string" and not {"pattern", "format", "enum"} & part.keys():
                assert name in cls.text_fields | CLEAR_TEXTS, f"{cls.type_name}.{name}"

    @EVERY_TYPE
    def test_it_cannot_be_changed_and_takes_no_other_field(self, cls: type[Event]) -> None:
        assert cls.model_config["frozen"]
        assert cls.model_config["extra"] == "forbid"

    @EVERY_TYPE
    def test_committed_texts_stand_at_its_top(self, cls: type[Event]) -> None:
        for info in cls.model_fields.values():
            for model in nested_models(info.annotation):
                assert "Committed" not in repr(model.model_fields)

    def test_there_are_many_and_each_class_has_one_name(self) -> None:
        assert len(TYPES) > 90
        assert len(set(TYPES.values())) == len(TYPES)
        assert list(TYPES) == sorted(TYPES)


def nested_models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from nested_models(info.annotation)
    for argument in getattr(annotation, "__args__", ()):
        yield from nested_models(argument)


def test_the_texts_of_an_event_are_found() -> None:
    assert TYPES["action.created"].text_fields == {"text", "success_measure"}
    assert TYPES["action.started"].text_fields == frozenset()
    assert TYPES["person.registered"].text_fields == {"name", "email"}
    assert TYPES["role.holder_appointed"].text_fields == frozenset()


def test_an_event_that_tells_its_own_day_says_in_which_field() -> None:
    on = dt.date(2025, 1, 25)
    held = TYPES["meeting.held"].model_validate({"title": "Board", "held_on": on})
    assert held.own_day == on
    assert TYPES["action.started"]().own_day is None
    told = {name: cls.day_field for name, cls in TYPES.items() if cls.day_field}
    for name, field in told.items():
        assert TYPES[name].model_fields[field].annotation is dt.date, name
    # A field with a day that is not the day on which the event became true.
    others = {"review_on", "expires_on", "as_at", "until_on", "due_on", "target_on", "send_on"}
    for name, cls in TYPES.items():
        days = {field for field, info in cls.model_fields.items() if info.annotation is dt.date}
        assert not days - others or name in told, name


@pytest.mark.usefixtures("own_types")
class TestRegistering:
    def test_the_day_of_an_event_is_one_of_its_fields(self) -> None:
        with pytest.raises(ValueError, match=r"'action\.weighed' has no field 'weighed_on'"):

            @event_type("action.weighed", own_day="weighed_on")
            class Weighed(Event):
                """An action was weighed."""

    def test_a_name_is_given_once(self) -> None:
        with pytest.raises(ValueError, match=r"two event types are called 'action\.started'"):

            @event_type("action.started")
            class Again(Event):
                """Something happened again."""

    @pytest.mark.parametrize(
        "annotation",
        [
            float,
            float | None,
            tuple[float, ...],
            list[Decimal],
            bytes,
            dt.datetime,
            dict[str, int],
            Any,
            Enum,
        ],
    )
    def test_a_field_that_no_body_can_hold_is_refused(self, annotation: Any) -> None:  # noqa: ANN401
        inner = create_model("Inner", amount=(annotation, ...))
        shallow = create_model("Shallow", __base__=Event, amount=(annotation, ...))
        inners: Any = list.__class_getitem__(inner)
        deep = create_model("Deep", __base__=Event, parts=(inners, ...))
        for cls in (shallow, deep):
            with pytest.raises(NotStorable, match="'amount' cannot be stored") as refusal:
                event_type("action.weighed")(cls)
            assert refusal.value.field == "amount"
        assert "action.weighed" not in catalogue._types  # noqa: SLF001

    def test_a_version_has_one_upcaster(self) -> None:
        upcaster("action.started", from_version=1)(lambda data: data)
        with pytest.raises(ValueError, match="two upcasters from version 1"):
            upcaster("action.started", from_version=1)(lambda data: data)


class TestUpcasting:
    @pytest.fixture(autouse=True)
    def weighed(self, own_types: None) -> type[Event]:  # noqa: ARG002
        @event_type("action.weighed", schema_version=3)
        class Weighed(Event):
            """It was weighed."""

            grams: int
            words: Text

        @upcaster("action.weighed", from_version=1)
        def name_the_unit(data: dict[str, Any]) -> dict[str, Any]:
            return {"kilograms": data["weight"], "remark": data["remark"]}

        @upcaster("action.weighed", from_version=2)
        def count_in_grams(data: dict[str, Any]) -> dict[str, Any]:
            return {"grams": data["kilograms"] * 1000, "words": data["remark"]}

        return Weighed

    def test_old_data_are_lifted_version_by_version(self, weighed: type[Event]) -> None:
        wanted = weighed.model_validate({"grams": 2000, "words": "Heavy."})
        assert reader_of("action.weighed", 1)({"weight": 2, "remark": "Heavy."}) == wanted
        assert reader_of("action.weighed", 2)({"kilograms": 2, "remark": "Heavy."}) == wanted
        assert reader_of("action.weighed", 3)({"grams": 2000, "words": "Heavy."}) == wanted

    def test_an_erased_text_stays_erased(self) -> None:
        lifted = reader_of("action.weighed", 1)({"weight": 2, "remark": ERASED})
        assert lifted.model_dump()["words"] == ERASED

    def test_a_newer_version_is_a_clear_error(self) -> None:
        with pytest.raises(UnknownEventType, match=r"'action\.weighed' in version 4") as problem:
            reader_of("action.weighed", 4)({})
        assert (problem.value.type_name, problem.value.schema_version) == ("action.weighed", 4)
        assert "update Goldthread" in str(problem.value)

    def test_a_version_without_an_upcaster_is_a_clear_error(self) -> None:
        del catalogue._upcasters["action.weighed", 2]  # noqa: SLF001
        with pytest.raises(UnknownEventType, match="version 2"):
            reader_of("action.weighed", 1)({"weight": 2, "remark": "Heavy."})

    def test_an_unknown_type_is_a_clear_error(self) -> None:
        with pytest.raises(UnknownEventType, match=r"'action\.flown'"):
            reader_of("action.flown", 1)({})


def test_texts_are_trimmed_never_empty_and_bounded() -> None:
    cls = TYPES["action.progress_noted"]
    assert cls.model_validate({"note": "  Words.\n"}).model_dump() == {"note": "Words."}
    for words in ("", "   ", "x" * 20_001, 5, "\ud800"):
        with pytest.raises(ValidationError):
            cls.model_validate({"note": words})


def test_a_commitment_is_marked_by_one_class() -> None:
    assert any(isinstance(mark, Committed) for mark in Text.__metadata__)  # type: ignore[attr-defined]
