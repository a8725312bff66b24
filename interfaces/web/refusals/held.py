"""What somebody had typed into a form that is not carried out now: shown, to be sent again later.

Nothing of it is kept on the server. It stands on the page that says why, and the id of the form
makes sending it twice harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from interfaces.web.files.file_paths import MOST_BODY_WITH_FILE_BYTES
from interfaces.web.files.sent_files import Sent, without_files
from interfaces.web.forms import LOOKED_AT, label_of
from interfaces.web.importing.carried import NoDocument
from interfaces.web.importing.sent import SentImport, is_import, read_import
from interfaces.web.refusals.refused_requests import TooLarge, Unreadable

_OUT_OF_SIGHT: Final = frozenset(
    {"command_id", "expected_version", "back", "to", "way", "wished", LOOKED_AT}
)
"""Fields that a page fills in by itself, or that say nothing without the form around them."""

_SEVERAL: Final = "/board/several"
_OF_SEVERAL: Final = frozenset({"on", "shown", "what"})
"""The same of forms about several items: a line for each would hide the words among them."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """A form: where `to` it goes, what stands in it unseen, and what was typed, by name and label.

    `files`: how many were chosen; they are gone. `has_document`: one to be imported is in the page.
    """

    to: str
    hidden: Sequence[Pair] = ()
    typed: Sequence[tuple[str, str, str]] = ()
    files: int = 0
    has_document: bool = False


async def held(request: Request, bytes_heard: int = MOST_BODY_WITH_FILE_BYTES) -> Held:
    """Return the form that came with a request, read now if nobody has read it before.

    `bytes_heard`: how much is then listened to of files beside the words.
    """
    if request.method == "POST" and _sent(request) is None:
        is_document = is_import(request.url.path)
        # Kept until the request is answered, as by whoever reads a form for a route.
        request.state.sent = (
            await _import(request) if is_document else await _form(request, bytes_heard)
        )
    return held_before(request)


def held_before(request: Request) -> Held:
    """Return the form that came with a request, as far as somebody has read it already."""
    to = asked_by(request)
    match _sent(request):
        case SentImport() as sent:
            return Held(to, (*_written(sent.fields), *_document(sent)), has_document=True)
        case Sent() as sent:
            return of_fields(to, _written(sent.form), len(sent.files))
        case FormData() as form:
            return of_fields(to, _written(form))
        case _:
            return Held(to)


def _sent(request: Request) -> object:
    return getattr(request.state, "sent", None)


def of_fields(to: str, fields: Iterable[Pair], files: int = 0) -> Held:
    """Return a form by its fields."""
    written = list(fields)
    unseen = _OUT_OF_SIGHT | (_OF_SEVERAL if to.startswith(_SEVERAL) else frozenset())
    # What was left empty stands unseen: the id of the form is made from all of it.
    hidden = [one for one in written if one[0] in unseen or not one[1].strip()]
    seen = (one for one in written if one[0] not in unseen and one[1].strip())
    typed = [(name, label_of(name), value) for name, value in seen]
    return Held(to, hidden, typed, files)


def asked_by(request: Request) -> str:
    """Return the path that was asked for, as it was written: not as it was read."""
    path = quote(request.url.path, safe="/")
    return f"{path}?{request.url.query}" if request.url.query else path


def _document(sent: SentImport) -> Sequence[Pair]:
    """Return the fields that carry the document, where it was just chosen and can be read."""
    if sent.chosen is not None:
        with suppress(NoDocument):
            return sent.carried().fields
    return ()


def _written(sent: FormData) -> Iterator[Pair]:
    for name, value in sent.multi_items():
        if isinstance(value, str):
            yield name, value


async def _form(request: Request, bytes_heard: int) -> Sent:
    try:
        return await without_files(request, bytes_heard)
    except (HTTPException, Unreadable, TooLarge, RuntimeError):
        # RuntimeError: somebody began to read it, and what has come is not there twice.
        return Sent(FormData())


async def _import(request: Request) -> SentImport:
    try:
        return await read_import(request)
    except (HTTPException, Unreadable, TooLarge, RuntimeError):
        return SentImport(FormData())
