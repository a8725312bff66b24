from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from events.event_ids import EventIds, joined_ids

IDS = st.text("0123456789abcdef-", min_size=1, max_size=3)
RANGES = st.lists(st.lists(IDS, min_size=1, max_size=5), max_size=6)


@given(RANGES)
def test_the_first_id_that_was_used_before_is_found(ranges: list[list[str]]) -> None:
    ids, seen = EventIds(), set[str]()
    for one_range in ranges:
        joined, are_rising = joined_ids(one_range)
        found = ids.first_repeated(joined, are_rising=are_rising)
        wanted = next(
            (at for at, one in enumerate(one_range) if one in seen or one in one_range[:at]), None
        )
        assert found == wanted
        if found is not None:
            return
        seen |= set(one_range)


def test_ids_that_rise_are_seen_to_rise() -> None:
    assert joined_ids(["a", "b"]) == ("a\nb", True)
    assert joined_ids(["b", "a"]) == ("b\na", False)
    assert joined_ids(["a", "a"]) == ("a\na", False)
    assert joined_ids([]) == ("", True)
