from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.running import CommandLine


@pytest.fixture
def told(plan_on_both: CommandLine) -> CommandLine:
    """Give the story of a small plan, with two meetings, on both databases."""
    return with_meetings(plan_on_both)


@pytest.fixture
def plan(plan_on_sqlite: CommandLine) -> CommandLine:
    """Give the same on SQLite."""
    return with_meetings(plan_on_sqlite)


def with_meetings(cli: CommandLine) -> CommandLine:
    cli.done("meeting", "record", "--title", "Executive board", "--held-on", "4.6.25")
    return cli


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_which_dates_moved_oftenest_and_who_approved(told: CommandLine) -> None:
    (moved,) = told.answer("ask", "moved")["found"]
    assert (moved["ref"], moved["moves"], moved["slippage"]) == ("A1", 1, "+5 months")
    assert len(moved["approved_by"]) == 1
    assert told.answer("ask", "moved", "--at", "1.6.25")["found"] == []
    assert "No date has moved." in told.done("ask", "moved", "--at", "1.6.25")
    assert "+5 months" in told.done("ask", "moved")


def test_what_was_silent_for_how_long_on_a_day(told: CommandLine) -> None:
    found = told.answer("ask", "silent", "--days", "60", "--at", "30.5.25")["found"]
    assert [(one["ref"], one["days"], one["ever_updated"]) for one in found] == [
        ("A1", 60, False),
        ("A2", 60, False),
    ]
    assert told.answer("ask", "silent", "--days", "61", "--at", "30.5.25")["found"] == []
    assert "Silent for 60 days or longer" in told.done("ask", "silent", "--at", "30.5.25")


def test_words_are_shown_as_they_were_written(plan: CommandLine) -> None:
    plan.done("action", "reword", "A1", "--text", "Train [/] :warning: schools", "--reason", "So")
    assert "Train [/] :warning: schools" in words_of(plan.done("ask", "silent", "--days", "1"))


def test_which_reminders_did_not_go(told: CommandLine) -> None:
    found = told.answer("ask", "not-reminded", "--at", "23.5.25")["found"]
    assert {(one["item"], one["why"]) for one in found} >= {("A1", "nobody had planned it")}
    assert "nobody had planned" in told.done("ask", "not-reminded", "--at", "23.5.25")
    late = told.refused("ask", "not-reminded", "--from", "2.5.25", "--at", "1.5.25")
    assert "--from: it lies after 1 May 2025" in late
    late = told.refused("ask", "not-reminded", "--to", "2.5.25", "--at", "1.5.25")
    assert "--to: it lies after 1 May 2025" in late
    quiet = told.done("ask", "not-reminded", "--from", "5.4.25", "--to", "6.4.25")  # a weekend
    assert "Every reminder that was due at the sending time of its day has gone." in quiet


def test_a_month_without_reminders_is_told_day_by_day_with_what_came_of_it(
    plan: CommandLine,
) -> None:
    days = ("--from", "2.5.25", "--to", "30.5.25")
    found = plan.answer("ask", "not-reminded", *days)
    missed = [(one["on"], one["rule"], one["days"]) for one in found["found"]]
    # May ends on a Saturday: 20 working days before lies in April, 5 before on Friday 23 May.
    assert missed == [("2025-05-02", "before-20", 14), ("2025-05-23", "before-5", 5)]
    assert found["days"] == 19
    first, second = found["found"]
    assert first["then"] == "overtaken by its next step on 23 May 2025"
    assert second["then"] is None
    text = words_of(plan.done("ask", "not-reminded", *days))
    assert "2 May 2025 A1 to Example" in text
    assert "nobody had planned it, on 14 sending days in a row; overtaken" in text
    assert "2 reminders did not go when due, on 2 of 19 sending days." in text


def test_what_was_caught_up_on_says_by_which_email(plan: CommandLine) -> None:
    plan.on(dt.date(2025, 11, 10))
    plan.done("remind")
    found = plan.answer("ask", "not-reminded", "--from", "M1", "--to", "7.11.25")["found"]
    (late,) = (one for one in found if (one["item"], one["rule"]) == ("A1", "after-5"))
    assert (late["on"], late["days"]) == ("2025-11-07", 1)
    assert late["then"].startswith("planned as E")
    assert late["then"].endswith("on 10 November 2025")


def test_what_was_confirmed_without_evidence_and_by_whom(told: CommandLine) -> None:
    assert told.answer("ask", "verified-by")["checked"] == 0
    done = ("--what-we-did", "Read them", "--no-evidence-reason", "Lost")
    told.done("action", "submit", "A2", *done, "--as", "PE2")
    told.done("action", "complete", "A2", "--as", "PE7")
    (found,) = told.answer("ask", "without-evidence")["found"]
    assert (found["ref"], found["reason"]) == ("A2", "Lost")
    checked = told.answer("ask", "verified-by")
    assert (checked["checked"], checked["wrong"]) == (1, [])
    assert "1 confirmation was checked" in told.done("ask", "verified-by")
    assert "None was given by somebody who should not have." in told.done("ask", "verified-by")
    assert "Lost" in told.done("ask", "without-evidence")


def test_a_lead_who_turns_out_to_have_confirmed_is_found(plan: CommandLine) -> None:
    done = ("--what-we-did", "Read them", "--evidence", "List")
    plan.done("action", "submit", "A2", *done, "--as", "PE2")
    plan.done("action", "complete", "A2", "--as", "PE7")
    plan.on(dt.date(2025, 9, 25))
    plan.done("role", "appoint", "RO2", "--person", "PE7", "--from-on", "1.9.25")
    (wrong,) = plan.answer("ask", "verified-by")["wrong"]
    assert (wrong["ref"], wrong["on"]) == ("A2", "2025-09-24")
    late = plan.answer("history", "RO2")["events"][-1]
    assert wrong["late_entry"] == {
        "position": late["position"],
        "ref": "RO2",
        "lateness": "recorded 24 days after it happened",
    }
    told = words_of(plan.done("ask", "verified-by"))
    assert "which leads it" in told
    assert f"entry {late['position']} of RO2 says so, recorded 24 days after it happened" in told


def test_what_was_changed_in_the_week_before_a_meeting(told: CommandLine) -> None:
    found = told.answer("ask", "before", "M1")
    assert (found["from"], found["to"]) == ("2025-05-29", "2025-06-04")
    assert [one["type"] for one in found["found"]] == [
        "action.extension_requested",
        "action.extension_approved",
        "action.target_date_moved",
    ]
    assert "Reason: Exams" in told.done("ask", "before", "June 2025 meeting")
    assert "Nothing." in told.done("ask", "before", "M1", "--days", "1")


def test_how_the_papers_of_a_meeting_differ_from_the_record_now(told: CommandLine) -> None:
    papers = told.answer("board", "--at", "1.6.25")["position"]
    number = ("--papers-position", str(papers))
    told.done("meeting", "correct", "M1", *number, "--reason", "The papers are in")
    told.done("action", "start", "A1", "--effective-on", "1.5.25", "--as", "PE3")
    found = told.answer("ask", "since-papers", "M1")
    (unknown,) = (one for one in found["not_known_then"] if one["ref"] == "A1")
    assert "from not started to in progress" in unknown["sentence"]
    assert "from May 2025 to October 2025" in unknown["sentence"]
    assert {one["ref"] for one in found["changed_since"]} == {"A1", "A2"}
    assert found["papers_position_recorded"]
    assert "What the papers did not know of that day:" in told.done("ask", "since-papers", "M1")
    assert "names no meeting" in told.refused("ask", "since-papers", "1.6.25")


def test_why_a_date_is_what_it_is(told: CommandLine) -> None:
    text = words_of(told.done("explain", "A1", "date"))
    for words in (
        "Why the target date of A1 is: October 2025 (due 31 October 2025)",
        "From then on: May 2025 (due 31 May 2025)",
        "asked for more time (first request)",
        "Reason: Exams",
        "Approved by:",
        "Still: May 2025 (due 31 May 2025)",
        "From then on: October 2025",
    ):
        assert words in text, words
    chain = told.answer("explain", "A1", "target")["chain"]
    assert [link["type"] for link in chain] == [
        "action.created",
        "action.extension_requested",
        "action.extension_approved",
        "action.target_date_moved",
    ]
    assert [link["approved_by"] is not None for link in chain] == [False, False, False, True]


@pytest.mark.parametrize(
    ("field", "value", "types"),
    [
        ("text", "Audit files", ["action.created", "action.reworded"]),
        ("lead", "Example Quality Lead", ["action.created"]),
        ("status", "in progress", ["action.created", "action.started"]),
        (
            "colour",
            "green",
            ["action.created", "action.started", "action.progress_noted"],
        ),
    ],
)
def test_why_anything_else_is_what_it_is(
    plan: CommandLine, field: str, value: str, types: list[str]
) -> None:
    plan.done("action", "reword", "A2", "--text", "Audit files", "--reason", "Plain")
    told = plan.answer("explain", "A2", field)
    assert [link["type"] for link in told["chain"]] == types
    if field != "lead":
        assert told["value"] == value
    assert told["clock"] == "now"
    assert plan.done("explain", "A2", field)


def test_a_colour_is_explained_by_its_rule_and_its_facts(plan: CommandLine) -> None:
    told = plan.answer("explain", "A2", "colour")
    assert told["rule"] == "It is under way. It was last updated on 24 September 2025."
    assert {"label": "Status", "value": "in progress"} in told["facts"]
    assert "There is no A9" in plan.refused("explain", "A9", "date")
    assert "'shape' is not one of" in plan.refused("explain", "A2", "shape")


def test_why_an_action_stands_under_its_priority(plan: CommandLine) -> None:
    plan.done("plan", "add-priority", "P1", "--title", "Exploitation")
    plan.done("action", "move-to-priority", "A2", "--priority", "2", "--reason", "It fits there.")
    first, second = plan.answer("explain", "A2", "priority")["chain"]
    assert (first["type"], first["value"]) == ("action.created", "priority 1 of P1, Neglect")
    assert second["value"] == "priority 2 of P1, Exploitation"
    assert "Reason: It fits there." in plan.done("explain", "A2", "priority")
    assert "A2 has no date for looking at the impact" in plan.refused("explain", "A2", "impact")


def test_why_the_impact_is_looked_at_when_it_is(plan: CommandLine) -> None:
    made = ("--text", "Read the history", "--addressed-to", "RO2", "--target", "30.9.25")
    plan.done("recommendation", "propose", *made, "--source", "A review")
    done = ("--what-we-did", "Read it", "--evidence", "List")
    plan.done("recommendation", "accept", "R1", "--decided-by", "RO6")
    plan.done("recommendation", "start", "R1")
    plan.done("recommendation", "report-implemented", "R1", *done, "--as", "PE2")
    plan.done("recommendation", "verify", "R1", "--as", "PE7")
    plan.done("recommendation", "set-impact-date", "R1", "--target", "31.3.26")
    told = plan.answer("explain", "R1", "impact")
    assert told["value"] == "31.3.26 (due 31 March 2026)"
    assert [one["value"] for one in told["chain"]] == ["none", told["value"]]
    assert "R1 has no priority; actions have." in plan.refused("explain", "R1", "priority")


def test_why_an_audit_stands_where_it_stands(plan: CommandLine) -> None:
    def rule() -> str:
        return str(plan.answer("explain", "AU1", "stage")["rule"])

    plan.done("audit", "plan", "--kind", "audit", "--title", "Neglect", "--lead-role", "RO2")
    assert rule() == "The next step is to record its scope."
    plan.done("audit", "scope", "AU1", "--terms-of-reference", "x", "--key-lines-of-enquiry", "y")
    assert rule() == "The next step is to start its fieldwork; nothing stands in its way."
    plan.done("audit", "start-fieldwork", "AU1")
    plan.done("audit", "pause", "AU1", "--reason", "Inspectors came")
    told = plan.answer("explain", "AU1", "status")
    assert (told["value"], told["facts"]) == (
        "paused",
        [{"label": "Why it stands so", "value": "Inspectors came"}],
    )
    plan.done("audit", "resume", "AU1")
    plan.done("audit", "start-analysis", "AU1")
    plan.done("finding", "draft", "AU1", "--kind", "area for development", "--text", "Slow")
    plan.done("audit", "start-moderation", "AU1")
    text = words_of(plan.done("explain", "AU1", "status"))
    for words in (
        "Why the status of AU1 is: moderation",
        "approve its report. What stands in its way: AU1/F1 is draft, so you cannot approve AU1.",
        "AU1/F1 area for development, draft",
        "Reason: Inspectors came From then on: paused",
    ):
        assert words in text, words
    values = [one["value"] for one in plan.answer("explain", "AU1", "status")["chain"]]
    stages = ["planned", "scoped", "fieldwork", "paused", "fieldwork", "analysis", "moderation"]
    assert values == stages


def test_who_leads_an_audit_and_what_it_is_called_is_explained_too(plan: CommandLine) -> None:
    plan.done("audit", "plan", "--kind", "audit", "--title", "Neglect", "--lead-role", "RO2")
    plan.done("audit", "hand-over", "AU1", "--subgroup", "S2", "--reason", "Theirs")
    plan.done("audit", "hand-over", "AU1", "--lead-role", "RO3", "--reason", "Theirs")
    plan.done("audit", "retitle", "AU1", "--title", "Neglect in early years")
    lead = plan.answer("explain", "AU1", "lead")
    assert [one["type"] for one in lead["chain"]] == ["audit.planned", "audit.handed_over"]
    title = plan.answer("explain", "AU1", "title")
    assert [one["value"] for one in title["chain"]] == ["Neglect", "Neglect in early years"]
    assert "AU1 has no target date; actions and recommendations have." in plan.refused(
        "explain", "AU1", "date"
    )
    assert "There is no AU9" in plan.refused("explain", "AU9", "status")


def test_an_audit_that_is_over_waits_for_nothing(plan: CommandLine) -> None:
    plan.done("audit", "plan", "--kind", "audit", "--title", "Neglect")
    plan.done("audit", "cancel", "AU1", "--reason", "Another one covers it")
    told = plan.answer("explain", "AU1", "status")
    assert told["rule"] == "It is cancelled: no step follows."
    assert "nobody" in plan.done("explain", "AU1", "lead")
