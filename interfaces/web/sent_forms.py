"""What came with a form: read within limits, told from other forms by what stands in it."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID, uuid5

import orjson
from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData

from interfaces.web.refusals.refused_requests import Unreadable

MOST_FIELDS: Final = 500
"""So many fields a form has at most."""

_ID: Final = "command_id"


async def _sent(request: Request) -> FormData:
    """Read a form. Raises `Unreadable` for what no browser sends."""
    require_utf8(request)
    sent = require_texts(await request.form(max_files=0, max_fields=MOST_FIELDS))
    # Whoever is refused afterwards gets back what they typed.
    request.state.sent = sent
    return sent


SentForm = Annotated[FormData, Depends(_sent)]
"""A parameter of a route: what came with a form."""


def require_utf8(request: Request) -> None:
    """Refuse a form that names letters of another kind: pages ask for UTF-8. Raises `Unreadable`.

    Whoever reads it would look up what is named among everything that Python can decode.
    """
    _, named = parse_options_header(request.headers.get("content-type", ""))
    if named.get(b"charset", b"utf-8").lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        raise Unreadable


def require_texts(sent: FormData) -> FormData:
    """Return a form that holds nothing but text. Raises `Unreadable`."""
    if any(is_no_text(words) for pair in sent.multi_items() for words in pair):
        raise Unreadable
    return sent


def identifier_of(sent: FormData) -> str | None:
    """Return the id of the command that a form gives; None for a form without one.

    The same form sent twice has the same id, and is carried out once. One that was changed before
    it was sent again has another: what stands in it now must not pass for recorded.
    """
    try:
        shown = UUID(str(sent.get(_ID, "")))
    except ValueError:
        return None
    filled = sorted(pair for pair in sent.multi_items() if pair[0] != _ID)
    return str(uuid5(shown, orjson.dumps(filled).decode()))


def is_no_text(words: object) -> bool:
    """Tell what cannot be stored as text: halves of characters, and the character of no meaning."""
    if not isinstance(words, str):
        return True
    return "\x00" in words or (not words.isascii() and _has_halves(words))


def _has_halves(words: str) -> bool:
    return any("\ud800" <= one <= "\udfff" for one in words)
