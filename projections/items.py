"""Everything that is known of one thing, for whoever looks it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from events.refs import category_of, quoted
from projections.board import board
from projections.board_filter import BoardFilter
from projections.board_lines import BoardLine, LineMaker
from projections.clock_facts import facts_of_clock
from projections.evidence_facts import about_evidence
from projections.item_facts import (
    Fact,
    about_agency,
    about_audit,
    about_email,
    about_finding,
    about_item,
    about_person,
    about_plan,
    about_role,
    about_subgroup,
)
from projections.names import Names
from projections.projection import Row
from projections.scrutiny_facts import about_meeting, about_remark, facts_of_remarks
from projections.store import View
from projections.thread import ThreadStep, golden_thread
from workflow.brag import CADENCE_DAYS
from workflow.civil_dates import format_date
from workflow.refusals import NotFound
from workflow.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Item:
    """One thing as known in a view, on a day.

    `version` is the number of the last change of its stream: what `expected_version` asks for; a
    finding's is that of its audit. `line` is its line on the board, for actions and
    recommendations; `facts` are what else is known, each with a label; `extensions` are the
    requests for more time as stored, with names in place of references; `thread` is the golden
    thread that it belongs to; `actions` are the lines of a plan's actions, by priority.
    """

    ref: str
    kind: str
    title: str
    status: str
    version: int
    line: BoardLine | None
    facts: tuple[Fact, ...]
    extensions: tuple[Row, ...]
    thread: tuple[ThreadStep, ...]
    actions: tuple[BoardLine, ...] = ()

    def as_json(self) -> Row:
        """Return the thing as plain values."""
        return {
            "ref": self.ref,
            "kind": self.kind,
            "title": self.title,
            "status": self.status,
            "version": self.version,
            "line": self.line.as_json() if self.line else None,
            "facts": [{"label": fact.label, "value": fact.value} for fact in self.facts],
            "extensions": list(self.extensions),
            "thread": [step.as_json() for step in self.thread],
            "actions": [line.as_json() for line in self.actions],
        }


def show(
    view: View,
    ref: str,
    on: dt.date,
    calendar: WorkingDays,
    *,
    cadence_days: int = CADENCE_DAYS,
) -> Item:
    """Return what is known of a stream, a finding or a clock, on a day. Raises `NotFound`.

    `cadence_days`: as for the board.
    """
    stream, _, part = ref.partition("/")
    model = _MODELS.get(category_of(stream))
    row = view.get(model, stream) if model else None
    if row is None:
        raise NotFound(ref)
    names = Names(view, on)
    if part:
        kind = part.partition("-")[0]
        return _clock(view, ref, row) if kind == "clock" else _finding(view, ref, row, names)
    category = category_of(stream)
    line: BoardLine | None = None
    actions: tuple[BoardLine, ...] = ()
    if category in {"action", "recommendation"}:
        line = LineMaker(names, calendar, cadence_days).line(stream, row)
    if category == "plan":
        of_plan = BoardFilter(plan=stream)
        actions = board(view, on, calendar, of_plan, cadence_days=cadence_days).lines
    return Item(
        quoted(ref),
        category,
        _title(row),
        _status(row),
        _version(view, stream),
        line,
        (*_FACTS[category](view, stream, row, names), *facts_of_remarks(view, stream, names)),
        tuple(_extension(asked, names) for asked in row.get("extensions", ())),
        golden_thread(view, ref),
        actions,
    )


def _finding(view: View, ref: str, audit: Row, names: Names) -> Item:
    finding = audit["findings"].get(ref.rpartition("-")[2])
    if finding is None:
        raise NotFound(ref)
    remarks = facts_of_remarks(view, ref, names)
    facts = (*about_finding(view, ref, finding, names), *remarks)
    thread = golden_thread(view, ref)
    text, status = finding["text"], finding["status"]
    version = _version(view, ref.partition("/")[0])
    return Item(quoted(ref), "finding", text, status, version, None, facts, (), thread)


def _clock(view: View, ref: str, audit: Row) -> Item:
    clock = audit["clocks"].get(ref.rpartition("-")[2])
    if clock is None:
        raise NotFound(ref)
    facts = tuple(Fact(*fact) for fact in facts_of_clock(clock))
    version = _version(view, ref.partition("/")[0])
    return Item(quoted(ref), "clock", clock["title"], clock["status"], version, None, facts, (), ())


def _version(view: View, stream: str) -> int:
    events = view.events_of(stream)
    return events[-1].version if events else 0


def _title(row: Row) -> str:
    for field in ("text", "title", "name", "words"):
        if field in row:
            title: str = row[field]
            return title
    return f"Email for {format_date(dt.date.fromisoformat(row['send_on']))}"


def _status(row: Row) -> str:
    if row.get("erased"):
        return "erased"
    return str(row.get("status") or row.get("stage") or row.get("standing"))


def _extension(asked: Row, names: Names) -> Row:
    decided_by = asked["decided_by"]
    return {
        **asked,
        "asked_by": names.called(asked["asked_by"]),
        "decided_by": names.called(decided_by) if decided_by else None,
    }


_MODELS: Final = {
    "action": "actions",
    "agency": "directory",
    "audit": "audits",
    "email": "reminders",
    "evidence": "evidence",
    "meeting": "meetings",
    "person": "directory",
    "plan": "plans",
    "recommendation": "recommendations",
    "remark": "remarks",
    "role": "directory",
    "subgroup": "directory",
}
_FACTS: Final[dict[str, Callable[[View, str, Row, Names], Any]]] = {
    "action": about_item,
    "agency": about_agency,
    "audit": about_audit,
    "email": about_email,
    "evidence": about_evidence,
    "meeting": about_meeting,
    "person": about_person,
    "plan": about_plan,
    "recommendation": about_item,
    "remark": about_remark,
    "role": about_role,
    "subgroup": about_subgroup,
}
