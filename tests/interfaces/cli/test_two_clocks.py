from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine


@pytest.fixture
def told(begun: CommandLine) -> CommandLine:
    """Give a small plan, whose first action was started long before anybody recorded it."""
    a_small_plan(begun)
    begun.done("action", "start", "A1", "--effective-on", "14.4.25", "--as", "PE3")
    return begun


@pytest.fixture
def plan(cli: CommandLine) -> CommandLine:
    """Give the same on SQLite."""
    a_small_plan(cli)
    cli.done("action", "start", "A1", "--effective-on", "14.4.25", "--as", "PE3")
    return cli


def status_of(answer: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {line["ref"]: line["status"] for line in answer["lines"]}


def test_what_was_known_and_what_was_true_are_two_answers(told: CommandLine) -> None:
    known = told.answer("board", "--at", "1.5.25")
    true = told.answer("board", "--true-on", "1.5.25")
    assert status_of(known) == {"A1": "not_started", "A2": "not_started"}
    assert status_of(true) == {"A1": "in_progress", "A2": "not_started"}
    assert (known["clock"], true["clock"]) == ("known_at", "true_on")
    assert (true["true_on"], true["late_entries"]) == ("2025-05-01", 1)


def test_both_clocks_together_say_what_was_true_by_what_was_known(told: CommandLine) -> None:
    both = told.answer("board", "--true-on", "1.5.25", "--at", "1.6.25")
    assert status_of(both)["A1"] == "not_started"
    text = told.done("board", "--true-on", "1.5.25", "--at", "1.6.25")
    assert "true on 1 May 2025, by what was known at the end of 1 June 2025 (entry" in text


def test_headings_say_which_clock(plan: CommandLine) -> None:
    text = plan.done("board", "--true-on", "1.5.25")
    assert "the board true on 1 May 2025, by what is known today; 1 entry came later" in text
    assert "A1, action, true on 1 May 2025" in plan.done("show", "A1", "--true-on", "1.5.25")


def test_nobody_asks_what_will_be_true(plan: CommandLine) -> None:
    told = plan.refused("board", "--true-on", "2.5.25", "--at", "1.5.25")
    assert "--true-on: 2 May 2025 lies after 1 May 2025" in told


def test_a_history_by_what_was_true_comes_in_that_order(plan: CommandLine) -> None:
    events = plan.answer("history", "A1", "--true-on", "2025-09-24")["events"]
    assert [event["type"] for event in events] == [
        "action.created",
        "action.started",
        "action.extension_requested",
        "action.extension_approved",
        "action.target_date_moved",
    ]
    assert events[1]["days_late"] == 163
    told = plan.done("history", "A1")
    assert "Late: recorded 163 days after it happened, on 14 April 2025." in told


def test_a_difference_of_what_was_true(plan: CommandLine) -> None:
    days = ("--from", "1.4.25", "--to", "1.5.25")
    known = plan.answer("diff", *days)
    assert "started" not in str(known)
    found = plan.answer("diff", *days, "--true-on")
    (change,) = (one for one in found["changes"] if one["ref"] == "A1")
    assert "status changed from not started to in progress" in change["sentence"]
    assert found["from"]["clock"] == found["to"]["clock"] == "true_on"
    assert plan.answer("diff", *days, "--true-on", "--at", "1.6.25")["changes"] == known["changes"]
    text = plan.done("diff", "--from", "1.4.25", "--to", "1.5.25", "--true-on")
    assert "between what was true on 1 April 2025" in text
    assert "it goes with --true-on" in plan.refused("diff", "--from", "1.4.25", "--at", "1.5.25")
    assert "Swap the two" in plan.refused("diff", "--from", "1.5.25", "--to", "1.4.25", "--true-on")


def test_a_meeting_names_a_day(told: CommandLine) -> None:
    told.done("meeting", "record", "--title", "Executive board", "--held-on", "2.4.25")
    assert told.answer("board", "--at", "M1")["on"] == "2025-04-02"
    assert told.answer("board", "--at", "April 2025 meeting")["on"] == "2025-04-02"
    text = told.done("board", "--at", "M1")
    assert "as known at the end of 2 April 2025, M1, Executive board (entry" in text


def test_the_papers_of_a_meeting_name_an_entry(plan: CommandLine) -> None:
    papers = plan.answer("board", "--at", "1.4.25")["position"]
    held = ("--title", "Executive board", "--held-on", "10.6.25")
    plan.done("meeting", "record", *held, "--papers-position", str(papers))
    then = plan.answer("board", "--at", "M1")
    assert (then["position"], then["on"]) == (papers, "2025-06-10")
    assert "as known in the papers of M1, Executive board on 10 June 2025" in plan.done(
        "board", "--at", "M1"
    )
    changes = plan.answer("diff", "--from", "M1", "--to", "11.6.25")["changes"]
    assert [change["ref"] for change in changes] == ["A1"]


def test_words_that_fit_several_meetings_are_asked_back(plan: CommandLine) -> None:
    for day in ("2.4.25", "30.4.25"):
        plan.done("meeting", "record", "--title", "Executive board", "--held-on", day)
    told = plan.refused("board", "--at", "April 2025 meeting")
    assert "can mean M1 on 2 April 2025, M2 on 30 April 2025" in told
    plan.done("meeting", "cancel", "M2", "--reason", "Snow")
    assert plan.answer("board", "--at", "april meeting")["on"] == "2025-04-02"
    assert "M2 was not held: Snow" in plan.refused("board", "--at", "M2")
    assert "A1 is no meeting" in plan.refused("board", "--at", "A1")
    assert "There is no M9" in plan.refused("board", "--at", "M9")


def test_the_scrutineer_remarks_and_does_nothing_else(plan: CommandLine) -> None:
    who = plan.answer("person", "register", "--name", "A. Scrutineer")["ref"]
    plan.done("person", "grant-access", who, "--access", "scrutineer")
    entry = plan.answer("history", "A2")["events"][-1]["position"]
    words = ("--words", "Why was nobody told?", "--as", who)
    plan.done("remark", "add", "--entry", str(entry), *words)
    assert f"remarked on entry {entry} of A2" in plan.done("history", "A2")
    assert "Why was nobody told?" in " ".join(plan.done("show", "A2").split())
    assert "Made by" in plan.done("show", "RM1")
    assert "PE1 may not" in plan.refused("remark", "add", "--on", "A2", "--words", "No")
    assert "may not" in plan.refused("action", "block", "A1", "--reason", "No", "--as", who)
    plan.on(dt.date(2025, 9, 25))
    plan.done("remark", "withdraw", "RM1", "--reason", "Answered", "--as", who)
    assert "since withdrawn" in " ".join(plan.done("show", "A2").split())


def test_an_appointment_recorded_late_is_marked_and_put_in_its_place(plan: CommandLine) -> None:
    plan.done("role", "appoint", "RO3", "--person", "PE2", "--from-on", "1.9.25",
              "--last-day-on", "9.9.25")  # fmt: skip
    (late,) = [one for one in plan.answer("history", "RO3")["events"] if one["late"]]
    assert (late["type"], late["happened_on"]) == ("role.holder_appointed", "2025-09-01")
    assert "23 days after it happened" in plan.done("history", "RO3")
    assert "Late: recorded 23 days after it happened" in plan.done("replay")
    for on, there in (("30.8.25", False), ("1.9.25", True), ("9.9.25", True), ("10.9.25", False)):
        assert ("PE2" in holders_on(plan, on)) is there, on
    assert plan.answer("directory", "--true-on", "31.8.25")["late_entries"] == 1
    assert plan.answer("directory", "--true-on", "1.9.25")["late_entries"] == 2
    assert "PE2" not in holders_on(plan, "1.9.25", clock="--at")


def test_who_stood_down_or_left_is_gone_from_their_last_day_on(plan: CommandLine) -> None:
    gone = ("--last-day-on", "31.8.25")
    plan.done("role", "stand-down", "RO3", "--person", "PE3", *gone)
    assert "PE3" in holders_on(plan, "31.8.25")
    assert "PE3" not in holders_on(plan, "1.9.25")
    plan.done("person", "leave", "PE2", *gone)
    (late,) = [one for one in plan.answer("history", "PE2")["events"] if one["late"]]
    assert (late["type"], late["happened_on"]) == ("person.left", "2025-08-31")


def test_a_meeting_recorded_late_is_marked(plan: CommandLine) -> None:
    plan.done("meeting", "record", "--title", "Board", "--held-on", "17.9.25")
    assert "recorded 7 days after it happened" in plan.done("history", "M1")
    (line,) = plan.answer("replay", "--from", "24.9.25")["steps"][-1]["happened"]
    assert (line["type"], line["late"]) == ("meeting.held", True)


def holders_on(plan: CommandLine, on: str, *, clock: str = "--true-on") -> list[str]:
    (role,) = [one for one in plan.answer("directory", clock, on)["role"] if one["ref"] == "RO3"]
    return [str(one["ref"]) for one in role["holders"]]
