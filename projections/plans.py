"""The read model "plans": each plan with its priorities and the documents read into it.

Which actions stand under a plan is told by the rows of the actions: a list here would be written
anew, ever longer, with every action that is created.
"""

from __future__ import annotations

from typing import Final

from events.plan import (
    DocumentImported,
    PlanAdopted,
    PlanClosed,
    PlanRetitled,
    PriorityAdded,
    PriorityRetitled,
)
from events.recorded import Recorded
from projections.civil_days import true_on
from projections.more_time import row_of
from projections.projection import Projection, Rows, change

PLANS: Final = Projection("plans", version=1)


@PLANS.on(PlanAdopted)
def _adopted(rows: Rows, event: PlanAdopted, recorded: Recorded) -> None:
    rows.add(
        recorded.stream,
        {
            "title": event.title,
            "from_on": event.from_on.isoformat() if event.from_on else None,
            "until_on": event.until_on.isoformat() if event.until_on else None,
            "status": "current",
            "adopted_on": true_on(recorded),
            "closed_on": None,
            "closed_reason": None,
            "priorities": {},
            "documents": [],
        },
    )


@PLANS.on(PlanRetitled)
def _retitled(rows: Rows, event: PlanRetitled, recorded: Recorded) -> None:
    change(rows, recorded.stream, title=event.title)


@PLANS.on(PriorityAdded)
def _priority_added(rows: Rows, event: PriorityAdded, recorded: Recorded) -> None:
    _titled(rows, recorded.stream, event.number, event.title)


@PLANS.on(PriorityRetitled)
def _priority_retitled(rows: Rows, event: PriorityRetitled, recorded: Recorded) -> None:
    _titled(rows, recorded.stream, event.number, event.title)


@PLANS.on(DocumentImported)
def _document_imported(rows: Rows, event: DocumentImported, recorded: Recorded) -> None:
    row = row_of(rows, recorded.stream)
    document = {
        "name": event.document,
        "sha256": event.sha256,
        "rows": event.rows,
        "imported_on": true_on(recorded),
    }
    rows.put(recorded.stream, {**row, "documents": [*row["documents"], document]})


@PLANS.on(PlanClosed)
def _closed(rows: Rows, event: PlanClosed, recorded: Recorded) -> None:
    on = true_on(recorded)
    change(rows, recorded.stream, status="closed", closed_on=on, closed_reason=event.reason)


def _titled(rows: Rows, plan: str, number: int, title: str) -> None:
    priorities = {**row_of(rows, plan)["priorities"], str(number): title}
    change(rows, plan, priorities=priorities)
