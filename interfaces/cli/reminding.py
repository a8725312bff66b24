"""`goldthread remind`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Annotated, Final

import typer

from interfaces.bootstrap import Partnership
from interfaces.bootstrap_mail import delivery_of, rules_of
from interfaces.cli.inputs import BadInput, day_given
from interfaces.cli.logging_apart import log_to_stderr
from interfaces.cli.moments import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.preview_words import coming_as_plain, coming_in_words
from interfaces.cli.reminder_words import as_plain, as_plain_unsent, not_sent, told
from interfaces.cli.showing import write, write_json
from notifications.delivering import Outcome
from notifications.preview import coming
from notifications.reminding import Reminded, preview
from notifications.reminding import remind as settle
from notifications.unsent import unsent
from projections.names import Names
from workflow.civil_dates import format_date

_AHEAD: Final = (
    "{day} lies ahead, and what is sent today for a later day is not sent again then. To see what"
    " is coming, add --dry-run; to send what is due today, leave --on out."
)

On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="As of this day; a later one only with --dry-run."),
]
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
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show who would be told what.")]


def remind(
    ctx: typer.Context,
    *,
    on: On = None,
    dry_run: DryRun = False,
    preview_days: Preview = None,
    as_json: AsJson = False,
) -> None:
    """Email everybody what is due to be told on a day; nobody is told the same thing twice.

    An earlier day is caught up on as it stood due then, and leaves today.
    """
    log_to_stderr()
    if preview_days is not None:
        _show_coming(ctx, preview_days, on, as_json=as_json)
        return
    with partnership_of(ctx) as partnership:
        day = day_given(on, "--on") if on is not None else partnership.today
        if not dry_run and day > partnership.today:
            raise BadInput("--on", _AHEAD.format(day=format_date(day)))
        if dry_run:
            reminded, outcomes = _previewed(partnership, day), None
        else:
            reminded, outcomes = _reminded(partnership, day)
        left_over = unsent(partnership.log, partnership.today, partnership.calendar)
        names = Names(partnership.view(), day)
        if as_json:
            plain = as_plain(reminded, outcomes, names)
            write_json({**plain, "unsent": as_plain_unsent(left_over)})
        else:
            write(*told(reminded, outcomes, names), *not_sent(left_over))


def _show_coming(ctx: typer.Context, days: int, on: str | None, *, as_json: bool) -> None:
    if on is not None:
        raise BadInput("--on", "it cannot stand beside --preview, which begins today.")
    with partnership_of(ctx) as partnership:
        today = partnership.today
        found = coming(
            partnership.log,
            rules_of(partnership.settings),
            today,
            today + dt.timedelta(days=days),
            partnership.calendar,
        )
    if as_json:
        write_json(coming_as_plain(found))
    else:
        write(*coming_in_words(found))


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
