"""Bars: one scale for all, and each piece beside the one before it."""

from __future__ import annotations

from interfaces.web.charts.bars import WIDTH, Counted, bars


def test_the_longest_bar_is_as_wide_as_the_drawing() -> None:
    long, short = bars([Counted("Chair", {"red": 3, "green": 1}), Counted("Lead", {"red": 1})])
    assert (long.total, short.total) == (4, 1)
    assert [(piece.left, piece.width) for piece in long.pieces] == [(0, 75), (75, 25)]
    assert short.pieces[0].width == WIDTH / 4


def test_what_is_not_there_has_no_piece() -> None:
    (bar,) = bars([Counted("Nobody", {"red": 0})])
    assert bar.pieces == ()
    assert bars([]) == ()
