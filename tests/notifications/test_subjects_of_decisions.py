from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import (
    ActionCancelled,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
)
from events.catalogue import Event
from notifications.audiences import Audiences
from notifications.directory import Directory
from notifications.rules import Occasion, Recipient
from notifications.subject import Subject
from tests.notifications.gathering import TODAY, subjects
from tests.notifications.records import (
    CHAIR,
    CHAIR_ROLE,
    EXECUTIVE,
    LEAD,
    LEAD_ROLE,
    MANAGER,
    House,
    add_action,
    new_record,
    target,
)

ASKED_ON = dt.date(2024, 12, 2)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def ask(house: House, number: int = 1, *, by: str = LEAD) -> None:
    asked = ActionExtensionRequested(
        extension=number, target=target("March 2025"), reason="Snow.", progress="Half."
    )
    house.tell("action-1", asked, actor=by)


def waiting(house: House) -> Subject | None:
    """Return the request of the action that waits for a decision, or None."""
    found = [one for one in subjects(house, "action-1") if one.occasion is Occasion.DECISION]
    assert len(found) <= 1
    return found[0] if found else None


def deciders(house: House) -> list[str]:
    subject = waiting(house)
    assert subject is not None
    audiences = Audiences(Directory.of(house.view), TODAY)
    return [one.person for one in audiences.told(subject.audience, Recipient.DECIDER)]


def test_a_request_waits_from_the_day_it_was_made_beside_the_target_date(house: House) -> None:
    add_action(house, 1, "December 2024")
    assert waiting(house) is None

    ask(house)

    subject = waiting(house)
    assert subject is not None
    assert subject.target_on == ASKED_ON
    assert Occasion.TARGET in {one.occasion for one in subjects(house, "action-1")}


@pytest.mark.parametrize(
    "answer",
    [
        ActionExtensionApproved(extension=1, note=None),
        ActionExtensionDeclined(extension=1, reason="No."),
        ActionExtensionWithdrawn(extension=1),
        ActionCancelled(reason="Not needed."),
    ],
)
def test_a_request_that_was_settled_waits_no_more(house: House, answer: Event) -> None:
    add_action(house, 1, "December 2024")
    ask(house)
    house.tell("action-1", answer, actor=CHAIR)

    assert waiting(house) is None


def test_the_chair_decides_and_from_the_third_time_on_the_executive(house: House) -> None:
    add_action(house, 1, "December 2024")
    for number in (1, 2):
        ask(house, number)
        assert deciders(house) == [CHAIR]
        house.tell("action-1", ActionExtensionApproved(extension=number, note=None), actor=CHAIR)
    ask(house, 3)

    assert deciders(house) == [EXECUTIVE]


def test_whoever_asked_or_leads_the_item_is_not_asked_to_decide(house: House) -> None:
    add_action(house, 1, "December 2024")
    ask(house, by=CHAIR)
    assert deciders(house) == [MANAGER]

    add_action(house, 2, "December 2024", lead_roles=(LEAD_ROLE, CHAIR_ROLE))
    asked = ActionExtensionRequested(
        extension=1, target=target("March 2025"), reason="Snow.", progress="Half."
    )
    house.tell("action-2", asked, actor=LEAD)
    subject = subjects(house, "action-2")[-1]
    audiences = Audiences(Directory.of(house.view), TODAY)

    told = audiences.told(subject.audience, Recipient.DECIDER)

    assert [one.person for one in told] == [MANAGER]
