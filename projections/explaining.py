"""Why something about an item is as it is: the chain of events behind one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from events.recorded import Recorded
from events.refs import category_of, quoted
from events.values import TargetDate
from projections.actions import ACTIONS
from projections.board_lines import BoardLine, LineMaker, leads_of
from projections.history import HistoryLine, line_of
from projections.names import Names
from projections.projection import Fold, Projection, Row
from projections.recommendations import RECOMMENDATIONS
from projections.sentence_parts import listed, spoken
from projections.store import View
from projections.strands import NOTED, strand_of
from projections.timeline import tell
from projections.versions import MemoryRows
from workflow.brag import CADENCE_DAYS
from workflow.civil_dates import format_date
from workflow.refusals import NotFound
from workflow.target_dates import describe
from workflow.working_days import WorkingDays


class Explained(StrEnum):
    """What can be explained of an action, a recommendation or an audit."""

    DATE = "date"
    LEAD = "lead"
    STATUS = "status"
    COLOUR = "colour"
    TEXT = "text"
    PRIORITY = "priority"
    IMPACT = "impact"


_ITEMS: Final = frozenset({"action", "recommendation"})
KINDS_WITH: Final = {
    Explained.DATE: _ITEMS,
    Explained.COLOUR: _ITEMS,
    Explained.PRIORITY: frozenset({"action"}),
    Explained.IMPACT: frozenset({"recommendation"}),
}
"""What not every kind of item has, with the categories that have it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One event of a chain. `value` is what it was after it; `approved_by` who let it happen."""

    line: HistoryLine
    value: str
    approved_by: str | None

    def as_json(self) -> Row:
        """Return the link as plain values."""
        return {**self.line.as_json(), "value": self.value, "approved_by": self.approved_by}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A value with the chain behind it.

    For a colour also the rule and the facts that give it; for an audit's stage what its next step
    waits for, as `rule`, and what it is to be judged by.
    """

    ref: str
    field: Explained
    value: str
    rule: str | None
    facts: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]

    def as_json(self) -> Row:
        """Return the explanation as plain values."""
        return {
            "ref": self.ref,
            "field": self.field.value,
            "value": self.value,
            "rule": self.rule,
            "facts": [{"label": label, "value": value} for label, value in self.facts],
            "chain": [link.as_json() for link in self.links],
        }


_PROJECTIONS: Final = {"action": ACTIONS, "recommendation": RECOMMENDATIONS}
_STRANDS: Final = {
    Explained.DATE: frozenset({"date"}),
    Explained.LEAD: frozenset({"leads"}),
    Explained.TEXT: frozenset({"words"}),
    Explained.STATUS: frozenset({"work"}),
    Explained.COLOUR: frozenset({"work", "date", "colour"}),
    Explained.PRIORITY: frozenset({"priority"}),
    Explained.IMPACT: frozenset({"work"}),
}


def explain(
    view: View,
    ref: str,
    field: Explained,
    on: dt.date,
    calendar: WorkingDays,
    *,
    cadence_days: int = CADENCE_DAYS,
) -> Explanation:
    """Return the chain behind a value of an action or recommendation. Raises `NotFound`.

    `on` is the day for which a colour is worked out; `cadence_days` as for the board.
    """
    projection = _PROJECTIONS.get(category_of(ref))
    row = view.get(projection.model, ref) if projection else None
    if projection is None or row is None:
        raise NotFound(ref)
    names = Names(view, on)
    line = LineMaker(names, calendar, cadence_days).line(ref, row)
    links = _links(view.events_of(ref), projection, field, names)
    is_colour = field is Explained.COLOUR
    value = line.brag.colour.value if is_colour else _value(row, field, names)
    rule = line.brag.reason if is_colour else None
    facts = tuple(_facts(line)) if is_colour else ()
    return Explanation(quoted(ref), field, value, rule, facts, tuple(links))


def _links(
    events: Iterable[Recorded], projection: Projection, field: Explained, names: Names
) -> list[Link]:
    rows, fold = MemoryRows(projection.model), Fold([projection])
    found: list[Link] = []
    for recorded in events:
        fold.apply(recorded, {projection.model: rows})
        row = rows.get(recorded.stream)
        if row is None or not _counts(recorded, field, is_first=not found):
            continue
        value = _value(row, field, names)
        if field is Explained.IMPACT and found and found[-1].value == value:
            # Most of the work says nothing of when its impact is looked at.
            continue
        line = line_of(tell(recorded), names)
        found.append(Link(line, value, _approved_by(recorded, row, names)))
    return found


def _counts(recorded: Recorded, field: Explained, *, is_first: bool) -> bool:
    """Tell whether an event is a link: the beginning of the item always is."""
    what = recorded.event.type_name.partition(".")[2]
    if is_first and what in {"created", "proposed"}:
        return True
    if what == NOTED:
        return field is Explained.COLOUR
    return strand_of(recorded.event) in _STRANDS[field] and what not in {"created", "proposed"}


def _value(row: Row, field: Explained, names: Names) -> str:
    match field:
        case Explained.DATE:
            return _date(row["target"])
        case Explained.LEAD:
            return listed(names.called(lead) for lead in leads_of(row))
        case Explained.PRIORITY:
            return _priority(row, names)
        case Explained.IMPACT:
            again = row["status"] == "impact_not_shown"
            return _date(row["re_audit"] if again else row["impact_target"])
        case Explained.TEXT:
            return str(row["text"])
        case Explained.STATUS | Explained.COLOUR:
            return spoken(row["status"])


def _priority(row: Row, names: Names) -> str:
    if row["plan"] is None or row["priority"] is None:
        return "none"
    plan = names.plans.get(row["plan"])
    title = plan["priorities"].get(str(row["priority"])) if plan else None
    return f"priority {row['priority']} of {quoted(row['plan'])}{f', {title}' if title else ''}"


def _date(stored: Row | None) -> str:
    return describe(TargetDate.model_validate(stored)) if stored else "none"


def _approved_by(recorded: Recorded, row: Row, names: Names) -> str | None:
    """Say who let a date move: who approved the extension, else who moved it of their own."""
    if not recorded.event.type_name.endswith(".target_date_moved"):
        return None
    number = getattr(recorded.event, "extension", None)
    if number is None:
        return f"{names.called(recorded.actor)}, without a request"
    decided = (one["decided_by"] for one in row["extensions"] if one["number"] == number)
    return next((names.called(who) for who in decided if who), None)


def _facts(line: BoardLine) -> Iterable[tuple[str, str]]:
    yield "Status", spoken(line.status)
    yield "Target date", line.target or "none"
    if line.due is not None:
        yield "Due on", format_date(line.due)
    if line.original_due is not None and line.original_due != line.due:
        yield "Originally due on", format_date(line.original_due)
    yield "Extensions given", str(line.extensions)
    yield "Moves of the date", str(line.moves)
    last = line.last_update_on
    yield "Last update", format_date(last) if last else "none yet"
    if line.impact_due is not None:
        yield "Impact to be shown by", format_date(line.impact_due)
