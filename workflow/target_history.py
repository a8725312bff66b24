"""The target date of an item: the one it began with, and the one that counts now."""

from __future__ import annotations

from dataclasses import dataclass

from events.values import TargetDate


@dataclass(frozen=True, slots=True)
class TargetHistory:
    """The original and the current target date; both None until one was set.

    `moved` tells whether the date has moved since it was set, so that the two differ on purpose.
    """

    original: TargetDate | None = None
    current: TargetDate | None = None
    moved: bool = False

    def set(self, target: TargetDate) -> TargetHistory:
        """Return the history that begins with a first target date."""
        return TargetHistory(target, target)

    def move(self, target: TargetDate) -> TargetHistory:
        """Return the history after the date moved: the original stays."""
        return TargetHistory(self.original, target, moved=True)

    def correct(self, target: TargetDate) -> TargetHistory:
        """Return the history after what was recorded last turned out to be wrong.

        That is the original date too as long as it has not moved; after a move only the current
        date was recorded wrongly, and the original stays.
        """
        return TargetHistory(self.original if self.moved else target, target, moved=self.moved)
