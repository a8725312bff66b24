"""Delimited text (csv, tsv) into lines of cells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from interfaces.documents.cell_text import clean
from interfaces.documents.columns import field_named, plan_columns
from interfaces.documents.grid import MOST_CELLS_IN_A_ROW, GridLine, trimmed
from interfaces.documents.response_rows import response_header
from interfaces.documents.unreadable import UnreadableDocument

_DELIMITERS = (",", ";", "\t")
_HEADER_WITHIN_ROWS = 30
_LONGEST_HEADER = 5_000


def delimited_lines(path: Path, text: str) -> list[GridLine]:
    """The rows of delimited text, numbered as a spreadsheet would number them.

    A quoted cell may hold newlines: it is one row. Of comma, semicolon and tab the one is
    taken that makes the best header. Raises `UnreadableDocument` for a quotation mark that is
    never closed, which would swallow the rows after it.
    """
    given, text = _told_delimiter(text)
    readable = [
        lines
        for delimiter in ([given] if given else _DELIMITERS)
        if (lines := _parsed(text, delimiter)) is not None
    ]
    if not readable:
        raise UnreadableDocument(
            path,
            "A quotation mark in it is never closed, so it cannot be seen where that cell ends.",
            "Look for a cell that begins with a quotation mark, or save the file again as CSV.",
        )
    best = max(readable, key=_quality)
    if any(len(line.cells) > MOST_CELLS_IN_A_ROW for line in best):
        raise UnreadableDocument(
            path,
            f"A row of it has more than {MOST_CELLS_IN_A_ROW} cells, so it is no plan.",
            "Check that the right file was chosen, and save it again as CSV.",
        )
    return best


def looks_delimited(text: str) -> bool:
    """Whether text begins with the header of a table: a csv that was named .txt.

    Tabs alone do not show it: pasted text has them too, torn as text is.
    """
    first = next((line for line in text.split("\n") if line.strip()), "")[:_LONGEST_HEADER]
    quoted = '\n"' in text or '\t"' in text
    return any(
        _is_header(tuple(clean(cell) for cell in cells))
        for delimiter in (_DELIMITERS if quoted else _DELIMITERS[:2])
        for cells in csv.reader([first], delimiter=delimiter)
    )


def _told_delimiter(text: str) -> tuple[str | None, str]:
    """Excel's own "sep=;" line, which names the delimiter and is no row."""
    first, newline, rest = text.partition("\n")
    told = first.strip().lower()
    if newline and told.startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first.strip()[-1], rest
    return None, text


def _parsed(text: str, delimiter: str) -> list[GridLine] | None:
    """The rows by one delimiter, or None where the quotation marks do not come out even."""
    # A cell may be as long as the file, whose size is bounded before it is read.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        if delimiter != "\t":
            return None
        # Programs that write tabs often quote nothing: a mark is then part of the words.
        rows = [line.split("\t") for line in text.split("\n")]
        if not any(_is_header(tuple(row)) for row in rows[:_HEADER_WITHIN_ROWS]):
            return None
    except (TypeError, ValueError):  # "sep=" followed by a letter or a quotation mark
        return None
    return [
        GridLine(number, trimmed([clean(cell) for cell in row]))
        for number, row in enumerate(rows, start=1)
    ]


def _quality(lines: list[GridLine]) -> tuple[int, int]:
    """How well a delimiter fits: the columns of its best header, then its widest row."""
    head = [line.cells for line in lines[:_HEADER_WITHIN_ROWS]]
    headers = [sum(1 for cell in cells if field_named(cell)) for cells in head if _is_header(cells)]
    return max(headers, default=0), max((len(cells) for cells in head), default=0)


def _is_header(cells: tuple[str, ...]) -> bool:
    return plan_columns(cells) is not None or response_header(cells) is not None
