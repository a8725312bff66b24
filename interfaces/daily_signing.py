"""Signing the head once on every day, beside the worker's own work, and looking at what is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import structlog

from events.checkpoint import record_line
from events.recorded import UnreadableEvent
from interfaces.bootstrap import Partnership
from interfaces.head_signing import sign_where_possible
from interfaces.models_compared import compare_models, mismatch_in_words
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
                _sign(partnership)
                _compare(partnership, stop)

    return run


def _sign(partnership: Partnership) -> None:
    signature = sign_where_possible(partnership)
    if signature.head is not None:
        line = record_line(signature.head.size, signature.head.root)
        _log.info("head_signed", record=line)
    else:
        _log.warning("head_not_signed", why=signature.why_not)


class _Stopping(Exception):
    """The worker is to stop: the comparison is left for another day."""


def _compare(partnership: Partnership, stop: StopAsked) -> None:
    def go_on(_done: int, _of: int) -> None:
        if stop():
            raise _Stopping

    try:
        found = compare_models(partnership, go_on)
    except _Stopping:
        return
    except (UnreadableEvent, PoisonEvent) as problem:
        _log.error("entry_cannot_be_read", position=problem.position)
        return
    if found:
        _log.error("read_models_differ", rows=len(found), first=mismatch_in_words(found[0]))
