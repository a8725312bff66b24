"""The emails that are coming, as plain values: by day, by person, one entry for each thing."""

from __future__ import annotations

from collections.abc import Iterable

from events.refs import quoted
from notifications.directory import Directory
from notifications.planning import PlannedEmail, PlannedItem, PlanningReport
from notifications.reasons import rule_in_words, why_told
from projections.projection import Row


def days_as_json(days: Iterable[PlanningReport], directory: Directory) -> list[Row]:
    """Return what each day brings; days on which nothing is sent are left out."""
    return [
        {
            "on": report.day.isoformat(),
            "emails": [_email(email, directory) for email in report.emails],
        }
        for report in days
        if report.emails
    ]


def _email(email: PlannedEmail, directory: Directory) -> Row:
    person = directory.people[email.person]
    return {
        "person": quoted(email.person),
        "name": person.name,
        "address": person.address,
        "items": [_item(item, directory) for item in email.items],
    }


def _item(item: PlannedItem, directory: Directory) -> Row:
    return {
        "ref": quoted(item.subject.item),
        "occasion": item.subject.occasion.value,
        "target_on": item.subject.target_on.isoformat(),
        "rule": item.rule,
        "when": rule_in_words(item.rule),
        "role": quoted(item.told.role) if item.told.role else None,
        "why": why_told(item.told, item.subject, directory),
    }
