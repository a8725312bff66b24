from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from events.action import ActionProgressNoted, TargetDateMoved
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from tests.notifications.letter_samples import DAY, part, read
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import (
    CO_LEAD_ROLE,
    LEAD_ROLE,
    House,
    add_action,
    new_record,
    target,
)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def delivered(house: House) -> EmailMessage:
    """Return the one email that leaves on the day, as a mail program reads it."""
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    letterbox = Letterbox()
    worker(house, letterbox).deliver(DAY)
    return read(letterbox.taken[0][1])


def test_an_email_tells_everything_that_a_lead_needs(house: House) -> None:
    add_action(house, 1, "September 2024", lead_roles=(LEAD_ROLE, CO_LEAD_ROLE))
    house.tell(
        "action-1",
        TargetDateMoved(target=target("November 2024"), reason="More schools."),
        ActionProgressNoted(note="Half of the schools have it."),
    )
    add_action(house, 2, "December 2024")

    message = delivered(house)

    assert message["Subject"] == "1 action overdue, 1 due by 31 December: Example Partnership"
    assert message["To"] == "Person 1 <person1@example.org>"
    assert message["From"] == "Example Partnership <remind@example.org>"
    assert message["Reply-To"] == "person4@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["References"] == "<action-1@example.org> <action-2@example.org>"
    assert re.fullmatch(r"<gt-[0-9a-f]{32}@example\.org>", message["Message-ID"])
    for kind in ("plain", "html"):
        text = " ".join(re.sub(r"<[^>]+>", "", part(message, kind)).split())
        for words in (
            "A1: overdue by 1 working day",
            "Share the pathway with every school",
            "From: Plan for 2024, priority 1: Everybody knows the pathway",
            "Target date: November 2024 (due 30 November 2024)",
            "First date: September 2024 (due 30 September 2024); moved once, 61 days later in all",
            "Your role: Lead for practice",
            "Led with: Lead for training",
            "Last update: 2 December 2024: Half of the schools have it.",
            "Still needed: Start the work and say so",
            "you and the chair of the subgroup are told on 6 December 2024",
            "After that the business manager is told on 20 December 2024.",
            "You get this because you hold the role of Lead for practice, which leads it",
            "Please reply to this email",
        ):
            assert words in text
        assert text.upper().index("OVERDUE") < text.upper().index("UPCOMING")
        assert re.search(r"Record [0-9]+ · ([0-9a-f]{4} ?){4}", text)


def test_a_subject_holds_nothing_sensitive(house: House) -> None:
    add_action(house, 1, "December 2024", text="See the child A. N. at home")

    assert delivered(house)["Subject"] == "1 action due by 31 December: Example Partnership"
