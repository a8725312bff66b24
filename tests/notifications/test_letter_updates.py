from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import (
    ActionBlocked,
    ActionExtensionRequested,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionStarted,
    ActionSubmitted,
    ActionUnblocked,
)
from events.catalogue import Event
from notifications.letter_updates import LONGEST, last_update
from tests.notifications.records import House, add_action, new_record, target

NOTE = ActionProgressNoted(note="Half of the schools have it.")


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        add_action(begun, 1, "December 2024")
        yield begun


def said(house: House) -> str:
    """Return what is told of the action's last update."""
    row = house.view.get("actions", "action-1")
    assert row is not None
    return last_update(row)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], "none yet"),
        ([NOTE], "2 December 2024: Half of the schools have it."),
        ([ActionStarted()], "2 December 2024: work began."),
        ([ActionStarted(), NOTE], "2 December 2024: Half of the schools have it."),
        (
            [ActionStarted(), ActionBlocked(reason="No trainer.")],
            "2 December 2024: blocked. No trainer.",
        ),
        (
            [ActionStarted(), ActionPutOnHold(reason="New law.", review_on=dt.date(2025, 2, 3))],
            "2 December 2024: put on hold. New law.",
        ),
        (
            [ActionSubmitted(what_we_did="Shared it.", no_evidence_reason="Too soon.")],
            "2 December 2024: reported as done. Shared it.",
        ),
        (
            [
                ActionExtensionRequested(
                    extension=1,
                    target=target("March 2025"),
                    reason="New heads.",
                    progress="Half of it is done.",
                )
            ],
            "2 December 2024: more time was asked for. Progress so far: Half of it is done.",
        ),
    ],
)
def test_the_last_update_says_what_it_was_and_when(
    house: House, told: list[Event], words: str
) -> None:
    house.tell("action-1", *told)

    assert said(house) == words


def test_a_note_after_a_change_of_status_is_the_latest_word(house: House) -> None:
    house.tell("action-1", ActionStarted(), ActionBlocked(reason="No trainer."))
    house.clock.goes_on(days=3)
    house.tell("action-1", NOTE)

    assert said(house) == "5 December 2024: Half of the schools have it."


def test_going_on_after_a_block_is_an_update(house: House) -> None:
    house.tell("action-1", ActionStarted(), ActionBlocked(reason="No trainer."))
    house.clock.goes_on(days=3)
    house.tell("action-1", ActionUnblocked())

    assert said(house) == "5 December 2024"


def test_long_words_are_cut_between_two_of_them(house: House) -> None:
    house.tell("action-1", ActionProgressNoted(note="word " * 200))

    shown = said(house).removeprefix("2 December 2024: ")
    assert shown.endswith("word…")
    assert len(shown) <= LONGEST + 1
