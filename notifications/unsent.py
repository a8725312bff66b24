"""Emails that did not go out as they should, and of which somebody may still have to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from events.email import NotSentReason
from events.log import EventLog
from events.reading import Reader
from notifications.directory import Directory
from notifications.passing_rows import passing_rows
from notifications.subject import Standpoint
from notifications.subjects import subjects_of_item
from projections.projection import Row
from projections.store import ViewOfToday
from workflow.working_days import WorkingDays

SHOWN_DAYS: Final = 30
"""So many days an email that was not sent is shown."""


class Trouble(StrEnum):
    """What became of an email that cannot be counted as sent."""

    FAILED = "failed"
    UNCERTAIN = "uncertain"
    NEVER_TAKEN = "never_taken"


@dataclass(frozen=True, slots=True)
class Unsent:
    """An email that was not sent. `reason`: what the server said, or why nobody knows."""

    email: str
    person: str
    trouble: Trouble
    reason: str
    settled_on: dt.date


def unsent(log: EventLog, day: dt.date, calendar: WorkingDays) -> tuple[Unsent, ...]:
    """Return the emails of the last days that failed or are uncertain, and still matter.

    One still matters while anything in it is open and the same person had no later email about it.
    """
    since = (day - dt.timedelta(days=SHOWN_DAYS)).isoformat()
    with log.snapshot() as reader:
        recent = [
            (email, row)
            for email, row in passing_rows(reader, "reminders")
            if row["settled_on"] is not None and row["settled_on"] >= since
        ]
        told = _last_told(row for _, row in recent)
        now = Standpoint(day, calendar, Directory.of(ViewOfToday(reader)))
        found = [
            (row["planned_at"], _unsent(email, row, trouble))
            for email, row in recent
            if (trouble := _trouble(row)) is not None and _still_matters(row, told, reader, now)
        ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _last_told(rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    told: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["status"] == "sent":
            for item in row["items"]:
                key = (row["person"], item["item"])
                told[key] = max(told.get(key, 0), row["planned_at"])
    return told


def _trouble(row: Row) -> Trouble | None:
    if row["status"] in {Trouble.FAILED.value, Trouble.UNCERTAIN.value}:
        return Trouble(row["status"])
    given_up = row["status_reason"] == NotSentReason.NEVER_TAKEN.value
    return Trouble.NEVER_TAKEN if given_up and row["status"] == "cancelled" else None


def _still_matters(
    row: Row, told: dict[tuple[str, str], int], reader: Reader, now: Standpoint
) -> bool:
    view = ViewOfToday(reader)
    return any(
        told.get((row["person"], item["item"]), 0) <= row["planned_at"]
        and subjects_of_item(view, item["item"], now)
        for item in row["items"]
    )


def _unsent(email: str, row: Row, trouble: Trouble) -> Unsent:
    settled_on = dt.date.fromisoformat(row["settled_on"])
    return Unsent(email, row["person"], trouble, row["status_reason"] or "", settled_on)
