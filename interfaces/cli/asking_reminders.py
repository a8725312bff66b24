"""What a scrutineer asks about reminders: which were due, day by day, and did not go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.refs import quoted
from interfaces.bootstrap import Partnership
from interfaces.cli.moment_options import AsJson, At
from interfaces.cli.opening import partnership_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from interfaces.inputs import BadInput
from interfaces.moments import Moment, day_named, moment_given
from interfaces.record_foot import record_foot
from notifications.not_reminded import NotReminded, not_reminded
from notifications.overlooked import Morning, Overlooked, mornings
from notifications.reasons import rule_in_words
from notifications.sending_times import last_sending
from notifications.wording import counted, joined
from projections.names import Names
from projections.projection import Row
from workflow.civil_dates import format_date

From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="DATE|MEETING",
        help="From this day on; 30 days before the last if left out.",
    ),
]
To = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE|MEETING", help="Up to this day; the day of --at if none."),
]
_BACK_DAYS: Final = 30
_ALL_GONE: Final = "Every reminder that was due at the sending time of its day has gone."


def asked_not_reminded(
    ctx: typer.Context,
    *,
    from_: From = None,
    to: To = None,
    at: At = None,
    as_json: AsJson = False,
) -> None:
    """Which reminders were due and did not go, day by day, and why did each not?

    By the rules of today's configuration. What became of it later is told by what is known now, or
    was known --at.
    """
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, None)
        first, last = _days(partnership, moment, from_, to)
        days = _mornings(partnership, moment, first, last)
        found = [*_overlooked(partnership, days, moment), *not_reminded(moment.view, first, last)]
        names = Names(moment.view, moment.on)
        told = [_plain(one, names) for one in sorted(found, key=lambda one: one.on)]
        if as_json:
            ends = {"from": first.isoformat(), "to": last.isoformat(), "days": len(days)}
            write_json({**moment.as_json(), **ends, "found": told})
            return
        between = f"from {format_date(first)} to {format_date(last)}"
        write(f"Reminders that did not go {between}, {moment.heading}")
        for day, rows in groupby(told, key=lambda one: str(one["on"])):
            write(*_told(day, rows))
        write(*(["", _count(told, len(days))] if told else [_ALL_GONE]))
        write(*record_foot(partnership, moment))


def _days(
    partnership: Partnership, moment: Moment, from_: str | None, to: str | None
) -> tuple[dt.date, dt.date]:
    last = moment.on if to is None else day_named(partnership, to, "--to")[0]
    if last > moment.on:
        raise BadInput("--to", f"it lies after {format_date(moment.on)}. Give an earlier day.")
    if from_ is None:
        return last - dt.timedelta(_BACK_DAYS), last
    first = day_named(partnership, from_, "--from")[0]
    if first > last:
        raise BadInput("--from", f"it lies after {format_date(last)}. Give an earlier day.")
    return first, last


def _mornings(
    partnership: Partnership, moment: Moment, first: dt.date, last: dt.date
) -> list[Morning]:
    """Return the days of some time on which emails leave, as far as their sending time has come."""
    reminders, calendar = partnership.settings.reminders, partnership.calendar
    come = last_sending(partnership.clock(), reminders.at, reminders.zone, calendar)
    return mornings(
        partnership.log,
        (first, min(last, come.astimezone(reminders.zone).date())),
        lambda day: dt.datetime.combine(day, reminders.at, reminders.zone),
        calendar,
        moment.position,
    )


def _overlooked(
    partnership: Partnership, days: Sequence[Morning], moment: Moment
) -> tuple[NotReminded, ...]:
    rules = partnership.settings.reminders.all_rules()
    overlooked = Overlooked(partnership.log, rules, partnership.calendar)
    with progress_bar("Looking at each day") as progress:
        return overlooked.on(_watched(days, progress), moment.view)


def _watched(days: Sequence[Morning], progress: Callable[[int, int], None]) -> Iterator[Morning]:
    for number, day in enumerate(days):
        progress(number, len(days))
        yield day


def _plain(one: NotReminded, names: Names) -> Row:
    return {
        "item": quoted(one.item),
        "person": names.called(one.person) if one.person else None,
        "rule": one.rule,
        "rule_in_words": rule_in_words(one.rule),
        "on": one.on.isoformat(),
        "days": one.days,
        "why": one.why,
        "then": one.then,
        "email": quoted(one.email) if one.email else None,
    }


def _told(day: str, rows: Iterable[Row]) -> Iterator[RenderableType]:
    yield Text(f"\n{format_date(dt.date.fromisoformat(day))}", style="bold")
    alike: dict[str, list[str]] = {}
    for one in rows:
        whom = f" to {one['person']}" if one["person"] else ""
        email = f" [{one['email']}]" if one["email"] else ""
        said = f"{whom}, {one['rule_in_words']}{email}: {_why(one)}."
        alike.setdefault(said, []).append(one["item"])
    for said, items in alike.items():
        yield Padding(Text(f"{joined(items)}{said}"), (0, 0, 0, 2))


def _why(one: Row) -> str:
    more = f", on {one['days']} sending days in a row" if one["days"] > 1 else ""
    then = f"; {one['then']}" if one["then"] else ""
    return f"{one['why']}{more}{then}"


def _count(told: Sequence[Row], days: int) -> str:
    on = f"{len({one['on'] for one in told})} of {counted(days, 'sending day')}"
    return f"{counted(len(told), 'reminder')} did not go when due, on {on}."
