"""How many files one form takes, how large, and of which kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from interfaces.evidence.kinds import ENDINGS, KEPT

MOST_FILES: Final = 10
"""So many files come with one form at most."""

_TIMES: Final = 3
_MOST_TOGETHER_MEGABYTES: Final = 250
"""Less than what is listened to of a form, so that what was typed beside too much is not lost."""


@dataclass(frozen=True, slots=True)
class FileBounds:
    """What a form takes. `most_megabytes`: how large one file may be."""

    most_megabytes: int
    endings: str = ENDINGS
    most_files: int = MOST_FILES

    @property
    def together_megabytes(self) -> int:
        """Return how large the files of one form may be together.

        They are in memory at once, and the record waits while they are stored.
        """
        return min(_TIMES * self.most_megabytes, _MOST_TOGETHER_MEGABYTES)

    @property
    def words(self) -> str:
        """Say what is taken."""
        return (
            f"Up to {self.most_files} files, each up to {self.most_megabytes} MB and"
            f" {self.together_megabytes} MB together: {KEPT}."
        )
