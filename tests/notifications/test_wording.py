from __future__ import annotations

import pytest

from notifications.rules import NamedRole, Recipient
from notifications.wording import RECIPIENTS, called, counted, joined, shortened
from tests.notifications.directories import office_holders


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [joined("a"), joined("ab"), joined("abc")] == ["a", "a and b", "a, b and c"]


def test_things_are_counted() -> None:
    assert [counted(1, "action"), counted(2, "action")] == ["1 action", "2 actions"]


def test_every_recipient_is_called_something() -> None:
    assert RECIPIENTS.keys() == set(Recipient)
    assert called(Recipient.LEAD) == "whoever leads it"


@pytest.mark.parametrize("words", ["RO3", "role-3", "role 3", "Role 3"])
def test_a_named_role_is_called_by_its_title_where_it_is_known(words: str) -> None:
    known = called(NamedRole(words), office_holders())

    assert known == "whoever holds the role of Role 3"
    assert called(NamedRole("Head of law")) == "whoever holds the role of Head of law"


@pytest.mark.parametrize(
    ("words", "most", "shown"),
    [
        ("short", 10, "short"),
        ("one\n  two", 10, "one two"),
        ("one two three", 9, "one two…"),
        ("one, two", 6, "one…"),
        ("x" * 20, 10, "x" * 10 + "…"),
    ],
)
def test_long_words_are_cut_between_words(words: str, most: int, shown: str) -> None:
    assert shortened(words, most) == shown
