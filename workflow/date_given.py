"""Target dates as commands give them: read, or refused with the words that say how to mend them."""

from __future__ import annotations

import datetime as dt

from events.values import TargetDate
from workflow.civil_dates import format_date
from workflow.refusals import Incomplete
from workflow.target_dates import UnclearTargetDate, read_target_date


def date_given(words: str, *, field: str) -> TargetDate:
    """Return the target date that some words mean. Raises `Incomplete` where they are not clear."""
    try:
        return read_target_date(words)
    except UnclearTargetDate as problem:
        raise Incomplete(field, str(problem)) from problem


def date_given_if_any(words: str | None, *, field: str) -> TargetDate | None:
    """Return the target date that some words mean, or None where no words were given."""
    return None if words is None else date_given(words, field=field)


def date_ahead_given(words: str, *, field: str, told_on: dt.date) -> TargetDate:
    """Return a target date that names a last day on or after the day on which it was told.

    Raises `Incomplete` for words that are not clear, for "ongoing", and for a day in the past.
    """
    target = date_given(words, field=field)
    if target.due is None:
        message = f"'{words}' names no day. A day or a month is needed, such as March 2026."
        raise Incomplete(field, message)
    if target.due < told_on:
        message = (
            f"'{words}' means {format_date(target.due)}, which has passed already."
            " Name a day that is still to come."
        )
        raise Incomplete(field, message)
    return target
