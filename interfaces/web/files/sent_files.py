"""Forms with files in them, read within limits and without touching the disk.

So nothing has to be cleaned up when an upload breaks off, and what is erased later was never in a
temporary file.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException

from interfaces.evidence.bounds import FileBounds
from interfaces.evidence.refusing import FILE_FIELD
from interfaces.web.files.file_parser import FileParser, Limits
from interfaces.web.files.file_paths import MOST_BODY_WITH_FILE_BYTES
from interfaces.web.files.in_hand import Take, nothing
from interfaces.web.house import House
from interfaces.web.refusals.refused_requests import Busy, Unreadable
from interfaces.web.sent_forms import MOST_FIELDS, identifier_of, require_texts, require_utf8
from interfaces.web.visit import Visiting

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


@asynccontextmanager
async def with_files(request: Request, who: str) -> AsyncIterator[Sent]:
    """Read a form that may hold files, which are in hand until the block ends. `who` sends it.

    Raises `Unreadable`, `TooLarge`, `Busy`.
    """
    house: House = request.app.state.house
    most = FileBounds(house.partnership.settings.evidence.most_megabytes)
    each, together = most.most_megabytes * _MEGABYTE, most.together_megabytes * _MEGABYTE
    with house.in_hand.portion(who, together + 1) as take:
        yield await _read(request, Limits(most.most_files, each, together), take)


async def without_files(request: Request, bytes_heard: int = MOST_BODY_WITH_FILE_BYTES) -> Sent:
    """Read what was typed into such a form, and let go of the files but for their names.

    `bytes_heard`: how much of them is listened to. Raises as `with_files`.
    """
    return await _read(request, Limits(bytes_heard=bytes_heard))


async def _sent(visit: Visiting, request: Request) -> AsyncIterator[Sent]:
    who = visit.session.person if visit.session else "nobody"
    async with with_files(request, who) as sent:
        yield sent


SentForm = Annotated[Sent, Depends(_sent)]
"""A parameter of a route: what came with a form that may hold files."""


async def _read(request: Request, limits: Limits, take: Take = nothing) -> Sent:
    sent, is_short = await _taken_apart(request, limits, take)
    # Whoever is refused now or afterwards gets back what they typed.
    request.state.sent = sent
    if is_short:
        raise Busy
    return sent


async def _taken_apart(request: Request, limits: Limits, take: Take) -> tuple[Sent, bool]:
    """Return what came, and whether there was no room for its files."""
    require_utf8(request)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        form = await request.form(max_files=0, max_fields=MOST_FIELDS)
        return Sent(require_texts(form)), False
    parser = FileParser(request.headers, request.stream(), limits, take)
    try:
        parts = (await parser.parse()).multi_items()
        return await _told(parts, parser.begun_files), parser.is_short
    except (MultiPartException, FormParserError, ValueError) as problem:
        raise Unreadable from problem
    finally:
        parser.let_go()


async def _told(parts: list[tuple[str, UploadFile | str]], begun_files: int) -> Sent:
    form = require_texts(FormData([one for one in parts if not isinstance(one[1], UploadFile)]))
    uploads = [(name, one) for name, one in parts if isinstance(one, UploadFile)]
    if len(uploads) < begun_files:
        raise Unreadable  # It broke off within a file.
    files = [(name, await _file(one)) for name, one in uploads]
    # A form in which nothing was chosen has a file without a name in it.
    chosen = [(name, file) for name, file in files if file.name or file.content]
    if any(name != FILE_FIELD for name, _ in chosen):
        raise Unreadable
    return Sent(form, tuple(file for _, file in chosen))


async def _file(one: UploadFile) -> SentFile:
    content = await one.read()
    await one.close()  # At once, so that no more than one of them is there twice.
    return SentFile(one.filename or "", content)
