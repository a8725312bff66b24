"""Of what work people are reminded: one date of an action or a recommendation, read from its row.

An item has one such date at a time, and work on hold may have two:

- open work has its target date, and "ongoing" work the day of its next review: so many working
  days after the last update, or after it was taken on;
- work on hold has the day on which it is looked at again, besides its target date: resting does
  not move that, and the board shows its colour all the while;
- a recommendation whose impact has to be shown has that date, and one whose impact was not shown
  that of the re-audit which was planned then;
- what has ended has none.

Work that is claimed as done waits for somebody else to confirm it, so neither its leads are told
nor who reported it, but those who can confirm: see `Audience.awaits_confirmation`. Where its date
had passed by then, or where it has none, the day counts on which the claim was recorded: whoever
was told of the date before is told of the claim all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from events.refs import category_of
from notifications.rules import Occasion
from notifications.subject import Audience, Subject
from projections.projection import Row
from workflow.action_state import ENDED, ActionStatus
from workflow.recommendation_state import OPEN, RecommendationStatus
from workflow.target_dates import REVIEW_EVERY_DAYS
from workflow.working_days import WorkingDays

_Dated: TypeAlias = tuple[dt.date, Occasion]

_FOLLOWED_TO_TARGET: Final = OPEN | {RecommendationStatus.IMPLEMENTED}


def of_action(
    item: str, row: Row, within: tuple[str, ...], calendar: WorkingDays
) -> tuple[Subject, ...]:
    """Return the subjects of an action's row. `within`: the plan and the audits it belongs to."""
    status = row["status"]
    if status in ENDED:
        return ()
    audience = audience_of_action(row)
    dated = _dated(row, row["created_on"], calendar)
    found = tuple(_subjects(item, row, dated, audience, within))
    if status != ActionStatus.ON_HOLD or not row["review_on"]:
        return found
    review_on = dt.date.fromisoformat(row["review_on"])
    # The day that was named replaces the rhythm of ongoing work; one day is told of once.
    kept = tuple(one for one in found if one.occasion is Occasion.TARGET)
    if any(one.target_on == review_on for one in kept):
        return kept
    return (*kept, Subject(item, review_on, Occasion.REVIEW, audience, within))


def of_recommendation(
    item: str, row: Row, subgroup: str | None, within: tuple[str, ...], calendar: WorkingDays
) -> Iterator[Subject]:
    """Yield the subjects of a recommendation's row. `subgroup`: who commissioned its audit."""
    status = RecommendationStatus(row["status"])
    if status is RecommendationStatus.IMPACT_DUE:
        due = row["impact_target"].get("due")
        dated = (dt.date.fromisoformat(due), Occasion.IMPACT) if due else None
    elif status is RecommendationStatus.IMPACT_NOT_SHOWN:
        due = row["re_audit"].get("due") if row["re_audit"] else None
        dated = (dt.date.fromisoformat(due), Occasion.RE_AUDIT) if due else None
    elif status in _FOLLOWED_TO_TARGET:
        dated = _dated(row, row["proposed_on"], calendar)
    else:
        return
    yield from _subjects(item, row, dated, audience_of_recommendation(row, subgroup), within)


def _subjects(
    item: str, row: Row, dated: _Dated | None, audience: Audience, within: tuple[str, ...]
) -> Iterator[Subject]:
    if audience.awaits_confirmation:
        told_on = dt.date.fromisoformat(row["claim_told_on"])
        if dated is None or dated[1] is Occasion.REVIEW or dated[0] < told_on:
            yield Subject(item, told_on, Occasion.TARGET, audience, within, is_claim=True)
            return
    if dated is not None:
        yield Subject(item, *dated, audience, within)


def audience_of_action(row: Row) -> Audience:
    """Return to whom an action matters."""
    waits = row["status"] == ActionStatus.SUBMITTED
    return _led_by(tuple(row["lead_roles"]), waits, row["claimed_by"] if waits else None)


@lru_cache(maxsize=4096)
def _led_by(lead_roles: tuple[str, ...], waits: bool, claimed_by: str | None) -> Audience:  # noqa: FBT001
    """Return the same object for the same leads: many actions share few."""
    return Audience(lead_roles, awaits_confirmation=waits, asked_by=claimed_by)


def audience_of_recommendation(row: Row, subgroup: str | None) -> Audience:
    """Return to whom a recommendation matters: its addressees, and who commissioned its audit."""
    waits = row["status"] == RecommendationStatus.IMPLEMENTED.value
    addressed: dict[str, list[str]] = {"role": [], "subgroup": [], "agency": []}
    for ref in row["addressed_to"]:
        addressed[category_of(ref)].append(ref)
    subgroups = dict.fromkeys([*addressed["subgroup"], *([subgroup] if subgroup else [])])
    return Audience(
        tuple(addressed["role"]),
        tuple(subgroups),
        tuple(addressed["agency"]),
        waits,
        row["claimed_by"] if waits else None,
    )


def _dated(row: Row, began_on: str, calendar: WorkingDays) -> _Dated | None:
    target = row["target"]
    if target is None:
        return None
    due = target.get("due")
    if due is not None:
        return dt.date.fromisoformat(due), Occasion.TARGET
    heard_on = dt.date.fromisoformat(row["last_update_on"] or began_on)
    every_days = target.get("review_every_days") or REVIEW_EVERY_DAYS
    return calendar.add(heard_on, every_days), Occasion.REVIEW
