"""What happens to one email of a batch leaves the others alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from events.action import ActionCompleted, ActionProgressNoted
from events.directory import PersonEmailChanged
from events.email import EmailCancelled, EmailPlanned, EmailSent
from notifications.delivering import Delivery
from notifications.mailer import Begun, Envelope, HandedOver, NotTaken, OutcomeUnknown
from notifications.outbox import LEASE, Outbox
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.retrying import RESEND_AFTER
from notifications.rules import DEFAULT_RULES
from tests.notifications.letterboxes import SENDING
from tests.notifications.records import House, add_action, opened

DAY = dt.date(2024, 12, 2)
LEADS = ("role-1", "role-2", "role-3")


@dataclass
class Wall:
    """Three letterboxes side by side. What `meanwhile` does happens while addresses are named."""

    meanwhile: Callable[[], None] = lambda: None
    answers: dict[str, HandedOver] = field(default_factory=dict)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    room: int = 3
    _envelopes: Sequence[Envelope] = ()

    def begin_all(self, envelopes: Sequence[Envelope]) -> list[Begun]:
        self._envelopes = envelopes
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return [None] * len(envelopes)

    def hand_over_all(
        self, messages: Sequence[bytes | None], meanwhile: Callable[[], None]
    ) -> list[HandedOver]:
        meanwhile()
        found: list[HandedOver] = []
        for envelope, message in zip(self._envelopes, messages, strict=True):
            found.append(self.answers.pop(envelope.recipient, None))
            if message is not None and found[-1] is None:
                self.taken.append((envelope.recipient, message))
        return found

    def close(self) -> None:
        pass


@pytest.fixture
def three(house: House) -> House:
    """Settle an email to each of three leads."""
    for number, role in enumerate(LEADS, start=1):
        add_action(house, number, "November 2024", lead_roles=(role,))
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    return house


def deliver(house: House, wall: Wall) -> Counter[Outcome]:
    return Delivery(house.ledger, wall, SENDING, house.clock).deliver(DAY)


def told(house: House, email: str) -> list[type]:
    return [type(event) for event in house.events_of(email)]


def test_what_ends_while_addresses_are_named_is_not_sent_and_the_others_are(three: House) -> None:
    completed = ActionCompleted(confirmed_by="person-4")
    wall = Wall(lambda: three.tell("action-2", completed))

    assert deliver(three, wall) == {Outcome.SENT: 2, Outcome.CANCELLED: 1}

    assert [to for to, _ in wall.taken] == ["person1@example.org", "person3@example.org"]
    assert told(three, "email-1") == [EmailPlanned, EmailSent]
    assert told(three, "email-2")[-1] is EmailCancelled


def test_what_changes_while_addresses_are_named_is_said_as_it_stands(three: House) -> None:
    note = ActionProgressNoted(note="Every school has it.")
    wall = Wall(lambda: three.tell("action-2", note))

    assert deliver(three, wall) == {Outcome.SENT: 3}

    said = {to: b"Every school has it" in message for to, message in wall.taken}
    assert said == {
        "person1@example.org": False,
        "person2@example.org": True,
        "person3@example.org": False,
    }


def test_an_address_that_changes_is_named_anew(three: House) -> None:
    changed = PersonEmailChanged(email="elsewhere@example.org")
    wall = Wall(lambda: three.tell("person-2", changed))

    assert deliver(three, wall) == {Outcome.SENT: 3, Outcome.PUT_OFF: 1}
    assert [to for to, _ in wall.taken][-1] == "elsewhere@example.org"


def test_a_worker_that_stalls_past_its_lease_sends_nothing_of_its_batch(three: House) -> None:
    quick = Wall()

    def stall() -> None:
        three.clock.now += LEASE * 2
        with opened(three.url, three.clock) as other:
            assert deliver(other, quick) == {Outcome.SENT: 3}

    slow = Wall(stall)

    assert deliver(three, slow) == {Outcome.LOST: 3}
    assert slow.taken == []
    assert len(quick.taken) == 3


def start_data_late(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Let something happen while the note waits that emails are handed over."""
    start_data = Outbox.start_data
    waiting = [meanwhile]

    def late(*given: Any) -> frozenset[str]:  # noqa: ANN401 - as they come
        if waiting:
            waiting.pop()()
        return start_data(*given)

    monkeypatch.setattr(Outbox, "start_data", late)


def test_what_ends_while_the_note_waits_is_not_sent(
    three: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    completed = ActionCompleted(confirmed_by="person-4")
    start_data_late(monkeypatch, lambda: three.tell("action-2", completed))
    wall = Wall()

    assert deliver(three, wall) == {Outcome.SENT: 2, Outcome.CANCELLED: 1}

    assert [to for to, _ in wall.taken] == ["person1@example.org", "person3@example.org"]
    assert told(three, "email-2")[-1] is EmailCancelled


def test_what_partly_ends_while_the_note_waits_is_written_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        add_action(house, number, "November 2024", lead_roles=("role-1",))
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    completed = ActionCompleted(confirmed_by="person-4")
    start_data_late(monkeypatch, lambda: house.tell("action-2", completed))
    wall = Wall()

    assert deliver(house, wall)[Outcome.PUT_OFF] == 1
    assert told(house, "email-1")[-1] is EmailSent

    messages = [message for to, message in wall.taken if to == "person1@example.org"]
    assert [b"A2:" in message for message in messages] == [False]


def test_what_is_only_put_differently_by_then_leaves_as_noted(
    three: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = ActionProgressNoted(note="Every school has it.")
    start_data_late(monkeypatch, lambda: three.tell("action-2", note))
    wall = Wall()

    assert deliver(three, wall) == {Outcome.SENT: 3}
    assert not any(b"Every school has it" in message for _, message in wall.taken)


def test_each_email_has_an_outcome_of_its_own(three: House) -> None:
    wall = Wall(
        answers={
            "person1@example.org": OutcomeUnknown("Connection lost"),
            "person2@example.org": NotTaken("451 not now"),
        }
    )

    assert deliver(three, wall) == {Outcome.UNCERTAIN: 1, Outcome.PUT_OFF: 1, Outcome.SENT: 1}
    three.clock.now += RESEND_AFTER
    assert deliver(three, wall) == {Outcome.SENT: 2}


def test_whatever_breaks_before_anything_left_is_tried_again(three: House) -> None:
    def break_down() -> None:
        message = "out of paper"
        raise RuntimeError(message)

    wall = Wall(break_down)

    assert deliver(three, wall) == {Outcome.PROBLEM: 3}
    three.clock.now += RESEND_AFTER
    assert deliver(three, wall) == {Outcome.SENT: 3}
    assert len(wall.taken) == 3
