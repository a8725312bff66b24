"""A file that is no TOML: at which key, what is wrong, and the mend, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from tomllib import TOMLDecodeError
from typing import Final

_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SECTION: Final = re.compile(r"\s*(\[\[?[\w.]+\]\]?)")
_KEY: Final = re.compile(r"\s*([\w.-]+)\s*=")

_TWICE: Final = (
    "it is there twice. Delete one of the two; an entry under [[ ]] cannot stand beside the same"
    " name with an = sign, such as overrides = []."
)
_UNREADABLE: Final = 'the value cannot be read. Write text in quotation marks: key = "value".'

_WORDS: Final[Sequence[tuple[str, str]]] = (
    ("Cannot mutate immutable", _TWICE),
    ("Cannot overwrite", _TWICE),
    ("Cannot declare", _TWICE),
    ("Unclosed array", "a list is not closed. Put commas between its entries, and ] at its end."),
    ("Unclosed inline table", "an entry is not closed. Put commas in it, and } at its end."),
    ("Unterminated string", "a quotation mark is not closed. Put one at the end of the text."),
    (
        "Invalid initial character",
        "an entry from { to } goes over several lines. Write it on one line.",
    ),
    ("Expected ']'", "the name of a section is not closed. Write it as in [reminders]."),
    ("Expected '='", 'there is no = sign. Write key = "value", or begin a comment with #.'),
    ("Expected newline", 'something follows the value. Write text in quotation marks: "value".'),
)


def toml_in_words(text: str, problem: TOMLDecodeError) -> str:
    """Say where a text is no TOML, what is wrong and what to do: "line 3, [mail] host: …"."""
    found = _AT.search(str(problem))
    lines = text.splitlines()
    number = int(found[1]) if found and found[1] else len(lines)
    wrong = next((words for begins, words in _WORDS if str(problem).startswith(begins)), None)
    place = " ".join(part for part in _place(lines[:number]) if part)
    return f"line {number}{f', {place}' if place else ''}: {wrong or _UNREADABLE}"


def _place(lines: Sequence[str]) -> tuple[str, str]:
    """Return the section and the key in which the last of some lines is."""
    section = key = ""
    for line in lines:
        if header := _SECTION.match(line):
            section, key = header[1], ""
        elif named := _KEY.match(line):
            key = named[1]
    return section, key
