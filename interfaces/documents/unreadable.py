"""The refusal of a file that cannot be read at all."""

from __future__ import annotations

from pathlib import Path


class UnreadableDocument(Exception):
    """This file cannot be read.

    `reason` says what is wrong with it and `mend` what to do, one sentence each.
    """

    def __init__(self, path: Path, reason: str, mend: str) -> None:
        super().__init__(f"{path.name} cannot be read: {reason} {mend}")
        self.path = path
        self.reason = reason
        self.mend = mend
