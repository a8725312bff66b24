"""Signing the head once on every day, beside the worker's own work, and looking at what is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import structlog

from events.checkpoint import record_line
from events.recorded import UnreadableEvent
from events.signing import BadHighWater, HistoryRewritten
from interfaces.bootstrap import Partnership
from interfaces.head_signing import sign_where_possible
from interfaces.models_compared import compare_models, mismatch_in_words
from interfaces.record_files import last_look
from interfaces.record_look import RecordLook
from notifications.scheduler import StopAsked
from projections.projection import PoisonEvent

_log = structlog.get_logger(__name__)


def signing_daily(
    partnership: Partnership, tick: Callable[[StopAsked], object]
) -> Callable[[StopAsked], object]:
    """Return the tick that also signs the head once on every day, after its own work.

    Weekends, too, for things are entered then; and also when the tick's own work failed. The line
    of the signed head is logged: a log that is kept elsewhere is a witness. A record that does not
    extend what was signed is logged as an error, once a day; so are read models that are not what
    the record says.
    """
    tried: set[dt.date] = set()

    def run(stop: StopAsked) -> object:
        try:
            return tick(stop)
        finally:
            day = partnership.today
            if day not in tried:
                tried.clear()
                tried.add(day)
                _look(partnership, stop)

    return run


def _look(partnership: Partnership, stop: StopAsked) -> None:
    """Sign and compare, and keep for others what was found."""
    at, path = partnership.clock().isoformat(), last_look(partnership.settings.files)
    # What was found to be wrong stays told until a whole comparison finds it right.
    wrong = RecordLook.wrong_before(path)
    try:
        not_signed = _sign(partnership)
    except (HistoryRewritten, BadHighWater) as problem:
        RecordLook(at, str(problem), wrong).write(path)
        raise
    with suppress(_Stopping):
        wrong = _compare(partnership, stop)
    RecordLook(at, not_signed, wrong).write(path)


def _sign(partnership: Partnership) -> str | None:
    """Sign the head; return why that was not done."""
    signature = sign_where_possible(partnership)
    if signature.head is not None:
        line = record_line(signature.head.size, signature.head.root)
        _log.info("head_signed", record=line)
    else:
        _log.warning("head_not_signed", why=signature.why_not)
    return signature.why_not


class _Stopping(Exception):
    """The worker is to stop: the comparison is left for another day."""


def _compare(partnership: Partnership, stop: StopAsked) -> str | None:
    """Compare the read models with the record; return the first thing that is wrong."""

    def go_on(_done: int, _of: int) -> None:
        if stop():
            raise _Stopping

    try:
        found = compare_models(partnership, go_on)
    except (UnreadableEvent, PoisonEvent) as problem:
        _log.error("entry_cannot_be_read", position=problem.position)
        return f"entry {problem.position} cannot be read"
    if not found:
        return None
    first = mismatch_in_words(found[0])
    _log.error("read_models_differ", rows=len(found), first=first)
    return f"what pages and reports show is not what the record says ({first})"
