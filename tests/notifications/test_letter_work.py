from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.action import (
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionRequested,
    ActionPutOnHold,
    ActionReturned,
    ActionStarted,
    ActionSubmitted,
    ActionSuccessMeasureSet,
    TargetDateMoved,
)
from events.audit import AuditKind, AuditPlanned
from events.directory import CoverArranged
from events.recommendation import (
    RecommendationAccepted,
    RecommendationImpactDue,
    RecommendationImplemented,
    RecommendationProposed,
    RecommendationVerified,
)
from notifications.letter_headline import headline
from notifications.letter_item import Answer, Section
from notifications.rules import Occasion, Recipient
from tests.notifications.records import (
    CHAIR,
    CHAIR_ROLE,
    CO_LEAD,
    CO_LEAD_ROLE,
    LEAD_ROLE,
    MANAGER,
    House,
    add_action,
    new_record,
    target,
)
from tests.notifications.told_items import DAY, facts_of, told_of


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def recommend(house: House, **changes: object) -> None:
    """Propose a recommendation to the lead."""
    fields = {"text": "Share it", "addressed_to": (LEAD_ROLE,), "target": target("December 2024")}
    house.tell("recommendation-1", RecommendationProposed.model_validate(fields | changes))


def ask_for_more_time(house: House, number: int = 1, until: str = "March 2025") -> None:
    """Ask for more time for the first action."""
    asked = ActionExtensionRequested(
        extension=number,
        target=target(until),
        reason="Two schools have new heads.",
        progress="Half of the schools have it.",
    )
    house.tell("action-1", asked)


@pytest.mark.parametrize(
    ("day", "section"),
    [
        (dt.date(2025, 1, 2), Section.OVERDUE),
        (dt.date(2024, 12, 31), Section.SOON),
        (dt.date(2024, 12, 20), Section.SOON),
        (dt.date(2024, 12, 19), Section.UPCOMING),
    ],
)
def test_each_thing_stands_in_the_section_of_its_urgency(
    house: House, day: dt.date, section: Section
) -> None:
    add_action(house, 1, "December 2024")

    assert told_of(house, "action-1", day).section is section


def test_where_an_action_comes_from(house: House) -> None:
    for number, plan, priority in ((1, "plan-1", 1), (2, "plan-1", None), (3, None, None)):
        created = ActionCreated(
            text="Share it",
            lead_roles=(LEAD_ROLE,),
            target=target("December 2024"),
            plan=plan,
            priority=priority,
            answers=() if plan else ("recommendation-7", "recommendation-8"),
        )
        recommended = RecommendationProposed(text="Share it")
        if plan is None:
            house.tell("recommendation-7", recommended)
            house.tell("recommendation-8", recommended)
        house.tell(f"action-{number}", created)

    assert [facts_of(told_of(house, f"action-{number}"))["From"] for number in (1, 2, 3)] == [
        "Plan for 2024, priority 1: Everybody knows the pathway",
        "Plan for 2024",
        "in answer to R7, R8",
    ]


def test_where_a_recommendation_comes_from(house: House) -> None:
    house.tell("audit-1", AuditPlanned(kind=AuditKind.AUDIT, title="Neglect"))
    recommend(house, audit="audit-1")

    assert facts_of(told_of(house, "recommendation-1"))["From"] == "AU1, Neglect"


def test_a_recommendation_from_outside_names_its_source(house: House) -> None:
    recommend(house, source="A national review")

    assert facts_of(told_of(house, "recommendation-1"))["From"] == "A national review"


def test_dates_are_told_as_written_beside_what_they_mean(house: House) -> None:
    add_action(house, 1, "Q3 2024/25")
    add_action(house, 2, "ongoing")
    add_action(house, 3, "December 2024")
    on_hold = ActionPutOnHold(reason="New guidance.", review_on=dt.date(2025, 2, 3))
    house.tell("action-3", ActionStarted(), on_hold)

    told = [told_of(house, f"action-{number}") for number in (1, 2, 3)]
    assert [facts_of(one)["Target date"] for one in told] == [
        "Q3 2024/25 (due 31 December 2024)",
        "ongoing (reviewed every 60 working days), next on 27 February 2025",
        "December 2024 (due 31 December 2024); on hold, to be looked at again on 3 February 2025",
    ]


def test_of_what_goes_on_or_rests_the_review_is_late_and_not_the_work(house: House) -> None:
    add_action(house, 1, "ongoing")
    add_action(house, 2, "December 2025")
    on_hold = ActionPutOnHold(reason="New guidance.", review_on=dt.date(2025, 2, 27))
    house.tell("action-2", ActionStarted(), on_hold)

    ongoing, resting = (
        told_of(house, f"action-{number}", dt.date(2025, 2, 28), occasion=Occasion.REVIEW)
        for number in (1, 2)
    )
    assert ongoing.standing == resting.standing == "review overdue by 1 working day"
    assert facts_of(ongoing)["Target date"] == (
        "ongoing (reviewed every 60 working days); was to be looked at on 27 February 2025"
    )
    assert facts_of(resting)["Target date"].endswith(
        "; on hold, was to be looked at again on 27 February 2025"
    )


def test_an_impact_date_says_what_it_is(house: House) -> None:
    recommend(house)
    house.tell(
        "recommendation-1",
        RecommendationAccepted(),
        RecommendationImplemented(what_we_did="Shared.", no_evidence_reason="Too soon."),
        RecommendationVerified(verified_by=CHAIR),
        RecommendationImpactDue(target=target("June 2025")),
    )

    said = facts_of(told_of(house, "recommendation-1"))
    assert said["Impact to be shown by"] == "June 2025 (due 30 June 2025)"
    assert "Target date" not in said


@pytest.mark.parametrize(
    ("first", "moves", "said"),
    [
        ("December 2024", [], None),
        (
            "December 2024",
            ["30 November 2024"],
            "December 2024 (due 31 December 2024); moved once, 31 days earlier in all",
        ),
        (
            "December 2024",
            ["January 2025", "December 2024"],
            "December 2024 (due 31 December 2024); moved twice",
        ),
        (
            "30.12.2024",
            ["January 2025", "February 2025", "31.12.2024"],
            "30.12.2024 (due 30 December 2024); moved 3 times, 1 day later in all",
        ),
        (
            "ongoing",
            ["December 2024"],
            "ongoing (reviewed every 60 working days); moved once",
        ),
    ],
)
def test_how_far_a_date_slipped_stands_beside_it(
    house: House, first: str, moves: list[str], said: str | None
) -> None:
    add_action(house, 1, first)
    for written in moves:
        house.tell("action-1", TargetDateMoved(target=target(written), reason="Because."))

    assert facts_of(told_of(house, "action-1")).get("First date") == said


def test_a_request_that_waits_is_told_to_the_lead_with_the_date_that_still_stands(
    house: House,
) -> None:
    add_action(house, 1, "December 2024")
    ask_for_more_time(house)

    assert facts_of(told_of(house, "action-1", occasion=Occasion.TARGET))["More time"] == (
        "asked for on 2 December 2024, until March 2025 (due 31 March 2025);"
        " nobody has decided yet, so the date stands"
    )


def test_who_decides_is_told_who_asked_for_what_and_why(house: House) -> None:
    add_action(house, 1, "December 2024")
    ask_for_more_time(house)
    told = told_of(
        house,
        "action-1",
        dt.date(2024, 12, 4),
        occasion=Occasion.DECISION,
        recipient=Recipient.DECIDER,
        rule="decision-after-2",
    )

    assert (told.section, told.kind) == (Section.DECISION, "decision")
    assert told.standing == "a request for more time waits for your decision"
    said = facts_of(told)
    assert said["Asked for"] == "March 2025 (due 31 March 2025)"
    assert said["Asked by"] == "Person 1 on 2 December 2024"
    assert said["Reason"] == "Two schools have new heads."
    assert said["Progress so far"] == "Half of the schools have it."
    assert said["Target date"] == "December 2024 (due 31 December 2024)"
    assert said["Still needed"].startswith("Approve more time or decline it, and say why.")
    assert said["What happens next"] == (
        "If nothing changes, you are told again on 9 December 2024."
        " After that the business manager is told on 16 December 2024."
    )
    assert told.why == (
        "you hold the role of Chair of practice, which can decide on more time for it"
    )


def test_who_decides_is_told_how_often_more_time_was_given(house: House) -> None:
    add_action(house, 1, "December 2024")
    for number, until in ((1, "March 2025"), (2, "April 2025")):
        ask_for_more_time(house, number, until)
        house.tell("action-1", ActionExtensionApproved(extension=number), actor=CHAIR)
    ask_for_more_time(house, 3, "May 2025")
    told = told_of(house, "action-1", occasion=Occasion.DECISION, recipient=Recipient.DECIDER)

    assert facts_of(told)["Granted before"] == "twice; from the third on the executive decides"
    assert facts_of(told)["Your role"] == "Executive"


def test_the_roles_that_lead_with_the_reader_are_named(house: House) -> None:
    add_action(house, 1, "December 2024", lead_roles=(LEAD_ROLE, CO_LEAD_ROLE))

    said = facts_of(told_of(house, "action-1"))
    assert (said["Your role"], said["Led with"]) == ("Lead for practice", "Lead for training")
    chair = facts_of(told_of(house, "action-1", recipient=Recipient.SUBGROUP_CHAIR))
    assert chair["Your role"] == "Chair of practice"
    assert chair["Led by"] == "Lead for practice; Lead for training"


def test_cover_is_told_until_when_they_stand_in(house: House) -> None:
    add_action(house, 1, "December 2024")
    cover = CoverArranged(number=1, person=CO_LEAD, from_on=DAY, last_day_on=dt.date(2024, 12, 13))
    house.tell(LEAD_ROLE, cover)

    told = told_of(house, "action-1")
    assert facts_of(told)["Your role"] == "Lead for practice, as cover until 13 December 2024"
    assert told.why == "you cover for the role of Lead for practice, which leads it"


def test_what_is_still_needed_names_the_measure_of_success(house: House) -> None:
    add_action(house, 1, "December 2024")
    house.tell("action-1", ActionSuccessMeasureSet(success_measure="Every school has signed."))

    assert facts_of(told_of(house, "action-1"))["Still needed"].endswith(
        " It is judged by this: Every school has signed."
    )


def test_a_link_leads_to_the_page_of_the_item(house: House) -> None:
    add_action(house, 1, "December 2024")

    assert told_of(house, "action-1").link is None
    found = told_of(house, "action-1", web="https://record.example.org/")
    assert found.link == "https://record.example.org/action-1"


def test_where_no_subgroup_is_named_the_letter_names_who_is_really_told(house: House) -> None:
    add_action(house, 1, "November 2024", lead_roles=("role-5",))

    assert facts_of(told_of(house, "action-1"))["What happens next"] == (
        "If nothing changes, you and the business manager are told on 6 December 2024."
        " After that the executive and the independent scrutineer are told on 26 February 2025."
    )


def test_who_can_confirm_is_shown_what_was_done_and_with_what_evidence(house: House) -> None:
    add_action(house, 1, "December 2024")
    done = ActionSubmitted(what_we_did="Shared it.", no_evidence_reason="The survey is in May.")
    house.tell("action-1", ActionStarted(), done)

    said = facts_of(told_of(house, "action-1"))
    assert said["Your role"] == "Chair of practice"
    assert said["Last update"] == "2 December 2024: reported as done. Shared it."
    assert said["Evidence"] == "none, because: The survey is in May."
    assert said["Still needed"].startswith("It is reported as done. Look at what was done")


def test_what_was_reported_as_done_late_stands_with_the_decisions_of_who_can_confirm_it(
    house: House,
) -> None:
    add_action(house, 1, "September 2024")
    done = ActionSubmitted(what_we_did="Shared it.", no_evidence_reason="The survey is in May.")
    house.tell("action-1", ActionStarted(), done)

    chair = told_of(house, "action-1")
    manager = told_of(
        house, "action-1", dt.date(2024, 12, 24), recipient=Recipient.BUSINESS_MANAGER,
        rule="after-15",
    )  # fmt: skip

    assert (chair.section, chair.standing) == (
        Section.DECISION,
        "reported as done, and waits for you to confirm it since 2 December 2024",
    )
    assert headline([chair, chair], (), DAY) == "2 reports wait for you to confirm them"
    assert headline([manager], (), DAY) == "1 report waits for you to confirm it"


def test_who_reported_it_for_the_lead_is_not_asked_to_confirm_it(house: House) -> None:
    add_action(house, 1, "December 2024")
    done = ActionSubmitted(what_we_did="Shared it.", no_evidence_reason="The survey is in May.")
    house.tell("action-1", ActionStarted(), done, actor=MANAGER)
    told = told_of(
        house,
        "action-1",
        dt.date(2025, 1, 23),
        recipient=Recipient.BUSINESS_MANAGER,
        rule="after-15",
    )

    assert "Look at what was done" not in facts_of(told)["Still needed"]

    add_action(house, 2, "September 2024")
    house.tell("action-2", ActionStarted(), done, actor=MANAGER)
    late = told_of(
        house, "action-2", dt.date(2024, 12, 24), recipient=Recipient.BUSINESS_MANAGER,
        rule="after-15",
    )  # fmt: skip
    assert (late.section, late.standing) == (
        Section.ATTENTION,
        "reported as done, and waits to be confirmed since 2 December 2024",
    )
    assert headline([late], (), DAY) == "1 report waits to be confirmed"


def test_evidence_is_shown_for_what_is_claimed_as_done_alone(house: House) -> None:
    add_action(house, 1, "December 2024")
    done = ActionSubmitted(what_we_did="Shared it.", evidence="The minutes of 3 May.")
    house.tell("action-1", ActionStarted(), done)
    assert facts_of(told_of(house, "action-1"))["Evidence"] == "The minutes of 3 May."

    returned = ActionReturned(reason="Two schools are missing.", returned_by=CHAIR)
    house.tell("action-1", returned, actor=CHAIR)
    said = facts_of(told_of(house, "action-1"))
    assert "Evidence" not in said
    assert said["Came back because"] == "Two schools are missing."


def test_whoever_cannot_decide_is_told_who_can(house: House) -> None:
    add_action(house, 1, "December 2024")
    ask_for_more_time(house)
    told = told_of(
        house,
        "action-1",
        dt.date(2024, 12, 16),
        occasion=Occasion.DECISION,
        recipient=Recipient.BUSINESS_MANAGER,
        rule="decision-after-10",
    )

    assert told.section is Section.ATTENTION
    assert told.standing == "a request for more time waits for a decision"
    assert facts_of(told)["Decided by"] == "Chair of practice"
    assert facts_of(told)["Still needed"].startswith("See to it that whoever can decide")


def test_a_manager_who_decides_is_told_so_under_whichever_rule_it_comes(house: House) -> None:
    add_action(house, 1, "December 2024", lead_roles=(CHAIR_ROLE,))
    ask_for_more_time(house)
    told = told_of(
        house,
        "action-1",
        dt.date(2024, 12, 16),
        occasion=Occasion.DECISION,
        recipient=Recipient.BUSINESS_MANAGER,
        rule="decision-after-10",
    )

    assert (told.section, told.answer) == (Section.DECISION, Answer.DECISION)
    assert facts_of(told)["Still needed"].startswith("Approve more time or decline it")
    assert "Decided by" not in facts_of(told)


def test_who_is_told_next_is_counted_by_people_and_not_by_rules(house: House) -> None:
    add_action(house, 1, "December 2024")
    done = ActionSubmitted(what_we_did="Shared it.", evidence="The minutes of 3 May.")
    house.tell("action-1", ActionStarted(), done)

    # What waits to be confirmed comes to the chair, as lead's reminders and as the chair's own.
    assert facts_of(told_of(house, "action-1"))["What happens next"] == (
        "If nothing changes, you are told again on 20 December 2024."
        " After that the business manager is told on 22 January 2025."
    )


def test_what_is_needed_is_said_of_whoever_leads_it_to_those_who_do_not(house: House) -> None:
    add_action(house, 1, "September 2024")
    lead = told_of(house, "action-1")
    manager = told_of(house, "action-1", recipient=Recipient.BUSINESS_MANAGER, rule="after-15")

    assert facts_of(lead)["Still needed"].startswith("Start the work")
    assert facts_of(manager)["Still needed"].startswith(
        "The lead is asked to start the work and say"
    )
    assert (lead.answer, manager.answer) == (Answer.WORK, Answer.NOTHING)


def test_each_reader_of_a_request_or_a_claim_can_answer_what_is_theirs(house: House) -> None:
    add_action(house, 1, "December 2024")
    ask_for_more_time(house)
    decider, manager = (
        told_of(house, "action-1", occasion=Occasion.DECISION, recipient=recipient)
        for recipient in (Recipient.DECIDER, Recipient.BUSINESS_MANAGER)
    )
    assert (decider.answer, manager.answer) == (Answer.DECISION, Answer.NOTHING)

    add_action(house, 2, "December 2024")
    done = ActionSubmitted(what_we_did="Shared it.", evidence="The minutes of 3 May.")
    house.tell("action-2", ActionStarted(), done)
    assert told_of(house, "action-2").answer is Answer.CONFIRMATION


def test_who_is_told_as_one_of_those_above_reads_that_they_lead_it_themselves(house: House) -> None:
    add_action(house, 1, "September 2024", lead_roles=("role-4",))
    add_action(house, 2, "September 2024", lead_roles=(LEAD_ROLE, "role-4"))
    mine, shared = (
        told_of(house, item, recipient=Recipient.BUSINESS_MANAGER, rule="after-15")
        for item in ("action-1", "action-2")
    )

    assert facts_of(mine)["Led by"] == "you"
    assert facts_of(shared)["Led by"] == "you; Lead for practice"
    assert facts_of(mine)["Still needed"].startswith("Start the work")
