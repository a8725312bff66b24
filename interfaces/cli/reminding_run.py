"""Reminding of one day: the emails are settled and sent, or only shown."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

import typer

from interfaces.bootstrap import Partnership
from interfaces.bootstrap_mail import delivery_of, rules_of
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.not_taken_words import (
    PostRoom,
    not_left,
    not_taken,
    not_taken_as_plain,
    not_taken_in_words,
)
from interfaces.cli.opening import partnership_of
from interfaces.cli.reminder_words import Outcomes, as_plain, told
from interfaces.cli.showing import write, write_json
from interfaces.cli.unsent_words import as_plain_unsent, not_sent
from interfaces.inputs import BadInput, day_given
from notifications.misnamed import misnamed
from notifications.narrowed import narrowed
from notifications.outbox_standing import Waiting, waiting
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

_DID_NOT_LEAVE: Final = (Outcome.FAILED, Outcome.GIVEN_UP)
"""What became of an email that neither left nor waits any more."""


def run(ctx: typer.Context, on: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Remind of a day, today unless another is named, and show what came of it.

    Ends with 1 when something that should have left did not.
    """
    with partnership_of(ctx) as partnership:
        day = day_given(on, "--on") if on is not None else partnership.today
        if not dry_run and day > partnership.today:
            raise BadInput("--on", _AHEAD.format(day=format_date(day)))
        if dry_run:
            reminded, outcomes = _previewed(partnership, day), None
        else:
            reminded, outcomes = _reminded(partnership, day)
        left_over = unsent(partnership.log, partnership.today, partnership.calendar)
        held = waiting(partnership.log)
        if outcomes is None:
            on_their_way = not_taken(held, partnership.clock())
        else:
            on_their_way = not_left(held, partnership.today)
        names = Names(partnership.view(), day)
        if as_json:
            plain = as_plain(reminded, outcomes, names)
            still = {"not_taken": not_taken_as_plain(on_their_way)}
            write_json({**plain, **still, "unsent": as_plain_unsent(left_over)})
        else:
            write(*told(reminded, _counted(outcomes, on_their_way), names))
            if on_their_way:
                settings = partnership.settings
                room = PostRoom(names, settings.reminders.zone, settings.mail.transport)
                write("", not_taken_in_words(on_their_way, room))
            write(*not_sent(left_over, names))
            rules = rules_of(partnership.settings)
            view = partnership.view()
            write(*narrowed(rules, view), *misnamed(rules, view))
    if outcomes is not None and (on_their_way or any(outcomes[end] for end in _DID_NOT_LEAVE)):
        raise typer.Exit(CHECK_FAILED)


def _counted(outcomes: Outcomes, on_their_way: Sequence[Waiting]) -> Outcomes:
    """Count all that wait as put off, also what was not tried since no server was there."""
    if outcomes is None:
        return None
    shown = Counter(outcomes)
    shown[Outcome.PUT_OFF] = len(on_their_way) - shown[Outcome.PROBLEM]
    return +shown


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
