from __future__ import annotations

import pytest

from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine


@pytest.fixture
def plan(cli: CommandLine) -> CommandLine:
    """Give the story of a small plan, with a meeting in the middle."""
    a_small_plan(cli)
    cli.done("meeting", "record", "--title", "Executive board", "--held-on", "2.4.25")
    return cli


def test_a_replay_tells_each_step_plainly(plan: CommandLine) -> None:
    text = " ".join(plan.done("replay", "A1", "--from", "1.6.25").split())
    for words in (
        (
            "What happened from 1 June 2025 until 24 September 2025, of A1, event by event, as it"
            " became known"
        ),
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


@pytest.mark.parametrize("to", ["M1", "2.4.25", "1.6.25"])
def test_a_meeting_is_a_step_even_if_it_was_recorded_after_the_walk_ends(
    plan: CommandLine, to: str
) -> None:
    steps = plan.answer("replay", "--to", to, "--step", "meeting")["steps"]
    assert (steps[0]["meeting"], steps[0]["on"]) == ("Executive board", "2025-04-02")
    assert "Until 2 April 2025: Executive board" in plan.done(
        "replay", "--to", to, "--step", "meeting"
    )


@pytest.mark.parametrize(
    ("asked", "heading", "of"),
    [
        ((), "What happened until 24 September 2025, of everything, event by event", {}),
        (
            ("--from", "M1", "--lead", "RO2", "--step", "day"),
            (
                "What happened since M1, Executive board, on 2 April 2025 until 24 September 2025,"
                " of the lead Chair of Audit and Performance Subgroup, day by day"
            ),
            {"lead": ["RO2"]},
        ),
        (
            ("--to", "M1", "--subgroup", "S1", "--step", "meeting"),
            (
                "What happened until M1, Executive board, on 2 April 2025, of the subgroup Audit"
                " and Performance Subgroup, from meeting to meeting"
            ),
            {"subgroup": ["S1"]},
        ),
        (("A1",), "What happened until 24 September 2025, of A1, event by event", {"ref": "A1"}),
    ],
)
def test_the_heading_says_what_is_walked_through(
    plan: CommandLine, asked: tuple[str, ...], heading: str, of: dict[str, object]
) -> None:
    assert " ".join(plan.done("replay", *asked).split()).startswith(f"{heading}, as it became")
    nothing = {"ref": None, "lead": None, "subgroup": None}
    assert plan.answer("replay", *asked)["of"] == nothing | of


@pytest.mark.parametrize("option", [("--lead", "RO2"), ("--subgroup", "S1")])
def test_a_replay_keeps_to_a_lead_or_a_subgroup(plan: CommandLine, option: tuple[str, str]) -> None:
    steps = plan.answer("replay", *option)["steps"]
    refs = {line["ref"] for step in steps for line in step["happened"]}
    assert refs == {"A2"}


def test_what_is_handed_over_belongs_to_each_in_their_time(plan: CommandLine) -> None:
    plan.done("action", "change-leads", "A1", "--lead-roles", "RO2", "--reason", "Moved.")
    theirs = plan.answer("replay", "--lead", "RO3")["steps"]
    assert "action.created" in {line["type"] for line in theirs[0]["happened"]}
    assert theirs[-1]["happened"][0]["type"] == "action.leads_changed"
    assert theirs[-1]["turned"][0] | {"by_time": False} == theirs[-1]["turned"][0]
    assert sum(theirs[-1]["counts_after"].values()) == 0
    assert "A1 now theirs, red" in plan.done("replay", "--lead", "RO2")


def test_what_cannot_be_walked_through_is_said(plan: CommandLine) -> None:
    both = plan.refused("replay", "A1", "--lead", "RO2")
    assert "REF and --lead: each says what to walk through" in both
    assert "Swap the two" in plan.refused("replay", "--from", "1.6.25", "--to", "1.5.25")
    assert "Nothing happened." in plan.done("replay", "A2", "--from", "1.6.25", "--to", "2.6.25")
    assert "'weekly' is not one of" in plan.refused("replay", "--step", "weekly")
