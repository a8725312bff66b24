"""Plans of the tests' own making: written to a file, or set beside a record in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from interfaces.documents.document import PlanRow
from interfaces.importing.recorded import RecordedAction, RecordedRole, RecordedSubgroup
from workflow.target_dates import read_target_date

HEADER = ("Priority", "Action", "Target Date", "Lead")

NEGLECT = "1. Neglect"
SYSTEM = "2. The system"

BASE = (
    (NEGLECT, "Rewrite the neglect strategy", "December 2024", "Business Manager"),
    (NEGLECT, "Draw a picture of neglect in each ward", "June 2024", "Chair of Audit Subgroup"),
    (SYSTEM, "Publish who does what", "31.3.25", "Lead Safeguarding Partners"),
)
"""A small plan, whose leads are all known to the example directory but the chair."""


def plan_file(
    folder: Path,
    rows: Iterable[Sequence[str]] = BASE,
    name: str = "plan.csv",
    header: Sequence[str] = HEADER,
) -> str:
    """Write a plan and return the path of its file."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return str(path)


def plan_row(text: str, *, date: str = "December 2024", **fields: object) -> PlanRow:
    """Make a row as a reader of documents gives it."""
    given = {"line": 2, "leads": ("Business Manager",), **fields}
    return PlanRow(
        text=text,
        target_date_words=date,
        target_date=read_target_date(date),
        **given,  # type: ignore[arg-type]
    )


def recorded_action(text: str, *, date: str = "December 2024", **fields: object) -> RecordedAction:
    """Make an action as the record holds it."""
    target = read_target_date(date).model_dump(mode="json", exclude_none=True)
    given = {
        "ref": "action-1",
        "lead_roles": ("role-1",),
        "priority": 1,
        "original_target": target,
        "success_measure": None,
        "latest_note": None,
        "status": "not_started",
        **fields,
    }
    return RecordedAction(text=text, target=target, **given)  # type: ignore[arg-type]


def role(ref: str, title: str, *aliases: str, retired: bool = False) -> RecordedRole:
    """Make a role as the record holds it."""
    return RecordedRole(ref, title, aliases, retired)


def subgroup(ref: str, name: str, chair_role: str | None = None) -> RecordedSubgroup:
    """Make a subgroup as the record holds it."""
    return RecordedSubgroup(ref, name, chair_role)
