from __future__ import annotations

import datetime as dt

import pytest

from events.catalogue import ERASED
from events.email import EmailFailed, EmailPlanned, EmailSent, ReminderItem
from events.erasing import Erasable, Warrant, erasures
from events.record import RECORD_STREAM
from notifications.last_look import Found, LastLook
from notifications.looking import DirectoryInMind
from notifications.outbox import Outbox
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES
from projections.rebuild import rebuild
from tests.notifications.letterboxes import SENDING
from tests.notifications.records import LEAD, MANAGER, MORNING, House, add_action

TODAY = MORNING.date()
ITEM = ReminderItem(item="action-9", target_on=dt.date(2024, 12, 31), rule="before-20", role=None)


def email_to_the_lead(name: str) -> EmailPlanned:
    message_id = f"<{name}@example.org>"
    return EmailPlanned(person=LEAD, send_on=TODAY, items=(ITEM,), message_id=message_id)


@pytest.mark.parametrize("of_address", [True, False])
def test_that_an_email_was_taken_matters_to_what_speaks_of_that_address_alone(
    house: House, *, of_address: bool
) -> None:
    if of_address:
        house.tell("email-1", email_to_the_lead("a"), EmailFailed(reply="550 No such mailbox"))
    else:
        add_action(house, 1, "6 November 2024")
        house.tell("email-1", email_to_the_lead("a"))
    remind(house.ledger, DEFAULT_RULES, TODAY, domain="example.org")
    claims = Outbox(house.log).claim(house.clock(), TODAY, at_most=10)
    about = [claim for claim in claims if claim.person == MANAGER]
    last_look = LastLook(house.ledger, SENDING, house.clock)
    (seen,) = last_look.look_at(about, TODAY)
    assert isinstance(seen, Found)
    assert len(seen.looked.due) == 1
    assert not last_look.has_anything_changed()

    later = f"email-{len(claims) + 2}"
    house.tell(later, email_to_the_lead("b"), EmailSent(sent_to="person1@example.org"))

    assert last_look.has_anything_changed() is of_address


def test_a_name_that_was_erased_is_not_kept_in_mind(house: House) -> None:
    mind, ledger = DirectoryInMind(), house.ledger
    with house.log.snapshot() as reader:
        assert mind.as_of(reader).people[LEAD].name != ERASED
    (registered, *_) = house.log.read_stream(LEAD)
    wanted = [Erasable(registered.position, ("name",))]
    with ledger.transaction(actor=MANAGER) as transaction:
        writing = transaction.writing
        told, taken = erasures(writing, wanted, Warrant("Request 17", "They asked"))
        transaction.append(RECORD_STREAM, writing.version_of(RECORD_STREAM), told)
        for change in taken:
            writing.also(change)
    rebuild(house.log, ledger.fold)
    with house.log.snapshot() as reader:
        assert mind.as_of(reader).people[LEAD].name == ERASED
