from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.projection import MissingRow, change
from projections.versions import (
    Closed,
    MemoryRows,
    Standing,
    node_of,
    nodes_over,
    read_row,
    write_row,
)

LONGEST = 40
"""Up to this size of the log every range is tried at every position."""


def is_found(first: int, until: int, position: int, size: int) -> bool:
    """Ask as the store asks: by node, and by one bound of the range."""
    node = node_of(first, until)
    before, after = nodes_over(position, size)
    return (node in before and until > position) or (node in after and first <= position)


@pytest.mark.parametrize("size", range(1, LONGEST + 1))
def test_a_range_is_found_at_exactly_the_positions_that_it_holds(size: int) -> None:
    for first in range(1, size):
        for until in range(first + 1, size + 1):
            found = {at for at in range(1, size + 1) if is_found(first, until, at, size)}
            assert found == set(range(first, until))


@given(st.data())
def test_a_range_in_a_long_log_is_found_at_exactly_the_positions_that_it_holds(
    data: st.DataObject,
) -> None:
    size = data.draw(st.integers(2, 2**40))
    first = data.draw(st.integers(1, size - 1))
    until = data.draw(st.integers(first + 1, size))
    near = st.sampled_from([first - 1, first, first + 1, until - 1, until, until + 1, size])
    position = data.draw(st.one_of(near, st.integers(1, size)))
    position = min(max(position, 1), size)
    assert is_found(first, until, position, size) == (first <= position < until)


@given(st.integers(1, 2**40), st.integers(1, 2**40))
def test_a_node_lies_within_its_range_and_none_in_it_stands_higher(first: int, length: int) -> None:
    node = node_of(first, first + length)
    assert first <= node < first + length
    higher = (node & -node) << 1
    assert (first + length - 1) // higher == (first - 1) // higher


@pytest.mark.parametrize("position", [1, 2, 3, 999, 1_000])
def test_a_position_lies_under_few_nodes_and_none_twice(position: int) -> None:
    before, after = nodes_over(position, 1_000)
    assert len(before) + len(after) <= (1_000).bit_length() + 1
    assert len({*before, *after}) == len(before) + len(after)
    assert all(node <= position for node in before)
    assert all(node > position for node in after)


def test_a_row_reads_as_it_was_written() -> None:
    row = {"b": [1, None, True], "a": {"ö": "text"}}
    assert read_row(write_row(row)) == row
    assert read_row(memoryview(write_row(row))) == row
    assert write_row({"b": 1, "a": 2}) == b'{"a":2,"b":1}'


class TestRowsInMemory:
    def test_a_row_that_is_put_again_closes_the_one_before(self) -> None:
        closed: list[Closed] = []
        rows = MemoryRows("model", closed)
        rows.position = 2
        rows.put("a", {"n": 1})
        rows.position = 5
        rows.put("a", {"n": 2})
        assert rows.standing == {"a": Standing(5, {"n": 2})}
        assert closed == [Closed("model", "a", 2, 5, 4, b'{"n":1}')]

    def test_the_same_row_put_again_changes_nothing(self) -> None:
        closed: list[Closed] = []
        rows = MemoryRows("model", closed)
        rows.position = 2
        rows.put("a", {"n": 1})
        rows.position = 5
        rows.put("a", {"n": 1})
        assert rows.standing == {"a": Standing(2, {"n": 1})}
        assert not closed

    def test_what_stood_for_no_position_at_all_is_not_kept(self) -> None:
        closed: list[Closed] = []
        rows = MemoryRows("model", closed)
        rows.position = 2
        rows.put("a", {"n": 1})
        rows.put("a", {"n": 2})
        rows.put("b", {"n": 3})
        rows.delete("b")
        assert rows.standing == {"a": Standing(2, {"n": 2})}
        assert not closed

    def test_a_row_that_is_deleted_is_closed_and_gone(self) -> None:
        closed: list[Closed] = []
        rows = MemoryRows("model", closed)
        rows.position = 1
        rows.add("a", {"n": 1})
        rows.position = 2
        rows.delete("a")
        rows.delete("a")
        assert rows.get("a") is None
        assert rows.deleted == {"a"}
        assert closed == [Closed("model", "a", 1, 2, 1, b'{"n":1}')]

    def test_without_a_list_for_them_closed_rows_are_forgotten(self) -> None:
        rows = MemoryRows("model")
        rows.position = 1
        rows.put("a", {"n": 1})
        rows.position = 2
        rows.put("a", {"n": 2})
        assert rows.get("a") == {"n": 2}

    def test_a_change_keeps_the_other_fields(self) -> None:
        rows = MemoryRows("model")
        rows.put("a", {"n": 1, "m": 1})
        change(rows, "a", n=2)
        assert rows.get("a") == {"n": 2, "m": 1}

    def test_a_row_that_never_was_cannot_be_changed(self) -> None:
        with pytest.raises(MissingRow, match="no row 'a' to change"):
            change(MemoryRows("model"), "a", n=2)
