"""Forms with a file in them, read within limits and without touching the disk.

So nothing has to be cleaned up when an upload breaks off, and what is erased later was never in a
temporary file.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from typing_extensions import override

from interfaces.evidence.refusing import FILE_FIELD
from interfaces.web.file_paths import MOST_BODY_BYTES
from interfaces.web.house import House
from interfaces.web.protection import TooLarge
from interfaces.web.refused_requests import Unreadable
from interfaces.web.sent_forms import MOST_FIELDS, identifier_of, require_texts, require_utf8
from interfaces.web.typed_words import keep_typed, typed_into

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form: at most one byte more of it than what is taken."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a form. `file`: None where none was chosen."""

    form: FormData
    file: SentFile | None = None

    @property
    def command_id(self) -> str | None:
        """Return the id of what the form asks for: another one with another file."""
        if self.file is None:
            return identifier_of(self.form)
        said = (FILE_FIELD, f"{sha256(self.file.content).hexdigest()} {self.file.name}")
        return identifier_of(FormData([*self.form.multi_items(), said]))


async def with_file(request: Request) -> Sent:
    """Read a form that may hold one file. Raises `Unreadable`, `TooLarge`."""
    house: House = request.app.state.house
    most_bytes = house.partnership.settings.evidence.most_megabytes * _MEGABYTE
    return await _read(request, most_bytes)


async def without_file(request: Request) -> Sent:
    """Read what was typed into such a form, and let go of the file but for its name.

    Raises as `with_file`.
    """
    return await _read(request, 0)


SentForm = Annotated[Sent, Depends(with_file)]
"""A parameter of a route: what came with a form that may hold a file."""


async def _read(request: Request, most_bytes: int) -> Sent:
    sent = await _parsed(request, most_bytes)
    keep_typed(request, lambda: typed_into(sent.form))
    return sent


async def _parsed(request: Request, most_bytes: int) -> Sent:
    require_utf8(request)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return Sent(require_texts(await request.form(max_files=0, max_fields=MOST_FIELDS)))
    parser = _Parser(request.headers, request, most_bytes)
    try:
        parts = (await parser.parse()).multi_items()
        return await _told(parts, parser.begun_files)
    except (MultiPartException, FormParserError, ValueError) as problem:
        raise Unreadable from problem
    finally:
        parser.let_go()


async def _told(parts: list[tuple[str, UploadFile | str]], begun_files: int) -> Sent:
    form = require_texts(FormData([one for one in parts if not isinstance(one[1], UploadFile)]))
    files = [(name, one) for name, one in parts if isinstance(one, UploadFile)]
    if len(files) < begun_files:
        raise Unreadable  # It broke off within the file.
    for name, upload in files:
        content = await upload.read()
        # A form in which nothing was chosen has a file without a name in it.
        if upload.filename or content:
            if name != FILE_FIELD:
                raise Unreadable
            return Sent(form, SentFile(upload.filename or "", content))
    return Sent(form)


class _Parser(MultiPartParser):
    """Starlette's parser, with bounds of ours: one file, so much of it, and so much beside it."""

    spool_max_size = 0  # Which is to say that nothing ever goes to the disk.

    def __init__(self, headers: Headers, request: Request, most_bytes: int) -> None:
        super().__init__(headers, request.stream(), max_files=1, max_fields=MOST_FIELDS)
        self._most_bytes = most_bytes
        self._file_bytes = self._other_bytes = 0

    @property
    def begun_files(self) -> int:
        """Return how many files began, whether or not they came to their end."""
        return len(self._files_to_close_on_error)

    def let_go(self) -> None:
        """Let go of what is kept of files."""
        for file in self._files_to_close_on_error:
            file.close()

    @override
    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            self._count(end - start)
            super().on_part_data(data, start, end)
            return
        # What is beyond the bound only shows that there is more: one byte of it is enough.
        left = self._most_bytes + 1 - self._file_bytes
        self._file_bytes += end - start
        if left > 0:
            super().on_part_data(data, start, min(end, start + left))

    @override
    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        super().on_header_field(data, start, end)

    @override
    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        super().on_header_value(data, start, end)

    def _count(self, length: int) -> None:
        self._other_bytes += length
        if self._other_bytes > MOST_BODY_BYTES:
            raise TooLarge
