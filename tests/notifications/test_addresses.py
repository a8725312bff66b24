from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.addresses import one_line, usable_address


@given(st.text())
def test_words_for_a_header_are_one_plain_line(words: str) -> None:
    line = one_line(words)

    assert len(line.splitlines()) <= 1
    assert line.isprintable() or not line
    assert not {"<", ">"} & set(line)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "nobody",
        "a@b@example.org",
        "lead@example.org\nBcc: x@example.org",
        "lead@example.org>",
        "lead @example.org",
        "léad@example.org",
    ],
)
def test_what_cannot_be_written_to_is_no_address(address: str | None) -> None:
    assert usable_address(address) is None


def test_an_address_of_another_script_is_written_to_in_its_plain_form() -> None:
    assert usable_address("lead@exämple.example.org") == "lead@xn--exmple-cua.example.org"
