"""Forms with files in them, read within limits and without touching the disk.

So nothing has to be cleaned up when an upload breaks off, and what is erased later was never in a
temporary file.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException

from interfaces.evidence.bounds import FileBounds
from interfaces.evidence.refusing import FILE_FIELD
from interfaces.web.file_parser import FileParser, Limits
from interfaces.web.file_paths import MOST_BODY_WITH_FILE_BYTES
from interfaces.web.house import House
from interfaces.web.refused_requests import Unreadable
from interfaces.web.sent_forms import MOST_FIELDS, identifier_of, require_texts, require_utf8

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form: at most one byte more of it than what is taken."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a form. `files`: none where none was chosen."""

    form: FormData
    files: tuple[SentFile, ...] = ()

    @property
    def command_id(self) -> str | None:
        """Return the id of what the form asks for: another one with other files."""
        said = [
            (FILE_FIELD, f"{sha256(file.content).hexdigest()} {file.name}") for file in self.files
        ]
        return identifier_of(FormData([*self.form.multi_items(), *said]))


async def with_files(request: Request) -> Sent:
    """Read a form that may hold files. Raises `Unreadable`, `TooLarge`."""
    house: House = request.app.state.house
    most = FileBounds(house.partnership.settings.evidence.most_megabytes)
    each, together = most.most_megabytes * _MEGABYTE, most.together_megabytes * _MEGABYTE
    return await _read(request, Limits(most.most_files, each, together))


async def without_files(request: Request, bytes_heard: int = MOST_BODY_WITH_FILE_BYTES) -> Sent:
    """Read what was typed into such a form, and let go of the files but for their names.

    `bytes_heard`: how much of them is listened to. Raises as `with_files`.
    """
    return await _read(request, Limits(bytes_heard=bytes_heard))


SentForm = Annotated[Sent, Depends(with_files)]
"""A parameter of a route: what came with a form that may hold files."""


async def _read(request: Request, limits: Limits) -> Sent:
    sent = await _taken_apart(request, limits)
    # Whoever is refused afterwards gets back what they typed.
    request.state.sent = sent
    return sent


async def _taken_apart(request: Request, limits: Limits) -> Sent:
    require_utf8(request)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return Sent(require_texts(await request.form(max_files=0, max_fields=MOST_FIELDS)))
    parser = FileParser(request.headers, request.stream(), limits)
    try:
        parts = (await parser.parse()).multi_items()
        return await _told(parts, parser.begun_files)
    except (MultiPartException, FormParserError, ValueError) as problem:
        raise Unreadable from problem
    finally:
        parser.let_go()


async def _told(parts: list[tuple[str, UploadFile | str]], begun_files: int) -> Sent:
    form = require_texts(FormData([one for one in parts if not isinstance(one[1], UploadFile)]))
    uploads = [(name, one) for name, one in parts if isinstance(one, UploadFile)]
    if len(uploads) < begun_files:
        raise Unreadable  # It broke off within a file.
    files = [(name, SentFile(one.filename or "", await one.read())) for name, one in uploads]
    # A form in which nothing was chosen has a file without a name in it.
    chosen = [(name, file) for name, file in files if file.name or file.content]
    if any(name != FILE_FIELD for name, _ in chosen):
        raise Unreadable
    return Sent(form, tuple(file for _, file in chosen))
