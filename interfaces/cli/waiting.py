"""`goldthread waiting`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.refs import quoted
from interfaces.cli.moment_options import AsJson, At, AtPosition, TrueOn
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.erasures_waiting import WaitingErasure, waiting_erasures
from interfaces.moments import moment_given
from interfaces.naming import existing
from interfaces.record_foot import record_foot
from projections.names import Names
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
    """Tell what waits for somebody's decision, the oldest first, and who may decide.

    Last come erasures that wait for a second person, as they stand now.
    """
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position, true_on)
        who = existing(for_, ("person",), moment.view, "--for") if for_ is not None else None
        found = [
            one
            for one in what_waits(moment.view, moment.on, partnership.calendar)
            if who is None or any(person.ref == who for person in one.may_decide)
        ]
        erasures = [
            one
            for one in (waiting_erasures(partnership) if moment.clock == "now" else ())
            if who is None or who in one.may_agree
        ]
        if as_json:
            told = {"waiting": [one.as_json() for one in found]}
            asked = {"erasures": [one.as_json() for one in erasures]}
            write_json({**moment.as_json(), **told, **asked})
            return
        write(f"What waits for a decision, {moment.heading}")
        for one in found:
            write(*_told(one, is_now=moment.clock == "now"))
        names = Names(moment.view, moment.on)
        for erasure in erasures:
            write(*_erasure(erasure, names))
        if not found and not erasures:
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
    may_decide = [(person.name, person.ref) for person in one.may_decide]
    yield _line(f"May decide: {_people(may_decide)}")
    if is_now:
        first, second = _HOW[one.decision]
        yield _line(f"With: goldthread {first} {quoted(one.ref)}, or goldthread {second}")


def _erasure(one: WaitingErasure, names: Names) -> Iterator[RenderableType]:
    yield Text(f"\nAn erasure was asked for, of {one.what}", style="bold")
    asked_by = names.called(one.asked_by)
    yield _line(f"On {format_date(one.asked_on)} by {asked_by}; until {format_date(one.until)}")
    yield _line(f"May agree: {_people([(names.called(who), who) for who in one.may_agree])}")
    yield _line(f"With: goldthread erase agree {one.request}; why: goldthread erase asked")


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


def _people(people: Sequence[tuple[str, str]]) -> str:
    """Name the first of some people, each with their reference, and count the others."""
    names = [f"{name} ({quoted(ref)})" for name, ref in people]
    if not names:
        return "nobody who is in the directory; appoint somebody with 'goldthread role appoint'"
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
