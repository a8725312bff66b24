"""What the description says of the answers of a route: the one that was asked for, and problems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pydantic import BaseModel

from interfaces.web.api.problems import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]
"""Answers by their status, as OpenAPI describes them."""


def answered(told: type[BaseModel], **headers: str) -> Responses:
    """Return what the description says of an answer, and of the headers that it always has.

    `headers`: what each says, by its name with `_` for `-`.
    """
    return {200: {"description": "What was asked for", "model": told, **_headers(headers)}}


def given_out(kinds: Iterable[str]) -> Responses:
    """Return what the description says of a file that is given out, of one of some media types."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    named = _headers({"Content_Disposition": "A name for the file"})
    return {200: {"description": "The file that was asked for", "content": content, **named}}


def described(*statuses: int) -> Responses:
    """Return what the description says of the problems of a route."""
    return {status: _PROBLEMS[status] for status in statuses}


def _headers(told: dict[str, str]) -> dict[str, Any]:
    described_headers = {
        name.replace("_", "-"): {"description": words, "required": True, "schema": _TEXT}
        for name, words in told.items()
    }
    return {"headers": described_headers} if told else {}


def _problem(words: str, **headers: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}, **_headers(headers)}


_TEXT: Final = {"type": "string", "minLength": 1}
_PROBLEMS: Final = {
    400: _problem("The request cannot be read"),
    401: _problem("No token, or one that is good no longer", WWW_Authenticate="How to sign in"),
    403: _problem("The token, or its person, may not do this"),
    404: _problem("There is nothing here, or it is not yours to see"),
    409: _problem("Somebody else changed it meanwhile, or the record or a file is not sound"),
    413: _problem("More than any command holds"),
    422: _problem("Something has to be mended; `fields` says what"),
    429: _problem("Too often", Retry_After="In so many seconds you may ask again"),
    503: _problem("No room for files just now, or the server stops: try again"),
}
