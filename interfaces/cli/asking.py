"""`goldthread ask`: what a scrutineer asks, each question one command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

import typer

from interfaces.cli.answering import Answer, answer
from interfaces.cli.asking_meetings import before, since_papers
from interfaces.cli.asking_reminders import asked_not_reminded
from interfaces.cli.moment_options import AsJson, At, TrueOn
from interfaces.cli.showing import plain_table
from interfaces.moments import Moment
from notifications.wording import counted
from projections.confirmations import Confirmation, confirmations
from projections.names import Names
from projections.questions import moved as moved_items
from projections.questions import silent as silent_items
from projections.questions import unproven
from workflow.civil_dates import format_date

Most = Annotated[int, typer.Option(min=1, help="So many at most.")]
Days = Annotated[int, typer.Option(min=1, help="Calendar days without a word.")]


def category_app(name: str, help_text: str) -> typer.Typer:
    """Return the group of the questions."""
    app = typer.Typer(name=name, help=help_text, no_args_is_help=True, add_completion=False)
    for word, function in _QUESTIONS.items():
        app.command(word)(function)
    return app


def moved(
    ctx: typer.Context,
    *,
    most: Most = 20,
    at: At = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
) -> None:
    """Which dates moved oftenest, and who approved each move?"""

    def find(moment: Moment) -> Answer:
        found = moved_items(moment.view, Names(moment.view, moment.on), most)
        table = plain_table("Item", "Moves", "First", "Now", "By", "Approved by")
        for one in found:
            approved = "; ".join(one.approved_by)
            slippage = one.slippage or "0"
            table.add_row(one.ref, str(one.moves), one.original, one.current, slippage, approved)
        heading = f"Dates that moved oftenest, {moment.heading}"
        return Answer(found, heading, "", table if found else "No date has moved.")

    answer(ctx, find, at, true_on, as_json=as_json)


def silent(
    ctx: typer.Context,
    *,
    days: Days = 60,
    at: At = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
) -> None:
    """Of which open items was nothing told for so many days?"""

    def find(moment: Moment) -> Answer:
        found = silent_items(moment.view, moment.on, days)
        table = plain_table("Item", "Days", "Last word", "Status", "Text")
        for one in found:
            last = format_date(one.since) if one.ever_updated else "none yet"
            table.add_row(one.ref, str(one.days), last, one.status, one.text)
        heading = f"Silent for {counted(days, 'day')} or longer, {moment.heading}"
        return Answer(
            found, heading, "", table if found else "Nothing has been silent for so long."
        )

    answer(ctx, find, at, true_on, as_json=as_json)


def without_evidence(
    ctx: typer.Context, *, at: At = None, true_on: TrueOn = None, as_json: AsJson = False
) -> None:
    """What was confirmed as done without evidence, and why was there none?"""
    answer(ctx, _without_evidence, at, true_on, as_json=as_json)


def verified_by(
    ctx: typer.Context, *, at: At = None, true_on: TrueOn = None, as_json: AsJson = False
) -> None:
    """Was anything confirmed by somebody who should not have? Checks every confirmation."""
    answer(ctx, _verified_by, at, true_on, as_json=as_json)


def _without_evidence(moment: Moment) -> Answer:
    found = unproven(moment.view, Names(moment.view, moment.on))
    table = plain_table("Item", "Status", "Confirmed by", "Why there is none", "Text")
    for one in found:
        who, why = one.confirmed_by or "", one.reason or "none given"
        table.add_row(one.ref, one.status, who, why, one.text)
    heading = f"Confirmed without evidence, {moment.heading}"
    return Answer(
        found, heading, "", table if found else "Everything that was confirmed has evidence."
    )


def _verified_by(moment: Moment) -> Answer:
    checked = confirmations(moment.view, Names(moment.view, moment.on))
    wrong = [one for one in checked if one.wrong is not None]
    table = plain_table("Item", "Entry", "On", "By", "Why they should not have")
    for one in wrong:
        table.add_row(one.ref, str(one.position), format_date(one.on), one.by, _wrong(one))
    times = "1 confirmation was" if len(checked) == 1 else f"{len(checked)} confirmations were"
    return Answer(
        checked,
        f"{times} checked against who led the item and who reported it done, {moment.heading}.",
        table if wrong else "None was given by somebody who should not have.",
        more={"checked": len(checked), "wrong": [one.as_json() for one in wrong]},
    )


def _wrong(one: Confirmation) -> str:
    """Say why a confirmation should not have been given, and which entry says so too late."""
    if one.late is None:
        return one.wrong or ""
    lateness = one.late.lateness or "recorded after it"
    return f"{one.wrong}: entry {one.late.position} of {one.late.ref} says so, {lateness}"


_QUESTIONS: Final[dict[str, Callable[..., None]]] = {
    "moved": moved,
    "silent": silent,
    "not-reminded": asked_not_reminded,
    "without-evidence": without_evidence,
    "verified-by": verified_by,
    "before": before,
    "since-papers": since_papers,
}
"""By the word that asks it."""
