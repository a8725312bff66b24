"""Writing answers: text and tables for people, JSON for programs. Only answers go to stdout."""

from __future__ import annotations

import sys
from typing import Any

import orjson
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text


def write(*lines: RenderableType) -> None:
    """Write some lines or tables for people.

    Plain text is never read as markup, in the cells of tables neither: it is what somebody wrote.
    The terminal wraps it, so that what is copied is whole.
    """
    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        if isinstance(line, str):
            console.print(Text(line), soft_wrap=True)
        else:
            console.print(line)


def write_json(answer: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Write an answer for programs: one JSON value, dates as 2025-03-31."""
    text = orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    sys.stdout.write(text.decode())


def plain_table(*headings: str) -> Table:
    """Return an empty table with its headings, light enough for 80 columns."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def grid() -> Table:
    """Return a table without headings: names on the left, what they are on the right."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    return table
