"""What a scrutineer asks of the items: what moved, what is silent, what lacks evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from events.action import TargetDateMoved
from events.recommendation import RecommendationTargetDateMoved
from events.refs import order_of, quoted
from events.values import TargetDate
from projections.board_lines import ENDED
from projections.differences import distance
from projections.evidence_files import files_counting
from projections.names import Names
from projections.projection import Row
from projections.store import View
from workflow.target_dates import describe

_CONFIRMED: Final = frozenset({"complete", "verified", "impact_due", "impact_shown"})


@dataclass(frozen=True, slots=True)
class Moved:
    """An item whose date moved: how often, from where to where, and by whom approved each time."""

    ref: str
    text: str
    moves: int
    original: str
    current: str
    slippage: str | None
    approved_by: tuple[str, ...]

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {
            "ref": self.ref,
            "text": self.text,
            "moves": self.moves,
            "original_target": self.original,
            "target": self.current,
            "slippage": self.slippage,
            "approved_by": list(self.approved_by),
        }


@dataclass(frozen=True, slots=True)
class Silent:
    """An open item of which nobody told anything for some calendar days; `since` the last word."""

    ref: str
    text: str
    status: str
    since: dt.date
    days: int
    ever_updated: bool

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {
            "ref": self.ref,
            "text": self.text,
            "status": self.status,
            "since": self.since.isoformat(),
            "days": self.days,
            "ever_updated": self.ever_updated,
        }


@dataclass(frozen=True, slots=True)
class Unproven:
    """An item that was confirmed as done without evidence. `reason`: why there is none."""

    ref: str
    text: str
    status: str
    confirmed_by: str | None
    reason: str | None

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {
            "ref": self.ref,
            "text": self.text,
            "status": self.status,
            "confirmed_by": self.confirmed_by,
            "reason": self.reason,
        }


def items(view: View) -> Iterator[tuple[str, Row]]:
    """Yield the actions, then the recommendations, each in the order of their numbers."""
    for model in ("actions", "recommendations"):
        rows = view.all(model)
        yield from ((ref, rows[ref]) for ref in sorted(rows, key=order_of))


def moved(view: View, names: Names, most: int) -> tuple[Moved, ...]:
    """Return the items whose target date moved oftenest, the oftenest first."""
    found = [(row["moves"], ref, row) for ref, row in items(view) if row["moves"]]
    found.sort(key=lambda one: -one[0])
    return tuple(_moved(view, names, ref, row) for _, ref, row in found[:most])


def silent(view: View, on: dt.date, days: int) -> tuple[Silent, ...]:
    """Return the open items of which nothing was told for so many calendar days, longest first."""
    open_items = ((ref, row) for ref, row in items(view) if row["status"] not in ENDED)
    found = [one for ref, row in open_items if (one := _silent(ref, row, on)).days >= days]
    return tuple(sorted(found, key=lambda one: -one.days))


def unproven(view: View, names: Names) -> tuple[Unproven, ...]:
    """Return what was confirmed as done without evidence."""
    return tuple(
        Unproven(
            quoted(ref),
            row["text"],
            row["status"].replace("_", " "),
            names.called(by) if (by := row.get("confirmed_by") or row.get("verified_by")) else None,
            row["no_evidence_reason"],
        )
        for ref, row in items(view)
        if row["status"] in _CONFIRMED and not row["evidence"] and not _has_files(view, ref)
    )


def _has_files(view: View, ref: str) -> bool:
    return any(True for _ in files_counting(ref, view))


def _moved(view: View, names: Names, ref: str, row: Row) -> Moved:
    original, current = row["original_target"], row["target"]
    first, last = _due(original), _due(current)
    return Moved(
        quoted(ref),
        row["text"],
        row["moves"],
        _words(original),
        _words(current),
        distance(first, last) if first and last else None,
        tuple(_approvals(view, names, ref, row)),
    )


def _approvals(view: View, names: Names, ref: str, row: Row) -> Iterator[str]:
    decided = {one["number"]: one["decided_by"] for one in row["extensions"]}
    for recorded in view.events_of(ref):
        if isinstance(recorded.event, TargetDateMoved | RecommendationTargetDateMoved):
            number = recorded.event.extension
            if number is None:
                yield f"{names.called(recorded.actor)}, without a request"
            else:
                yield names.called(decided.get(number) or recorded.actor)


def _silent(ref: str, row: Row, on: dt.date) -> Silent:
    begun = row.get("created_on") or row["proposed_on"]
    since = dt.date.fromisoformat(max(filter(None, chain([begun], [row["last_update_on"]]))))
    ever = row["last_update_on"] is not None
    status = row["status"].replace("_", " ")
    return Silent(quoted(ref), row["text"], status, since, (on - since).days, ever)


def _due(stored: Row | None) -> dt.date | None:
    due = stored.get("due") if stored else None
    return dt.date.fromisoformat(due) if due else None


def _words(stored: Row | None) -> str:
    return describe(TargetDate.model_validate(stored)) if stored else "none"
