"""Stacked charts: every count has its room, and the whole of it fills the drawing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.recommendation import Colour
from interfaces.web.charts.stacked import HEIGHT, WIDTH, Moment, some_of, stacked

COUNTS = st.fixed_dictionaries({colour: st.integers(0, 20) for colour in Colour})
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2026, 1, 1))
MOMENTS = st.lists(st.tuples(DAYS, COUNTS), min_size=1, max_size=20).map(
    lambda some: [Moment(on, counts) for on, counts in sorted(some, key=lambda one: one[0])]
)


def _area(path: str) -> float:
    """Return the area of a path of corners, by the shoelace formula."""
    numbers = [float(one) for one in re.findall(r"[-+.e0-9]+", path.strip("Mz"))]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    around = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(x * below - across * y for (x, y), (across, below) in around)) / 2


def test_nothing_counted_draws_nothing() -> None:
    assert stacked([]) is None
    assert stacked([Moment(dt.date(2025, 1, 1), {Colour.RED: 0})]) is None


def test_a_count_stays_until_the_next_moment() -> None:
    first, second = dt.date(2025, 1, 1), dt.date(2025, 1, 6)
    chart = stacked([Moment(first, {Colour.RED: 1}), Moment(second, {Colour.RED: 2})])
    assert chart is not None
    (band,) = chart.bands
    # Five of six days one of two items is red, on the last day both.
    assert _area(band.path) == pytest.approx(WIDTH * HEIGHT * (5 / 6 / 2 + 1 / 6), rel=1e-3)


@given(MOMENTS)
def test_the_bands_together_stand_for_every_item(moments: list[Moment]) -> None:
    chart = stacked(moments, len(moments) - 1)
    if chart is None:
        assert not any(moment.total for moment in moments)
        return
    assert chart.most == max(moment.total for moment in moments)
    assert chart.mark is not None
    assert 0 <= chart.mark <= WIDTH
    room = WIDTH * HEIGHT
    assert sum(_area(band.path) for band in chart.bands) <= room * 1.001
    there = {colour.value for moment in moments for colour, count in moment.counts.items() if count}
    # A colour whose every moment has no width of its own may still be drawn without area.
    assert {band.colour for band in chart.bands} == there


def test_months_have_the_same_room_and_the_last_one_can_be_seen() -> None:
    days = (dt.date(2025, 4, 30), dt.date(2025, 5, 31), dt.date(2025, 6, 2))
    moments = [Moment(day, {Colour.RED: number}) for number, day in enumerate(days, start=1)]
    chart = stacked(moments, 2, evenly=True)
    assert chart is not None
    assert chart.mark == pytest.approx(WIDTH * 5 / 6)
    (band,) = chart.bands
    assert _area(band.path) == pytest.approx(WIDTH * HEIGHT * (1 / 3 + 2 / 3 + 1) / 3, rel=1e-3)


def test_moments_of_one_day_each_have_room() -> None:
    day = dt.date(2025, 1, 1)
    chart = stacked([Moment(day, {Colour.RED: 1}), Moment(day, {Colour.RED: 2})], 0)
    assert chart is not None
    assert chart.mark == WIDTH / 4


@given(st.data())
def test_of_a_long_walk_some_steps_are_drawn_with_its_ends_and_the_one_shown(
    data: st.DataObject,
) -> None:
    count = data.draw(st.integers(1, 5000))
    marked = data.draw(st.integers(0, count - 1))
    most = data.draw(st.integers(3, 300))
    chosen = some_of(count, marked, most)
    assert len(chosen) <= most
    assert {0, marked, count - 1} <= set(chosen)
    assert chosen == sorted(set(chosen))
