"""Entering that somebody else holds a head of the record, and what becomes of each such head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from events.checkpoint import record_line
from events.held_heads import HeldHead, NotExtended, add_held, first_not_extended
from events.origins import origins_of
from events.signed_note import SigningKey, VerifierKey
from events.signing import checkpoint_of, signer_of
from events.tree_cache import tree_of
from interfaces.bootstrap import Partnership
from interfaces.held_reach import first_fault
from interfaces.record_files import held_folder, tree_cache

LONGEST_HOLDER: Final = 200
MOST_BYTES: Final = 100_000
"""A signed head is a few lines; more than so much is something else."""

_LOST: Final = (
    "is a head of entries that a restore lost: the record was continued without them, under"
    " another origin ('goldthread verify' tells where). Keep the file; nothing here can be"
    " compared with it."
)


class CannotBeHeld(ValueError):
    """Some text is no head of this record. `what`: why, about whatever it was read from."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"This {what}")


@dataclass(frozen=True, slots=True)
class Entered:
    """A head that was entered; `fault`: why the record does not extend it, None if it does."""

    held: HeldHead
    is_new: bool
    fault: str | None

    @property
    def in_words(self) -> str:
        """Say what was entered."""
        checkpoint = self.held.checkpoint
        line = record_line(checkpoint.size, checkpoint.root)
        who = self.held.holder or "somebody else"
        return f"Entered: {line}, held by {who}." if self.is_new else f"Entered before: {line}."


def enter_held(
    partnership: Partnership, note: str, holder: str | None, key: str | None = None
) -> Entered:
    """Keep a signed head that somebody else holds, and compare the record with it.

    `key`: with which it was signed, if not today's. Raises `CannotBeHeld`, `NoteRefused`,
    `NotACheckpoint`, `NotAKey`, `BadHeldHead`.
    """
    files, log = partnership.settings.files, partnership.log
    verifier = VerifierKey.of_text(key) if key else SigningKey.load(files.key).verifier
    origins = origins_of(log)
    signer = signer_of(note, verifier, origins)
    held = HeldHead.of_note(note, signer, partnership.today, (holder or "").strip() or None)
    place = origins.place_of(held.checkpoint)
    if place == "another_log":
        other = f"is a head of another record, '{held.checkpoint.origin}'."
        raise CannotBeHeld(f"{other} This one is '{origins.origin}'.")
    if place == "lost":
        raise CannotBeHeld(_LOST)
    is_new = add_held(held_folder(files), held)
    whose = f"that {held.holder or 'somebody else'} holds"
    fault = first_fault(log, checkpoint_of(log), tree_cache(files), {held.checkpoint: whose})
    return Entered(held, is_new, fault.what if fault is not None else None)


def extended(partnership: Partnership, heads: Sequence[HeldHead]) -> list[NotExtended | None]:
    """Return of each head how the record does not extend it, None where it does.

    Nothing is called a fault before every leaf was read. Raises `TreeDiffers`, `LeavesMissing`.
    """
    log, cache = partnership.log, tree_cache(partnership.settings.files)
    head, origins = checkpoint_of(log), origins_of(log)
    found: list[NotExtended | None] = []
    for afresh in (False, True):
        tree = tree_of(log, (head.size, head.root), cache, afresh=afresh)
        found = [first_not_extended(tree, origins, [one.checkpoint]) for one in heads]
        if not any(found):
            break
    return found
