"""Signing the head once something was verified or stored, so that it is protected from then on.

A signature reaches only what stood in the record when it was made: what was written since the last
one could be rewritten unseen until the next.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.checkpoint import Checkpoint
from events.reading import Head, NoLog
from events.signed_note import NotAKey, SigningKey
from events.signing import HighWater, KeyOfAnotherLog, sign_tree
from events.tree import LogTree
from events.tree_cache import tree_of
from interfaces.bootstrap import Partnership
from interfaces.record_files import tree_cache
from interfaces.settings import FileSettings
from projections.projection import Row


@dataclass(frozen=True, slots=True)
class Signature:
    """What became of signing: the head that is signed now and its note, or why it was not done."""

    head: Checkpoint | None
    note: str | None = None
    why_not: str | None = None

    @property
    def size(self) -> int | None:
        """Return up to which entry the record is signed now, None where it was not done."""
        return self.head.size if self.head else None


def signed_last(files: FileSettings) -> HighWater | None:
    """Return the largest head that was signed, None without its file. Raises `BadHighWater`."""
    return HighWater.read(files.high_water) if files.high_water.exists() else None


def sign(partnership: Partnership, *, afresh: bool = True) -> Signature:
    """Sign the head, whatever was signed before. Raises `HistoryRewritten`, `NotAKey`, `OSError`.

    `afresh`: every leaf is read for it, whatever is remembered of the tree. `HistoryRewritten`: the
    log does not extend what was signed before. Also raises `TreeDiffers`, `LeavesMissing`.
    """
    files = partnership.settings.files
    log, cache = partnership.log, tree_cache(files)

    def tree_at(head: Head) -> LogTree:
        return tree_of(log, (head.size, head.frontier.root()), cache, afresh=afresh)

    signed = sign_tree(log, SigningKey.load(files.key), files.high_water, tree_at)
    return Signature(signed.head, signed.note)


def sign_where_possible(partnership: Partnership, *, afresh: bool = True) -> Signature:
    """Sign the head if its files are here, as `sign`. Raises `HistoryRewritten`, `BadHighWater`.

    Where the head that was signed last is gone, nothing is signed: whoever rewrote the record could
    have taken it away, and a fresh signature would cover that up.
    """
    files = partnership.settings.files
    if not files.high_water.exists():
        gone = (
            f"{files.high_water}, which holds the head that was signed last, is not there. Restore"
            " it from a copy, or begin anew with 'goldthread verify --sign FILE'."
        )
        return Signature(None, why_not=gone)
    try:
        return sign(partnership, afresh=afresh)
    except (OSError, NotAKey, KeyOfAnotherLog) as problem:
        return Signature(None, why_not=f"the signing key or its folder cannot be used: {problem}")


def reach_in_words(size: int, before: HighWater | None, signature: Signature | None) -> list[str]:
    """Say of a verified record of some size how far signatures reach, before and now."""
    return [_before(size, before), *_now(signature)]


def reach_as_json(size: int, before: HighWater | None, signature: Signature | None) -> Row:
    """Say the same as plain values. `never_signed`: the first and last entry of what was not."""
    reached = before.size if before else 0
    return {
        "before": before.size if before else None,
        "never_signed": [reached + 1, size] if reached < size else None,
        "now": signature.size if signature else None,
        "why_not": signature.why_not if signature else "it was not asked for",
    }


def checkpoint_signed(partnership: Partnership, signed: HighWater) -> Checkpoint:
    """Return a head that was signed as the checkpoint that the log must extend. Raises `NoLog`."""
    # The rest of the head row may have been tampered with, which is for the verification to tell.
    found = partnership.log.query("SELECT origin FROM log_head WHERE id = 1")
    if not found:
        raise NoLog
    return Checkpoint(str(found[0][0]), signed.size, signed.root)


def _before(size: int, before: HighWater | None) -> str:
    if before is None or before.size == 0:
        return (
            "Signed so far: nothing that is at hand here. A rewrite of any of it before today, or"
            " an end that was cut off, would not show."
        )
    signed = "entry 1" if before.size == 1 else f"entries 1 to {before.size}"
    if before.size == size:
        return f"Signed so far: {signed}, which is all; they stand as they were signed."
    first = before.size + 1
    fresh, of = (
        (f"Entry {size}", "of it")
        if first == size
        else (f"Entries {first} to {size}", "among them")
    )
    stand = "it stands as it was" if before.size == 1 else "they stand as they were"
    return (
        f"Signed so far: {signed}; {stand} signed. {fresh} had never been signed:"
        f" a rewrite {of} before today would not show here."
    )


def _now(signature: Signature | None) -> list[str]:
    if signature is None:
        return ["Nothing was signed now."]
    if signature.size is None:
        return [f"Nothing was signed now: {signature.why_not}"]
    return [f"Signed now up to entry {signature.size}."]
