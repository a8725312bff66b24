"""What is answered to who has to sign in: the way there, and back whatever they were sending.

Nothing that was typed is kept on the server. It stands on the page that says so, ready to be sent
again once they have signed in beside it; the id of the form makes sending it twice harmless.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from interfaces.web.forms import label_of
from interfaces.web.importing.carried import NoDocument
from interfaces.web.importing.sent import SentImport, is_import, read_import
from interfaces.web.refused_requests import Unreadable
from interfaces.web.sent_files import Sent, without_files
from interfaces.web.visit import visiting

_OUT_OF_SIGHT: Final = frozenset({"command_id", "expected_version"})


async def signed_out(request: Request, _problem: Exception) -> Response:
    """Send who looks at a page to sign in; show who sent a form what they wrote."""
    asked = _asked(request)
    if request.method != "POST":
        return RedirectResponse(f"/sign-in?to={quote(asked, safe='')}", status_code=303)
    if is_import(request.url.path):
        return await run_in_threadpool(_import_held, request, asked, await _import(request))
    sent = await _sent(request)
    return await run_in_threadpool(_held, request, asked, sent)


def _import_held(request: Request, asked: str, sent: SentImport) -> Response:
    """Show that a document is still there: it and every correction stand in the page, unseen."""
    hidden = list(_written(sent.fields))
    with suppress(NoDocument):
        if sent.chosen is not None:
            hidden += sent.carried().fields
    return visiting(request).page(
        "sign_in_meanwhile.html",
        without_day=True,
        status=403,
        to=asked,
        files=0,
        hidden=hidden,
        typed=(),
    )


def _held(request: Request, asked: str, sent: Sent) -> Response:
    written = list(_written(sent.form))
    return visiting(request).page(
        "sign_in_meanwhile.html",
        without_day=True,
        status=403,
        to=asked,
        files=len(sent.files),
        hidden=[(name, value) for name, value in written if name in _OUT_OF_SIGHT],
        typed=[
            (name, label_of(name), value) for name, value in written if name not in _OUT_OF_SIGHT
        ],
    )


def _written(sent: FormData) -> Iterator[tuple[str, str]]:
    for name, value in sent.multi_items():
        if isinstance(value, str):
            yield name, value


async def _sent(request: Request) -> Sent:
    try:
        return await without_files(request)
    except (HTTPException, Unreadable):
        return Sent(FormData())


async def _import(request: Request) -> SentImport:
    try:
        return await read_import(request)
    except (HTTPException, Unreadable):
        return SentImport(FormData())


def _asked(request: Request) -> str:
    """Return the path that was asked for, as it was written: not as it was read."""
    path = quote(request.url.path, safe="/")
    return f"{path}?{request.url.query}" if request.url.query else path
