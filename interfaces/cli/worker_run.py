"""The worker at work: the tick with its heart, from the first one until it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable

import typer

from interfaces.beating import beating
from interfaces.bootstrap import Partnership
from interfaces.bootstrap_mail import tick_of
from interfaces.cli.early_signals import EarlySignals
from interfaces.cli.logging_apart import log_to_stderr
from interfaces.cli.opening import partnership_of
from interfaces.daily_signing import signing_daily
from interfaces.settings_of_reminders import ReminderSettings
from notifications.heartbeat import Heart
from notifications.misnamed import misnamed
from notifications.narrowed import narrowed
from notifications.scheduler import StopAsked, run_worker


def run_until_stopped(ctx: typer.Context, early: EarlySignals) -> None:
    """Tick every minute; a signal that came before the worker could hear it counts as well."""
    log_to_stderr()
    with partnership_of(ctx) as partnership:
        if early.heard is not None:
            typer.echo("Asked to stop before it began: nothing was sent.", err=True)
            return
        rules = partnership.settings.reminders.all_rules()
        view = partnership.view()
        for said in (*narrowed(rules, view), *misnamed(rules, view)):
            typer.echo(said, err=True)
        heart = Heart(partnership.log, partnership.clock)
        tick = worker_tick(partnership, heart)
        heart.begin()
        run_worker(tick, lambda: _announce(early, partnership.settings.reminders))
        heart.stop()


def worker_tick(partnership: Partnership, heart: Heart) -> Callable[[StopAsked], object]:
    """Return what a worker does every minute: remind, and sign the head once on every day."""
    return signing_daily(partnership, beating(tick_of(partnership), heart))


def _announce(early: EarlySignals, reminders: ReminderSettings) -> None:
    """Say that the worker is at work, and can be stopped."""
    at = f"{reminders.at:%H:%M} {reminders.time_zone}"
    typer.echo(f"Reminding on working days at {at}. Ctrl-C stops it.", err=True)
    early.pass_on()
