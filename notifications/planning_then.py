"""What was due on a day as things stood at some moment, planned by the rules of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable

from events.reading import Reader
from notifications.digest_period import stirred_before
from notifications.directory import Directory
from notifications.planning import Already, PlanningReport, plan
from notifications.rules import Rule
from notifications.subject import Standpoint
from notifications.subjects import subjects_of
from notifications.told_days import tellings_of
from projections.projection import Row
from projections.store import View
from workflow.working_days import WorkingDays


def planned_then(
    view: View,
    told: Container[str],
    rules: Iterable[Rule],
    day: dt.date,
    calendar: WorkingDays,
    reader: Reader,
) -> PlanningReport:
    """Return what was due to anybody on a day, as a view knows things.

    `told`: the keys of what was told, which is left out. `reader`: of the same log.
    """

    def rows_of(model: str, under: str = "") -> Iterable[tuple[str, Row]]:
        return (view.under(model, under) if under else view.all(model)).items()

    directory = Directory.of(view)
    now = Standpoint(day, calendar, directory, stirred_before(reader, day))
    already = Already(told, tellings=tellings_of(view))
    return plan(subjects_of(rows_of, now), directory, already, rules, day, calendar)
