from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interfaces.importing.word_changes import around_change

WORDS = st.lists(st.sampled_from(["one", "two", "three"]), max_size=12)


def test_only_what_differs_is_shown_with_a_few_words_around() -> None:
    before = "The partnership will all together develop multi-agency training for every school"
    after = before.replace("multi-agency", "joint")
    assert around_change(before, after) == (
        "… all together develop multi-agency training for every …",
        "… all together develop joint training for every …",
    )


def test_short_texts_are_shown_whole() -> None:
    assert around_change("March 2025", "June 2025") == ("March 2025", "June 2025")
    assert around_change("", "Ten of ten") == ("", "Ten of ten")


@given(WORDS, WORDS)
def test_texts_that_differ_are_shown_differently(before: list[str], after: list[str]) -> None:
    shown = around_change(" ".join(before), " ".join(after))
    assert (shown[0] == shown[1]) == (before == after)
