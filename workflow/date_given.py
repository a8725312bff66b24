"""Target dates as commands give them: read, or refused with the words that say how to mend them."""

from __future__ import annotations

from events.values import TargetDate
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
