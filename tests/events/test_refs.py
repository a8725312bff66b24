from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.refs import (
    LETTERS,
    UnknownReference,
    category_of,
    order_of,
    quoted,
    read_ref,
    split_stream,
)

STREAMS = st.builds(
    lambda category, number: f"{category}-{number}",
    st.sampled_from(sorted(LETTERS)),
    st.integers(1, 9_999_999_999),
)
PARTS = st.builds(
    lambda audit, part, number: f"audit-{audit}/{part}-{number}",
    st.integers(1, 9_999_999_999),
    st.sampled_from(["finding", "clock"]),
    st.integers(1, 99_999),
)


@given(STREAMS | PARTS)
def test_a_reference_reads_back_however_it_is_written(ref: str) -> None:
    for words in (quoted(ref), quoted(ref).lower(), f" {quoted(ref)} ", ref, ref.upper()):
        assert read_ref(words) == ref


@given(STREAMS | PARTS, STREAMS | PARTS)
def test_two_streams_are_never_quoted_alike(one: str, other: str) -> None:
    assert (quoted(one) == quoted(other)) == (one == other)


@given(STREAMS)
def test_a_stream_has_a_category_and_a_number(stream: str) -> None:
    category, number = split_stream(stream)
    assert f"{category}-{number}" == stream
    assert category_of(stream) == category


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("action-12", "A12"),
        ("recommendation-7", "R7"),
        ("audit-3", "AU3"),
        ("plan-1", "P1"),
        ("audit-3/finding-2", "AU3/F2"),
        ("audit-3/clock-1", "AU3/C1"),
        ("system", "system"),
        ("unheard-5", "unheard-5"),
        ("action-0", "action-0"),
    ],
)
def test_people_quote_a_letter_and_a_number(ref: str, words: str) -> None:
    assert quoted(ref) == words


@pytest.mark.parametrize(
    "words",
    ["", "12", "A", "A0", "A012", "X5", "A12/F1", "A12/C1", "AU3/X1", "unheard-5", "A12 and A13"],
)
def test_other_words_are_no_reference(words: str) -> None:
    with pytest.raises(UnknownReference, match="is not a reference") as refusal:
        read_ref(words)
    assert refusal.value.words == words


@pytest.mark.parametrize("name", ["", "action", "action-", "action-0", "audit-3/finding-2", "A12"])
def test_other_names_are_no_stream(name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a stream"):
        split_stream(name)


@given(STREAMS | PARTS)
def test_a_reference_is_ordered_by_its_numbers(ref: str) -> None:
    category, number, part = order_of(ref)

    assert ref.startswith(f"{category}-{number}")
    assert ("/" in ref) == (part > 0)


def test_references_are_ordered_as_people_count() -> None:
    refs = ["audit-10", "audit-2/clock-10", "audit-2/clock-9", "action-3"]

    assert sorted(refs, key=order_of) == [
        "action-3",
        "audit-2/clock-9",
        "audit-2/clock-10",
        "audit-10",
    ]
    with pytest.raises(ValueError, match="invalid literal"):
        order_of("system")
