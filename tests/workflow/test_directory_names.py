from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.directory_names import folded, tidy_email, tidy_name
from workflow.refusals import Incomplete


@pytest.mark.parametrize(
    "name",
    [
        "A. Person\r\nBcc: everybody@example.org",
        "A. Person\nB. Person",
        "A.\x00Person",
        "A. Person <a.person@example.org>",
        "A. Person\u2028next line",
        "A. \u202enosreP",
    ],
)
def test_a_name_that_could_harm_an_email_is_refused(name: str) -> None:
    with pytest.raises(Incomplete, match="one line") as caught:
        tidy_name("name", name)
    assert caught.value.field == "name"


@pytest.mark.parametrize("name", ["Zoë O’Name-Other", "José Ñame", "李 Name", "Dr A. Person (she)"])
def test_a_name_of_any_country_is_kept(name: str) -> None:
    assert tidy_name("name", name) == name


@given(st.text())
def test_a_name_that_is_accepted_stands_on_one_line(words: str) -> None:
    try:
        name = tidy_name("name", words)
    except Incomplete:
        return
    assert len(name.splitlines()) <= 1
    assert not set(name) & set("<>\x00\r\n")


def test_spaces_within_a_name_become_single() -> None:
    assert tidy_name("name", "A.   Person") == "A. Person"


@pytest.mark.parametrize(
    "address",
    [
        "not an address",
        "a.person@",
        "a.person@example.org\r\nBcc: b.person@example.org",
        "<a.person@example.org>",
        "A. Person <a.person@example.org>",
        "a.person@example.org, b.person@example.org",
        "a\x00person@example.org",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(Incomplete, match="not an email address") as caught:
        tidy_email("email", address)
    assert caught.value.field == "email"


def test_an_address_is_kept_in_its_usual_form() -> None:
    assert tidy_email("email", " A.Person@EXAMPLE.org ") == "A.Person@example.org"


@pytest.mark.parametrize(
    "spelling",
    ["business manager", "Business  Manager", "BUSINESS MANAGER", "BusinessManager"],
)
def test_case_and_spaces_do_not_count_when_spellings_are_compared(spelling: str) -> None:
    assert folded(spelling) == folded("Business Manager")


def test_other_words_are_another_spelling() -> None:
    assert folded("Business Manager") != folded("The Business Manager")
