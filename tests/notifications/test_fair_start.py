from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email import message_from_bytes, policy

from typing_extensions import override

from events.action import ActionLeadsChanged, ActionSubmitted
from events.directory import HolderStoodDown
from notifications.delivering import Delivery
from notifications.due_unsent import due_unsent
from notifications.fair_start import FAIR_START_DAYS, LONGEST_WAIT_DAYS
from notifications.last_look import Sending
from notifications.mailer import Envelope, NotTaken
from notifications.preview import coming
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES, Recipient, Rule
from notifications.ticking import LONDON
from tests.notifications.letterboxes import HEAD, Letterbox
from tests.notifications.records import (
    CALENDAR,
    CHAIR,
    CHAIR_ROLE,
    CO_LEAD,
    CO_LEAD_ROLE,
    EXECUTIVE,
    LEAD,
    MANAGER,
    PARTNER,
    SCRUTINEER,
    House,
    add_action,
)

MONDAY = dt.date(2024, 12, 2)
ABOVE = {PARTNER, EXECUTIVE, SCRUTINEER}
ADDRESS_OF_THE_LEAD = "person1@example.org"

Told = dict[dt.date, set[str]]


class Refusing(Letterbox):
    """A letterbox that takes nothing for one address."""

    def __init__(self, refusal: NotTaken, address: str = ADDRESS_OF_THE_LEAD) -> None:
        super().__init__()
        self._refusal, self._address = refusal, address

    @override
    def begin(self, envelope: Envelope) -> None:
        if envelope.recipient == self._address:
            raise self._refusal
        super().begin(envelope)


def live(
    house: House,
    days: int,
    letterbox: Letterbox | None = None,
    meanwhile: Callable[[dt.date], None] = lambda _: None,
    rules: tuple[Rule, ...] = DEFAULT_RULES,
) -> Told:
    """Remind and deliver on each working day from Monday on; return who was planned to be told."""
    told: Told = {}
    for day in (MONDAY + dt.timedelta(days=offset) for offset in range(days)):
        if CALENDAR.is_working_day(day):
            house.clock.now = dt.datetime.combine(day, dt.time(8), dt.UTC)
            reminded = remind(house.ledger, rules, day, domain="example.org")
            sending = Sending(rules, HEAD)
            Delivery(house.ledger, letterbox or Letterbox(), sending, house.clock).deliver(day)
            emails = (email for _, email in reminded.emails)
            told[day] = {one.person for one in emails if _speaks_of_the_action(one.items)}
            meanwhile(day)
    return told


def _speaks_of_the_action(items: tuple[object, ...]) -> bool:
    return any(getattr(one, "key", "").startswith("action-1|") for one in items)


def first_day_above(told: Told) -> dt.date:
    return min(day for day, people in told.items() if people & ABOVE)


def test_an_old_plan_is_told_to_its_leads_first_and_to_those_above_a_week_later(
    house: House,
) -> None:
    add_action(house, 1, "January 2024")
    foretold = coming(house.log, DEFAULT_RULES, MONDAY, MONDAY + dt.timedelta(days=13), CALENDAR)

    told = live(house, 14)

    assert told[MONDAY] == {LEAD, CHAIR, MANAGER}
    week_later = CALENDAR.add(MONDAY, FAIR_START_DAYS)
    assert told[week_later] == ABOVE
    assert not any(people & ABOVE for day, people in told.items() if day != week_later)
    shown = {
        report.day: {one.person for one in report.emails if _speaks_of_the_action(one.items)}
        for report in foretold.days
    }
    assert shown == told


def test_an_email_to_the_lead_that_is_on_its_way_counts_as_told_in_a_preview(house: House) -> None:
    add_action(house, 1, "January 2024")
    remind(house.ledger, DEFAULT_RULES, MONDAY, domain="example.org")

    foretold = coming(house.log, DEFAULT_RULES, MONDAY, MONDAY + dt.timedelta(days=13), CALENDAR)

    above = {report.day for report in foretold.days for one in report.emails if one.person in ABOVE}
    assert above == {CALENDAR.add(MONDAY, FAIR_START_DAYS)}


def test_a_lead_whose_address_is_refused_for_good_holds_nobody_up(house: House) -> None:
    add_action(house, 1, "January 2024")

    told = live(house, 14, Refusing(NotTaken("550 No such mailbox", for_good=True)))

    assert first_day_above(told) == CALENDAR.add(MONDAY, FAIR_START_DAYS)


def test_a_lead_whom_no_email_ever_reaches_holds_nobody_up_for_long(house: House) -> None:
    for role, person in ((CHAIR_ROLE, CHAIR), ("role-4", MANAGER)):
        house.tell(role, HolderStoodDown(person=person, last_day_on=dt.date(2024, 11, 30)))
    add_action(house, 1, "January 2024")

    told = live(house, 21, Refusing(NotTaken("451 Try again later")))

    assert first_day_above(told) == CALENDAR.add(MONDAY, LONGEST_WAIT_DAYS)


def test_those_above_wait_for_nobody_where_nobody_leads_and_nobody_stands_in(house: House) -> None:
    for role, person in (("role-1", LEAD), (CHAIR_ROLE, CHAIR), ("role-4", MANAGER)):
        house.tell(role, HolderStoodDown(person=person, last_day_on=dt.date(2024, 11, 30)))
    add_action(house, 1, "January 2024")

    assert live(house, 1)[MONDAY] == ABOVE


def test_a_handover_within_the_week_does_not_begin_it_anew(house: House) -> None:
    add_action(house, 1, "January 2024")

    def hand_over(day: dt.date) -> None:
        if day == MONDAY + dt.timedelta(days=2):
            leads = ActionLeadsChanged(lead_roles=(CO_LEAD_ROLE, "role-1"), reason="Both of them")
            house.tell("action-1", leads)
            house.tell("role-1", HolderStoodDown(person=LEAD, last_day_on=day))

    told = live(house, 14, meanwhile=hand_over)

    assert CO_LEAD in told[MONDAY + dt.timedelta(days=3)]
    assert first_day_above(told) == CALENDAR.add(MONDAY, FAIR_START_DAYS)


def test_other_leads_have_their_week_and_no_more_than_two_in_all(house: House) -> None:
    add_action(house, 1, "January 2024")

    def take_it_elsewhere(day: dt.date) -> None:
        if day == MONDAY + dt.timedelta(days=3):
            changed = ActionLeadsChanged(lead_roles=(CO_LEAD_ROLE,), reason="Better placed")
            house.tell("action-1", changed)

    told = live(house, 21, meanwhile=take_it_elsewhere)

    told_new_lead = next(day for day, people in told.items() if CO_LEAD in people)
    assert first_day_above(told) == CALENDAR.add(told_new_lead, FAIR_START_DAYS)


def test_whoever_stands_in_for_the_executive_is_told_at_once_what_is_their_own(
    house: House,
) -> None:
    for role, person in (("role-6", EXECUTIVE), ("role-7", SCRUTINEER), ("role-5", PARTNER)):
        house.tell(role, HolderStoodDown(person=person, last_day_on=dt.date(2024, 11, 30)))
    add_action(house, 1, "January 2024")

    told = live(house, 14)

    manager_told = [day for day, people in told.items() if MANAGER in people]
    assert manager_told == [MONDAY, CALENDAR.add(MONDAY, FAIR_START_DAYS)]


def test_a_step_that_comes_after_the_start_is_told_on_its_own_day(house: House) -> None:
    add_action(house, 1, "18 October 2024")
    live(house, 1)
    thirty_after = CALENDAR.add(dt.date(2024, 10, 18), 30)
    assert thirty_after < MONDAY

    sixty_after = CALENDAR.add(dt.date(2024, 10, 18), 60)
    house.clock.now = dt.datetime.combine(sixty_after, dt.time(8), dt.UTC)
    reminded = remind(house.ledger, DEFAULT_RULES, sixty_after, domain="example.org")

    assert {EXECUTIVE, SCRUTINEER} <= {email.person for _, email in reminded.emails}


def test_a_claim_after_the_date_is_told_by_its_own_day_however_late_the_work_was(
    house: House,
) -> None:
    add_action(house, 1, "January 2024")
    live(house, 1)
    claimed = ActionSubmitted(what_we_did="All", no_evidence_reason="None needed")
    house.tell("action-1", claimed)

    told = live(house, 28)

    assert _days_of(CHAIR, told) == [CALENDAR.add(MONDAY, 1), CALENDAR.add(MONDAY, 5)]
    assert _days_of(MANAGER, told) == [CALENDAR.add(MONDAY, 15)]
    assert not set().union(*told.values()) & {LEAD, *ABOVE}


def _days_of(person: str, told: Told) -> list[dt.date]:
    return [day for day, people in told.items() if person in people]


def test_rules_that_tell_no_lead_make_nobody_wait(house: House) -> None:
    add_action(house, 1, "January 2024")
    rules = (Rule.on(30, Recipient.EXECUTIVE),)

    assert live(house, 1, rules=rules)[MONDAY] == {EXECUTIVE}


def test_a_rule_for_the_lead_and_the_executive_tells_the_lead_first(house: House) -> None:
    add_action(house, 1, "January 2024")
    rules = (Rule.on(30, Recipient.LEAD, Recipient.EXECUTIVE),)

    told = live(house, 14, rules=rules)

    assert told[MONDAY] == {LEAD}
    assert told[CALENDAR.add(MONDAY, FAIR_START_DAYS)] == {EXECUTIVE}


def test_the_email_to_the_lead_says_when_those_above_are_told(house: House) -> None:
    add_action(house, 1, "January 2024")
    letterbox = Letterbox()

    live(house, 1, letterbox)

    ((_, message),) = [one for one in letterbox.taken if one[0].recipient == ADDRESS_OF_THE_LEAD]
    text = message_from_bytes(message, policy=policy.default).get_body(("plain",))
    assert text is not None
    said = " ".join(text.get_content().split())
    assert (
        "If nothing changes, the delegated partners, the executive and the independent scrutineer"
        " are told on 9 December 2024."
    ) in said


def test_what_waits_for_the_leads_is_not_late(house: House) -> None:
    add_action(house, 1, "January 2024")
    live(house, 1)
    house.clock.goes_on(hours=1)
    sending_at = dt.datetime.combine(MONDAY, dt.time(8, 30), dt.UTC)

    late = due_unsent(house.log, DEFAULT_RULES, sending_at, LONDON, CALENDAR)

    assert late.emails == 0


def test_a_plan_of_the_day_says_who_waits_for_the_leads_and_until_when(house: House) -> None:
    add_action(house, 1, "1.9.2024")
    report = remind(house.ledger, DEFAULT_RULES, MONDAY, domain="example.org").report

    (held_back,) = report.held_back
    assert (held_back.item, set(held_back.people)) == ("action-1", ABOVE)
    assert held_back.until == CALENDAR.add(MONDAY, FAIR_START_DAYS)


def test_nobody_waits_for_what_is_not_late_enough_for_those_above(house: House) -> None:
    add_action(house, 1, "29.11.2024")

    assert remind(house.ledger, DEFAULT_RULES, MONDAY, domain="example.org").report.held_back == ()
