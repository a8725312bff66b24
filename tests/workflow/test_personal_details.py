from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.personal_details import Detail, details_in, is_nhs_number, personal_details

VALID = "9434765919"
"""A number for training, as printed in the NHS's own documents on the check digit."""


def with_check_digit(nine: str) -> str | None:
    """Compute the number from the published steps, one by one; None where there is none."""
    total = 0
    for place, digit in enumerate(nine):
        total += int(digit) * (10 - place)
    check = 11 - total % 11
    if check == 11:
        return nine + "0"
    return None if check == 10 else nine + str(check)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_check_digit_alone_makes_an_nhs_number(nine: str) -> None:
    whole = with_check_digit(nine)
    fitting = [digit for digit in "0123456789" if is_nhs_number(nine + digit)]
    same = whole is not None and len(set(whole)) == 1
    assert fitting == ([] if whole is None or same else [whole[-1]])


@pytest.mark.parametrize("words", ["12345", "943476591", "94347659190", "94347 6591", "943476591x"])
def test_other_lengths_and_letters_are_no_nhs_number(words: str) -> None:
    assert not is_nhs_number(words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"NHS no {VALID}.", (Detail.NHS_NUMBER,)),
        ("See 943 476 5919 for the plan.", (Detail.NHS_NUMBER,)),
        ("See 943-476-5919.", (Detail.NHS_NUMBER,)),
        ("DOB 3/4/2012", (Detail.DATE_OF_BIRTH,)),
        ("d.o.b.: 03.04.12, seen at home", (Detail.DATE_OF_BIRTH,)),
        ("date of birth 2012-04-03", (Detail.DATE_OF_BIRTH,)),
        ("born on 3rd April 2012", (Detail.DATE_OF_BIRTH,)),
        ("Child born 3 May 2019", (Detail.DATE_OF_BIRTH,)),
        ("Seen with UASC born 3.5.2009", (Detail.DATE_OF_BIRTH,)),
        ("Zeb Quill DOB unknown", (Detail.NAME_BESIDE_BIRTH,)),
        ("Zeb Ann O'Quill (dob 3/4/12)", (Detail.DATE_OF_BIRTH, Detail.NAME_BESIDE_BIRTH)),
        (
            f"Zeb Quill, born 3/4/2012, {VALID}",
            (Detail.NHS_NUMBER, Detail.DATE_OF_BIRTH, Detail.NAME_BESIDE_BIRTH),
        ),
    ],
)
def test_details_of_a_child_are_noticed(text: str, found: tuple[Detail, ...]) -> None:
    assert personal_details(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "943.476.5919",
        "943  476\u00a05919",
        f"ref/{VALID}",
        f"{VALID}/2",
        "DOB is 12/03/2015",
        "DOB 12th of March 2015",
        "born on the 12th of March 2015",
        "DoB March 12, 2015",
        "DOB 12032015",
        "12/03/2015 (DOB)",
        "Birth date: 2015/03/12",
        "DOB: Zeb Quill seen at home",
        "DOB 12/03/2015 Zeb Quill",
        "ZEB QUILL DOB",
        "Siân Quill dob",
        "Zoë Müller, DOB",
        "Ann McQuill DOB",
        "Zeb Quill's DOB",
        "Mary-Jane A. Quill (DOB)",
        "April Al-Quill date of birth",
    ],
)
def test_details_are_noticed_however_they_are_written(text: str) -> None:
    assert personal_details(text)


def test_details_are_found_in_each_field_and_in_lists() -> None:
    fields = {"note": "Nothing here", "aliases": ("One", f"NHS {VALID}"), "number": 9434765919}
    assert details_in(fields) == {"aliases": (Detail.NHS_NUMBER,)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Example Council born again",
        "The Neglect Strategy born on 1 May 2024",
        "The Serious Case DOB field was blank",
        "Child A. DOB not known",
        "A. Quill DOB not known",
        "Zeb met A Quill DOB not known",
        "The Multi-Agency Panel DOB column",
        "ISBN 1234567881, and ISBN-10: 0-306-40615-2",
        "Date of birth recorded in 12 of 30 cases",
        "DOB: please check",
        "Lessons from Audit. Born on time",
        "Trained 28 schools by 31.12.2024; 3 to go.",
        "Ring 020 7946 0018 or 01632 960961 about it.",
        "Reference 9434765918 of the old system.",
        "The Lead for Practice met the Head of Learning on 3/4/2024.",
        "A programme born of need in 2012.",
        "Babies born in hospital are seen within 5 days.",
        "Budget 1234567890 pounds, 2024-2026",
    ],
)
def test_what_an_officer_writes_on_any_day_is_left_alone(text: str) -> None:
    assert personal_details(text) == ()


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert set(personal_details(text)) <= set(Detail)
