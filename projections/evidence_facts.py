"""What is known of a file that is evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from events.refs import quoted
from projections.item_facts import Fact
from projections.names import Names
from projections.projection import Row
from projections.store import View
from workflow.civil_dates import format_date

_UNITS: Final = ("bytes", "kB", "MB")
_THOUSAND: Final = 1000
_TWO_DIGITS: Final = 10


def about_evidence(_view: View, _ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a file."""
    yield Fact("Evidence of", quoted(row["to"]))
    if row["note"]:
        yield Fact("What it shows", row["note"])
    yield Fact("Added by", names.called(row["by"]))
    yield Fact("Added on", format_date(dt.date.fromisoformat(row["added_on"])))
    yield Fact("Kind and size", f"{row['kind']}, {size_in_words(row['size_bytes'])}")
    yield Fact("SHA-256", row["sha256"])
    if row["status_reason"]:
        yield Fact("Why it was taken back", row["status_reason"])
    if row["erased"]:
        yield Fact("Erased", "Its bytes were erased; that it was here, and its hash, stay.")


def size_in_words(size_bytes: int) -> str:
    """Say how large a file is: `840 bytes`, `1.2 MB`."""
    size, step = float(size_bytes), 0
    while size >= _THOUSAND and step < len(_UNITS) - 1:
        size, step = size / _THOUSAND, step + 1
    digits = 0 if step == 0 or size >= _TWO_DIGITS else 1
    return f"{size:.{digits}f} {_UNITS[step]}"


def counted_in_words(files: int) -> str:
    """Say how many files there are."""
    return "1 file" if files == 1 else f"{files} files"
