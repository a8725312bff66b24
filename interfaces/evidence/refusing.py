"""Why a file is not taken, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from interfaces.evidence.bounds import MOST_FILES
from projections.sentence_parts import listed
from workflow.refusals import Refusal

FILE_FIELD: Final = "file"
"""What the field is called in which files are handed in."""


class FileRefused(Refusal):
    """A file cannot be kept as evidence; nothing of it was stored."""

    def __init__(self, name: str, reason: str, mend: str) -> None:
        self.name, self.reason, self.mend = name, reason, mend
        super().__init__(f"“{name}” was not kept: {reason} {mend}", field=FILE_FIELD)


class FileTooLarge(FileRefused):
    """A file is larger than what is configured."""

    def __init__(self, name: str, most_megabytes: int) -> None:
        super().__init__(
            name,
            f"it is larger than {most_megabytes} MB.",
            "Save it with smaller pictures, or hand in the pages that show what was done.",
        )


class TooManyFiles(Refusal):
    """More files were chosen than one form takes."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"You chose {count} files, and one form takes {MOST_FILES} at most, so none was kept."
            f" Choose the first {MOST_FILES}, and add the others afterwards.",
            field=FILE_FIELD,
        )


class TooMuchTogether(Refusal):
    """Each of some files may be as large as it is, and all of them together may not."""

    def __init__(self, names: Sequence[str], most_megabytes: int) -> None:
        super().__init__(
            f"{listed([f'“{name}”' for name in names])} are larger than {most_megabytes} MB"
            " together, so none was kept. Choose some of them, and add the others afterwards.",
            field=FILE_FIELD,
        )
