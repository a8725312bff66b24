"""Records to look at: a small plan whose story goes over some months."""

from __future__ import annotations

import datetime as dt

from tests.interfaces.running import CommandLine

MEETING = dt.date(2025, 4, 2)
NEXT_MEETING = dt.date(2025, 9, 24)


def a_small_plan(cli: CommandLine) -> None:
    """Two actions in March; by September one moved and one was reported on."""
    cli.on(dt.date(2025, 3, 31))
    cli.done("plan", "adopt", "--title", "Plan 2025")
    cli.done("plan", "add-priority", "P1", "--title", "Neglect")
    for text, role, target in (
        ("Train every school", "RO3", "May 2025"),
        ("Audit case files", "RO2", "31.12.25"),
    ):
        cli.done(
            "action", "create", "--text", text, "--lead-roles", role, "--target", target,
            "--plan", "P1", "--priority", "1",
        )  # fmt: skip
    cli.on(dt.date(2025, 6, 2))
    asked = ("--target", "October 2025", "--reason", "Exams", "--progress", "Half")
    cli.done("extension", "request", "A1", *asked, "--as", "PE3")
    cli.done("extension", "approve", "A1", "--as", "PE7")
    cli.on(NEXT_MEETING)
    cli.done("action", "note-progress", "A2", "--note", "Ten of twenty read", "--as", "PE2")
