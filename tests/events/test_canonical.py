from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from events.canonical import (
    LARGEST_INTEGER,
    Json,
    NotCanonical,
    decode,
    encode,
    require_allowed,
)

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=8)


@given(RECORDS)
def test_the_bytes_are_those_of_the_reference_library(record: dict[str, Json]) -> None:
    assert encode(record) == rfc8785.dumps(record)


@given(RECORDS)
def test_a_record_reads_as_it_was_written(record: dict[str, Json]) -> None:
    require_allowed(record)
    assert decode(encode(record)) == record


def test_keys_are_sorted_and_nothing_is_escaped_without_need() -> None:
    record: Json = {"b": "é\u2028\n\x1f/", "a": [1, True, None, {}], "A": "\x7f"}
    wanted = '{"A":"\x7f","a":[1,true,null,{}],"b":"é\u2028\\n\\u001f/"}'
    assert encode(record) == wanted.encode()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"a":1}x', b"[1]", b'"text"', b"null"])
def test_bytes_that_are_not_an_object_are_refused(body: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(body)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"a": [1, {"b": 1.0}]}, "a float cannot stand in a record"),
        ({"a": float("nan")}, "a float"),
        ({"a": LARGEST_INTEGER + 1}, "too large"),
        ([-LARGEST_INTEGER - 1], "too large"),
        ({"é": 1}, "not ASCII"),
        ({"a": {1: 2}}, "not ASCII text"),
        ({"a": b"bytes"}, "a bytes cannot"),
    ],
)
def test_what_a_record_cannot_hold_is_refused(value: object, what: str) -> None:
    with pytest.raises(NotCanonical, match=what):
        require_allowed(value)


@pytest.mark.parametrize("value", [{"a": object()}, {"a": "\ud800"}])
def test_what_json_cannot_hold_is_not_encoded(value: Json) -> None:
    with pytest.raises(TypeError):
        encode(value)
