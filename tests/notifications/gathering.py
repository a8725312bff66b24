"""Gathering the subjects of one thing in a test: reading one and reading all agree."""

from __future__ import annotations

import datetime as dt
from functools import partial

from notifications.directory import Directory
from notifications.passing_rows import passing_rows
from notifications.subject import Standpoint, Subject
from notifications.subjects import subjects_of, subjects_of_item
from tests.notifications.records import CALENDAR, House

TODAY = dt.date(2024, 12, 2)


def subjects(house: House, item: str, day: dt.date = TODAY) -> tuple[Subject, ...]:
    """Return the subjects of one thing as all are gathered, and check that it alone says so too."""
    now = Standpoint(day, CALENDAR, Directory.of(house.view))
    found = tuple(one for one in everything(house, day) if one.item == item)
    assert subjects_of_item(house.view, item, now) == found
    return found


def everything(house: House, day: dt.date = TODAY) -> list[Subject]:
    """Return all subjects of a day."""
    now = Standpoint(day, CALENDAR, Directory.of(house.view))
    with house.log.snapshot() as reader:
        return list(subjects_of(partial(passing_rows, reader), now))
