"""A reminder as an email: subject, text and HTML from templates, and the deadlines as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from notifications.addresses import display_name, one_line
from notifications.deadline_file import FILE_NAME, deadline_file
from notifications.folding import LETTER_POLICY
from notifications.letter_facts import LetterItem, Section
from notifications.wording import counted
from workflow.civil_dates import format_date

REMINDER: Final = "reminder"
"""The folder of the templates of a reminder."""

MOST_REFERENCES: Final = 20
"""So many items are named in References; mail programs look at few."""


class UnfitLetter(ValueError):
    """A template gave something that cannot be sent, such as a subject of two lines."""


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
    """Where the record stood when the email was written, so that it can be looked up and proved."""

    position: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that an email says. `reply_to`: where answers go, if anywhere."""

    message_id: str
    name: str
    address: str
    items: tuple[LetterItem, ...]
    day: dt.date
    made_at: dt.datetime
    mark: RecordMark
    reply_to: str | None = None


def write_letter(letter: Letter, head: Letterhead) -> EmailMessage:
    """Write the email. Raises `UnfitLetter`."""
    texts = render(REMINDER, facts_for_template(letter, head))
    message = EmailMessage(policy=LETTER_POLICY)
    _add_headers(message, letter, head, texts["subject.txt"])
    message.set_content(texts["body.txt"], cte="quoted-printable")
    message.add_alternative(texts["body.html"], subtype="html", cte="quoted-printable")
    entries = deadline_file(
        letter.items,
        day=letter.day,
        sequence=letter.mark.position,
        made_at=letter.made_at,
        domain=head.domain,
    )
    if entries is not None:
        message.add_attachment(
            entries,
            maintype="text",
            subtype="calendar",
            filename=FILE_NAME,
            params={"charset": "utf-8", "method": "PUBLISH"},
        )
    # Boundaries from chance would make two writings of one letter differ.
    _name_boundaries(message, letter.message_id)
    return message


def render(folder: str, facts: dict[str, Any]) -> dict[str, str]:
    """Render the three templates of a folder. Raises `UnfitLetter` for a subject of two lines."""
    texts = {
        name: _templates().get_template(f"{folder}/{name}").render(facts)
        for name in ("subject.txt", "body.txt", "body.html")
    }
    subject = texts["subject.txt"].strip()
    if not subject or len(subject.splitlines()) != 1:
        message = f"the subject of '{folder}' must be one line, and is {subject!r}"
        raise UnfitLetter(message)
    return {**texts, "subject.txt": one_line(subject)}


def facts_for_template(letter: Letter, head: Letterhead) -> dict[str, Any]:
    """Return what the templates of a reminder may name."""
    return {
        "headline": headline(letter.items),
        "partnership": one_line(head.partnership),
        "name": one_line(letter.name),
        "sections": _sections(letter.items),
        "day": format_date(letter.day),
        "has_links": any(item.link for item in letter.items),
        "reply_to": letter.reply_to,
        "mark": letter.mark,
    }


def headline(items: Sequence[LetterItem]) -> str:
    """Say what an email is about with nothing sensitive: "2 actions due by 31 December 2024"."""
    overdue = [item for item in items if item.section is Section.OVERDUE]
    ahead = [item for item in items if item.section is not Section.OVERDUE]
    kinds = {item.kind for item in items}
    noun = kinds.pop() if len(kinds) == 1 else "item"
    if not ahead:
        return f"{counted(len(overdue), noun)} overdue"
    by = format_date(max(item.target_on for item in ahead))
    if not overdue:
        return f"{counted(len(ahead), noun)} due by {by}"
    return f"{counted(len(overdue), noun)} overdue, {len(ahead)} due by {by}"


def _add_headers(message: EmailMessage, letter: Letter, head: Letterhead, subject: str) -> None:
    message["Subject"] = subject
    message["From"] = _address(head.partnership, head.sender)
    message["To"] = _address(letter.name, letter.address)
    if letter.reply_to:
        message["Reply-To"] = _address("", letter.reply_to)
    message["Date"] = letter.made_at.astimezone(dt.UTC)
    message["Message-ID"] = letter.message_id
    message["References"] = " ".join(_references(letter.items, head.domain))
    message["Auto-Submitted"] = "auto-generated"


def _references(items: Sequence[LetterItem], domain: str) -> Iterable[str]:
    """Name each item as if it were a message, so that all emails about it stand together."""
    return (f"<{item.item}@{domain}>" for item in items[:MOST_REFERENCES])


def _address(name: str, address: str) -> Address:
    return Address(display_name=display_name(name), addr_spec=address)


def _sections(items: Sequence[LetterItem]) -> list[tuple[str, list[LetterItem]]]:
    found = ((section, [item for item in items if item.section is section]) for section in Section)
    return [(section.value, some) for section, some in found if some]


def _name_boundaries(message: EmailMessage, message_id: str) -> None:
    digest = message_id.strip("<>").partition("@")[0]
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts, start=1):
        part.set_boundary(f"=_{digest}_{number}")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("notifications"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
