"""Why a file is not taken, and what to do."""

from __future__ import annotations

from typing import Final

from workflow.refusals import Refusal

FILE_FIELD: Final = "file"
"""What the field is called in which a file is handed in."""

KEPT: Final = (
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), pictures (.png, .jpg), plain text"
    " (.txt), .csv, and emails saved as .eml"
)
"""What can be handed in, in words."""


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
