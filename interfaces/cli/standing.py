"""`goldthread status`."""

from __future__ import annotations

import typer

from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.cli.standing_plain import standing_as_plain
from interfaces.cli.standing_shown import Shown
from interfaces.cli.standing_words import standing_in_words
from interfaces.erasures_waiting import waiting_erasures
from interfaces.record_doubts import record_doubts
from notifications.misnamed import misnamed
from notifications.narrowed import narrowed
from notifications.refused_addresses import refused_addresses
from notifications.standing import Schedule, standing
from projections.names import Names


def status(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Tell whether everything that was due has left, whether a worker is awake, and what to do.

    Ends with 0 when all is well, and with 1 when a reminder that was due has not left or may not
    have arrived, when nobody can be told of something due, when the worker has been silent for 15
    minutes, or when the record is not the one that was signed last, cannot be signed, or is no
    longer guarded against changes. It compares with the head that was signed last; 'goldthread
    verify' computes all of it anew.
    """
    with partnership_of(ctx) as partnership:
        reminders = partnership.settings.reminders
        rules, view = reminders.all_rules(), partnership.view()
        schedule = Schedule(reminders.at, reminders.zone, partnership.calendar)
        found = standing(
            partnership.log,
            rules,
            schedule,
            partnership.clock(),
        )
        shown = Shown(
            found,
            partnership.log.head(),
            partnership.ledger.fold.versions,
            Names(view, partnership.today),
            reminders.zone,
            partnership.settings.mail.transport,
            refused_addresses(view, partnership.today),
            tuple(record_doubts(partnership)),
            waiting_erasures(partnership),
        )
        if as_json:
            write_json(standing_as_plain(shown))
        else:
            write(*standing_in_words(shown))
            write(*narrowed(rules, view), *misnamed(rules, view))
    if not shown.is_well:
        raise typer.Exit(CHECK_FAILED)
