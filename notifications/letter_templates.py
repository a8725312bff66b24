"""The templates of emails: a folder each, with subject, text and HTML."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from notifications.addresses import one_line

PARTS: Final = ("subject.txt", "body.txt", "body.html")
"""What every folder of templates holds; a name that begins with "_" is a part of these."""

COLUMNS: Final = 72
"""Where the lines of the text end, as people who read plain text are used to."""


class UnfitLetter(ValueError):
    """A template gave something that cannot be sent, such as a subject of two lines."""


def render(folder: str, facts: dict[str, Any]) -> dict[str, str]:
    """Render the three templates of a folder. Raises `UnfitLetter` for a subject of two lines."""
    texts = {name: _templates().get_template(f"{folder}/{name}").render(facts) for name in PARTS}
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
    lines = (
        textwrap.fill(
            line,
            COLUMNS,
            initial_indent=begins,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in words.splitlines()
        if line.strip()
    )
    return "\n".join(lines)


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
