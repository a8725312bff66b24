"""Many records read at once are what each of them is by itself, also where some are damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import recorded
from events.action import ActionProgressNoted, ActionStarted
from events.canonical import NotCanonical
from events.catalogue import Event
from events.recorded import Draft, Provenance, Recorded, seal, unseal, unseal_all

BY = Provenance("person-1", "command", "correlation")
Stored = tuple[bytes, bytes | None]


def stored(position: int, event: Event) -> Stored:
    row = seal(
        Draft("action-1", event),
        BY,
        origin="example.org/record",
        position=position,
        version=position,
        recorded_at="2025-03-31T12:00:00.000000Z",
        event_id=f"event-{position}",
    )
    return row.body, row.texts


def read_each(rows: list[Stored]) -> list[Recorded]:
    return [unseal(body, texts) for body, texts in rows]


@given(
    st.lists(
        st.one_of(
            st.just(ActionStarted()),
            st.builds(ActionProgressNoted, note=st.sampled_from(["[]", '"', "x,y", "ö\n\\"])),
        ),
        max_size=recorded.TOGETHER * 2 + 1,
    )
)
def test_records_read_together_are_those_read_one_by_one(events: list[Event]) -> None:
    rows = [stored(position, event) for position, event in enumerate(events, start=1)]
    assert list(unseal_all(rows)) == read_each(rows)


def test_a_text_that_is_gone_reads_as_erased_among_others() -> None:
    kept, gone = (
        stored(1, ActionProgressNoted(note="kept")),
        stored(2, ActionProgressNoted(note="-")),
    )
    notes = [one.event for one in unseal_all([kept, (gone[0], None)])]
    assert notes == [ActionProgressNoted(note="kept"), ActionProgressNoted(note="[erased]")]


@pytest.mark.parametrize(
    "damaged",
    [
        [b"{", b"}"],
        [b"[]", b"{}"],
        [b"{},{}", b"{}"],
        [b'{"a":[1', b"2]}"],
        [b"", b"{}"],
    ],
    ids=["torn", "no object", "two for one", "one for two", "empty"],
)
def test_damaged_bodies_stop_the_reading_at_the_first(damaged: list[bytes]) -> None:
    good = stored(1, ActionStarted())
    reading = unseal_all([good, *((body, None) for body in damaged)])
    assert next(reading).position == 1
    with pytest.raises((NotCanonical, KeyError)):
        list(reading)
