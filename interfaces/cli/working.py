"""`goldthread worker`."""

from __future__ import annotations

import typer

from interfaces.cli.early_signals import hearing_early


def worker(ctx: typer.Context) -> None:
    """Remind on every working day at the configured time, until stopped with Ctrl-C or SIGTERM.

    The message in hand is finished first. The head of the record is signed once on every day,
    and 'goldthread status' tells when the worker was last awake.
    """
    with hearing_early() as early:
        # Loading this takes most of the time in which a signal to stop could be missed.
        from interfaces.cli.worker_run import run_until_stopped  # noqa: PLC0415

        run_until_stopped(ctx, early)
