"""What a restore would lose: beside what was signed, what others hold, and what stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from events.checkpoint import Checkpoint
from events.held_heads import held_heads
from events.log import Clock
from events.origins import Origins, origins_of
from events.reading import NoLog
from events.signed_note import NotAKey, SigningKey
from events.signing import checkpoint_of
from events.tree import LogTree
from interfaces.backup.damage import DAMAGE
from interfaces.backup.place import Place
from interfaces.backup.refusing import BadBackup
from interfaces.bootstrap import Partnership, assembled
from interfaces.erasure_outcomes import note_what_is_missing
from interfaces.head_signing import signed_last
from interfaces.held_reach import first_fault
from interfaces.record_files import erasures_file, held_folder, tree_cache
from interfaces.settings import FileSettings, Settings
from interfaces.verified import fault_in_words
from projections.civil_days import civil_day

State = Literal["nothing", "same", "smaller", "larger", "different", "unreadable"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands where a record is restored to, beside the backup. `size`: None if unknown."""

    state: State
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Entries that a restore loses for good.

    `head`: the largest one that is known. `since`: the day of the last entry that is kept; `days`:
    from then to today.
    """

    head: Checkpoint
    kept: int
    since: dt.date
    days: int

    @property
    def entries(self) -> int:
        """Return how many entries are lost at least."""
        return self.head.size - self.kept

    def in_words(self) -> str:
        """Say what is lost."""
        entries = "1 entry is" if self.entries == 1 else f"at least {self.entries} entries are"
        days = "1 day" if self.days == 1 else f"{self.days} days"
        since = self.since.isoformat()
        when = f"from the {days} since {since}" if self.days else f"from later on {since}"
        return (
            f"The backup has {self.kept} entries, and a head of {self.head.size} was signed:"
            f" {entries} not in it, {when}."
        )


def compare_with_live(
    settings: Settings, clock: Clock, place: Place, staged: Partnership, *, mend_notes: bool
) -> Standing:
    """Compare what stands there with a staged record; `mend_notes`: also note its erasures."""
    if not place.is_taken():
        return Standing("nothing")
    try:
        with assembled(settings, clock) as live:
            found = _compared(live, staged)
            # Only a record that goes on from the backup knows what was erased since.
            if mend_notes and found.state in {"same", "larger"}:
                note_what_is_missing(live.log, erasures_file(settings.files))
            return found
    except NoLog:
        return Standing("nothing")
    except DAMAGE:
        return Standing("unreadable")


def _compared(live: Partnership, staged: Partnership) -> Standing:
    head, other = checkpoint_of(live.log), checkpoint_of(staged.log)
    if head.size == 0:
        return Standing("nothing")
    if LogTree.of(live.log, head.size).root() != head.root:
        return Standing("unreadable", head.size)
    shared = min(head.size, other.size)
    if LogTree.of(live.log, shared).root() != LogTree.of(staged.log, shared).root():
        return Standing("different", head.size)
    if head.size == other.size:
        return Standing("same", head.size)
    return Standing("larger" if head.size > other.size else "smaller", head.size)


def loss_of(staged: Partnership, head: Checkpoint) -> Loss | None:
    """Return what was signed or is held and is not in a staged record, None for nothing.

    `head`: of the staged record, verified. Raises `BadBackup` for a record that was written anew,
    or is not the one whose heads stand here.
    """
    files = staged.settings.files
    origins = origins_of(staged.log)
    within, beyond = _sorted(_known_heads(files, origins), origins, head.size)
    heads = dict.fromkeys(within, "that was signed before, or that others hold")
    fault = first_fault(staged.log, head, tree_cache(files), heads)
    if fault is not None:
        raise BadBackup(
            f"The backup is not restored. {fault_in_words(fault)} It holds in itself, but it is not"
            " the record that was signed. Find out who made it, and take another."
        )
    if not beyond:
        return None
    since = civil_day(dt.datetime.fromisoformat(staged.log.head().recorded_at))
    days = max((staged.today - since).days, 0)
    return Loss(max(beyond, key=lambda one: one.size), head.size, since, days)


def _known_heads(files: FileSettings, origins: Origins) -> list[Checkpoint]:
    heads = [one.checkpoint for one in held_heads(held_folder(files))]
    signed = signed_last(files)
    if signed is not None and signed.size:
        origin = origins.origin
        with suppress(OSError, NotAKey):
            origin = SigningKey.load(files.key).name
        heads.append(Checkpoint(origin, signed.size, signed.root))
    return heads


def _sorted(
    heads: Sequence[Checkpoint], origins: Origins, size: int
) -> tuple[list[Checkpoint], list[Checkpoint]]:
    """Return the heads that a record must extend, and those that are ahead of it."""
    within: list[Checkpoint] = []
    beyond: list[Checkpoint] = []
    for one in heads:
        match origins.place_of(one):
            case "within":
                (within if one.size <= size else beyond).append(one)
            case "another_log" if one.origin.startswith(f"{origins.at(1)}/") and one.size > size:
                beyond.append(one)  # The record was continued after this backup was made.
            case "another_log":
                raise BadBackup(
                    f"The backup is of '{origins.origin}', and a head that was signed or is held"
                    f" here is of '{one.origin}'. It is of another record, or of this one before it"
                    " was continued without it. Check the configuration, or take another backup."
                )
            case "lost":
                pass
    return within, beyond
