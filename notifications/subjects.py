"""All of which people are reminded: gathered in one pass, or looked up for one thing.

Each kind of thing has a file of its own, `subjects_of_…`, which reads one row and knows nothing of
the others. Both ways come to the same subjects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from events.refs import category_of, order_of
from notifications.directory import REFUSALS
from notifications.passing_rows import RowsOf
from notifications.subject import Standpoint, Subject
from notifications.subjects_of_audits import of_audit, of_clocks
from notifications.subjects_of_decisions import of_decision
from notifications.subjects_of_digests import DigestsDue, of_digest
from notifications.subjects_of_directory import of_address, of_vacancy
from notifications.subjects_of_work import (
    audience_of_action,
    audience_of_recommendation,
    of_action,
    of_recommendation,
)
from projections.projection import Row
from projections.store import View
from workflow.action_state import ENDED as ENDED_ACTION
from workflow.audit_state import OVER
from workflow.recommendation_state import ENDED as ENDED_RECOMMENDATION
from workflow.working_days import WorkingDays

MODELS: Final = {"action": "actions", "recommendation": "recommendations"}
"""The read model of each category of work."""


def subjects_of(rows_of: RowsOf, now: Standpoint) -> Iterator[Subject]:
    """Yield the subjects of everything, as things stand on the day."""
    leading: set[str] = set()
    digests = DigestsDue(now)
    for subject in lasting_subjects(digests.watching(rows_of), now.calendar, leading):
        digests.see(subject)
        yield subject
    yield from subjects_of_the_day(rows_of, leading, now)
    yield from digests.subjects()


def lasting_subjects(
    rows_of: RowsOf, calendar: WorkingDays, leading: set[str]
) -> Iterator[Subject]:
    """Yield the subjects that are the same on whichever day one asks.

    `leading` takes the roles that lead something open.
    """
    audits = dict(rows_of("audits"))
    came_from: dict[str, tuple[str, ...]] = {}
    for item, row in rows_of("recommendations"):
        if row["audit"] or row["findings"]:
            came_from[item] = _audits_of(row)
        if row["status"] not in ENDED_RECOMMENDATION:
            leading.update(ref for ref in row["addressed_to"] if category_of(ref) == "role")
        yield from _of_recommendation(item, row, audits.get(row["audit"]), calendar)
    for item, row in rows_of("actions"):
        if row["status"] not in ENDED_ACTION:
            leading.update(row["lead_roles"])
        within = _within(row, lambda ref: came_from.get(ref, ()))
        yield from _of_action(item, row, within, calendar)
    for item, row in audits.items():
        if row["lead_role"] and row["stage"] not in OVER:
            leading.add(row["lead_role"])
        yield from of_audit(item, row)
        yield from of_clocks(item, row)


def subjects_of_the_day(
    rows_of: RowsOf, leading: Iterable[str], now: Standpoint
) -> Iterator[Subject]:
    """Yield the subjects that depend on the day: what the directory lacks.

    `leading`: the roles that lead something open.
    """
    for role in sorted(leading, key=order_of):
        yield from of_vacancy(role, now)
    for person, refusal in rows_of(REFUSALS, "person-"):
        yield from of_address(person, refusal, now)


def subjects_of_item(view: View, item: str, now: Standpoint) -> tuple[Subject, ...]:
    """Return the subjects of one thing as a view shows it, none if there is nothing to say.

    A role without anybody is one even if what it led has ended meanwhile: that would take a look
    at everything, and somebody is needed there all the same. A digest is one likewise, whether or
    not there is anything to tell.
    """
    return tuple(_of_one(view, item, now))


def row_of(view: View, item: str) -> Row | None:
    """Return the row of an action or a recommendation, or None."""
    model = MODELS.get(category_of(item))
    return view.get(model, item) if model else None


def _of_one(view: View, item: str, now: Standpoint) -> Iterator[Subject]:
    match category_of(item):
        case "action" if row := view.get("actions", item):
            within = _within(row, lambda ref: _audits_of(view.get("recommendations", ref)))
            yield from _of_action(item, row, within, now.calendar)
        case "recommendation" if row := view.get("recommendations", item):
            audit = view.get("audits", row["audit"]) if row["audit"] else None
            yield from _of_recommendation(item, row, audit, now.calendar)
        case "audit" if row := view.get("audits", item.partition("/")[0]):
            dated = of_clocks(item.partition("/")[0], row) if "/" in item else of_audit(item, row)
            yield from (one for one in dated if one.item == item)
        case "role":
            yield from of_vacancy(item, now)
            yield from of_digest(item, now)
        case "subgroup":
            yield from of_digest(item, now)
        case "person":
            yield from of_address(item, view.get(REFUSALS, item), now)
        case _:
            return


def _of_action(
    item: str, row: Row, within: tuple[str, ...], calendar: WorkingDays
) -> Iterable[Subject]:
    dated = of_action(item, row, within, calendar)
    if not row["extensions"] or row["status"] in ENDED_ACTION:
        return dated
    return (*dated, *of_decision(item, row, audience_of_action(row), within))


def _of_recommendation(
    item: str, row: Row, audit: Row | None, calendar: WorkingDays
) -> Iterator[Subject]:
    subgroup, within = audit["subgroup"] if audit else None, _audits_of(row)
    yield from of_recommendation(item, row, subgroup, within, calendar)
    if row["extensions"] and row["status"] not in ENDED_RECOMMENDATION:
        audience = audience_of_recommendation(row, subgroup)
        yield from of_decision(item, row, audience, within)


def _within(action: Row, audits_of: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Return the plan of an action, then the audits whose recommendations it answers."""
    plan = (action["plan"],) if action["plan"] else ()
    if not action["answers"]:
        return plan
    audits = [audit for ref in action["answers"] for audit in audits_of(ref)]
    return tuple(dict.fromkeys([*plan, *audits]))


def _audits_of(recommendation: Row | None) -> tuple[str, ...]:
    if recommendation is None:
        return ()
    findings = (finding.partition("/")[0] for finding in recommendation["findings"])
    own = [recommendation["audit"]] if recommendation["audit"] else []
    return tuple(dict.fromkeys([*own, *findings]))
