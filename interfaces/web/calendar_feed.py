"""One person's deadlines as a calendar that their own calendar asks for again and again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from interfaces.bootstrap import Partnership
from notifications.calendar_lines import calendar_of, moment, text, whole_day
from notifications.deadline_file import uid_of
from notifications.rules import Occasion
from projections.board_lines import BoardLine

_DAY = dt.timedelta(days=1)


def calendar_feed(lines: list[BoardLine], partnership: Partnership, address: str) -> bytes:
    """Return the calendar of some open items. Entries are those that emails bring (see UID)."""
    domain = partnership.settings.mail.sender.rpartition("@")[2]
    sequence, now = partnership.log.head().size, partnership.clock()
    entries = [
        list(_entry(line, occasion, day, f"{address}/{line.quoted}", domain, sequence, now))
        for line in lines
        for occasion, day in _days(line)
    ]
    return calendar_of("PUBLISH", entries)


def _days(line: BoardLine) -> Iterator[tuple[Occasion, dt.date]]:
    if line.due is not None:
        yield Occasion.TARGET, line.due
    if line.impact_due is not None:
        yield Occasion.IMPACT, line.impact_due


def _entry(
    line: BoardLine,
    occasion: Occasion,
    day: dt.date,
    link: str,
    domain: str,
    sequence: int,
    now: dt.datetime,
) -> Iterator[str]:
    # A calendar is seen over shoulders and kept by others, so that it shows no words from people.
    what = "impact to be shown" if occasion is Occasion.IMPACT else "due"
    yield text("SUMMARY", f"{line.quoted}: {line.kind} {what}")
    yield whole_day("DTSTART", day)
    yield whole_day("DTEND", day + _DAY)
    yield moment("DTSTAMP", now)
    yield text("UID", uid_of(line.ref, occasion, domain))
    yield f"SEQUENCE:{sequence}"
    yield f"URL:{link}"
    yield "TRANSP:TRANSPARENT"
