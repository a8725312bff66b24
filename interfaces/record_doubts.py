"""Why a record may not be what it was: what a glance shows, without verifying all of it."""

from __future__ import annotations

from collections.abc import Iterator

from events.checkpoint import Checkpoint
from events.guards import guard_faults
from events.signing import BadHighWater, HighWater
from events.tree import LeavesMissing
from events.tree_cache import TreeDiffers
from interfaces.bootstrap import Partnership
from interfaces.head_signing import signed_last
from interfaces.held_reach import first_fault
from interfaces.record_files import last_look, tree_cache
from interfaces.record_look import RecordLook
from projections.civil_days import civil_day
from workflow.civil_dates import format_date

_FIND_OUT = (
    "Find out who restored or changed the database before anything else is written; 'goldthread"
    " verify' names what is wrong."
)


def record_doubts(partnership: Partnership) -> Iterator[str]:
    """Yield a sentence for each reason to doubt the record, with what to do about it."""
    yield from _of_signed_head(partnership)
    faults = guard_faults(partnership.engine)
    if faults:
        yield (
            f"What keeps the record from being changed is not as it was made: {'; '.join(faults)}."
            " Find out who did that and what they changed ('goldthread verify' with a head that"
            " somebody else holds); 'goldthread rebuild' makes the triggers anew."
        )
    key = partnership.settings.files.key
    if not key.exists():
        yield (
            f"The signing key {key} is not there, so nothing is signed any more. Restore it from"
            " its copy."
        )
    look = RecordLook.read(last_look(partnership.settings.files))
    if look is not None:
        yield from _of_look(look)


def _of_signed_head(partnership: Partnership) -> Iterator[str]:
    files = partnership.settings.files
    try:
        signed = signed_last(files)
    except BadHighWater as problem:
        yield str(problem)
        return
    if signed is None:
        yield (
            f"{files.high_water}, which holds the head that was signed last, is not there: nothing"
            " shows any more that the record is the one that was signed. Restore it from a copy, or"
            " begin anew with 'goldthread verify --sign FILE'."
        )
        return
    wrong = _beside(partnership, signed)
    if wrong is not None:
        yield f"The record is NOT the one that was signed: {wrong}. {_FIND_OUT}"


def _beside(partnership: Partnership, signed: HighWater) -> str | None:
    """Say what is wrong with the head row beside the head that was signed last."""
    log, cache = partnership.log, tree_cache(partnership.settings.files)
    stored = log.head()
    head = Checkpoint(stored.origin, stored.size, stored.frontier.root())
    if head.size < signed.size:
        return f"a head of {signed.size} entries was signed, and {head.size} are there"
    if head.size == signed.size:
        return None if head.root == signed.root else "its entries are not those that were signed"
    before = Checkpoint(head.origin, signed.size, signed.root)
    try:
        fault = first_fault(log, head, cache, {before: "that was signed last"})
    except (TreeDiffers, LeavesMissing) as problem:
        return str(problem).rstrip(".")
    return fault.what if fault is not None else None


def _of_look(look: RecordLook) -> Iterator[str]:
    day = format_date(civil_day(look.day))
    if look.wrong is not None:
        yield (
            f"When the record was looked at last, on {day}, this was wrong: {look.wrong}. Run"
            " 'goldthread verify', which looks again."
        )
    if look.not_signed is not None:
        yield (
            f"When the record was looked at last, on {day}, its head was not signed:"
            f" {look.not_signed.rstrip('.')}. Run 'goldthread verify' once that is mended."
        )
