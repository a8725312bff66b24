"""`goldthread remind`."""

from __future__ import annotations

from typing import Annotated

import typer

from interfaces.cli.logging_apart import log_to_stderr
from interfaces.cli.moment_options import AsJson
from interfaces.inputs import BadInput

On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="As of this day; a later one only with --dry-run."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show who would be told what.")]
Preview = Annotated[
    int | None,
    typer.Option(
        "--preview",
        metavar="DAYS",
        min=1,
        max=366,
        help="Only show what will go to whom from today over so many days, and why.",
    ),
]


def remind(
    ctx: typer.Context,
    *,
    on: On = None,
    dry_run: DryRun = False,
    preview_days: Preview = None,
    as_json: AsJson = False,
) -> None:
    """Email everybody what is due to be told on a day; nobody is told the same thing twice.

    An earlier day is caught up on as it stood due then, and leaves today. Ends with 1 when an email
    that should have left did not: no server took it, or it was refused.
    """
    log_to_stderr()
    # Each way loads only what it needs: what writes and sends emails is slow to load.
    if preview_days is None:
        from interfaces.cli.reminding_run import run  # noqa: PLC0415

        run(ctx, on, dry_run=dry_run, as_json=as_json)
        return
    if on is not None:
        raise BadInput("--on", "it cannot stand beside --preview, which begins today.")
    from interfaces.cli.previewing import show_coming  # noqa: PLC0415

    show_coming(ctx, preview_days, as_json=as_json)
