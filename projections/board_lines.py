"""One line of the board: an action or a recommendation as it stands on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from events.recommendation import Colour
from events.refs import category_of, quoted
from projections.names import Lead, Names
from projections.projection import Row
from workflow.brag import AWAITS_IMPACT, CADENCE_DAYS, Brag, BragFacts, Override, assess
from workflow.working_days import WorkingDays

Kind = Literal["action", "recommendation"]

ENDED: Final = frozenset(
    {"complete", "cancelled", "rejected", "superseded", "closed_not_implemented", "impact_shown"}
)
"""The statuses after which nobody is expected to do anything more."""


class BoardLine(NamedTuple):
    """An item on the board. A tuple, since a frozen dataclass of so many fields is slow to make.

    `target` is the date as written; `due` and `original_due` are what the current and the original
    date are taken to mean. `slippage_days` counts calendar days and `slippage_working_days`
    England's working days between the two; None where either has no day. `extension_asked` is the
    date, as written, of a request that nobody has decided yet. `impact_due` is by when a verified
    recommendation's impact is to be shown.
    """

    ref: str
    quoted: str
    kind: Kind
    text: str
    plan: str | None
    plan_title: str | None
    priority: int | None
    priority_title: str | None
    leads: tuple[Lead, ...]
    target: str | None
    due: dt.date | None
    original_target: str | None
    original_due: dt.date | None
    slippage_days: int | None
    slippage_working_days: int | None
    status: str
    brag: Brag
    last_update_on: dt.date | None
    extensions: int
    extension_asked: str | None
    moves: int
    notes: int
    latest_note: str | None
    impact_due: dt.date | None

    @property
    def ended(self) -> bool:
        """Tell whether nothing more is to be done."""
        return self.status in ENDED

    @property
    def awaits_impact(self) -> bool:
        """Tell whether all is done but for showing what difference it made."""
        return self.status in AWAITS_IMPACT

    @property
    def next_due(self) -> dt.date | None:
        """Return the day that is looked to now: once it is verified, that of its impact."""
        return self.impact_due if self.awaits_impact else self.due

    def as_json(self) -> Row:
        """Return the line as plain values; dates as `2025-03-31`."""
        return {
            "ref": self.quoted,
            "kind": self.kind,
            "text": self.text,
            "plan": quoted(self.plan) if self.plan else None,
            "plan_title": self.plan_title,
            "priority": self.priority,
            "priority_title": self.priority_title,
            "leads": [lead.as_json() for lead in self.leads],
            "target": self.target,
            "due": _iso(self.due),
            "original_target": self.original_target,
            "original_due": _iso(self.original_due),
            "slippage_days": self.slippage_days,
            "slippage_working_days": self.slippage_working_days,
            "status": self.status,
            "colour": self.brag.colour.value,
            "word": self.brag.word,
            "shape": self.brag.shape,
            "reason": self.brag.reason,
            "last_update_on": _iso(self.last_update_on),
            "extensions": self.extensions,
            "extension_asked": self.extension_asked,
            "moves": self.moves,
            "notes": self.notes,
            "latest_note": self.latest_note,
            "impact_due": _iso(self.impact_due),
        }


@dataclass(frozen=True, slots=True)
class LineMaker:
    """Makes lines from rows of the actions and recommendations, for one view and one day.

    `cadence_days`: working days within which work in progress has to be reported on.
    """

    names: Names
    calendar: WorkingDays
    cadence_days: int = CADENCE_DAYS

    def line(self, ref: str, row: Row) -> BoardLine:
        """Return the line of an item."""
        target, original = row["target"], row["original_target"]
        due, first = _due(target), _due(original)
        plan = row.get("plan")
        facts = brag_facts(ref, row)
        return BoardLine(
            ref,
            quoted(ref),
            facts.kind,
            row["text"],
            plan,
            self._plan_title(plan),
            row.get("priority"),
            self._priority_title(plan, row.get("priority")),
            tuple(self.names.lead(lead) for lead in leads_of(row)),
            target["as_written"] if target else None,
            due,
            original["as_written"] if original else None,
            first,
            (due - first).days if due and first else None,
            self.calendar.between(first, due) if due and first else None,
            row["status"],
            assess(facts, self.names.on, self.calendar, self.cadence_days),
            facts.last_update_on,
            row["extensions_granted"],
            None if row["status"] in ENDED else _asked(row["extensions"]),
            row["moves"],
            row["notes"],
            row["latest_note"],
            facts.impact_due_on,
        )

    def _plan_title(self, plan: str | None) -> str | None:
        row = self.names.plans.get(plan) if plan else None
        return None if row is None else row["title"]

    def _priority_title(self, plan: str | None, priority: int | None) -> str | None:
        row = self.names.plans.get(plan) if plan and priority else None
        return None if row is None else row["priorities"].get(str(priority))


def is_past(line: BoardLine, on: dt.date, calendar: WorkingDays) -> bool:
    """Tell whether the day that an item looks to is past: overdue begins on a working day."""
    return line.next_due is not None and on >= calendar.overdue_from(line.next_due)


def leads_of(row: Row) -> list[str]:
    """Return the roles that lead an action, or whom a recommendation is addressed to."""
    leads: list[str] = row["lead_roles"] if "lead_roles" in row else row["addressed_to"]
    return leads


def brag_facts(ref: str, row: Row) -> BragFacts:
    """Return what the colour of an item depends on, from its row."""
    status = row["status"]
    impact = row.get("re_audit") if status == "impact_not_shown" else row.get("impact_target")
    return BragFacts(
        "action" if category_of(ref) == "action" else "recommendation",
        status,
        _due(row["target"]),
        _due(row["original_target"]),
        # A date that was moved without being asked for is more time all the same.
        max(row["extensions_granted"], row["moves"]),
        _day(row["last_update_on"]),
        started=row["started_on"] is not None,
        blocked=status == "blocked",
        override=_override(row["override"]),
        impact_due_on=_due(impact),
    )


def _override(stored: Row | None) -> Override | None:
    if stored is None:
        return None
    expires_on = dt.date.fromisoformat(stored["expires_on"])
    return Override(Colour(stored["colour"]), stored["reason"], expires_on)


def _asked(extensions: list[Row]) -> str | None:
    if not extensions or extensions[-1]["status"] != "open":
        return None
    written: str = extensions[-1]["target"]["as_written"]
    return written


def _due(target: Row | None) -> dt.date | None:
    return _day(target.get("due")) if target else None


def _day(written: str | None) -> dt.date | None:
    return None if written is None else dt.date.fromisoformat(written)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
