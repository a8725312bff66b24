from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from hypothesis import example, given
from hypothesis import strategies as st

from notifications.mime_parts import header, message, multipart, text_part

BOUNDARY = "=_gt-1"


def read(*parts: bytes) -> list[EmailMessage]:
    """Read parts as a mail program does."""
    written = message([header("Subject", "1 action due")], multipart("mixed", parts, BOUNDARY))
    assert max(len(line) for line in written.split(b"\r\n")) <= 76
    assert written.isascii()
    assert b"\n" not in written.replace(b"\r\n", b"")
    found = email.message_from_bytes(written, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return [part for part in found.iter_parts() if isinstance(part, EmailMessage)]


@given(st.text(), st.text())
@example("", "\n\n")
@example(".", "one \n\n\ttwo\t\n.\n=3D=")
@example("é" * 100 + " ", "x" * 75 + " \n" + "x" * 76 + "\n" + "x" * 77 + "\t")
def test_any_text_is_read_as_it_was_written(first: str, second: str) -> None:
    found = read(text_part(first, "plain"), text_part(second, "html"))

    decoded = [part.get_payload(decode=True) for part in found]
    assert decoded == [_as_it_travels(first), _as_it_travels(second)]


def test_lines_that_look_like_the_end_of_a_part_or_a_message_are_text() -> None:
    evil = f"--{BOUNDARY}--\r\n.\r\nFrom me\r\nContent-Type: text/html\r\n\r\n=3D "
    (part,) = read(text_part(evil, "plain"))

    assert part.get_payload(decode=True) == _as_it_travels(evil)


def test_a_calendar_is_a_file_with_its_method() -> None:
    (part,) = read(text_part("BEGIN:VCALENDAR", "calendar", method="CANCEL", file_name="a.ics"))

    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "CANCEL"
    assert part.get_filename() == "a.ics"
    assert part.get_content_disposition() == "attachment"


def _as_it_travels(text: str) -> bytes:
    """Every line ends as mail has it; a carriage return alone is kept as it is."""
    lines = text.replace("\r\n", "\n")
    ended = lines if lines.endswith("\n") else f"{lines}\n"
    return ended.replace("\n", "\r\n").encode()
