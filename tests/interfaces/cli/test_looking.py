from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.cli.stories import MEETING, NEXT_MEETING
from tests.interfaces.running import CommandLine


@pytest.fixture
def told(plan_on_both: CommandLine) -> CommandLine:
    """Give a record with the story of a small plan, on both databases."""
    return plan_on_both


@pytest.fixture
def plan(plan_on_sqlite: CommandLine) -> CommandLine:
    """Give a record with the story of a small plan, on SQLite."""
    return plan_on_sqlite


def test_the_board_says_as_at_when_and_shows_words_and_shapes(told: CommandLine) -> None:
    text = told.done("board")
    assert "the board as at today, 24 September 2025" in text
    assert "Plan 2025: priority 1, Neglect" in text
    assert "◆ Red" in text
    assert "● Green" in text
    assert "\x1b[" not in text


def test_both_dates_and_the_slippage_stand_side_by_side(plan: CommandLine) -> None:
    text = " ".join(plan.done("board").split())
    original = ("originally May 2025", "(31 May 2025),", "+5 months")
    for words in ("October 2025", "(31 Oct 2025)", *original):
        assert words in text


def test_the_board_fits_80_columns(plan: CommandLine) -> None:
    wide = [line for line in plan.done("board").splitlines()[1:] if len(line) > 80]
    assert wide == []


def test_the_board_of_a_past_day_shows_what_was_known_then(told: CommandLine) -> None:
    text = told.done("board", "--at", MEETING.isoformat())
    assert "as known at the end of 2 April 2025 (entry" in text
    assert "October" not in text
    then = told.answer("board", "--at", "2.4.25")
    assert [line["target"] for line in then["lines"]] == ["May 2025", "31.12.25"]
    assert then["on"] == "2025-04-02"


def test_a_day_ends_at_midnight_in_london(cli: CommandLine) -> None:
    cli.done("plan", "adopt", "--title", "Plan 2025")
    create = ("--text", "Train", "--lead-roles", "RO3", "--target", "May 2026", "--plan", "P1")
    cli.clock.now = dt.datetime(2025, 6, 1, 22, 59, 59, tzinfo=dt.UTC)
    cli.done("action", "create", *create)
    cli.clock.now = dt.datetime(2025, 6, 1, 23, 0, 0, tzinfo=dt.UTC)
    cli.done("action", "create", *create)
    refs = [line["ref"] for line in cli.answer("board", "--at", "2025-06-01")["lines"]]
    assert refs == ["A1"]


def test_the_board_of_a_position_is_that_of_the_prefix(told: CommandLine) -> None:
    whole = told.answer("board")
    before = told.answer("board", "--position", str(whole["position"] - 1))
    assert before["position"] == whole["position"] - 1
    assert [line["notes"] for line in before["lines"]] == [0, 0]
    assert [line["notes"] for line in whole["lines"]] == [0, 1]
    assert before["on"] == NEXT_MEETING.isoformat()


@pytest.mark.parametrize(
    ("option", "words", "refs"),
    [
        ("--subgroup", "implementation", ["A1"]),
        ("--subgroup", "S1", ["A2"]),
        ("--lead", "RO2", ["A2"]),
        ("--lead", "Example Implementation Chair", ["A1"]),
        ("--brag", "GREEN", ["A2"]),
        ("--brag", "red", ["A1"]),
        ("--brag", "blue", []),
        ("--plan", "2025", ["A1", "A2"]),
        ("--kind", "recommendation", []),
    ],
)
def test_the_board_is_narrowed(plan: CommandLine, option: str, words: str, refs: list[str]) -> None:
    assert [line["ref"] for line in plan.answer("board", option, words)["lines"]] == refs
    if not refs:
        assert "Nothing on it matches." in plan.done("board", option, words)


def test_an_empty_board_says_what_comes_next(cli: CommandLine) -> None:
    assert "Nothing is on it yet. Begin with 'goldthread import'" in cli.done("board")


def test_before_the_record_began_nothing_was_on_the_board(plan: CommandLine) -> None:
    assert "Nothing was on it yet." in plan.done("board", "--at", "2020-01-01")
    assert plan.answer("board", "--at", "2020-01-01")["lines"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["board", "--at", "2025-04-02", "--position", "3"], "give a day or a position, not both"),
        (["board", "--at", "2099-01-01"], "--at: 1 January 2099 is still to come"),
        (
            ["board", "--at", "last week"],
            (
                "--at: 'last week' is not a day: it names no date that is known here. Write one"
                " day, such as --at 2025-03-31 or --at 31.3.2025."
            ),
        ),
        (
            ["board", "--at", "31.02.2025"],
            "--at: '31.02.2025' is not a day: February 2025 has 28 days. Write one day, such as",
        ),
        (["diff", "--from", "ongoing"], "is not a single day. Write one day, such as --from 2025"),
        (["remind", "--on", "ASAP"], "due. Write one day, such as --on 2025-03-31 or --on 31.3"),
        (["board", "--position", "0"], "--position: the log has entries 1 to"),
        (["board", "--position", "9999"], "--position: the log has entries 1 to"),
        (["board", "--brag", "pink"], "--brag: 'pink' is not one of blue, red, amber"),
        (["board", "--kind", "audit"], "--kind: 'audit' is not one of action, recommendation."),
        (["board", "--lead", "Nobody"], "There is no lead called 'Nobody'."),
        (["show", "A99"], "There is no A99 here."),
        (["show", "no such thing"], "REF: there is no 'no such thing' in the directory"),
        (["history", "AU3/F2"], "There is no AU3/F2 here."),
        (["show", "A1", "--at", "2025-03-01"], "There is no A1 here."),
        (["diff", "--from", "2025-09-24", "--to", "2025-04-02"], "Swap the two."),
        (["diff", "--from", "2025-04-02", "--to", "2099-01-01"], "--to: 1 January 2099"),
        (["diff", "--from", "2099-01-01"], "--from: 1 January 2099 is still to come"),
        (["diff"], "Missing option '--from'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_shown_is_refused_kindly(
    plan: CommandLine, arguments: list[str], told: str
) -> None:
    assert told in " ".join(plan.refused(*arguments).split())


def test_one_thing_is_shown_with_its_facts_and_its_thread(told: CommandLine) -> None:
    text = " ".join(told.done("show", "a2").split())
    for words in ("A2, action, as at today", "Audit case files", "green", "Ten of twenty read"):
        assert words in text
    answer = told.answer("show", "A2")
    assert (answer["ref"], answer["status"], answer["on"]) == ("A2", "in_progress", "2025-09-24")


def test_one_thing_is_shown_as_it_was(told: CommandLine) -> None:
    assert told.answer("show", "A1", "--at", "2025-04-02")["line"]["target"] == "May 2025"


@pytest.mark.parametrize(
    ("ref", "title"),
    [
        ("P1", "Plan 2025"),
        ("PE3", "Example Implementation Chair"),
        ("Business Manager", "Business Manager"),
        ("s1", "Audit and Performance Subgroup"),
        ("AG2", "Example Police"),
    ],
)
def test_every_kind_of_thing_is_shown(plan: CommandLine, ref: str, title: str) -> None:
    assert title in plan.done("show", ref)
    assert plan.answer("show", ref)["title"] == title


def test_a_plan_is_shown_with_its_actions_by_priority(plan: CommandLine) -> None:
    plan.done("plan", "add-priority", "P1", "--title", "Housing")
    plan.done("action", "move-to-priority", "A1", "--priority", "2", "--reason", "It is housing")
    told = " ".join(plan.done("show", "P1").split())
    first, second = told.index("priority 1, Neglect"), told.index("priority 2, Housing")
    assert first < told.index("A2 ● Green Audit case files") < second
    assert second < told.index("A1 ◆ Red Train every school")
    assert [line["ref"] for line in plan.answer("show", "P1")["actions"]] == ["A2", "A1"]
    assert [line["ref"] for line in plan.answer("show", "P1", "--at", "2.4.25")["actions"]] == [
        "A1",
        "A2",
    ]


def test_the_change_number_that_is_shown_is_the_one_to_expect(told: CommandLine) -> None:
    seen = told.answer("show", "A1")["version"]
    assert f"Change number {seen} (for --expected-version)" in " ".join(
        told.done("show", "A1").split()
    )
    note = ("action", "note-progress", "A1", "--note", "Booked", "--expected-version", str(seen))
    told.done(*note)
    told.refused(*note, code=3)
    assert told.answer("show", "A1")["version"] == seen + 2
    assert told.answer("show", "A1", "--at", "2025-04-02")["version"] == 1
    assert "--expected-version" not in told.done("show", "A1", "--at", "2025-04-02")


def test_an_extension_is_shown(plan: CommandLine) -> None:
    assert "until October 2025: approved" in plan.done("show", "A1")


def test_the_golden_thread_is_shown_for_a_recommendation(plan: CommandLine) -> None:
    plan.done("recommendation", "propose", "--text", "Listen", "--source", "A review")
    plan.done("action", "answer-recommendation", "A1", "--recommendation", "R1")
    text = plan.done("show", "R1")
    assert "The golden thread" in text
    assert "\n  A1 (not started): Train every school" in text


def test_a_history_tells_who_did_what_when_and_why(told: CommandLine) -> None:
    text = " ".join(told.done("history", "A1").split())
    for words in (
        "31 March 2025, 13:00 [A1, entry",
        "Example Implementation Chair asked for more time (first request), until October 2025",
        "Reason: Exams",
        "moved the target date from May 2025 (due 31 May 2025) to October 2025",
    ):
        assert words in text


def test_a_history_in_json_is_stable(plan: CommandLine) -> None:
    answer = plan.answer("history", "A1")
    assert set(answer) == {"ref", "on", "position", "clock", "events"}
    assert [event["type"] for event in answer["events"]] == [
        "action.created",
        "action.extension_requested",
        "action.extension_approved",
        "action.target_date_moved",
    ]


def test_a_history_as_known_on_a_day_ends_there(plan: CommandLine) -> None:
    assert len(plan.answer("history", "A1", "--at", "2025-04-02")["events"]) == 1


def test_a_change_recorded_late_tells_both_days(plan: CommandLine) -> None:
    plan.done("action", "start", "A1", "--effective-on", "2025-09-01")
    told = plan.done("history", "A1")
    assert "Late: recorded 23 days after it happened, on 1 September 2025." in told


def test_the_difference_between_two_meetings_is_told_line_by_line(told: CommandLine) -> None:
    days = ("--from", MEETING.isoformat(), "--to", NEXT_MEETING.isoformat())
    text = " ".join(told.done("diff", *days).split())
    assert "between the end of 2 April 2025 and the end of 24 September 2025" in text
    assert "target date moved from May 2025 to October 2025 (+5 months)" in text
    answer = told.answer("diff", *days)
    assert [one["ref"] for one in answer["changes"]] == ["A1", "A2"]
    assert answer["from"]["on"] == "2025-04-02"


def test_without_a_later_day_the_difference_is_to_today(plan: CommandLine) -> None:
    days = ("--from", MEETING.isoformat())
    told = " ".join(plan.done("diff", *days).split())
    assert "between the end of 2 April 2025 and today, 24 September 2025" in told
    answer = plan.answer("diff", *days)
    then = plan.answer("diff", *days, "--to", NEXT_MEETING.isoformat())
    assert (answer["to"].pop("clock"), then["to"].pop("clock")) == ("now", "known_at")
    assert answer == then
    plan.done("action", "cancel", "A1", "--reason", "Schools closed", "--as", "PE7")
    words = plan.answer("diff", *days)["changes"][0]["sentence"]
    assert "status changed from not started to cancelled" in words


def test_a_filter_that_named_nothing_then_shows_everything_as_new(plan: CommandLine) -> None:
    days = ("--from", "2020-01-01", "--to", NEXT_MEETING.isoformat())
    answer = plan.answer("diff", *days, "--lead", "RO2")
    assert [(one["ref"], one["change"]) for one in answer["changes"]] == [("A2", "new")]


def test_the_configured_cadence_decides_from_when_silence_shows(plan: CommandLine) -> None:
    plan.on(dt.date(2025, 10, 6))
    assert plan.answer("show", "A2")["line"]["colour"] == "green"
    plan.config.write_text("[board]\ncadence_days = 5", encoding="utf-8")
    assert plan.answer("show", "A2")["line"]["colour"] == "amber"
    lines = plan.answer("board")["lines"]
    assert {line["ref"]: line["colour"] for line in lines} == {"A1": "red", "A2": "amber"}
    days = ("--from", NEXT_MEETING.isoformat(), "--to", "2025-10-06")
    (change,) = plan.answer("diff", *days)["changes"]
    assert change["sentence"] == "A2: green → amber"


def test_no_difference_says_so(plan: CommandLine) -> None:
    assert "Nothing changed." in plan.done("diff", "--from", "2025-07-01", "--to", "2025-07-02")


def test_the_board_says_how_many_items_nobody_will_be_reminded_of(cli: CommandLine) -> None:
    for text in ("Do this", "Do that"):
        cli.done("recommendation", "propose", "--text", text, "--source", "An inspection")
    told = cli.done("board")
    assert "2 items have nobody to act and no date" in told
    cli.done("recommendation", "set-target-date", "R1", "--target", "June 2025")
    assert "1 item has nobody to act and no date" in cli.done("board")
