"""The lines of a calendar file, for entries of whole days (RFC 5545).

A library for calendars took a third of the time of a letter, for a dozen lines that hardly differ.
What these lines need of the standard is little: how text is escaped, how lines are folded, how
days and moments are written. The tests read all of it back with that library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

LINE_OCTETS: Final = 75
"""So long is a line at most, without its end (RFC 5545, 3.1)."""

_CONTROLS: Final = (*range(9), *range(11, 32), 127)
"""What no text of a calendar may hold: all but the tab, and the line ends, which are escaped."""

_ESCAPES: Final = str.maketrans(
    {**dict.fromkeys(_CONTROLS, " "), "\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
)

_LATER_OCTETS: Final = range(0x80, 0xC0)
"""The octets of a letter in UTF-8 but for its first."""


def text(name: str, words: str) -> str:
    """Return a line of text, whatever the words are (3.3.11)."""
    ends = words.replace("\r\n", "\n").replace("\r", "\n")
    return f"{name}:{ends.translate(_ESCAPES)}"


def whole_day(name: str, day: dt.date) -> str:
    """Return a line that names a day (3.3.4)."""
    return f"{name};VALUE=DATE:{day.isoformat().replace('-', '')}"


def moment(name: str, instant: dt.datetime) -> str:
    """Return a line that names an aware instant, to the second (3.3.5)."""
    return f"{name}:{instant.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def mailbox(name: str, shown: str, address: str) -> str:
    """Return a line that names somebody by their address (3.3.3). `shown`: a `display_name`."""
    # RFC 6868 gives the circumflex a meaning between these quotation marks.
    return f'{name};CN="{shown.replace("^", "^^")}":mailto:{address}'


def calendar_of(method: str, entries: Iterable[Iterable[str]]) -> bytes:
    """Return a calendar file. Raises `ValueError` for a line end within a line."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goldthread//Reminders//EN"]
    lines.append(f"METHOD:{method}")
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    return b"".join(map(_folded, [*lines, "END:VCALENDAR"]))


def _folded(line: str) -> bytes:
    """Return a line in pieces that are short enough."""
    if "\n" in line or "\r" in line:
        message = "a line of a calendar file must not hold a line end"
        raise ValueError(message)
    rest, room, pieces = line.encode(), LINE_OCTETS, []
    while len(rest) > room:
        cut = room
        while _parts(rest, cut):
            cut -= 1
        pieces.append(rest[:cut])
        rest, room = rest[cut:], LINE_OCTETS - 1  # the others begin with a space
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


def _parts(line: bytes, cut: int) -> bool:
    """Tell whether a cut parts the octets of a letter, or an escape: some programs misread it."""
    backslashes = cut - len(line[:cut].rstrip(b"\\"))
    return line[cut] in _LATER_OCTETS or backslashes % 2 == 1
