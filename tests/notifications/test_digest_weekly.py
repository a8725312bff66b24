from __future__ import annotations

import datetime as dt

from events.action import (
    ActionBlocked,
    ActionCompleted,
    ActionExtensionRequested,
    ActionLeadsChanged,
    ActionProgressNoted,
    ActionReturned,
    ActionStarted,
    ActionSubmitted,
)
from events.audit import AuditKind, AuditPlanned
from events.directory import HolderAppointed, RoleCreated
from events.recommendation import (
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationProposed,
)
from notifications.digest_lines import MOST_LINES
from notifications.letter_digest import Piece, words_of
from projections.digest_headings import Heading
from tests.notifications.digest_tales import (
    CHAIR,
    CHAIR_ROLE,
    EXECUTIVE,
    LEAD,
    MONDAY,
    PRACTICE,
    TRAINING,
    action,
    lines,
    partnership,
    weekly,
)
from tests.projections.folds import Tale, target

MORE_TIME = ActionExtensionRequested(
    extension=1, target=target("30.6.2025"), reason="Rooms.", progress="Half."
)
DONE = ActionSubmitted(what_we_did="All of it.", no_evidence_reason="None kept.")
WAITS = "Waits for your decision"
OVERDUE = "Became overdue"
AHEAD = "Due in the next four weeks"


def in_the_week() -> Tale:
    """Tell of an action that is led in the practice subgroup, up to the week of 2 December."""
    return partnership().tell("action-1", action()).on("2024-12-04")


def test_each_kind_of_move_stands_under_its_heading() -> None:
    tale = in_the_week().tell("action-1", ActionStarted(), ActionBlocked(reason="Rooms."))
    tale.tell("action-2", action(), ActionProgressNoted(note="Half."), DONE)
    found = weekly(tale)
    assert lines(found, Heading.WORK) == (
        "A1 (Share the pathway): started the work (Person 1, 4 December)",
        "A2 (Share the pathway): told how the work goes (Person 1, 4 December)",
    )
    assert lines(found, Heading.STUCK) == (
        "A1 (Share the pathway): told that something stands in the way (Person 1, 4 December)",
    )
    assert lines(found, Heading.DONE) == (
        "A2 (Share the pathway): reported the work done (Person 1, 4 December)",
    )
    assert len(lines(found, Heading.NEW)) == 1
    assert found.period == "the week of 2 December 2024"
    assert found.title == "What moved in Practice"


def test_what_moved_before_or_after_the_week_is_left_to_other_digests() -> None:
    tale = partnership().tell("action-1", action())
    tale.on("2024-12-01").tell("action-1", ActionStarted())
    tale.on("2024-12-09").tell("action-1", ActionBlocked(reason="Rooms."))
    assert [heading for heading, _ in weekly(tale).paragraphs] == ["Nothing to tell"]


def test_what_another_subgroup_leads_is_not_told() -> None:
    tale = in_the_week()
    tale.tell("role-9", RoleCreated(title="Lead for training", subgroup=TRAINING))
    tale.tell("action-2", action(leads=["role-9"]), ActionStarted())
    assert lines(weekly(tale), Heading.WORK) == ()


def test_what_left_the_subgroup_is_told_once_more() -> None:
    tale = in_the_week()
    tale.tell("role-9", RoleCreated(title="Lead for training", subgroup=TRAINING))
    tale.tell("action-1", ActionLeadsChanged(lead_roles=("role-9",), reason="It moved."))
    assert lines(weekly(tale), Heading.CHANGED) == (
        (
            "A1 (Share the pathway): handed the action over to Lead for training"
            " (Person 1, 4 December)"
        ),
    )


def test_a_recommendation_is_told_to_whom_it_is_addressed_and_who_commissioned_its_audit() -> None:
    tale = in_the_week()
    planned = AuditPlanned(
        kind=AuditKind.AUDIT, title="Thresholds", subgroup=PRACTICE, lead_role="role-1"
    )
    tale.tell("audit-1", planned)
    tale.tell("recommendation-1", RecommendationProposed(text="Do it", audit="audit-1"))
    tale.tell("recommendation-2", RecommendationProposed(text="Try it", addressed_to=(PRACTICE,)))
    tale.tell("recommendation-3", RecommendationProposed(text="Leave it"))
    found = weekly(tale)
    assert [line[:2] for line in lines(found, Heading.NEW)] == ["R1", "R2"]
    assert lines(found, Heading.AUDITS)[0].startswith("AU1 (Thresholds): planned")


def test_a_request_waits_for_the_chair_who_can_decide_on_it() -> None:
    tale = in_the_week().tell("action-1", MORE_TIME, by=LEAD)
    assert lines(weekly(tale), WAITS) == (
        "A1 (Share the pathway): more time was asked for on 4 December 2024",
    )


def test_a_request_of_the_chair_s_own_waits_for_somebody_else() -> None:
    tale = in_the_week().tell("action-1", MORE_TIME, by=CHAIR)
    assert lines(weekly(tale), WAITS) == ()


def test_work_that_is_said_to_be_done_waits_for_a_chair_who_does_not_lead_it() -> None:
    tale = in_the_week().tell("action-1", DONE)
    tale.tell("action-2", action(leads=[CHAIR_ROLE]), DONE)
    tale.tell("recommendation-1", RecommendationProposed(text="Do it", addressed_to=(PRACTICE,)))
    tale.tell(
        "recommendation-1",
        RecommendationAccepted(),
        RecommendationImplemented(what_we_did="It.", no_evidence_reason="None."),
    )
    assert lines(weekly(tale), WAITS) == (
        "A1 (Share the pathway): reported done on 4 December 2024, to be confirmed or returned",
        "R1 (Do it): reported done on 4 December 2024, to be confirmed or returned",
    )


def test_what_the_chair_reported_for_a_lead_waits_for_somebody_else() -> None:
    tale = in_the_week().tell("action-1", DONE, by=CHAIR)
    assert lines(weekly(tale), WAITS) == ()


def test_what_was_confirmed_or_returned_waits_no_more() -> None:
    tale = in_the_week().tell("action-1", DONE, ActionReturned(returned_by=CHAIR, reason="No."))
    tale.tell("action-2", action(), DONE, ActionCompleted(confirmed_by=CHAIR))
    found = weekly(tale)
    assert lines(found, WAITS) == ()
    assert "Chair" not in str(lines(found, Heading.DONE))
    assert "recorded that Person 2 gave it back: it is not done yet" in str(
        lines(found, Heading.DONE)
    )


def test_what_was_due_is_told_as_overdue_in_one_week_and_no_other() -> None:
    tale = partnership().tell("action-1", action("6.12.2024"))
    told = [
        bool(lines(weekly(tale, monday), OVERDUE))
        for monday in (MONDAY - dt.timedelta(7), MONDAY, MONDAY + dt.timedelta(7))
    ]
    assert told == [False, True, False]
    assert lines(weekly(tale), OVERDUE) == (
        "A1 (Share the pathway), Lead for practice: was due on 6 December 2024, 1 working day ago",
    )


def test_every_day_s_deadlines_are_told_overdue_in_exactly_one_week() -> None:
    """From before Christmas until after Easter, bank holidays and all."""
    days = [dt.date(2024, 12, 9) + dt.timedelta(days) for days in range(150)]
    tale = partnership()
    for number, day in enumerate(days, start=1):
        tale.tell(f"action-{number}", action(day.strftime("%d.%m.%Y")))
    mondays = [dt.date(2024, 12, 9) + dt.timedelta(7 * weeks) for weeks in range(24)]
    counts = [_overdue_count(tale, monday) for monday in mondays]
    assert sum(counts) == len(days)


def test_what_was_done_before_the_day_is_not_overdue() -> None:
    tale = partnership().tell("action-1", action("6.12.2024"))
    tale.on("2024-12-09").tell("action-1", DONE, ActionCompleted(confirmed_by=CHAIR))
    assert lines(weekly(tale), OVERDUE) == ()


def test_what_is_due_within_four_weeks_is_told_the_next_first() -> None:
    tale = partnership()
    for number, written in enumerate(("7.1.2025", "6.1.2025", "9.12.2024", "8.12.2024"), start=1):
        tale.tell(f"action-{number}", action(written))
    found = lines(weekly(tale), AHEAD)
    assert [line[:2] for line in found] == ["A3", "A2"]
    assert found[1].endswith("Lead for practice: due on 6 January 2025")


def test_a_paragraph_stays_short_however_much_there_is() -> None:
    tale = in_the_week()
    for number in range(2, 300):
        tale.tell(f"action-{number}", action("20.12.2024", text="Share it " * 50))
    found = weekly(tale)
    for heading in (Heading.NEW, AHEAD):
        told = lines(found, heading)
        assert len(told) == MOST_LINES + 1
        # A chair has the command line as little as anybody else to whom the digest falls.
        assert told[-1] == "and 293 more: ask in a reply"
    assert all(len(line) < 250 for line in lines(found, AHEAD))


def test_one_thing_beyond_the_limit_is_told_rather_than_counted() -> None:
    tale = partnership()
    for number in range(1, MOST_LINES + 2):
        tale.tell(f"action-{number}", action("20.12.2024"))
    assert len(lines(weekly(tale), AHEAD)) == MOST_LINES + 1
    assert "more" not in lines(weekly(tale), AHEAD)[-1]


def test_it_says_why_it_comes_and_how_to_do_without_it() -> None:
    tale = in_the_week().tell("action-1", ActionStarted())
    assert words_of(weekly(tale).switch_off) == (
        "You get this because you hold the role of Chair of practice. You are always told of what"
        " is due from you; if you would rather not get the weekly digest, please say so in a reply."
    )
    found = weekly(tale, web_address="https://record.example.org/")
    assert Piece("switch it off", "https://record.example.org/you/digests") in found.switch_off
    assert "in a reply" not in words_of(found.switch_off)


def test_each_thing_leads_to_its_page_where_there_are_pages() -> None:
    tale = in_the_week().tell("action-1", ActionStarted(), ActionBlocked(reason="Rooms."))
    for number in range(2, MOST_LINES + 4):
        tale.tell(f"action-{number}", action("20.12.2024"))
    page = "https://record.example.org/{}"
    paragraphs = dict(weekly(tale, web_address=page.format("")).paragraphs)
    assert paragraphs[Heading.STUCK][0][0] == Piece("A1", page.format("action-1"))
    assert paragraphs[AHEAD][0][0] == Piece("A2", page.format("action-2"))
    assert paragraphs[AHEAD][-1][-1] == Piece("them all", page.format("subgroup-1"))


def test_who_reads_in_the_place_of_a_chair_is_told_so() -> None:
    tale = in_the_week().tell("action-1", ActionStarted())
    tale.tell("role-9", RoleCreated(title="Lead for training", subgroup=TRAINING))
    tale.tell("role-9", HolderAppointed(person=EXECUTIVE, from_on=dt.date(2024, 1, 1)))
    tale.tell("action-2", action(leads=["role-9"]))
    found = weekly(tale, subgroup=TRAINING, reader="person-3")
    said = words_of(found.switch_off)
    assert "you hold the role of Business manager, and nobody can be told in Training." in said
    # Replies come to themselves, so that they are told what else they can do.
    assert "run 'goldthread person switch-off-digest PE3 --digest weekly'." in said


def _overdue_count(tale: Tale, monday: dt.date) -> int:
    """Count what a week tells as overdue, shown or not."""
    told = lines(weekly(tale, monday), OVERDUE)
    if not told:
        return 0
    if told[-1].startswith("and "):
        return len(told) - 1 + int(told[-1].split()[1])
    return len(told)


def test_what_most_actions_begin_with_is_left_out_of_each_line() -> None:
    tale = in_the_week()
    for number, what in enumerate(("train everybody.", "hear children.", "share its data."), 2):
        tale.tell(f"action-{number}", action("20.12.2024", text=f"The partnership to {what}"))

    named = [line.partition(")")[0] for line in lines(weekly(tale), AHEAD)]
    assert "A2 (…train everybody" in named
    assert "A3 (…hear children" in named
