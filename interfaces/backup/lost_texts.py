"""Which texts of a backup were erased after it was made, and of which nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from events.erasing import FILE
from events.log import Clock
from events.reading import NoLog
from interfaces.backup.comparing import Standing
from interfaces.backup.damage import DAMAGE
from interfaces.bootstrap import Partnership, assembled
from interfaces.erasure_notes import ErasureNote, Outcome, read_notes
from interfaces.erasure_outcomes import outcome_in, standing_again
from interfaces.record_files import erasures_file
from interfaces.settings import Settings

Unfinished = Literal["erase", "keep"]
"""What is done with texts of which nobody knows whether they were erased."""


@dataclass(frozen=True, slots=True)
class ErasedSince:
    """What was erased since a backup and stands in it again.

    `unknown`: erasures that were begun, of which neither a note nor the record that stands there
    tells whether they were carried out.
    """

    notes: tuple[ErasureNote, ...]
    unknown: tuple[ErasureNote, ...]

    def answered(self, answer: Unfinished | None) -> tuple[ErasureNote, ...]:
        """Return what is to be erased again; of what nobody knows, only where that was answered."""
        return (*self.notes, *self.unknown) if answer == "erase" else self.notes

    def question(self) -> str:
        """Ask about the erasures of which nobody knows."""
        entries = ", ".join(str(one) for one in sorted({one.position for one in self.unknown}))
        has_file = any(one.fields == (FILE,) for one in self.unknown)
        what, they = ("texts and file", "they") if has_file else ("texts", "those words")
        return (
            f"An erasure was begun ({what} of entry {entries}), and neither its note nor the record"
            f" that stands there tells whether it was carried out. Ask who gave it. If {they}"
            " are to be forgotten, restore with '--unfinished erase'; they are then gone for good."
            " If nothing was erased, restore with '--unfinished keep'."
        )


def erased_since(
    settings: Settings, clock: Clock, staged: Partnership, standing: Standing
) -> ErasedSince:
    """Find out what was erased since a backup; `standing`: the record that stands there."""
    noted = read_notes(erasures_file(settings.files))
    again = standing_again(staged.log, noted.notes)
    unsettled = set(noted.unsettled())
    outcomes = {one: noted.outcomes[one.by] for one in again if one not in unsettled}
    asked = [one for one in again if one in unsettled]
    # Only a record that goes on from the backup knows what was erased since.
    if asked and standing.state in {"same", "larger"}:
        outcomes |= _told_there(settings, clock, asked)
    return ErasedSince(
        tuple(one for one in again if outcomes.get(one) == "committed"),
        tuple(one for one in again if one not in outcomes),
    )


def _told_there(
    settings: Settings, clock: Clock, asked: Sequence[ErasureNote]
) -> Mapping[ErasureNote, Outcome]:
    try:
        with assembled(settings, clock) as live:
            found = {one: outcome_in(live.log, one) for one in asked}
    except (NoLog, *DAMAGE):
        return {}
    return {one: outcome for one, outcome in found.items() if outcome is not None}
