from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.smart import Advice, AdviceCode, advise

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
DUE = dt.date(2025, 12, 31)


def codes(text: str) -> list[str]:
    """Give the advice on the words alone: lead, date and measure are in order."""
    return [advice.code.value for advice in advise(text, 1, DUE, "Nine files in ten show it")]


def test_an_action_with_a_lead_a_date_a_measure_and_a_clear_verb_needs_no_advice() -> None:
    assert advise("Publish the threshold document", 1, DUE, "It is on the website") == ()


def test_what_is_missing_is_named_in_order() -> None:
    found = advise("Publish the threshold document", 0, None, None)
    assert [advice.code for advice in found] == [
        AdviceCode.NO_LEAD,
        AdviceCode.NO_DATE,
        AdviceCode.NO_MEASURE,
    ]


def test_a_measure_of_blanks_is_none() -> None:
    assert [advice.code for advice in advise("Publish it", 1, DUE, "  ")] == [AdviceCode.NO_MEASURE]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Consider a new form for referrals", "Consider"),
        ("Promote the toolkit in schools", "Promote"),
        ("The partnership to ensure that minutes are kept", "Ensure"),
        ("Health agencies should  explore\na shared record", "Explore"),
        ("All agencies must continue the checks", "Continue"),
        ("Partners will raise awareness of the pathway", "Raise awareness"),
        ("The subgroup to further develop its dashboard", "Further develop"),
        ("Review and promote the screening form", "Promote"),
    ],
)
def test_a_vague_verb_is_named_with_a_question(text: str, verb: str) -> None:
    found = [a for a in advise(text, 1, DUE, "x") if a.code is AdviceCode.VAGUE_VERB]
    assert len(found) == 1
    assert found[0].message.startswith(f'"{verb}" has no end')
    assert found[0].message.endswith("?")


@pytest.mark.parametrize(
    "text",
    [
        "Write a procedure to ensure that minutes are kept",
        "The partnership to publish a leaflet-free procedure to promote early help",
        "Audit twenty files to understand what delays referrals",
        "Appoint a support worker",
        "Consideration of thresholds: revise the form",
    ],
)
def test_a_vague_verb_that_only_says_what_for_is_let_be(text: str) -> None:
    assert "vague_verb" not in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Deliver neglect training",
        "Put an article into the newsletter",
        "Hold three webinars",
        "Agencies to be trained in the toolkit",
        "Undertake awareness raising",
    ],
)
def test_telling_people_alone_is_pointed_out(text: str) -> None:
    assert "telling_only" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Deliver neglect training and audit its use in files",
        "Change the supervision template after the briefings",
        "Publish a training strategy",
    ],
)
def test_telling_with_something_that_changes_practice_is_let_be(text: str) -> None:
    assert "telling_only" not in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Share the findings with all schools and implement the learning in supervision",
        "Write the procedure, then publish it",
        "Write the procedure; check that it is used",
        "The chair to collect the returns and to report the results",
        "Collate the data, and review how it is used",
    ],
)
def test_several_actions_in_one_are_pointed_out(text: str) -> None:
    assert "several_actions" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Review and update the neglect procedure",
        "Publish information and support for parents and carers",
        "Create a form for children and young people",
        "Agree terms between health, education and police",
        "Write a plan and report",
        "Collect the returns from all schools to report the results",
    ],
)
def test_one_action_with_an_and_in_it_is_let_be(text: str) -> None:
    assert "several_actions" not in codes(text)


def test_a_text_of_many_thousand_words_is_read_at_once() -> None:
    assert codes("neglect and training " * 2000) == ["telling_only"]


@given(st.text(), st.integers(0, 3), st.none() | st.dates(), st.none() | st.text())
def test_any_text_gets_each_piece_of_advice_at_most_once(
    text: str, leads: int, due: dt.date | None, measure: str | None
) -> None:
    found: tuple[Advice, ...] = advise(text, leads, due, measure)
    assert len({advice.code for advice in found}) == len(found)
    assert all(advice.message.endswith((".", "?")) for advice in found)


@pytest.mark.skipif(not SOURCES.exists(), reason="the real documents are not beside the project")
def test_the_advice_on_the_real_plan_is_neither_silent_nor_on_every_row() -> None:
    text = (SOURCES / "scrutiny-board-pack-2025-01.txt").read_text(encoding="utf-8")
    actions = re.findall(
        r"^([^\t\n]+)\t(?:June|July|September|December|March) 202[45]\t", text, re.MULTILINE
    )
    assert len(actions) == 28
    found = [set(codes(action)) for action in actions]
    assert sum("vague_verb" in each for each in found) == 10
    assert sum("telling_only" in each for each in found) == 7
    assert sum("several_actions" in each for each in found) == 2
    assert sum(not each for each in found) == 13
