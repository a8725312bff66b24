from __future__ import annotations

import datetime as dt

import pytest

from notifications.letter_answers import foot, how_to_answer
from notifications.letter_item import Answer, LetterItem, UpdateLink
from tests.notifications.letter_samples import ITEM, changed

LINK = "https://record.example.org/action-12"


def said_of(*items: LetterItem, keeps: bool = False, manager: bool = True) -> str:
    return " ".join(how_to_answer(items, keeps_the_record=keeps, to_the_manager=manager))


def asking(*answers: Answer) -> list[LetterItem]:
    return [changed(answer=answer) for answer in answers]


def test_who_leads_something_can_ask_for_more_time() -> None:
    assert said_of(ITEM) == (
        "Please reply to this email with the reference and a sentence or two: what was done, what"
        " stands in the way, or how much more time you need and why."
        " Your reply goes to the business manager, who will enter it for you. Thank you."
    )


@pytest.mark.parametrize("answer", sorted({*Answer} - {Answer.WORK}))
def test_nobody_else_is_asked_how_much_more_time_they_need(answer: Answer) -> None:
    assert "more time you need" not in said_of(*asking(answer))


def test_a_clock_asks_for_the_day_on_which_it_was_done() -> None:
    assert said_of(*asking(Answer.CLOCK)).startswith(
        "Please reply to this email with the reference and a sentence or two: on which day it was"
        " done, or why it no longer applies."
    )


def test_whoever_decides_says_yes_or_no_and_why() -> None:
    assert "whether you approve it or decline it, and why." in said_of(*asking(Answer.DECISION))


def test_several_kinds_of_things_are_answered_each_in_its_way() -> None:
    assert said_of(*asking(Answer.CLOCK, Answer.WORK, Answer.WORK), manager=False) == (
        "Please reply to this email with the reference and a sentence or two."
        " Of what you lead, say what was done, what stands in the way, or how much more time you"
        " need and why."
        " Of a clock that runs, say on which day it was done, or why it no longer applies."
        " Thank you."
    )


def test_who_leads_nothing_in_it_is_asked_for_nothing() -> None:
    assert said_of(*asking(Answer.NOTHING)).startswith(
        "Others lead what is above, so nothing is asked of you."
    )
    assert "Thank you" not in said_of(*asking(Answer.NOTHING))


def test_whoever_is_asked_for_something_is_asked_and_thanked_once() -> None:
    said = said_of(*asking(*Answer))

    assert said.casefold().count("please") == said.count("Thank you.") == 1
    assert said.endswith("Thank you.")


def test_beside_what_one_leads_nothing_is_asked_of_the_rest() -> None:
    said = said_of(*asking(Answer.WORK, Answer.NOTHING))

    assert "what was done, what stands in the way" in said
    assert "Of what others lead or decide nothing is asked of you" in said


def test_where_there_are_pages_one_may_answer_there() -> None:
    assert said_of(changed(link=LINK)).startswith(
        "Please open the page of each item above, or reply to this email with its reference: what"
        " was done"
    )
    report = UpdateLink("https://record.example.org/update/x7Kq", dt.date(2024, 12, 5))
    assert said_of(changed(link=LINK, update_link=report)).startswith(
        "Please use the links of each item above, or reply to this email with its reference: what"
    )
    assert "open the page" not in said_of(ITEM)


def test_a_digest_alone_asks_for_nothing() -> None:
    assert said_of().startswith("No deadline of yours is in this email.")


def test_answers_that_come_to_oneself_are_to_be_entered() -> None:
    assert said_of(ITEM, keeps=True) == (
        "Answers come to you, so please enter in the record yourself what was done, what stands in"
        " the way, or what was decided. Thank you."
    )


def test_what_cannot_be_switched_off_says_so_and_a_digest_does_not() -> None:
    assert foot([ITEM], keeps_the_record=False).endswith("say so in a reply.")
    assert foot([ITEM], keeps_the_record=True).endswith("hand it over in the record.")
    assert foot([], keeps_the_record=False) == ""
