"""`goldthread reminders`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from events.refs import read_ref
from interfaces.bootstrap import Partnership
from interfaces.cli.listing_words import listing_as_plain, listing_in_words
from interfaces.cli.moment_options import AsJson, At
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.email_words import Shown
from interfaces.inputs import BadInput, chosen, day_given
from interfaces.moments import Moment, moment_given
from interfaces.naming import existing, row_of
from interfaces.record_foot import record_foot
from notifications.listing import Fate, Wanted, listed, only_about
from notifications.narrowed import narrowed
from notifications.outbox_standing import waiting
from notifications.planning import PlanningReport
from notifications.reminding import preview
from projections.names import Names
from workflow.refusals import NotFound

Person = Annotated[
    str | None, typer.Option(metavar="PERSON", help="To one person: PE3, a name or an address.")
]
Item = Annotated[
    str | None, typer.Option(metavar="ITEM", help="About one thing: A12, R7, AU3, AU3/C1.")
]
Status = Annotated[str | None, typer.Option(metavar="|".join(Fate), help="Of which that became.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Of this day and later ones.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Of this day and earlier ones.")]


def reminders(
    ctx: typer.Context,
    *,
    person: Person = None,
    item: Item = None,
    status: Status = None,
    since: Since = None,
    until: Until = None,
    at: At = None,
    as_json: AsJson = False,
) -> None:
    """List what was planned, sent, failed, is uncertain, or was considered and not sent, and why.

    Without --at it also tells who has to wait today, and for what nobody is found.
    """
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, None)
        wanted = Wanted(
            existing(person, ["person"], moment.view, "--person") if person is not None else None,
            _item(item, moment) if item is not None else None,
            Fate(chosen(status, [*Fate], "--status")) if status is not None else None,
            *_days(since, until),
        )
        shown = _shown(partnership, moment, wanted)
        if as_json:
            write_json(listing_as_plain(shown))
        else:
            rules = partnership.settings.reminders.all_rules()
            said = narrowed(rules, moment.view) if moment.is_now else ()
            write(*listing_in_words(shown), *said, *record_foot(partnership, moment))


def _item(words: str, moment: Moment) -> str:
    """Read what emails are to be about; raises `NotFound` where it is not there."""
    ref = read_ref(words)
    row, clock = row_of(ref, moment.view), ref.partition("/clock-")[2]
    if row is None or (clock and clock not in row["clocks"]):
        raise NotFound(ref)
    return ref


def _days(since: str | None, until: str | None) -> tuple[dt.date | None, dt.date | None]:
    first = day_given(since, "--since") if since is not None else None
    last = day_given(until, "--until") if until is not None else None
    if first is not None and last is not None and last < first:
        raise BadInput("--until", "it lies before --since. Exchange the two.")
    return first, last


def _shown(partnership: Partnership, moment: Moment, wanted: Wanted) -> Shown:
    return Shown(
        moment,
        listed(moment.view, wanted),
        {one.email: one for one in waiting(partnership.log)} if moment.is_now else {},
        _planned_today(partnership, moment, wanted),
        Names(moment.view, moment.on),
        partnership.settings.reminders.zone,
    )


def _planned_today(
    partnership: Partnership, moment: Moment, wanted: Wanted
) -> PlanningReport | None:
    """Return what planning today finds about whom is asked for, unless the past is asked for."""
    is_past = not moment.is_now or (wanted.until is not None and wanted.until < moment.on)
    if is_past or wanted.fate is not None:
        return None
    rules = partnership.settings.reminders.all_rules()
    report = preview(partnership.log, rules, moment.on, partnership.calendar)
    return only_about(report, wanted)
