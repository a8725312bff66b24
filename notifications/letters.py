"""A reminder as an email: subject, text and HTML from templates, and the deadlines as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any, Final

from notifications.addresses import display_name, one_line
from notifications.deadline_file import CalendarFile, CalendarStamp, calendar_files
from notifications.folding import mailbox_header, subject_header
from notifications.letter_answers import foot, how_to_answer, how_to_see_more
from notifications.letter_calendar import NO_CHANGES, CalendarChanges
from notifications.letter_calendar_words import calendar_sentences
from notifications.letter_digest import DigestSection
from notifications.letter_headline import headline
from notifications.letter_item import LetterItem
from notifications.letter_parts import parts_of
from notifications.letter_templates import render
from notifications.mime_parts import header, message, multipart, text_part
from workflow.civil_dates import format_date

REMINDER: Final = "reminder"
"""The folder of the templates of a reminder."""

MOST_REFERENCES: Final = 20
"""So many items are named in References; mail programs look at few."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """From whom emails come: the name of the partnership and the address of the sender.

    `reply_to`: where answers go; without it they go to the business manager of the day.
    """

    partnership: str
    sender: str
    reply_to: str | None = None

    @property
    def domain(self) -> str:
        """Return the domain of message ids and of entries in calendars."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class RecordMark:
    """Where the record stood when the email was written, so that it can be looked up and proved.

    `line`: the one that names that head, for the foot, as `record_line` writes it.
    """

    position: int
    line: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that an email says. `reply_to`: where answers go, if anywhere.

    `changes`: what has become of dates that earlier emails to this person told.
    """

    message_id: str
    name: str
    address: str
    items: tuple[LetterItem, ...]
    day: dt.date
    made_at: dt.datetime
    mark: RecordMark
    reply_to: str | None = None
    digests: tuple[DigestSection, ...] = ()
    changes: CalendarChanges = NO_CHANGES


def write_letter(letter: Letter, head: Letterhead) -> bytes:
    """Write the email: of the same letter always the same bytes. Raises `UnfitLetter`."""
    files = _files(letter, head)
    texts = render(REMINDER, facts_for_template(letter, head, files))
    # Boundaries from chance would make two writings of one letter differ.
    boundary = f"=_{letter.message_id.strip('<>').partition('@')[0]}"
    bodies = [text_part(texts["body.txt"], "plain"), text_part(texts["body.html"], "html")]
    body = multipart("alternative", bodies, f"{boundary}_1")
    if files:
        body = multipart("mixed", [body, *map(_attachment, files)], f"{boundary}_2")
    return message(_headers(letter, head, texts["subject.txt"]), body)


def facts_for_template(
    letter: Letter, head: Letterhead, files: Sequence[CalendarFile] = ()
) -> dict[str, Any]:
    """Return what the templates of a reminder may name."""
    parts = parts_of(letter.items)
    keeps_the_record = _keeps_the_record(letter)
    to_the_manager = letter.reply_to is not None
    return {
        "headline": headline(letter.items, letter.digests, letter.day),
        "partnership": one_line(head.partnership),
        "name": one_line(letter.name),
        "parts": parts,
        "digests": letter.digests,
        "day": format_date(letter.day),
        "answers": how_to_answer(
            letter.items, keeps_the_record=keeps_the_record, to_the_manager=to_the_manager
        ),
        "foot": foot(letter.items, keeps_the_record=keeps_the_record),
        "more": how_to_see_more(parts, keeps_the_record=keeps_the_record),
        "calendar": tuple(
            calendar_sentences(
                letter.changes, has_dates=any(file.method == "PUBLISH" for file in files)
            )
        ),
        "mark": letter.mark,
    }


def _keeps_the_record(letter: Letter) -> bool:
    """Tell whether answers would come to the reader of the email."""
    return letter.reply_to is not None and letter.reply_to.casefold() == letter.address.casefold()


def _files(letter: Letter, head: Letterhead) -> list[CalendarFile]:
    stamp = CalendarStamp(
        letter.day,
        letter.mark.position,
        letter.made_at,
        head.sender,
        display_name(head.partnership),
    )
    return calendar_files(letter.items, letter.changes, stamp)


def _attachment(file: CalendarFile) -> bytes:
    return text_part(file.content.decode(), "calendar", method=file.method, file_name=file.name)


def _headers(letter: Letter, head: Letterhead, subject: str) -> list[bytes]:
    references = list(_references(letter, head.domain))
    return [
        subject_header(subject),
        mailbox_header("From", head.partnership, head.sender),
        mailbox_header("To", letter.name, letter.address),
        *([mailbox_header("Reply-To", "", letter.reply_to)] if letter.reply_to else ()),
        header("Date", format_datetime(letter.made_at.astimezone(dt.UTC))),
        header("Message-ID", letter.message_id),
        *([header("References", "\r\n ".join(references))] if references else ()),
        header("Auto-Submitted", "auto-generated"),
    ]


def _references(letter: Letter, domain: str) -> Iterable[str]:
    """Name each item as if it were a message, so that all emails about it stand together."""
    items = (item.item for item in letter.items)
    named = dict.fromkeys([*items, *(digest.item for digest in letter.digests)])
    return (f"<{item}@{domain}>" for item in list(named)[:MOST_REFERENCES])
