"""`goldthread worker`."""

from __future__ import annotations

import typer

from interfaces.bootstrap_mail import tick_of
from interfaces.cli.opening import partnership_of
from notifications.scheduler import run_worker


def worker(ctx: typer.Context) -> None:
    """Remind on every working day at the configured time, until stopped with Ctrl-C or SIGTERM."""
    with partnership_of(ctx) as partnership:
        reminders = partnership.settings.reminders
        at = f"{reminders.at:%H:%M} {reminders.time_zone}"
        typer.echo(f"Reminding on working days at {at}. Ctrl-C stops it.", err=True)
        run_worker(tick_of(partnership))
