"""Emails that stand in a folder as files: which of them hold words that must be forgotten.

A letter quotes the beginning of a long text, so an email also holds a text of which it has some
words in a row that stand nowhere else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final

_KINDS: Final = ("*.eml", "*.unfinished")
_IN_A_ROW: Final = 6
"""So many words in a row make a text known again."""

_FEWEST_LETTERS: Final = 8
"""A single word that is shorter stands by chance in too many emails."""

_TAG: Final = re.compile(r"<[^>]*>")
_FOLDED: Final = re.compile(r"\r?\n[ \t]")


def emails_with(
    folder: Path, values: Iterable[str], is_elsewhere: Callable[[str], bool]
) -> Iterator[Path]:
    """Yield the files of a folder that hold one of some texts, or a good part of one.

    `is_elsewhere` tells whether the record still holds some words in another text.
    """
    plain = map(_plain, values)
    wholes = {one for one in plain if " " in one or len(one) >= _FEWEST_LETTERS}
    runs = {run for one in wholes for run in _runs(one)}
    if not wholes:
        return
    common: dict[str, bool] = {}
    for path in sorted(one for kind in _KINDS for one in folder.glob(kind)):
        text = _plain(_readable(path.read_bytes()))
        if any(one in text for one in wholes) or any(
            not common.setdefault(run, is_elsewhere(run)) for run in runs if run in text
        ):
            yield path


def _runs(text: str) -> Iterator[str]:
    words = text.split(" ")
    for first in range(len(words) - _IN_A_ROW + 1):
        yield " ".join(words[first : first + _IN_A_ROW])


def _readable(message: bytes) -> str:
    found: EmailMessage = message_from_bytes(message, policy=default)
    return "\n".join((*map(str, found.values()), *_parts(found)))


def _parts(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        payload = part.get_payload(decode=True)
        text = payload.decode(errors="replace") if isinstance(payload, bytes) else ""
        match part.get_content_subtype():
            case "html":
                yield html.unescape(_TAG.sub(" ", text))
            case "calendar":
                yield re.sub(r"\\([,;\\])", r"\1", _FOLDED.sub("", text)).replace(r"\n", "\n")
            case _:
                yield text


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
