"""`goldthread serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interfaces.cli.early_signals import hearing_early

Sample = Annotated[
    bool,
    typer.Option("--sample", help="Serve a made-up record, with its own clock, to try things out."),
]
Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="FOLDER", help="Where the sample is kept; else a new folder."),
]
WithoutWorker = Annotated[
    bool,
    typer.Option("--without-worker", help="Serve the pages alone: reminders leave elsewhere."),
]


def serve(
    ctx: typer.Context,
    *,
    sample: Sample = False,
    folder: Folder = None,
    without_worker: WithoutWorker = False,
) -> None:
    """Serve the pages, with the worker that reminds, until stopped with Ctrl-C or SIGTERM.

    Where they are reached is [web] in the configuration.
    """
    with hearing_early() as early:
        # What serves takes a second to load, in which a signal to stop could be missed.
        from interfaces.cli.serve_run import serve_record, serve_sample  # noqa: PLC0415

        if sample or folder is not None:
            serve_sample(folder, early)
        else:
            serve_record(ctx, early, with_worker=not without_worker)
