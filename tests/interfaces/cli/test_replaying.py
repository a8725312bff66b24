from __future__ import annotations

import pytest

from tests.interfaces.running import CommandLine


@pytest.fixture
def plan(plan_on_sqlite: CommandLine) -> CommandLine:
    """Give the story of a small plan, with a meeting in the middle."""
    plan_on_sqlite.done("meeting", "record", "--title", "Executive board", "--held-on", "2.4.25")
    return plan_on_sqlite


def test_a_replay_tells_each_step_plainly(plan: CommandLine) -> None:
    text = " ".join(plan.done("replay", "A1", "--from", "1.6.25").split())
    for words in (
        "What happened until 24 September 2025, event by event, as it became known",
        "2 June 2025, 13:00 [A1, entry",
        "moved the target date from May 2025 (due 31 May 2025) to October 2025",
        "Reason: Exams",
        "Colours: A1 amber → red",
        "Board: red 0 → 1, amber 1 → 0.",
    ):
        assert words in text, words


def test_a_replay_in_json_goes_from_meeting_to_meeting(plan: CommandLine) -> None:
    told = plan.answer("replay", "--step", "meeting")
    first, second = told["steps"]
    assert (first["meeting"], first["on"]) == ("Executive board", "2025-04-02")
    assert first["counts_after"]["grey"] + first["counts_after"]["amber"] == 2
    assert second["counts_before"] == first["counts_after"]
    assert plan.answer("replay", "--from", "M1", "--step", "meeting")["steps"] == [second]


@pytest.mark.parametrize("option", [("--lead", "RO2"), ("--subgroup", "S1")])
def test_a_replay_keeps_to_a_lead_or_a_subgroup(plan: CommandLine, option: tuple[str, str]) -> None:
    steps = plan.answer("replay", *option)["steps"]
    refs = {line["ref"] for step in steps for line in step["happened"]}
    assert refs == {"A2"}


def test_what_cannot_be_walked_through_is_said(plan: CommandLine) -> None:
    both = plan.refused("replay", "A1", "--lead", "RO2")
    assert "REF and --lead: each says what to walk through" in both
    assert "Swap the two" in plan.refused("replay", "--from", "1.6.25", "--to", "1.5.25")
    assert "Nothing happened." in plan.done("replay", "A2", "--from", "1.6.25", "--to", "2.6.25")
    assert "'weekly' is not one of" in plan.refused("replay", "--step", "weekly")
