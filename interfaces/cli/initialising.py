"""`goldthread init`."""

from __future__ import annotations

import typer

from interfaces.beginning import begin
from interfaces.cli.opening import clock_of, settings_of
from interfaces.cli.showing import write


def init(ctx: typer.Context) -> None:
    """Begin a record, and tell where everything is and what comes next."""
    settings = settings_of(ctx)
    begun = begin(settings, clock_of(ctx))
    write(
        f"The record of {settings.partnership.name} has begun, with {begun.size} entries.",
        "",
        f"  Signing key   {begun.key}  (keep a copy where the database is not)",
        "  For the scrutineer, to check what is signed:",
        f"    {begun.verifier}",
        "",
        f"{begun.first_person} is the business manager, and may give every command. Next:",
        "",
        "  goldthread import plan.csv --plan 'Our plan'",
        "  goldthread board",
        "  goldthread role --help",
    )
