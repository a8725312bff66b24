from __future__ import annotations

import datetime as dt

from events.action import (
    ActionCompleted,
    ActionProgressNoted,
    ActionSubmitted,
    TargetDateMoved,
)
from events.directory import HolderStoodDown, RoleCreated
from events.email import EmailFailed, EmailPlanned, EmailSent, EmailUncertain, ReminderItem
from events.recommendation import (
    AfterNoImpact,
    RecommendationAccepted,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationProposed,
    RecommendationVerified,
)
from notifications.digest_lines import MOST_LINES
from notifications.digest_monthly import MOST_NAMED
from notifications.letter_digest import Line
from tests.notifications.digest_tales import (
    CHAIR,
    LEAD,
    LEAD_ROLE,
    PRACTICE,
    action,
    lines,
    monthly,
    partnership,
)
from tests.projections.folds import Tale, target

NEW_YEAR = dt.date(2025, 1, 2)
FIGURES = "In figures (a month before in brackets)"
SLIPPED, LATE = "Slipped in the month", "Overdue"
SILENT = "Silent for more than 60 working days"
NOBODY = "Vacant roles"
UNCLEAR = "Without a date or a lead"
IMPACT = "Impact due and not shown"
EMAILS = "Emails to look after"
DONE = ActionSubmitted(what_we_did="All of it.", no_evidence_reason="None kept.")


def moved(written: str) -> TargetDateMoved:
    return TargetDateMoved(target=target(written), reason="Rooms.")


def verified(tale: Tale, item: str) -> Tale:
    """Tell of a recommendation that was done and verified."""
    return tale.tell(
        item,
        RecommendationProposed(text="Do it", addressed_to=(LEAD_ROLE,), target=target("1.9.2024")),
        RecommendationAccepted(),
        RecommendationImplemented(what_we_did="It.", no_evidence_reason="None."),
        RecommendationVerified(verified_by=CHAIR),
    )


def email(tale: Tale, number: int, ended: EmailFailed | EmailUncertain | EmailSent) -> None:
    """Tell of an email and what became of it."""
    item = ReminderItem(item="action-1", target_on=dt.date(2024, 12, 31), rule="before-5")
    planned = EmailPlanned(
        person=LEAD,
        send_on=dt.date(2024, 12, 4),
        items=(item,),
        message_id=f"<gt-{number}@example.org>",
        calendar="england",
    )
    tale.tell(f"email-{number}", planned, ended)


def test_what_slipped_is_told_with_how_far_the_furthest_first() -> None:
    tale = partnership().tell("action-1", action("31 January 2025"))
    tale.tell("action-2", action("31 January 2025"), moved("28 February 2025"))
    tale.tell("action-3", action("31 January 2025"))
    tale.on("2024-12-05").tell("action-1", moved("28 February 2025"))
    tale.tell("action-2", moved("31 May 2025")).tell("action-3", moved("15 January 2025"))
    assert lines(monthly(tale, NEW_YEAR), SLIPPED) == (
        (
            "A2 (Share the pathway): from 28 February 2025 to 31 May 2025, +3 months;"
            " first due on 31 January 2025"
        ),
        "A1 (Share the pathway): from 31 January 2025 to 28 February 2025, +1 month",
    )


def test_what_slipped_in_an_earlier_month_is_not_told_again() -> None:
    tale = partnership().tell("action-1", action("31 January 2025"), moved("31 May 2025"))
    assert lines(monthly(tale, NEW_YEAR), SLIPPED) == ()


def test_what_is_overdue_is_told_the_latest_first() -> None:
    tale = partnership().tell("action-1", action("31 December 2024"))
    tale.tell("action-2", action("29 November 2024"), DONE)
    tale.tell("action-3", action("30.11.2024"), DONE, ActionCompleted(confirmed_by=CHAIR))
    assert lines(monthly(tale, NEW_YEAR), LATE) == (
        "A2 (Share the pathway): due on 29 November 2024, 21 working days ago, said to be done",
        "A1 (Share the pathway): due on 31 December 2024, 1 working day ago",
    )


def test_what_had_no_word_for_the_cadence_is_silent() -> None:
    tale = partnership().tell("action-1", action("December 2026"))
    tale.tell("action-2", action("December 2026"), ActionProgressNoted(note="Half."))
    tale.on("2024-10-04").tell("action-2", ActionProgressNoted(note="More."))
    tale.on("2024-10-07").tell("action-3", action("December 2026"))
    assert lines(monthly(tale, NEW_YEAR), SILENT) == (
        "A1 (Share the pathway): no word since it began on 3 June 2024, 149 working days ago",
        "A2 (Share the pathway): last word on 4 October 2024, 61 working days ago",
    )


def test_a_role_with_nobody_is_told_with_what_it_leads() -> None:
    tale = partnership()
    for number in range(1, MOST_NAMED + 3):
        tale.tell(f"action-{number}", action("December 2026"))
    tale.tell(LEAD_ROLE, HolderStoodDown(person=LEAD, last_day_on=dt.date(2024, 12, 31)))
    tale.tell("role-9", RoleCreated(title="Leads nothing"))
    assert lines(monthly(tale, NEW_YEAR), NOBODY) == (
        "Lead for practice (RO1): leads A1, A2, A3, A4, A5, A6 and 2 more",
    )
    assert lines(monthly(tale, dt.date(2024, 12, 2)), NOBODY) == ()


def test_what_has_no_date_or_no_lead_is_told() -> None:
    tale = partnership().tell("recommendation-1", RecommendationProposed(text="Do it"))
    tale.tell("recommendation-2", RecommendationProposed(text="So", addressed_to=(PRACTICE,)))
    assert lines(monthly(tale, NEW_YEAR), UNCLEAR) == (
        "2 items without a target date: R1, R2",
        "1 item without a lead: R1",
    )


def test_what_has_no_date_is_listed_by_number_as_on_the_board() -> None:
    tale = partnership()
    for number in (10, 1, 2):
        proposed = RecommendationProposed(text="So", addressed_to=(PRACTICE,))
        tale.tell(f"recommendation-{number}", proposed)
    assert lines(monthly(tale, NEW_YEAR), UNCLEAR) == (
        "3 items without a target date: R1, R2, R10",
    )


def test_impact_that_is_due_and_not_shown_is_told() -> None:
    tale = verified(partnership(), "recommendation-1")
    for number, written in ((2, "31 December 2024"), (3, "2 January 2025")):
        verified(tale, f"recommendation-{number}")
        due = RecommendationImpactDue(target=target(written))
        tale.tell(f"recommendation-{number}", due)
    verified(tale, "recommendation-4").tell(
        "recommendation-4",
        RecommendationImpactDue(target=target("1.10.2024")),
        RecommendationImpactNotShown(
            reason="Nothing.", then=AfterNoImpact.RE_AUDIT, re_audit=target("June 2025")
        ),
    )
    verified(tale, "recommendation-5").tell(
        "recommendation-5",
        RecommendationImpactDue(target=target("1.10.2024")),
        RecommendationImpactShown(difference_made="Fewer.", evidence="A list."),
    )
    found = monthly(tale, NEW_YEAR)
    assert lines(found, IMPACT) == (
        "R1 (Do it): verified, and no date is set for showing its impact",
        "R2 (Do it): its impact was to be shown by 31 December 2024",
        "R4 (Do it): it was done, and no impact could be shown",
    )
    assert lines(found, SILENT) == ()
    assert lines(found, LATE) == ()


def test_emails_of_the_month_that_were_refused_or_are_uncertain_are_told() -> None:
    tale = partnership().tell("action-1", action("December 2026"))
    email(tale, 1, EmailFailed(reply="550 No such mailbox of Maya", attempt=1))
    tale.on("2024-12-04")
    email(tale, 2, EmailFailed(reply="550 No such mailbox of Maya", attempt=1))
    email(tale, 3, EmailUncertain(reason="Lost.", attempt=1))
    email(tale, 4, EmailSent(sent_to="person1@example.org", attempt=1))
    assert lines(monthly(tale, NEW_YEAR), EMAILS) == (
        "E2 of 4 December 2024 to Person 1: was refused by the mail server",
        "E3 of 4 December 2024 to Person 1: may or may not have arrived",
    )


def test_the_figures_stand_beside_those_of_the_month_before() -> None:
    tale = partnership().on("2024-11-20")
    for number in (1, 2, 3):
        tale.tell(f"action-{number}", action("29 November 2024"))
    tale.tell("action-3", DONE, ActionCompleted(confirmed_by=CHAIR))
    tale.on("2024-12-04").tell("action-1", moved("March 2025")).tell("action-4", action())
    tale.tell("action-2", DONE, ActionCompleted(confirmed_by=CHAIR))
    assert lines(monthly(tale, NEW_YEAR), FIGURES) == (
        "Open: 2 (2)",
        "Overdue: 0 (0)",
        "New actions and recommendations: 1 (3)",
        "Confirmed as done: 1 (1)",
        "Impact shown: 0 (0)",
        "Target dates moved: 1 (0)",
        "More time given: 0 (0)",
        "Emails sent: 0 (0)",
    )
    assert "Overdue: 2 (0)" in lines(monthly(_untouched(), NEW_YEAR), FIGURES)


def test_each_paragraph_stays_short_however_much_there_is() -> None:
    tale = partnership()
    for number in range(1, 200):
        tale.tell(f"action-{number}", action("3 June 2024"))
    found = monthly(tale, NEW_YEAR)
    for heading in (LATE, SILENT):
        assert len(lines(found, heading)) == MOST_LINES + 1
        assert lines(found, heading)[-1].startswith("and 194 more: ask in a reply, or run")
    assert sum(len(told) for _, told in found.paragraphs) < 50


def _untouched() -> Tale:
    tale = partnership().on("2024-12-04")
    tale.tell("action-1", action("10 December 2024")).tell("action-2", action("1 January 2025"))
    return tale


def test_each_thing_leads_to_its_page_where_there_are_pages() -> None:
    tale = partnership().tell("recommendation-1", RecommendationProposed(text="Do it"))
    for number in range(1, MOST_LINES + 3):
        tale.tell(f"action-{number}", action("3 June 2024"))
    tale.tell(LEAD_ROLE, HolderStoodDown(person=LEAD, last_day_on=dt.date(2024, 12, 31)))
    found = monthly(tale, NEW_YEAR, "https://record.example.org")
    paragraphs = dict(found.paragraphs)
    assert links(paragraphs[LATE][0]) == {"A1": "action-1"}
    assert links(paragraphs[LATE][-1]) == {"them all": "board"}
    assert links(paragraphs[UNCLEAR][0]) == {"R1": "recommendation-1"}
    assert links(paragraphs[NOBODY][0]) == {
        "RO1": "role-1",
        **{f"A{number}": f"action-{number}" for number in range(1, MOST_NAMED + 1)},
    }
    assert links(found.switch_off) == {"switch it off": "you/digests"}


def links(line: Line) -> dict[str, str]:
    """Return where the words of a line lead to."""
    return {
        piece.words: piece.link.removeprefix("https://record.example.org/")
        for piece in line
        if piece.link
    }
