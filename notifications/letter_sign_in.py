"""The email with which somebody signs in to the pages: one link, good once and for a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Final

from notifications.addresses import one_line
from notifications.folding import mailbox_header, subject_header
from notifications.letter_templates import render
from notifications.letters import Letterhead
from notifications.mime_parts import header, message, multipart, text_part
from projections.civil_days import LONDON

SIGN_IN: Final = "sign_in"
"""The folder of its templates."""


@dataclass(frozen=True, slots=True)
class SignInLetter:
    """To whom it goes, what it links to, and until when (aware) the link works."""

    message_id: str
    name: str
    address: str
    link: str
    until: dt.datetime
    made_at: dt.datetime


def write_sign_in(letter: SignInLetter, head: Letterhead) -> bytes:
    """Write the email. Raises `UnfitLetter`."""
    facts = {
        "partnership": one_line(head.partnership),
        "name": one_line(letter.name),
        "link": letter.link,
        "until": f"{letter.until.astimezone(LONDON):%H:%M}",
    }
    texts = render(SIGN_IN, facts)
    boundary = f"=_{letter.message_id.strip('<>').partition('@')[0]}"
    parts = [text_part(texts["body.txt"], "plain"), text_part(texts["body.html"], "html")]
    headers = [
        subject_header(texts["subject.txt"]),
        mailbox_header("From", head.partnership, head.sender),
        mailbox_header("To", letter.name, letter.address),
        header("Date", format_datetime(letter.made_at.astimezone(dt.UTC))),
        header("Message-ID", letter.message_id),
        header("Auto-Submitted", "auto-generated"),
    ]
    return message(headers, multipart("alternative", parts, boundary))
