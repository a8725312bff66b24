"""`goldthread waiting`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.refs import quoted
from interfaces.cli.moment_options import AsJson, At, AtPosition, TrueOn
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.moments import moment_given
from interfaces.naming import existing
from interfaces.record_foot import record_foot
from projections.projection import Row
from projections.waiting import Decision, Waiting
from projections.waiting import waiting as what_waits
from workflow.civil_dates import format_date

MOST_NAMED: Final = 4
"""How many of those who may decide are named; more are counted."""

For = Annotated[
    str | None,
    typer.Option("--for", metavar="PERSON", help="Only what this person may decide: PE9."),
]

_ASKED: Final = {
    Decision.MORE_TIME: "asks for more time",
    Decision.CONFIRMATION: "was reported done, to be confirmed or returned",
    Decision.VERIFICATION: "was reported done, to be verified or sent back",
    Decision.ACCEPTANCE: "was proposed, to be accepted or rejected",
    Decision.APPROVAL: "is in moderation: its findings to be settled, its report approved",
}
_HOW: Final = {
    Decision.MORE_TIME: ("extension approve", "extension decline"),
    Decision.CONFIRMATION: ("action complete", "action return"),
    Decision.VERIFICATION: ("recommendation verify", "recommendation refuse-verification"),
    Decision.ACCEPTANCE: ("recommendation accept", "recommendation reject"),
    Decision.APPROVAL: ("audit approve", "finding agree"),
}


def waiting(
    ctx: typer.Context,
    *,
    for_: For = None,
    at: At = None,
    position: AtPosition = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
) -> None:
    """Tell what waits for somebody's decision, the oldest first, and who may decide."""
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position, true_on)
        who = existing(for_, ("person",), moment.view, "--for") if for_ is not None else None
        found = [
            one
            for one in what_waits(moment.view, moment.on, partnership.calendar)
            if who is None or any(person.ref == who for person in one.may_decide)
        ]
        if as_json:
            write_json({**moment.as_json(), "waiting": [one.as_json() for one in found]})
            return
        write(f"What waits for a decision, {moment.heading}")
        for one in found:
            write(*_told(one, is_now=moment.clock == "now"))
        if not found:
            write("Nothing waits." if who is None else "Nothing waits for this person.")
        write(*record_foot(partnership, moment))


def _told(one: Waiting, *, is_now: bool) -> Iterator[RenderableType]:
    yield Text(f"\n{quoted(one.ref)} {_ASKED[one.decision]}", style="bold")
    yield _line(one.text)
    if one.asked_target is not None:
        yield _line(f"From {_written(one.target)} to {_written(one.asked_target)}: {one.reason}")
        yield _line(f"Done so far: {one.progress}")
    by = f" by {one.asked_by.name}" if one.asked_by else ""
    yield _line(f"Since {format_date(one.since)}{by} ({_days(one.working_days)})")
    yield _line(f"May decide: {_deciders(one)}")
    if is_now:
        first, second = _HOW[one.decision]
        yield _line(f"With: goldthread {first} {quoted(one.ref)}, or goldthread {second}")


def _line(words: str) -> RenderableType:
    return Padding(Text(words), (0, 0, 0, 2))


def _written(target: Row | None) -> str:
    if target is None:
        return "no date"
    return str(target["as_written"])


def _days(count: int) -> str:
    if count == 0:
        return "today"
    return "1 working day" if count == 1 else f"{count} working days"


def _deciders(one: Waiting) -> str:
    names = [f"{person.name} ({quoted(person.ref)})" for person in one.may_decide]
    if not names:
        return "nobody who is in the directory; appoint somebody with 'goldthread role appoint'"
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
