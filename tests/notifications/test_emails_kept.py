"""Emails in a folder that hold words to be forgotten are found, and the others are left."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

import pytest

from notifications.emails_kept import emails_with

NOTE = "Met the school about Zebedee Quillfeather and agreed the form for the autumn term."


def email(folder: Path, name: str, *, text: str = "Hello.", html: str = "", to: str = "") -> Path:
    message = EmailMessage()
    message["To"] = to or "Example Lead <lead@example.org>"
    message["Subject"] = "One action is due"
    message.set_content(text, cte="base64")
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    path = folder / name
    path.write_bytes(bytes(message))
    return path


def found(folder: Path, *values: str, elsewhere: Iterable[str] = ()) -> set[str]:
    texts = [one.casefold() for one in elsewhere]
    hits = emails_with(folder, values, lambda words: any(words in one for one in texts))
    return {path.name for path in hits}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    email(tmp_path, "other.eml", text="Twelve of twenty files were read.")
    return tmp_path


def test_a_text_is_found_whole_wrapped_cut_short_and_in_other_letters(folder: Path) -> None:
    email(folder, "whole.eml", text=f"Last told: {NOTE}")
    email(folder, "wrapped.eml", text=NOTE.replace("and agreed", "and\nagreed"))
    email(folder, "cut.unfinished", text=f"Last told: {NOTE[:50]}...")
    email(folder, "page.eml", html="<p>Met the school <b>about</b> Zebedee Quillfeather</p>")
    assert found(folder, NOTE) == {"whole.eml", "wrapped.eml", "cut.unfinished", "page.eml"}


def test_an_email_to_somebody_is_found_by_the_address(folder: Path) -> None:
    email(folder, "to.eml", to="Quentin <QM@example.org>")
    assert found(folder, "qm@example.org") == {"to.eml"}


def test_what_is_in_a_calendar_is_found(folder: Path) -> None:
    message = EmailMessage()
    message.set_content("Hello.")
    lines = "DESCRIPTION:Met the school about Zebedee\\, and\r\n  Quillfeather\r\n"
    message.add_attachment(lines, subtype="calendar")
    message.add_attachment(b"\x00\x01", maintype="image", subtype="png")
    (folder / "invitation.eml").write_bytes(bytes(message))
    assert found(folder, "Zebedee, and Quillfeather") == {"invitation.eml"}


def test_words_that_stand_elsewhere_make_nothing_known_again(folder: Path) -> None:
    other = "As published in the Business Plan of 2024: all is well."
    email(folder, "published.eml", text=other)
    value = "As published in the Business Plan of 2024: Zebedee has moved."
    assert found(folder, value, elsewhere=[other]) == set()
    assert found(folder, value) == {"published.eml"}


def test_a_short_word_and_a_folder_that_is_not_there_are_no_matter(folder: Path) -> None:
    assert found(folder, "read.", "due") == set()
    assert found(folder / "nowhere", NOTE) == set()
