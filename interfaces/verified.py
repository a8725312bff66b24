"""Verifying the record against all that was signed before, and all that others hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from events.checkpoint import Checkpoint
from events.held_heads import held_heads
from events.origins import Origins
from events.signed_note import SigningKey
from events.signing import HighWater, read_signed
from events.verification import Progress, Verdict, verify_log
from interfaces.bootstrap import Partnership
from interfaces.head_signing import Signature, checkpoint_signed, signed_last
from interfaces.held_reach import HeldReach, first_fault, held_reach
from interfaces.record_files import held_folder, tree_cache


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to.

    `extends`: the largest head that was compared; `before`: how far the record was signed until
    then; `reach`: how far others hold it; `lost`: how many of their heads speak of entries that a
    restore lost.
    """

    verdict: Verdict
    extends: int | None = None
    before: HighWater | None = None
    reach: HeldReach | None = None
    signature: Signature | None = None
    lost: int = 0


def verified(partnership: Partnership, held: Path | None, progress: Progress) -> Verified:
    """Compute the record anew, and compare it with every head that was signed or is held.

    `held`: the file of one more signed head. Raises `NoLog`, `BadHighWater`, `BadHeldHead`.
    """
    files, log = partnership.settings.files, partnership.log
    before = signed_last(files)
    others = held_heads(held_folder(files))
    heads = {one.checkpoint: f"that {one.holder or 'somebody else'} holds" for one in others}
    if held is not None:
        verifier = SigningKey.load(files.key).verifier
        brought = read_signed(held.read_text(encoding="utf-8"), verifier)
        heads[brought] = "that was given with --held"
    if before is not None:
        heads[checkpoint_signed(partnership, before)] = "that was signed before"
    verdict = verify_log(partnership.engine, progress=progress)
    if verdict.root is None:
        return Verified(verdict)
    head = Checkpoint(verdict.origin, verdict.size, verdict.root)
    fault = first_fault(log, head, tree_cache(files), heads)
    if fault is not None:
        return Verified(replace(verdict, root=None, fault=fault))
    reach = held_reach(log, verdict.size, others, partnership.today)
    origins = Origins(verdict.origin, verdict.continued)
    within = [one for one in heads if origins.place_of(one) == "within"]
    largest = max((one.size for one in within), default=None)
    lost = len(heads) - len(within)
    return Verified(verdict, largest, before, reach, lost=lost)
