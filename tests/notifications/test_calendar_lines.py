"""Calendar files, read back with a library that knows the whole standard."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from notifications.addresses import display_name
from notifications.calendar_lines import (
    LINE_OCTETS,
    calendar_of,
    mailbox,
    moment,
    text,
    whole_day,
)

FOLD = b"\r\n "
WORDS = st.text(st.characters(codec="utf-8"), max_size=300)
TIDY = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.just("\n"), max_size=300
)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))
MOMENTS = st.datetimes(timezones=st.timezones()).filter(lambda one: 1900 < one.year < 2200)


def written(*lines: str) -> bytes:
    return calendar_of("PUBLISH", [lines])


def read(*lines: str) -> Any:  # noqa: ANN401 - the library's own class
    (entry,) = Calendar.from_ical(written(*lines)).walk("VEVENT")
    return entry


def unescaped(stored: bytes) -> str:
    """Undo the escapes one after the other from the left, as the standard means them."""
    plain = stored.decode()
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], plain)


@given(TIDY)
@example("one; two, three\\ four\n\nfive: six")
@example("ŵ" * 200)
@example(" leading and trailing ")
def test_words_are_read_as_they_were_written(words: str) -> None:
    assert str(read(text("DESCRIPTION", words)).get("description", "")) == words


@given(WORDS)
@example("\\n is no line end, and neither is \\N")
@example("\\" * 100)
def test_escapes_stand_for_what_they_stand_for_in_the_standard(words: str) -> None:
    unfolded = written(text("DESCRIPTION", words)).replace(FOLD, b"").split(b"\r\n")
    (line,) = (one for one in unfolded if one.startswith(b"DESCRIPTION:"))
    ends = words.replace("\r\n", "\n").replace("\r", "\n")

    assert unescaped(line.partition(b":")[2]) == re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", ends)


@given(WORDS)
@example("é" * 400)
@example("x" + "é" * 400)
@example("x" * 63)
@example("x" * 64)
@example("x" * 62 + "\n" * 100)
@example("x" * 62 + "\\" * 100)
def test_no_line_is_too_long_and_no_letter_or_escape_is_in_two(words: str) -> None:
    lines = written(text("DESCRIPTION", words)).removesuffix(b"\r\n").split(b"\r\n")

    assert all(len(line) <= LINE_OCTETS for line in lines)
    assert [line.decode().encode() for line in lines] == lines
    assert not any((len(line) - len(line.rstrip(b"\\"))) % 2 for line in lines)


@given(WORDS)
def test_no_words_add_a_line(words: str) -> None:
    unfolded = written(text("DESCRIPTION", words), text("UID", words)).replace(FOLD, b"")
    names = [line.partition(b":")[0] for line in unfolded.split(b"\r\n")]

    assert names == [
        *(b"BEGIN", b"VERSION", b"PRODID", b"METHOD", b"BEGIN"),
        *(b"DESCRIPTION", b"UID", b"END", b"END", b""),
    ]
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", unfolded)


@given(DAYS, MOMENTS)
def test_days_and_moments_are_read_as_they_were_written(day: dt.date, made_at: dt.datetime) -> None:
    entry = read(whole_day("DTSTART", day), moment("DTSTAMP", made_at))

    assert entry.decoded("dtstart") == day
    assert entry.decoded("dtstamp") == made_at.astimezone(dt.UTC).replace(microsecond=0)


@given(WORDS)
@example("Tŷ ^n Gŵydd")
@example('A "B"; C: D')
def test_somebody_of_any_name_is_one_mailbox(words: str) -> None:
    shown = display_name(words)
    organizer = read(mailbox("ORGANIZER", shown, "remind@example.org"))["organizer"]

    assert organizer == "mailto:remind@example.org"
    assert organizer.params["CN"] == shown


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_what_should_be_one_line_is_refused_as_two(end: str) -> None:
    with pytest.raises(ValueError, match="must not hold a line end"):
        written(f"URL:https://example.org/{end}ATTENDEE:mailto:spy@example.org")
