"""Verifying all of a record: the log itself, the heads outside, and then what is read from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from events.checkpoint import Checkpoint
from events.fault_finding import Fault
from events.guards import guard_faults
from events.held_heads import HeldHead, held_heads
from events.origins import Origins
from events.readable import first_unreadable
from events.reading import NoLog
from events.recorded import UnreadableEvent
from events.signed_note import SigningKey
from events.signing import HighWater, signer_of
from events.verification import Progress, Verdict, verify_log
from interfaces.bootstrap import Partnership, require_database_file
from interfaces.head_signing import Signature, signed_last
from interfaces.held_reach import HeldReach, first_fault, held_reach
from interfaces.models_compared import compare_models
from interfaces.record_files import held_folder, tree_cache
from interfaces.settings import Settings
from projections.mismatch import Mismatch
from projections.projection import PoisonEvent


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to.

    `extends`: the largest head that was compared; `before`: how far the record was signed until
    then; `reach`: how far others hold it; `lost`: how many of their heads speak of entries that a
    restore lost. `given`: a head that somebody brought, and that the record extends. `models`:
    where the read models differ from the record, None if they were not compared with it. `guards`:
    what is wrong with the triggers that refuse changes.
    """

    verdict: Verdict
    extends: int | None = None
    before: HighWater | None = None
    reach: HeldReach | None = None
    signature: Signature | None = None
    lost: int = 0
    given: Checkpoint | None = None
    models: tuple[Mismatch, ...] | None = None
    guards: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether nothing is wrong with what was looked at."""
        return self.verdict.holds and not self.models and not self.guards


def compared(partnership: Partnership, found: Verified, progress: Progress) -> Verified:
    """Compare the read models with the record, which was found to hold in itself.

    An entry that cannot be read, or that no read model can take, is a fault of the record: nothing
    that any release wrote is like that.
    """
    try:
        return replace(found, models=compare_models(partnership, progress))
    except UnreadableEvent as problem:
        fault = Fault(problem.position, problem.what)
    except PoisonEvent as problem:
        what = f"nothing that any release wrote can follow what is before it ('{problem.model}')"
        fault = Fault(problem.position, what)
    return _with_fault(found, fault)


def read_through(partnership: Partnership, found: Verified, progress: Progress) -> Verified:
    """Read every entry of a record that was found to hold in itself, and compare nothing with it.

    What cannot be read is a fault, as in `compared`, which takes longer and finds more.
    """
    fault = first_unreadable(partnership.log, found.verdict.size, progress)
    return found if fault is None else _with_fault(found, fault)


def without_database(settings: Settings) -> Verified | None:
    """Return what to say where the file of the database is gone; None where it is there.

    Raises `NoLog` where none was ever begun.
    """
    try:
        require_database_file(settings)
    except NoLog:
        return _gone(signed_last(settings.files))
    return None


def verified(partnership: Partnership, held: Path | None, progress: Progress) -> Verified:
    """Compute the record anew, and compare it with every head that was signed or is held.

    `held`: the file of one more signed head. Raises `BadHighWater`, `BadHeldHead`,
    or `NoLog` where there is no record and none was ever signed.
    """
    files, log = partnership.settings.files, partnership.log
    before = signed_last(files)
    try:
        verdict = verify_log(partnership.engine, progress=progress)
    except NoLog:
        return _gone(before)
    if verdict.root is None:
        return Verified(verdict)
    others = held_heads(held_folder(files))
    heads = {one.checkpoint: f"that {one.holder or 'somebody else'} holds" for one in others}
    origins = Origins(verdict.origin, verdict.continued)
    given = _given(held, files.key, origins, partnership.today) if held is not None else None
    if given is not None:
        heads[given.checkpoint] = "that was given with --held"
        others = [*others, given]
    if before is not None:
        signed = Checkpoint(verdict.origin, before.size, before.root)
        heads[signed] = "that was signed before"
    head = Checkpoint(verdict.origin, verdict.size, verdict.root)
    fault = first_fault(log, head, tree_cache(files), heads)
    if fault is not None:
        return Verified(replace(verdict, root=None, fault=fault))
    reach = held_reach(log, verdict.size, others, partnership.today)
    within = [one for one in heads if origins.place_of(one) == "within"]
    largest = max((one.size for one in within), default=None)
    lost = len(heads) - len(within)
    guards = guard_faults(partnership.engine)
    extended = given.checkpoint if given is not None and given.checkpoint in within else None
    return Verified(verdict, largest, before, reach, lost=lost, given=extended, guards=guards)


def _given(held: Path, key: Path, origins: Origins, today: dt.date) -> HeldHead:
    """Read a head that somebody brought: whoever did holds it."""
    note, verifier = held.read_text(encoding="utf-8"), SigningKey.load(key).verifier
    return HeldHead.of_note(note, signer_of(note, verifier, origins), today)


def fault_in_words(fault: Fault | None) -> str:
    """Say at which entry of the record something is wrong, and what."""
    if fault is None:
        return ""
    where = f"At entry {fault.position}" if fault.position else "At its head"
    return f"{where}: {fault.what}."


def _with_fault(found: Verified, fault: Fault) -> Verified:
    return replace(found, verdict=replace(found.verdict, root=None, fault=fault))


def _gone(before: HighWater | None) -> Verified:
    """Return that a record is gone which was signed before. Raises `NoLog` where none was."""
    if before is None:
        raise NoLog
    what = f"there is no record in this database, though a head of {before.size} entries was signed"
    return Verified(Verdict("", 0, None, 0, Fault(0, what)), before=before)
