from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interfaces.documents.cell_text import clean, key, shortened


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("  two   words\u00a0here ", "two words here"),
        ("<p>One.</p> <p>Two.</p>", "One.\nTwo."),
        ("<ul><li>one</li><li>two</li></ul>", "• one\n• two"),
        ('<ul style="list-style-type: none"> a <b>bold</b> word', "a bold word"),
        ("<u>How have we responded?</u>", "How have we responded?"),
        ("**Implementation**", "Implementation"),
        ("*all of it*", "all of it"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\$175 audit", "$175 audit"),
        ("A &amp; B &lt;5", "A & B <5"),
        ("AT&T, terms&copy", "AT&T, terms&copy"),
        ("fewer than <5 cases, > 3", "fewer than <5 cases, > 3"),
        ("soft\u00adhyphen", "softhyphen"),
        ("call \u202a07700\u202c \u2067now\u2069", "call 07700 now"),
    ],
)
def test_a_cell_keeps_its_words_and_loses_what_a_conversion_left(raw: str, words: str) -> None:
    assert clean(raw) == words


def test_labels_are_equal_whatever_their_dress() -> None:
    assert key("Target  Date (month):") == key("**target date**")


@given(st.text(), st.integers(2, 100))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
