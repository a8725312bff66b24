"""`goldthread worker`."""

from __future__ import annotations

from collections.abc import Callable

import typer

from interfaces.bootstrap_mail import tick_of
from interfaces.cli.opening import partnership_of
from interfaces.daily_signing import signing_daily
from interfaces.settings import ReminderSettings
from notifications.scheduler import StopAsked, run_worker


def worker(ctx: typer.Context) -> None:
    """Remind on every working day at the configured time, until stopped with Ctrl-C or SIGTERM.

    The head of the record is signed once on every working day.
    """
    with partnership_of(ctx) as partnership:
        reminders = partnership.settings.reminders
        tick = signing_daily(partnership, tick_of(partnership))
        run_worker(_announced(tick, reminders))


def _announced(
    tick: Callable[[StopAsked], object], reminders: ReminderSettings
) -> Callable[[StopAsked], object]:
    """Say at the first tick that the worker is at work, and can be stopped."""
    at = f"{reminders.at:%H:%M} {reminders.time_zone}"
    waiting = [f"Reminding on working days at {at}. Ctrl-C stops it."]

    def run(stop: StopAsked) -> object:
        while waiting:
            typer.echo(waiting.pop(), err=True)
        return tick(stop)

    return run
