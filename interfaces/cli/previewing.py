"""`goldthread remind --preview`."""

from __future__ import annotations

import datetime as dt

import typer

from interfaces.cli.coming_texts import texts_of
from interfaces.cli.opening import partnership_of
from interfaces.cli.preview_words import Foreseen, coming_as_plain, coming_in_words
from interfaces.cli.showing import write, write_json
from notifications.narrowed import narrowed
from notifications.preview import coming


def show_coming(ctx: typer.Context, days: int, *, as_json: bool) -> None:
    """Show what will go to whom from today over so many days, and store nothing."""
    with partnership_of(ctx) as partnership:
        today = partnership.today
        rules = partnership.settings.reminders.all_rules()
        found = coming(
            partnership.log,
            rules,
            today,
            today + dt.timedelta(days=days),
            partnership.calendar,
        )
        view = partnership.view()
        texts = texts_of(found, view) if not as_json else {}
        warnings = narrowed(rules, view)
        calendar = partnership.calendar
    if as_json:
        write_json(coming_as_plain(found))
    else:
        write(*coming_in_words(Foreseen(found, texts, calendar)), *warnings)
