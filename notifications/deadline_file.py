"""The deadlines of an email as a calendar file (RFC 5545) that people can take into their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from icalendar import Calendar, Event

from notifications.letter_facts import LetterItem
from notifications.rules import Occasion

FILE_NAME = "deadlines.ics"


def deadline_file(
    items: Sequence[LetterItem], *, day: dt.date, sequence: int, made_at: dt.datetime, domain: str
) -> bytes | None:
    """Return one whole-day entry for each date that lies ahead, None where none does.

    An item keeps its UID for good, so a calendar moves the entry it has when the date moves; its
    reviews have a UID of their own, since work on hold has both dates.
    `sequence` rises from email to email: the log's position serves.
    """
    ahead = [item for item in items if item.target_on >= day]
    if not ahead:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//Goldthread//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for item in ahead:
        calendar.add_component(_entry(item, sequence, made_at, domain))
    written: bytes = calendar.to_ical()
    return written


def _entry(item: LetterItem, sequence: int, made_at: dt.datetime, domain: str) -> Event:
    entry = Event()
    is_review = item.occasion is Occasion.REVIEW
    entry.add("uid", f"{item.item}{'.review' if is_review else ''}@{domain}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", made_at.astimezone(dt.UTC).replace(microsecond=0))
    entry.add("dtstart", item.target_on)
    entry.add("dtend", item.target_on + dt.timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add("summary", f"{item.ref}: {item.kind} {'to be reviewed' if is_review else 'due'}")
    entry.add("description", f"{item.text}\n\n{item.needed}")
    if item.link:
        entry.add("url", item.link)
    return entry
