from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.erasures import ask_to_erase
from tests.interfaces.running import CommandLine

ASK = ("--reason", "Exams", "--progress", "Half of the schools")


@pytest.fixture
def plan(plan_on_sqlite: CommandLine) -> CommandLine:
    """Give a record with the story of a small plan, on SQLite."""
    return plan_on_sqlite


def deciders(one: dict[str, Any]) -> list[str]:
    return [person["ref"] for person in one["may_decide"]]


def ask_again(cli: CommandLine, until: str) -> None:
    cli.done("extension", "request", "A1", "--target", until, *ASK, "--as", "PE3")


def test_nothing_waits_where_everything_is_decided(plan: CommandLine) -> None:
    assert "Nothing waits." in plan.done("waiting")
    assert plan.answer("waiting")["waiting"] == []


def test_a_request_for_more_time_waits_for_who_may_decide_on_it(begun: CommandLine) -> None:
    a_small_plan(begun)
    ask_again(begun, "December 2025")
    begun.on(dt.date(2025, 9, 29))
    (one,) = begun.answer("waiting")["waiting"]
    assert (one["ref"], one["decision"], one["since"]) == ("A1", "more_time", "2025-09-24")
    assert one["working_days"] == 3
    assert one["asked_by"] == {"ref": "PE3", "name": "Example Implementation Chair"}
    assert (one["target"]["due"], one["asked_target"]["due"]) == ("2025-10-31", "2025-12-31")
    assert (one["reason"], one["progress"]) == ("Exams", "Half of the schools")
    # PE3 asked and leads it; PE2 chairs another subgroup.
    assert "PE1" in deciders(one)
    assert not {"PE2", "PE3"} & set(deciders(one))
    told = " ".join(begun.done("waiting").split())
    for words in (
        "A1 asks for more time",
        "From October 2025 to December 2025: Exams",
        "Since 24 September 2025 by Example Implementation Chair (3 working days)",
        "goldthread extension approve A1, or goldthread extension decline",
    ):
        assert words in told
    begun.done("extension", "approve", "A1", "--as", deciders(one)[-1])
    assert begun.answer("waiting")["waiting"] == []


def test_whoever_is_said_to_decide_may_and_nobody_else(plan: CommandLine) -> None:
    ask_again(plan, "December 2025")
    plan.done("extension", "approve", "A1", "--as", "PE7")
    ask_again(plan, "March 2026")
    (one,) = plan.answer("waiting")["waiting"]
    # Two extensions were given, so the third is for the executive alone.
    allowed = set(deciders(one))
    assert allowed
    people = {person["ref"] for person in plan.answer("directory")["person"]}
    for person in sorted(people - allowed):
        plan.refused("extension", "decline", "A1", "--reason", "No", "--as", person)
    plan.done("extension", "decline", "A1", "--reason", "No", "--as", min(allowed))


def test_what_was_reported_done_or_proposed_waits_oldest_first(plan: CommandLine) -> None:
    done = ("--what-we-did", "All read", "--evidence", "A list")
    plan.done("action", "submit", "A2", *done, "--as", "PE2", "--effective-on", "2025-09-01")
    plan.done("recommendation", "propose", "--text", "Listen", "--source", "A review")
    plan.done("recommendation", "propose", "--text", "Ask", "--source", "A review")
    plan.done("recommendation", "accept", "R2")
    plan.done("recommendation", "report-implemented", "R2", *done, "--as", "PE1")
    plan.on(dt.date(2025, 9, 25))
    ask_again(plan, "December 2025")
    waits = plan.answer("waiting")["waiting"]
    assert [(one["ref"], one["decision"]) for one in waits] == [
        ("A2", "confirmation"),
        ("R1", "acceptance"),
        ("R2", "verification"),
        ("A1", "more_time"),
    ]
    assert waits[0]["since"] == "2025-09-01"
    assert [one["asked_by"] and one["asked_by"]["ref"] for one in waits] == [
        "PE2",
        None,
        "PE1",
        "PE3",
    ]
    assert "PE2" not in deciders(waits[0])
    assert "PE1" not in deciders(waits[2])


def test_what_waits_for_one_person_is_told_apart(plan: CommandLine) -> None:
    ask_again(plan, "December 2025")
    for_manager = plan.answer("waiting", "--for", "PE1")["waiting"]
    assert [one["ref"] for one in for_manager] == ["A1"]
    assert "Nothing waits for this person." in plan.done("waiting", "--for", "PE3")
    assert "There is no PE99 here." in plan.refused("waiting", "--for", "PE99")


def test_what_waited_on_a_past_day_is_told(plan: CommandLine) -> None:
    plan.on(dt.date(2025, 9, 25))
    ask_again(plan, "December 2025")
    assert plan.answer("waiting", "--at", "2025-09-24")["waiting"] == []


def test_an_audit_in_moderation_waits(plan: CommandLine) -> None:
    plan.done("audit", "plan", "--kind", "audit", "--title", "Recording", "--lead-role", "RO2")
    scope = ("--terms-of-reference", "All", "--key-lines-of-enquiry", "Why", "--agencies", "AG1")
    plan.done("audit", "scope", "AU1", *scope, "--sample", "Ten")
    for step in ("start-fieldwork", "start-analysis", "start-moderation"):
        plan.done("audit", step, "AU1")
    (one,) = plan.answer("waiting")["waiting"]
    assert (one["ref"], one["decision"], one["text"]) == ("AU1", "approval", "Recording")
    assert "AU1 is in moderation" in plan.done("waiting")
    plan.done("audit", "approve", "AU1")
    assert plan.answer("waiting")["waiting"] == []


def test_what_ended_waits_for_nothing(plan: CommandLine) -> None:
    ask_again(plan, "December 2025")
    plan.done("action", "cancel", "A1", "--reason", "Schools closed", "--as", "PE7")
    assert plan.answer("waiting")["waiting"] == []


def test_an_erasure_waits_for_a_second_person_and_tells_nothing_of_its_words(
    plan: CommandLine,
) -> None:
    plan.done("remind")
    (found,) = plan.answer("erase", "find", "Ten of twenty read")
    asked = int(ask_to_erase(plan, found["entry"]))
    (one,) = plan.answer("waiting")["erasures"]
    assert (one["request"], one["entry"], one["asked_by"]) == (asked, found["entry"], "PE1")
    assert (one["asked_on"], one["until"]) == ("2025-09-24", "2025-10-24")
    assert one["may_agree"] == ["PE6", "PE7", "PE8"]
    told = " ".join(plan.done("waiting").split())
    assert f"An erasure was asked for, of words of entry {found['entry']}" in told
    assert "May agree: Example Delegated Partner (PE6)" in told
    assert f"goldthread erase agree {asked}" in told
    assert "Nothing waits" not in told
    assert "Request 17" not in told
    assert plan.answer("waiting", "--for", "PE8")["erasures"] == [one]
    assert plan.answer("waiting", "--for", "PE1")["erasures"] == []
    assert plan.answer("waiting", "--at", "1.6.25")["erasures"] == []
    assert plan.answer("status")["erasures_asked"] == [one]
    assert f"{asked}, waiting for a second person" in " ".join(plan.done("status").split())
    plan.done("erase", "agree", str(asked), "--as", "PE6")
    assert plan.answer("waiting")["erasures"] == []
    assert "second person" not in plan.done("status")
