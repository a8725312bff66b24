"""Of what people are reminded: one date of one item, read from the row of its read model.

An item has one such date at a time, and work on hold may have two:

- open work has its target date, and "ongoing" work the day of its next review: so many working
  days after the last update, or after it was taken on;
- work on hold has the day on which it is looked at again, besides its target date: resting does
  not move that, and the board shows its colour all the while;
- a recommendation whose impact has to be shown has that date;
- what has ended has none.

Work that is claimed as done waits for somebody else to confirm it, so not its leads are told but
those who can confirm: see `Audience.awaits_confirmation`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from events.refs import category_of
from notifications.passing_rows import RowsOf
from notifications.rules import Occasion
from projections.projection import Row
from projections.store import View
from workflow import action_state, recommendation_state
from workflow.action_state import ActionStatus
from workflow.recommendation_state import OPEN, RecommendationStatus
from workflow.target_dates import REVIEW_EVERY_DAYS
from workflow.working_days import WorkingDays

MODELS: Final = {"action": "actions", "recommendation": "recommendations"}
"""The read model of each category of item of which people are reminded."""

_FOLLOWED_TO_TARGET: Final = OPEN | {RecommendationStatus.IMPLEMENTED}


@dataclass(frozen=True, slots=True)
class Audience:
    """To whom an item matters. `subgroups`: besides those of the lead roles themselves."""

    lead_roles: tuple[str, ...]
    subgroups: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    awaits_confirmation: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One date of one item of which somebody may have to be reminded."""

    item: str
    target_on: dt.date
    occasion: Occasion
    audience: Audience


def subjects_of(rows_of: RowsOf, calendar: WorkingDays) -> Iterator[Subject]:
    """Yield the subjects of every item."""
    subgroups = {ref: row["subgroup"] for ref, row in rows_of("audits")}
    for item, row in rows_of("actions"):
        yield from _of_action(item, row, calendar)
    for item, row in rows_of("recommendations"):
        subgroup = subgroups.get(row["audit"])
        yield from _of_recommendation(item, row, subgroup, calendar)


def subjects_of_item(view: View, item: str, calendar: WorkingDays) -> tuple[Subject, ...]:
    """Return the subjects of one item as a view shows it, none if there is nothing to remind of."""
    row = row_of(view, item)
    if row is None:
        return ()
    if category_of(item) == "action":
        return _of_action(item, row, calendar)
    audit = view.get("audits", row["audit"]) if row["audit"] else None
    return _of_recommendation(item, row, audit["subgroup"] if audit else None, calendar)


def row_of(view: View, item: str) -> Row | None:
    """Return the row of an action or a recommendation, or None."""
    model = MODELS.get(category_of(item))
    return view.get(model, item) if model else None


def _of_action(item: str, row: Row, calendar: WorkingDays) -> tuple[Subject, ...]:
    status = ActionStatus(row["status"])
    if status in action_state.ENDED:
        return ()
    waits = status is ActionStatus.SUBMITTED
    audience = Audience(tuple(row["lead_roles"]), awaits_confirmation=waits)
    dated = _until_target(item, row, row["created_on"], audience, calendar)
    if status is not ActionStatus.ON_HOLD or not row["review_on"]:
        return dated
    review_on = dt.date.fromisoformat(row["review_on"])
    # The day that was named replaces the rhythm of ongoing work; one day is told of once.
    kept = tuple(one for one in dated if one.occasion is Occasion.TARGET)
    if any(one.target_on == review_on for one in kept):
        return kept
    return (*kept, Subject(item, review_on, Occasion.REVIEW, audience))


def _of_recommendation(
    item: str, row: Row, subgroup: str | None, calendar: WorkingDays
) -> tuple[Subject, ...]:
    status = RecommendationStatus(row["status"])
    if status is RecommendationStatus.IMPACT_DUE:
        due = row["impact_target"].get("due")
        if due is None:
            return ()
        audience = _addressees(row, subgroup, waits=False)
        return (Subject(item, dt.date.fromisoformat(due), Occasion.IMPACT, audience),)
    if status in recommendation_state.ENDED or status not in _FOLLOWED_TO_TARGET:
        return ()
    audience = _addressees(row, subgroup, waits=status is RecommendationStatus.IMPLEMENTED)
    return _until_target(item, row, row["proposed_on"], audience, calendar)


def _until_target(
    item: str, row: Row, began_on: str, audience: Audience, calendar: WorkingDays
) -> tuple[Subject, ...]:
    target = row["target"]
    if target is None:
        return ()
    due = target.get("due")
    if due is not None:
        return (Subject(item, dt.date.fromisoformat(due), Occasion.TARGET, audience),)
    heard_on = dt.date.fromisoformat(row["last_update_on"] or began_on)
    review_on = calendar.add(heard_on, target.get("review_every_days") or REVIEW_EVERY_DAYS)
    return (Subject(item, review_on, Occasion.REVIEW, audience),)


def _addressees(row: Row, subgroup: str | None, *, waits: bool) -> Audience:
    addressed: dict[str, list[str]] = {"role": [], "subgroup": [], "agency": []}
    for ref in row["addressed_to"]:
        addressed[category_of(ref)].append(ref)
    subgroups = dict.fromkeys([*addressed["subgroup"], *([subgroup] if subgroup else [])])
    return Audience(tuple(addressed["role"]), tuple(subgroups), tuple(addressed["agency"]), waits)
