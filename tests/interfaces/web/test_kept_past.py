"""What was worked out of the past: kept for whoever asks for the same, and not without end."""

from __future__ import annotations

from itertools import count

from interfaces.web.past.kept_past import MOST_KEPT, KeptPast


def test_what_is_asked_for_again_is_not_worked_out_again() -> None:
    kept, numbers = KeptPast(), count()
    assert [kept.kept(asked, lambda: next(numbers)) for asked in "abab"] == [0, 1, 0, 1]


def test_what_was_not_asked_for_lately_makes_room() -> None:
    kept, numbers = KeptPast(), count()
    for asked in range(MOST_KEPT):
        kept.kept(asked, lambda: next(numbers))
    assert kept.kept(0, lambda: -1) == 0
    kept.kept("one more", lambda: next(numbers))
    assert kept.kept(0, lambda: -1) == 0
    assert kept.kept(1, lambda: -1) == -1
