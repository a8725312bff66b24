"""What a worker has claimed and not begun: it is nobody else's, and leaves no trace if put back."""

from __future__ import annotations

import datetime as dt

import pytest

from events.directory import HolderAppointed, PersonRegistered, RoleCreated
from notifications.mailer import OutcomeUnknown
from notifications.outbox import LEASE, Outbox
from notifications.outcomes import Outcome
from notifications.reminding import remind
from notifications.retrying import RESEND_AFTER
from notifications.rules import DEFAULT_RULES
from notifications.stock import BATCHES, FRESH, Stock
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import LONG_AGO, House, add_action

DAY = dt.date(2024, 12, 2)
EMAILS = 10


@pytest.fixture
def ten(house: House) -> House:
    """Settle an email to each of ten leads."""
    for number in range(101, 101 + EMAILS):
        person, role = f"person-{number}", f"role-{number}"
        house.tell(person, PersonRegistered(name="Lead", email=f"p{number}@example.org"))
        appointed = HolderAppointed(person=person, from_on=LONG_AGO)
        house.tell(role, RoleCreated(title="Lead"), appointed)
        add_action(house, number, "November 2024", lead_roles=(role,))
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    return house


def stock_of(house: House) -> Stock:
    return Stock(Outbox(house.log), DAY, house.clock)


def states(house: House) -> dict[str, int]:
    return dict(house.log.query("SELECT state, count(*) FROM outbox GROUP BY state"))


def rows(house: House) -> list[object]:
    return [*house.log.query("SELECT * FROM outbox ORDER BY email")]


def test_a_few_batches_are_claimed_at_once_and_handed_out_one_after_the_other(ten: House) -> None:
    stock = stock_of(ten)

    first = stock.take(2)
    assert states(ten) == {"claimed": 2 * BATCHES, "planned": EMAILS - 2 * BATCHES}
    taken = [first, *(stock.take(2) for _ in range(4))]

    assert [len(some) for some in taken] == [2] * 5
    assert len({claim.email for some in taken for claim in some}) == EMAILS
    assert {len({claim.token for claim in some}) for some in taken} == {1}
    assert stock.take(2) == []


def test_with_one_lane_emails_are_claimed_one_by_one(ten: House) -> None:
    assert len(stock_of(ten).take(1)) == 1
    assert states(ten) == {"claimed": 1, "planned": EMAILS - 1}


def test_what_was_claimed_long_ago_is_claimed_anew(ten: House) -> None:
    stock = stock_of(ten)
    (before,) = {claim.token for claim in stock.take(2)}
    ten.clock.now += FRESH

    after = stock.take(2)

    assert {claim.token for claim in after} != {before}
    held = ten.log.query("SELECT count(*) FROM outbox WHERE token = ?", (before,))
    assert held == [(2,)]
    lease = ten.log.query("SELECT DISTINCT lease_until FROM outbox WHERE token = ?",
                          (after[0].token,))  # fmt: skip
    assert dt.datetime.fromisoformat(lease[0][0]) == ten.clock.now + LEASE


def test_what_is_put_back_stands_as_if_nobody_had_claimed_it(ten: House) -> None:
    before = rows(ten)
    outbox = Outbox(ten.log)

    outbox.put_back(outbox.claim(ten.clock(), DAY, 4))

    assert rows(ten) == before


def test_an_uncertain_email_that_is_put_back_keeps_its_bytes_for_the_one_resend(
    house: House,
) -> None:
    add_action(house, 1, "November 2024")
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    letterbox = Letterbox()
    letterbox.after_taking.append(OutcomeUnknown("Connection lost"))
    worker(house, letterbox).deliver(DAY)
    house.clock.now += RESEND_AFTER
    outbox = Outbox(house.log)
    ((*before,),) = house.log.query("SELECT state, message, recipient, attempts FROM outbox")

    outbox.put_back(outbox.claim(house.clock(), DAY, 4))

    ((*after,),) = house.log.query("SELECT state, message, recipient, attempts FROM outbox")
    assert after == before
    assert worker(house, letterbox).deliver(DAY) == {Outcome.SENT: 1}
    assert letterbox.taken[0][1] == letterbox.taken[1][1]


def test_what_somebody_else_took_over_meanwhile_is_not_put_back(ten: House) -> None:
    outbox = Outbox(ten.log)
    mine = outbox.claim(ten.clock(), DAY, 4)
    ten.clock.now += LEASE * 2
    theirs = outbox.claim(ten.clock(), DAY, EMAILS)

    outbox.put_back(mine)

    assert len(theirs) == EMAILS
    assert states(ten) == {"claimed": EMAILS}
