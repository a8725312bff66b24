from __future__ import annotations

import csv
import datetime as dt
import io
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.values import TargetDate
from interfaces.documents.document import PlanRow
from tests.interfaces.documents.made import only_rows, read_bytes, workbook, workbook_bytes
from workflow.target_dates import format_date, read_target_date

HEADER = [
    "Ref", "Priority", "Action", "Target date", "Lead", "Success measure", "Status", "Progress",
]  # fmt: skip

# Nothing that the cleaning of torn cells would take for a tag, a mark or a formula.
LETTERS = string.ascii_letters + string.digits + "éüß“”’–£%:()? "
WORDS = st.text(LETTERS + ",;'\"", min_size=1, max_size=40).map(
    lambda text: " ".join(f"Do {text}".split())
)
NOBODY = frozenset(
    {
        "Tbc",
        "Tba",
        "Tbd",
        "Na",
        "None",
        "Nobody",
        "Unknown",
        "Various",
        "All",
        "Everyone",
        "Everybody",
    }
)
"""What stands in a cell of leads where there is no lead yet."""
NAME = (
    st.text(string.ascii_letters, min_size=1, max_size=12)
    .map(str.capitalize)
    .filter(lambda name: name not in NOBODY)
)
DATES = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)).map(
    lambda day: read_target_date(format_date(day))
) | st.sampled_from(["December 2024", "31.3.19", "Autumn 2024", "ongoing"]).map(read_target_date)


def row_of(line: int, date: TargetDate, text: str, rest: tuple[str | None, ...]) -> PlanRow:
    reference, priority, lead, second, measure, status, progress = rest
    assert lead is not None
    return PlanRow(
        line=line,
        text=text,
        target_date_words=date.as_written,
        target_date=date,
        leads=(lead,) if second is None or second == lead else (lead, second),
        priority=priority,
        priority_number=None,
        measure=measure,
        status=status,
        progress=progress,
        reference=reference,
    )


MAYBE = st.none() | WORDS
ROWS = st.lists(
    st.builds(
        row_of,
        st.just(0),
        DATES,
        WORDS,
        st.tuples(MAYBE, NAME, NAME, st.none() | NAME, MAYBE, MAYBE, MAYBE),
    ),
    min_size=1,
    max_size=6,
).map(lambda rows: [replace(row, line=line) for line, row in enumerate(rows, start=2)])


def cells(row: PlanRow) -> list[str | None]:
    leads = "; ".join(row.leads)
    return [
        row.reference, row.priority, row.text, row.target_date_words, leads, row.measure,
        row.status, row.progress,
    ]  # fmt: skip


@given(ROWS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
def test_rows_written_to_csv_are_read_again_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[PlanRow], delimiter: str, encoding: str
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(HEADER)
    writer.writerows(cells(row) for row in rows)
    content = file.getvalue().encode(encoding)
    assert _read(tmp_path_factory, "plan.csv", content) == tuple(rows)


@given(ROWS)
def test_rows_written_to_a_workbook_are_read_again_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[PlanRow]
) -> None:
    content = workbook_bytes(workbook([HEADER, *(cells(row) for row in rows)]))
    assert _read(tmp_path_factory, "plan.xlsx", content) == tuple(rows)


def _read(factory: pytest.TempPathFactory, name: str, content: bytes) -> tuple[PlanRow, ...]:
    folder: Path = factory.getbasetemp()
    return only_rows(read_bytes(folder, name, content))
