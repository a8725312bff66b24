"""Target dates as people write them, read to the one period that they mean, or asked about."""

from __future__ import annotations

import re

from events.values import Precision, TargetDate
from workflow.civil_dates import NotADate, Period, format_date
from workflow.date_days import DAY_SHAPES
from workflow.date_periods import PERIOD_SHAPES
from workflow.date_ranges import RANGE_SHAPES
from workflow.vague_dates import refuse_vague

__all__ = ["REVIEW_EVERY_DAYS", "UnclearTargetDate", "describe", "format_date", "read_target_date"]

REVIEW_EVERY_DAYS = 60
"""Working days between reviews of an "ongoing" item."""

LONGEST_WORDS = 80
"""Characters that a target date may have: the bound of the stored form."""

# Hyphens and dashes of every kind become "-", curly apostrophes "'", and characters of no width,
# which conversions from PDF leave behind, become nothing.
_TIDY = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")  # noqa: RUF001 - the very characters that are meant
    | {"’": "'", "‘": "'"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
# The full stop of an abbreviation, a comma between parts, and whatever ends a sentence.
_PUNCTUATION = re.compile(r"(?<=[a-z])\.|,|[.:;]+(?=\s*$)")
_BY = re.compile(
    r"(?:(?:date|target date|due|deadline)\b ?:? ?)?(?:(?:by|on|no later than|not later than) )?"
)
_ONGOING = re.compile(r"on ?-? ?going")


class UnclearTargetDate(ValueError):
    """The words have no single meaning as a target date: somebody has to be asked.

    `words` as they came, whole; `reason` completes "is not clear: ..."; `mend` says what to
    write instead, as a sentence.
    """

    def __init__(self, words: str, reason: str, mend: str) -> None:
        shown = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]}…"
        super().__init__(f'The target date "{shown}" is not clear: {reason}. {mend}')
        self.words = words
        self.reason = reason
        self.mend = mend


def read_target_date(words: str) -> TargetDate:
    """Read a target date as it stands in a plan, day first, and never guess.

    A month, season, quarter or range is due on its last day; "ongoing" has no due date and is
    reviewed every 60 working days. Quarters need a financial year ("Q1 2025/26" is April to
    June 2025), winters two years. Years run from 2000 to 2100. Raises `UnclearTargetDate` for
    everything that has no meaning, or more than one.
    """
    written = " ".join(words.split())
    try:
        return _read(written)
    except NotADate as why:
        raise UnclearTargetDate(words, why.reason, why.mend) from None


def describe(target: TargetDate) -> str:
    """Show the words as written beside what they are taken to mean.

    Such as "December 2024 (due 31 December 2024)" or "ongoing (reviewed every 60 working days)". A
    day that was written as we write it stands alone: "31 December 2024".
    """
    if target.due is None:
        days = target.review_every_days or REVIEW_EVERY_DAYS
        return f"{target.as_written} (reviewed every {days} working days)"
    due = format_date(target.due)
    return due if target.as_written == due else f"{target.as_written} (due {due})"


def _read(written: str) -> TargetDate:
    if len(written) > LONGEST_WORDS:
        raise NotADate(
            f"it is longer than {LONGEST_WORDS} characters",
            "Write only the date here, and the rest as a progress note.",
        )
    tidied = _tidy(written)
    if _ONGOING.fullmatch(tidied):
        return TargetDate(
            as_written=written, precision=Precision.ONGOING, review_every_days=REVIEW_EVERY_DAYS
        )
    bare = _BY.sub("", tidied, count=1)
    for shape in (*DAY_SHAPES, *PERIOD_SHAPES, *RANGE_SHAPES):
        found = shape.pattern.fullmatch(bare)
        if found:
            return _target(written, shape.read(found))
    raise refuse_vague(bare)


def _tidy(written: str) -> str:
    plain = _PUNCTUATION.sub(" ", written.lower().translate(_TIDY))
    return " ".join(plain.split())


def _target(written: str, period: Period) -> TargetDate:
    return TargetDate(
        as_written=written,
        precision=period.precision,
        earliest=period.earliest,
        latest=period.latest,
        due=period.latest,
    )
