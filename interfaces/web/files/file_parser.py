"""A form with files, taken apart as it comes in: what is beyond the bounds is let go at once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from typing_extensions import override

from interfaces.web.files.file_paths import MOST_BODY_BYTES, MOST_BODY_WITH_FILE_BYTES
from interfaces.web.files.in_hand import Take, nothing
from interfaces.web.refusals.refused_requests import TooLarge
from interfaces.web.sent_forms import MOST_FIELDS

_MOST_NAMED: Final = 1_000
"""So many files are counted, for whoever chose a whole folder; beyond them no form is read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept of the files of a form: so many, of each so much, and so much of all.

    `bytes_heard`: how much of them is listened to before the whole form is refused.
    """

    files: int = 0
    bytes_each: int = 0
    bytes_together: int = 0
    bytes_heard: int = MOST_BODY_WITH_FILE_BYTES


class FileParser(MultiPartParser):
    """Starlette's parser, with bounds of ours on files, and on what stands beside them."""

    spool_max_size = 0  # Which is to say that nothing ever goes to the disk.

    def __init__(
        self,
        headers: Headers,
        stream: AsyncGenerator[bytes, None],
        limits: Limits,
        take: Take = nothing,
    ) -> None:
        super().__init__(headers, stream, max_files=_MOST_NAMED, max_fields=MOST_FIELDS)
        self._limits, self._take = limits, take
        self.is_short = False
        """Whether there was no room for what the bounds allow."""
        self._of_this = self._kept = self._heard = self._beside = 0

    @property
    def begun_files(self) -> int:
        """Return how many files began, whether or not they came to their end."""
        return len(self._files_to_close_on_error)

    def let_go(self) -> None:
        """Let go of what is kept of files."""
        for file in self._files_to_close_on_error:
            file.close()

    @override
    def on_part_begin(self) -> None:
        super().on_part_begin()
        self._of_this = 0

    @override
    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            self._count(end - start)
            super().on_part_data(data, start, end)
            return
        self._heard += end - start
        if self._heard > self._limits.bytes_heard:
            raise TooLarge
        # What is beyond a bound only shows that there is more: one byte of it is enough.
        left = min(
            self._limits.bytes_each + 1 - self._of_this,
            self._limits.bytes_together + 1 - self._kept,
        )
        if left <= 0 or self.begun_files > self._limits.files or self.is_short:
            return
        until = min(end, start + left)
        self.is_short = not self._take(until - start)
        if not self.is_short:
            self._of_this += until - start
            self._kept += until - start
            super().on_part_data(data, start, until)

    @override
    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        super().on_header_field(data, start, end)

    @override
    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        super().on_header_value(data, start, end)

    def _count(self, length: int) -> None:
        self._beside += length
        if self._beside > MOST_BODY_BYTES:
            raise TooLarge
