"""Reminding of one day: the emails are settled and sent, or only shown."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final

import typer

from interfaces.bootstrap import Partnership
from interfaces.bootstrap_mail import delivery_of, rules_of
from interfaces.cli.not_taken_words import (
    PostRoom,
    not_taken,
    not_taken_as_plain,
    not_taken_in_words,
)
from interfaces.cli.opening import partnership_of
from interfaces.cli.reminder_words import as_plain, told
from interfaces.cli.showing import write, write_json
from interfaces.cli.unsent_words import as_plain_unsent, not_sent
from interfaces.inputs import BadInput, day_given
from notifications.misnamed import misnamed
from notifications.narrowed import narrowed
from notifications.outbox_standing import waiting
from notifications.outcomes import Outcome
from notifications.reminding import Reminded, preview
from notifications.reminding import remind as settle
from notifications.unsent import unsent
from projections.names import Names
from workflow.civil_dates import format_date

_AHEAD: Final = (
    "{day} lies ahead, and what is sent today for a later day is not sent again then. To see what"
    " is coming, add --dry-run; to send what is due today, leave --on out."
)


def run(ctx: typer.Context, on: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Remind of a day, today unless another is named, and show what came of it."""
    with partnership_of(ctx) as partnership:
        day = day_given(on, "--on") if on is not None else partnership.today
        if not dry_run and day > partnership.today:
            raise BadInput("--on", _AHEAD.format(day=format_date(day)))
        if dry_run:
            reminded, outcomes = _previewed(partnership, day), None
        else:
            reminded, outcomes = _reminded(partnership, day)
        left_over = unsent(partnership.log, partnership.today, partnership.calendar)
        on_their_way = not_taken(waiting(partnership.log), partnership.clock())
        names = Names(partnership.view(), day)
        if as_json:
            plain = as_plain(reminded, outcomes, names)
            still = {"not_taken": not_taken_as_plain(on_their_way)}
            write_json({**plain, **still, "unsent": as_plain_unsent(left_over)})
        else:
            write(*told(reminded, outcomes, names))
            if on_their_way:
                settings = partnership.settings
                room = PostRoom(names, settings.reminders.zone, settings.mail.transport)
                write("", not_taken_in_words(on_their_way, room))
            write(*not_sent(left_over, names))
            rules = rules_of(partnership.settings)
            write(*narrowed(rules), *misnamed(rules, partnership.view()))


def _previewed(partnership: Partnership, day: dt.date) -> Reminded:
    rules = rules_of(partnership.settings)
    report = preview(partnership.log, rules, day, partnership.calendar)
    return Reminded(report, tuple(("", email) for email in report.emails))


def _reminded(partnership: Partnership, day: dt.date) -> tuple[Reminded, Counter[Outcome]]:
    delivery = delivery_of(partnership)
    sending = delivery.sending
    today = partnership.today
    reminded = settle(
        partnership.ledger, sending.rules, day, domain=sending.head.domain, leaves_on=today
    )
    try:
        return reminded, delivery.deliver(today)
    finally:
        delivery.mailer.close()
