"""Deadlines as calendar files (RFC 5545 and 5546) that people can take into their own calendars.

A file carries one method, and files of the two kinds are kept apart:

- `deadlines.ics` has the method PUBLISH, and an entry for every date that is told or has moved.
- What ended, or went to somebody else, comes as a file of its own with the method CANCEL. The
  standard would let a published entry have the status CANCELLED instead, but Outlook is known to
  act on the method, and imports CANCEL from a file. One UID is allowed in a cancellation (RFC 5546,
  3.2.5), and Outlook ignores all entries of one but the first.

No entry has words from people: calendars are shared, are seen over shoulders, and nothing that was
typed into the record by mistake could be fetched back from them. It says which item falls due, and
where to read of it: on its page, or in the email.

All are attachments. In the body of a message Outlook would show the raw lines of a PUBLISH, and
take the whole email for a meeting's cancellation. (Microsoft says so in [MS-STANOICAL], Outlook
iCalendar Standards Support, on RFC 5546, section 2, and on RFC 6047, section 4.4.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from events.refs import category_of, quoted
from notifications.calendar_lines import calendar_of, mailbox, moment, text, whole_day
from notifications.letter_calendar import ENTERED, CalendarChanges, Entry
from notifications.letter_calendar_words import MOST_ENDED
from notifications.letter_item import LetterItem
from notifications.rules import Occasion
from workflow.civil_dates import format_date

FILE_NAME: Final = "deadlines.ics"

_UID_ENDS: Final = {Occasion.REVIEW: ".review", Occasion.IMPACT: ".impact"}
"""What tells the dates of one item apart: work on hold has its target date beside its review."""

_FALLS: Final = {
    Occasion.REVIEW: "to be reviewed",
    Occasion.IMPACT: "impact to be shown",
    Occasion.CLOCK: "runs out",
    Occasion.RE_AUDIT: "to be looked at again",
}

_THIS_EMAIL: Final = "The email that brought this entry says what it is about: look for {}."
_AN_EMAIL: Final = "An earlier email to you says what it is about: look for {}."


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar file and its method, which the attachment names as well."""

    name: str
    method: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CalendarStamp:
    """What all entries of an email share.

    `sequence` rises from email to email and never falls: the position of the log serves, since
    nothing moves a date without a record. `organizer` is the sender's address, `name` theirs.
    """

    day: dt.date
    sequence: int
    made_at: dt.datetime
    organizer: str
    name: str

    @property
    def domain(self) -> str:
        """Return the domain of the entries' UIDs."""
        return self.organizer.rpartition("@")[2]


def calendar_files(
    items: Sequence[LetterItem], changes: CalendarChanges, stamp: CalendarStamp
) -> list[CalendarFile]:
    """Return the files of an email, none where no date lies ahead and nothing changed.

    Of many entries that ended the first have files.
    """
    ahead = [item for item in items if item.occasion in ENTERED and item.target_on >= stamp.day]
    entries = [_of_item(item, stamp) for item in ahead]
    entries += [_of_moved(entry, stamp) for entry in changes.moved]
    files = [CalendarFile(FILE_NAME, "PUBLISH", calendar_of("PUBLISH", entries))] if entries else []
    return [*files, *(_cancellation(entry, stamp) for entry in changes.ended[:MOST_ENDED])]


def uid_of(item: str, occasion: Occasion, domain: str) -> str:
    """Return the UID of a date of an item: the same in every email to everybody, for good."""
    return f"{item}{_UID_ENDS.get(occasion, '')}@{domain}"


def _of_item(item: LetterItem, stamp: CalendarStamp) -> list[str]:
    dated = Entry(item.item, item.occasion, item.target_on, item.link)
    return _published(dated, stamp, _THIS_EMAIL.format(item.ref))


def _of_moved(moved: Entry, stamp: CalendarStamp) -> list[str]:
    return _published(moved, stamp, _AN_EMAIL.format(quoted(moved.item)))


def _published(dated: Entry, stamp: CalendarStamp, in_emails: str) -> list[str]:
    """Say how old the news is, since nobody gets an email for a calendar, and where to read of it.

    A link stands at the end, where no program takes more than itself for it.
    """
    where = f"What it is about: {dated.link}" if dated.link else in_emails
    told = (
        f"As told on {format_date(stamp.day)}. If it ends or moves, the next email to you says so."
    )
    link = (f"URL:{dated.link}",) if dated.link else ()
    return _entry(dated, stamp, text("DESCRIPTION", f"{told}\n\n{where}"), *link)


def _cancellation(ended: Entry, stamp: CalendarStamp) -> CalendarFile:
    which = f"{quoted(ended.item)}{_UID_ENDS.get(ended.occasion, '')}"
    name = f"no-longer-due-{which.replace('/', '-').replace('.', '-')}.ics"
    entry = _entry(ended, stamp, "STATUS:CANCELLED")
    return CalendarFile(name, "CANCEL", calendar_of("CANCEL", [entry]))


def _entry(dated: Entry, stamp: CalendarStamp, *more: str) -> list[str]:
    summary = f"{quoted(dated.item)}: {_kind(dated)} {_FALLS.get(dated.occasion, 'due')}"
    return [
        text("SUMMARY", summary),
        whole_day("DTSTART", dated.target_on),
        whole_day("DTEND", dated.target_on + dt.timedelta(days=1)),
        moment("DTSTAMP", stamp.made_at),
        text("UID", uid_of(dated.item, dated.occasion, stamp.domain)),
        f"SEQUENCE:{stamp.sequence}",
        *more,
        mailbox("ORGANIZER", stamp.name, stamp.organizer),
        "TRANSP:TRANSPARENT",
    ]


def _kind(dated: Entry) -> str:
    return "clock" if dated.occasion is Occasion.CLOCK else category_of(dated.item)
