from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.cli.quiet import without_digests
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine

OCTOBER = dt.date(2025, 10, 20)


@pytest.fixture
def planned(begun: CommandLine) -> CommandLine:
    """Give a record in which one action is due at the end of the month, on both databases."""
    a_small_plan(begun)
    without_digests(begun)
    begun.on(OCTOBER)
    return begun


def days_of(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [day["on"] for day in answer["days"]]


def test_each_step_of_the_ladder_comes_on_its_day_and_once(planned: CommandLine) -> None:
    answer = planned.answer("remind", "--preview", "30")
    told = [
        (day["on"], email["person"], item["ref"], item["rule"])
        for day in answer["days"]
        for email in day["emails"]
        for item in email["items"]
    ]
    assert told[:4] == [
        ("2025-10-20", "PE3", "A1", "before-20"),
        ("2025-10-24", "PE3", "A1", "before-5"),
        ("2025-11-03", "PE3", "A1", "after-1"),
        ("2025-11-07", "PE3", "A1", "after-5"),
    ]
    assert len(told) == len(set(told))
    assert (answer["from"], answer["to"]) == ("2025-10-20", "2025-11-19")


def test_a_preview_says_why_in_plain_words(planned: CommandLine) -> None:
    said = " ".join(planned.done("remind", "--preview", "14").split())
    assert "What will be sent from 20 October 2025 to 3 November 2025" in said
    assert "Monday 3 November 2025 Example Implementation Chair <implementation" in said
    assert (
        "as Chair of Implementation Subgroup, which leads it (step: 1 working day after the date):"
        " A1 31 October 2025 overdue by 1 working day Train every school" in said
    )
    assert "Nothing is stored. 3 emails to 1 person on 3 days. Monday 20 October 2025" in said


def test_what_was_due_long_ago_is_announced_before_it_surprises_anybody(
    planned: CommandLine,
) -> None:
    planned.on(dt.date(2025, 12, 2))
    said = " ".join(planned.done("remind", "--preview", "7").split())
    assert (
        "The emails of 2 December 2025 tell of 1 thing overdue for more than a month."
        " What is done already is best entered before they leave." in said
    )
    planned.on(OCTOBER)
    assert "for more than a month" not in planned.done("remind", "--preview", "7")


def test_digests_are_foreseen_with_what_they_are_of(begun: CommandLine) -> None:
    a_small_plan(begun)
    begun.on(dt.date(2025, 4, 1))
    said = " ".join(begun.done("remind", "--preview", "31").split())
    assert "as Business Manager (monthly digest): RO1 1 May 2025 digest of the month before" in said


def test_a_preview_stores_nothing_and_what_it_says_comes_true(planned: CommandLine) -> None:
    size = planned.answer("verify")["size"]
    foretold = planned.answer("remind", "--preview", "30")["days"]
    assert planned.answer("verify")["size"] == size
    came = []
    for offset in range(31):
        planned.on(OCTOBER + dt.timedelta(days=offset))
        run = planned.answer("remind")
        if run["emails"]:
            came.append((run["on"], [email["person"] for email in run["emails"]]))
    assert came == [(day["on"], [email["person"] for email in day["emails"]]) for day in foretold]


def test_what_was_sent_already_does_not_come_again(planned: CommandLine) -> None:
    planned.done("remind")
    assert days_of(planned.answer("remind", "--preview", "3")) == []
    said = planned.done("remind", "--preview", "3")
    assert "Nobody will have to be told anything.\n" in said


def test_what_waits_in_the_outbox_is_named(planned: CommandLine) -> None:
    (planned.folder / "outbox").write_text("in the way")
    planned.refused("remind", code=1)
    assert [one["ref"] for one in planned.answer("remind", "--preview", "3")["waiting"]] == ["E1"]
    assert "1 email planned before is on the way: E1." in planned.done("remind", "--preview", "3")


def test_nobody_is_written_to_on_a_day_that_is_not_worked(planned: CommandLine) -> None:
    days = days_of(planned.answer("remind", "--preview", "90"))
    assert days
    assert all(dt.date.fromisoformat(day).weekday() < 5 for day in days)
    assert "2025-12-25" not in days


def test_for_whom_nobody_is_found_is_said_once(planned: CommandLine) -> None:
    for person in ("PE1", "PE3"):
        planned.done("person", "change-email", person)
    answer = planned.answer("remind", "--preview", "7")
    rules = [one["rule"] for one in answer["untold"] if one["ref"] == "A1"]
    assert rules == ["before-20", "before-5"]
    said = " ".join(planned.done("remind", "--preview", "7").split())
    assert said.count("has no address: whoever is next is told instead") == 2


def test_a_preview_begins_today_and_has_bounds(planned: CommandLine) -> None:
    said = planned.refused("remind", "--preview", "30", "--on", "3.11.2025")
    assert "--on: it cannot stand beside --preview, which begins today." in said
    assert planned("remind", "--preview", "0").exit_code == 2
    assert planned("remind", "--preview", "367").exit_code == 2
