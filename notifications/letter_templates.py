"""The templates of emails: a folder each, with subject, text and HTML."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from notifications.addresses import one_line

PARTS: Final = ("subject.txt", "body.txt", "body.html")
"""What every folder of templates holds; a name that begins with "_" is a part of these."""

COLUMNS: Final = 72
"""Where the lines of the text end, as people who read plain text are used to."""


class UnfitLetter(ValueError):
    """A template gave something that cannot be sent, such as a subject of two lines."""


def render(folder: str, facts: dict[str, Any]) -> dict[str, str]:
    """Render the three templates of a folder. Raises `UnfitLetter` for a subject of two lines."""
    texts = {name: _template(f"{folder}/{name}").render(facts) for name in PARTS}
    subject = texts["subject.txt"].strip()
    if not subject or len(subject.splitlines()) != 1:
        message = f"the subject of '{folder}' must be one line, and is {subject!r}"
        raise UnfitLetter(message)
    body = re.sub(r"\n{3,}", "\n\n", texts["body.txt"])
    return {**texts, "subject.txt": one_line(subject), "body.txt": body}


def folded(words: str, indent: int = 0, first: int | None = None) -> str:
    """Fold words into lines of text. `first`: the indent of the first line, if it is another.

    Addresses of pages stay whole, so that they can be followed.
    """
    begins = " " * (indent if first is None else first)
    lines = (line.expandtabs().strip(" ") for line in words.splitlines() if line.strip())
    return "\n".join(_broken(line, begins, " " * indent) for line in lines)


def _broken(line: str, begins: str, goes_on: str) -> str:
    pieces, room = [], COLUMNS - len(begins)
    while len(line) > room:
        cut = line.rfind(" ", 0, room + 1)
        if cut < 0:
            cut = line.find(" ", room)
        if cut < 0:
            break
        pieces.append(f"{begins}{line[:cut].rstrip(' ')}")
        line, begins, room = line[cut:].lstrip(" "), goes_on, COLUMNS - len(goes_on)
    return "\n".join([*pieces, f"{begins}{line}"])


@cache
def _template(name: str) -> Template:
    return _templates().get_template(name)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("notifications"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["folded"] = folded
    return environment
