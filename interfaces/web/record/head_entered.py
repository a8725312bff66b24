"""Entering that somebody else holds a head of the record, on its page or by a program."""

from __future__ import annotations

from typing import Final

from events.checkpoint import NotACheckpoint
from events.held_heads import BadHeldHead
from events.signed_note import NotAKey, NoteRefused
from interfaces.held_entry import MOST_BYTES, CannotBeHeld, Entered, enter_held
from interfaces.inputs import BadInput
from interfaces.web.refusals.refused_requests import NotSound
from interfaces.web.seeing.seen import require_overseer
from interfaces.web.visit import Visit

_ENTRIES: Final = (30, 60 * 60)


def enter_head(visit: Visit, note: str, holder: str, key: str) -> Entered:
    """Keep a signed head that somebody else holds, and compare the record with it.

    `key`: empty for that of the record. Raises `NothingHere` for who does not see to the whole,
    `TooOften`, `BadInput` by field, `NotSound`.
    """
    require_overseer(visit)
    visit.house.pace.take(f"held heads of {visit.person}", *_ENTRIES)
    if len(note.encode()) > MOST_BYTES:
        raise BadInput("note", "This is far too long to be a signed head.")
    try:
        return enter_held(visit.partnership, note, holder, key)
    except NotAKey as problem:
        raise BadInput("key", str(problem)) from problem
    except (CannotBeHeld, NoteRefused, NotACheckpoint) as problem:
        raise BadInput("note", str(problem)) from problem
    except (BadHeldHead, OSError) as problem:
        raise NotSound(str(problem)) from problem


def compared_in_words(entered: Entered) -> str:
    """Say whether the record extends a head that was entered."""
    if entered.fault is not None:
        return f"The record does NOT extend it: {entered.fault}."
    return "The record extends it, and every verification will look again."
