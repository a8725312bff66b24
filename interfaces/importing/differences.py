"""What a document prints otherwise than the record has it, field by field, for one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from events.refs import quoted
from events.values import TargetDate
from interfaces.documents.cell_text import one_line
from interfaces.documents.document import PlanRow
from interfaces.importing.proposal import Difference, Field, Lead
from interfaces.importing.recorded import RecordedAction
from workflow.target_dates import describe


def differences(
    row: PlanRow,
    leads: tuple[Lead, ...],
    priority: int | None,
    action: RecordedAction,
    titles: Mapping[str, str],
) -> tuple[Difference, ...]:
    """Compare a row with the action that it is; `titles` are those of the roles, by reference.

    What the document leaves out (a blank measure, no priority) is no difference.
    """
    found = (
        *_words(row, action),
        *_target_date(row, action),
        *_leads(leads, action, titles),
        *_measure(row, action),
        *_priority(priority, action),
        *_progress(row, action),
    )
    if not action.ended:
        return found
    why = f"{quoted(action.ref)} is {action.status}, so it stays as it was."
    return tuple(Difference(one.field, one.before, one.after, why) for one in found)


def _words(row: PlanRow, action: RecordedAction) -> Iterator[Difference]:
    if one_line(action.text) != row.text:
        yield Difference(Field.WORDS, action.text, row.text)


def _target_date(row: PlanRow, action: RecordedAction) -> Iterator[Difference]:
    """A date in other words but of the same meaning is the same date."""
    if row.target_date is None or _means(row.target_date) == _means_stored(action.target):
        return
    moved_since = _means(row.target_date) == _means_stored(action.original_target)
    why = "The document prints the original date; the record has moved it since." * moved_since
    before = describe(TargetDate.model_validate(action.target))
    yield Difference(Field.TARGET_DATE, before, describe(row.target_date), why or None)


def _leads(
    leads: tuple[Lead, ...], action: RecordedAction, titles: Mapping[str, str]
) -> Iterator[Difference]:
    if {lead.ref for lead in leads} != set(action.lead_roles):
        before = ", ".join(titles.get(ref, quoted(ref)) for ref in action.lead_roles)
        yield Difference(Field.LEADS, before, ", ".join(lead.title for lead in leads))


def _measure(row: PlanRow, action: RecordedAction) -> Iterator[Difference]:
    if row.measure and one_line(row.measure) != one_line(action.success_measure or ""):
        yield Difference(Field.MEASURE, action.success_measure or "", row.measure)


def _priority(priority: int | None, action: RecordedAction) -> Iterator[Difference]:
    if priority is not None and priority != action.priority:
        yield Difference(Field.PRIORITY, str(action.priority or ""), str(priority))


def _progress(row: PlanRow, action: RecordedAction) -> Iterator[Difference]:
    """What is told is added, so only the latest note is compared."""
    if row.progress and one_line(row.progress) not in one_line(action.latest_note or ""):
        yield Difference(Field.PROGRESS, action.latest_note or "", row.progress)


def _means(target: TargetDate) -> tuple[str | None, ...]:
    return (
        target.precision.value,
        target.earliest.isoformat() if target.earliest else None,
        target.due.isoformat() if target.due else None,
    )


def _means_stored(stored: Mapping[str, Any]) -> tuple[str | None, ...]:
    return stored["precision"], stored.get("earliest"), stored.get("due")
