"""`goldthread explain`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.refs import category_of, quoted
from interfaces.bootstrap import Partnership
from interfaces.cli.moment_options import AsJson, At, AtPosition, TrueOn
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import grid, write, write_json
from interfaces.inputs import BadInput, chosen
from interfaces.moments import Moment, moment_given
from interfaces.naming import named
from interfaces.record_foot import record_foot
from projections.explaining import KINDS_WITH, Explained, Explanation, Link
from projections.explaining import explain as explanation_of
from projections.explaining_audits import explain_audit
from workflow.civil_dates import format_date

Item = Annotated[
    str, typer.Argument(metavar="REF", help="An action, a recommendation or an audit.")
]
Field = Annotated[
    str, typer.Argument(metavar="|".join(Explained), help="What about it is to be explained.")
]
_ALSO: Final = {
    "target": Explained.DATE,
    "due": Explained.DATE,
    "target_date": Explained.DATE,
    "leads": Explained.LEAD,
    "brag": Explained.COLOUR,
    "words": Explained.TEXT,
    "title": Explained.TEXT,
    "stage": Explained.STATUS,
    "impact_date": Explained.IMPACT,
}
_CALLED: Final = {
    Explained.DATE: "target date",
    Explained.LEAD: "lead",
    Explained.STATUS: "status",
    Explained.COLOUR: "colour",
    Explained.TEXT: "text",
    Explained.PRIORITY: "priority",
    Explained.IMPACT: "date for looking at the impact",
}


def explain(
    ctx: typer.Context,
    ref: Item,
    field: Field,
    *,
    at: At = None,
    position: AtPosition = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
) -> None:
    """Tell why something is as it is: the chain of events behind a date, a lead or a colour.

    Of an audit that is its status, which tells what the next step waits for, its lead and its text.
    """
    words = chosen(field, [*Explained, *_ALSO], "FIELD")
    wanted = _ALSO.get(words) or Explained(words)
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position, true_on)
        item = named(ref, ("action", "recommendation", "audit"), moment.view, "REF")
        _require_has(item, wanted)
        found = _found(partnership, moment, item, wanted)
        if as_json:
            write_json({**moment.as_json(), **found.as_json()})
            return
        write(f"Why the {_CALLED[wanted]} of {found.ref} is: {found.value} ({moment.heading})")
        write(*_told(found), *record_foot(partnership, moment))


def _found(partnership: Partnership, moment: Moment, item: str, wanted: Explained) -> Explanation:
    view, on, calendar = moment.view, moment.on, partnership.calendar
    if category_of(item) == "audit":
        return explain_audit(view, item, wanted, on, calendar)
    cadence_days = partnership.settings.board.cadence_days
    return explanation_of(view, item, wanted, on, calendar, cadence_days=cadence_days)


def _require_has(ref: str, field: Explained) -> None:
    kinds = KINDS_WITH.get(field)
    if kinds is not None and category_of(ref) not in kinds:
        have = " and ".join(f"{kind}s" for kind in sorted(kinds))
        message = f"{quoted(ref)} has no {_CALLED[field]}; {have} have. Choose another field."
        raise BadInput("FIELD", message)


def _told(found: Explanation) -> Iterator[RenderableType]:
    if found.rule is not None:
        yield Padding(Text(found.rule), (1, 0, 0, 0))
        facts = grid()
        for label, value in found.facts:
            facts.add_row(label, value)
        yield Padding(facts, (1, 0, 0, 0))
    before = None
    for link in found.links:
        # What was asked for, or approved, changes nothing yet, and is part of why.
        stays = "Still" if link.value == before else "From then on"
        yield from _link(link, found.field, stays)
        before = link.value


def _link(link: Link, field: Explained, stays: str) -> Iterator[RenderableType]:
    line = link.line
    when = f"{format_date(line.recorded_on)}  [entry {line.position}]"
    yield Text(f"\n{when}", style="bold")
    yield Padding(Text(f"{line.who} {line.sentence}."), (0, 0, 0, 2))
    if link.approved_by is not None:
        yield Padding(Text(f"Approved by: {link.approved_by}"), (0, 0, 0, 4))
    if line.lateness is not None:
        yield Padding(
            Text(f"Late: {line.lateness}, on {format_date(line.happened_on)}."), (0, 0, 0, 4)
        )
    for label, words in line.words:
        yield Padding(Text(f"{label}: {words}"), (0, 0, 0, 4))
    if field is not Explained.COLOUR:
        yield Padding(Text(f"{stays}: {link.value}"), (0, 0, 0, 4))
