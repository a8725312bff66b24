"""Clocks that the law, guidance or a partnership itself sets running, and when each runs out.

A clock says where its period comes from and calls nothing statutory that its source does not: a
duty may stand in an Act while its period stands in guidance.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass, replace
from typing import Self

from events.audit_clock import Authority, StartEvent, Unit
from workflow.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that starts on the day of an event and within which something is to be done.

    `name` is the key in the configuration, `title` what people read, `length` a count of `unit`
    above zero, `source` the title of the document that sets the period.
    """

    name: str
    title: str
    length: int
    unit: Unit
    starts_on: StartEvent
    authority: Authority
    source: str

    def due(self, start: dt.date, calendar: WorkingDays) -> dt.date:
        """Give the last day in time, where the day of the event is day 0.

        Months end on the day of the same number, or on the last day of a shorter month, and are
        not moved off a weekend: "no later than" leaves no room behind it.
        """
        if self.unit is Unit.MONTHS:
            return _months_after(start, self.length)
        return calendar.add(start, self.length)

    def starting_on(self, event: StartEvent) -> Self:
        """Give the same clock with another event to start it."""
        return replace(self, starts_on=event)


def _months_after(start: dt.date, length: int) -> dt.date:
    years, month = divmod(start.month - 1 + length, 12)
    year, month = start.year + years, month + 1
    return dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))


NOTIFY_SERIOUS_INCIDENT = Clock(
    name="notify_serious_incident",
    title="Notify a serious incident to the national Panel",
    length=5,
    unit=Unit.WORKING_DAYS,
    starts_on=StartEvent.INCIDENT_BECAME_KNOWN,
    # Section 16C of the Children Act 2004 makes the duty and sets no period.
    authority=Authority.GUIDANCE,
    source="Working Together to Safeguard Children",
)

RAPID_REVIEW = Clock(
    name="rapid_review",
    title="Complete a rapid review and send it to the national Panel",
    length=15,
    unit=Unit.WORKING_DAYS,
    # Editions of the guidance differ on whether the days run from the notification or from the
    # day on which the incident became known.
    starts_on=StartEvent.INCIDENT_NOTIFIED,
    authority=Authority.GUIDANCE,
    source="Child Safeguarding Practice Review Panel: guidance for safeguarding partners",
)

PUBLISH_PRACTICE_REVIEW = Clock(
    name="publish_practice_review",
    title="Publish a local child safeguarding practice review",
    length=6,
    unit=Unit.MONTHS,
    starts_on=StartEvent.REVIEW_DECIDED,
    # Section 16F of the Children Act 2004 makes the duty to publish; the six months, from the
    # decision to hold the review, are the guidance's.
    authority=Authority.GUIDANCE,
    source="Working Together to Safeguard Children",
)

WRITTEN_STATEMENT_OF_ACTION = Clock(
    name="written_statement_of_action",
    title="Make the written statement of proposed action that a joint inspection asked for",
    length=70,
    unit=Unit.WORKING_DAYS,
    starts_on=StartEvent.INSPECTION_REPORT_RECEIVED,
    # Regulation 4 itself counts 70 working days from the receipt of the report.
    authority=Authority.STATUTORY,
    source="The Children Act 2004 (Joint Area Reviews) Regulations 2015",
)

STANDARD_CLOCKS = (
    NOTIFY_SERIOUS_INCIDENT,
    RAPID_REVIEW,
    PUBLISH_PRACTICE_REVIEW,
    WRITTEN_STATEMENT_OF_ACTION,
)
"""The clocks that every partnership in England has; it may add its own with local authority."""
