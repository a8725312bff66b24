"""The board as a table: a word and a shape beside each colour, both dates and the slippage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import shorten
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from events.recommendation import Colour
from interfaces.cli.showing import plain_table
from projections.board import Board
from projections.board_lines import BoardLine
from projections.differences import distance
from workflow.brag import SHAPES
from workflow.civil_dates import MONTHS

STYLES: Final = {
    Colour.BLUE: "blue",
    Colour.RED: "red",
    Colour.AMBER: "yellow",
    Colour.GREEN: "green",
    Colour.GREY: "bright_black",
}
_LETTERS_OF_TEXT: Final = 160


def board_tables(board: Board, *, is_now: bool) -> Iterator[RenderableType]:
    """Yield what is shown of a board: a table for each priority, then the counts and warnings."""
    yield from tables_of_lines(board.lines)
    yield ""
    yield _counts(board)
    for title in board.without_holder:
        mend = f"Nobody acts as {title}: appoint somebody with 'goldthread role appoint'."
        yield mend if is_now else f"Nobody acted as {title}."
    yield from board.warnings


def tables_of_lines(lines: Iterable[BoardLine]) -> Iterator[RenderableType]:
    """Yield a heading and a table for each priority of lines that are sorted by priority."""
    for heading, under in groupby(lines, _heading):
        yield ""
        yield Text(heading, style="bold")
        yield _table(under)


def coloured(colour: Colour, word: str) -> Text:
    """Return a colour as a shape and a word."""
    return Text(f"{SHAPES[colour]} {word}", style=STYLES[colour])


def short_day(day: dt.date) -> str:
    """Write a day in little space: 31 Mar 2025."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def dates_of(line: BoardLine, *, gap: str = " ") -> str:
    """Return the words as written beside the day they mean, and the original date if it moved.

    `gap` stands between the words and the day.
    """
    if line.target is None:
        return "no date"
    now = f"{line.target}{_meaning(line.target, line.due, gap)}"
    if line.due == line.original_due and line.target == line.original_target:
        return now
    original = line.original_target or "without a date"
    meant = _meaning(line.original_target, line.original_due, gap)
    return f"{now}\noriginally {original}{meant}{_slippage(line)}"


def _table(lines: Iterable[BoardLine]) -> Table:
    table = plain_table("", "Colour", "What", "Lead", "Target date")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    table.columns[2].ratio, table.columns[3].ratio, table.columns[4].ratio = 5, 3, 3
    table.expand = True
    for line in lines:
        colour = coloured(line.brag.colour, f"{line.brag.colour.capitalize()}\n  {line.brag.word}")
        table.add_row(
            line.quoted,
            colour,
            Text(_shortened(line.text)),
            _leads(line),
            Text(dates_of(line, gap="\n")),
        )
    return table


def _leads(line: BoardLine) -> Text:
    return Text(
        "\n".join(lead.title if lead.holders else f"{lead.title} (nobody)" for lead in line.leads)
    )


def _heading(line: BoardLine) -> str:
    if line.plan_title is None:
        return "Recommendations" if line.kind == "recommendation" else "Other actions"
    if line.priority is None:
        return line.plan_title
    return f"{line.plan_title}: priority {line.priority}, {line.priority_title}"


def _counts(board: Board) -> Text:
    counts = [coloured(colour, f"{colour} {board.counts[colour]}") for colour in Colour]
    total = sum(board.counts.values())
    return Text("   ").join([Text("1 item" if total == 1 else f"{total} items"), *counts])


def _meaning(written: str | None, due: dt.date | None, gap: str) -> str:
    if due is None:
        return ""
    day = short_day(due)
    return "" if written == day else f"{gap}({day})"


def _slippage(line: BoardLine) -> str:
    if line.due is None or line.original_due is None:
        return ""
    moved = distance(line.original_due, line.due)
    return f", {moved}" if moved else ""


def _shortened(text: str) -> str:
    return shorten(text, _LETTERS_OF_TEXT, placeholder=" …")
