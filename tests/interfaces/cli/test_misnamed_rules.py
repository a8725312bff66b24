from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.running import CommandLine

OWN_RULES = """
[[reminders.overrides]]
for = "P9"
rules = [{ name = "soon", days = -2, tell = ["role: Head of Leaning"] }]

[[clocks]]
name = "minutes_sent"
starts_on = "day_agreed"
title = "Send the minutes of the panel"
length = 3
"""


@pytest.fixture
def configured(begun: CommandLine) -> CommandLine:
    """Give a record whose configuration has rules and a clock of its own."""
    begun.config.write_text(OWN_RULES, encoding="utf-8")
    return begun


@pytest.mark.parametrize("command", [("remind", "--dry-run"), ("status",)])
def test_rules_that_name_what_is_not_there_are_told_where_reminding_is(
    configured: CommandLine, command: tuple[str, ...]
) -> None:
    said = " ".join(configured.done(*command).split())

    assert "rule 'soon', tell: \"role: Head of Leaning\" reaches nobody" in said
    assert "there is no P9" in said


def test_a_clock_of_ones_own_is_started_and_keeps_running_as_it_was_started(
    configured: CommandLine,
) -> None:
    configured.on(dt.date(2025, 3, 31))
    configured.done("audit", "plan", "--kind", "rapid_review", "--title", "Rapid review")
    configured.done(
        "audit", "start-clock", "AU1", "--clock", "minutes_sent", "--started-on", "2025-03-31"
    )
    configured.config.write_text("", encoding="utf-8")

    shown = configured.answer("show", "AU1/C1")
    facts = {fact["label"]: fact["value"] for fact in shown["facts"]}

    assert facts["Runs out on"] == "3 April 2025"
    assert facts["Authority"] == "period of the partnership's own"
    assert "statutory" not in configured.done("history", "AU1")


def test_a_clock_that_nobody_knows_is_refused_with_those_there_are(
    configured: CommandLine,
) -> None:
    configured.done("audit", "plan", "--kind", "rapid_review", "--title", "Rapid review")

    said = configured.refused(
        "audit", "start-clock", "AU1", "--clock", "tea", "--started-on", "2025-03-31"
    )

    assert "--clock: There is no clock" in said
    assert "a [[clocks]] in config.toml adds one." in " ".join(said.split())
    assert "minutes_sent" in said
