"""The real documents, which lie beside the project and are not part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from interfaces.documents.document import Document, Problem, ResponseTable, Severity
from interfaces.documents.reading import read_document

_SOURCES = Path(__file__).parents[4] / "shared" / "sources"

ANNUAL_REPORT = "annual-report-2024-25.txt"
BOARD_PACK = "scrutiny-board-pack-2025-01.txt"


def published(name: str) -> Document:
    """Read a real document, or skip the test where it does not lie beside the project."""
    path = _SOURCES / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return read_document(path)


def responses_under(document: Document, heading: str) -> ResponseTable:
    """Give the one table of responses below a heading."""
    [table] = [table for table in document.responses if table.heading == heading]
    return table


def lines_of(document: Document, severity: Severity) -> list[int]:
    """Give the lines of all problems of one severity."""
    return [problem.line for problem in document.problems if problem.severity is severity]


def problem_at(document: Document, line: int) -> Problem:
    """Give the one problem of a line."""
    [problem] = [problem for problem in document.problems if problem.line == line]
    return problem
