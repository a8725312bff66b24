"""What is answered to who has to sign in: the way there, and back whatever they were sending.

Nothing that was typed is kept on the server. It stands on the page that says so, ready to be sent
again once they have signed in beside it; the id of the form makes sending it twice harmless.
"""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from interfaces.web.importing.sent import is_import, read_import
from interfaces.web.refused_requests import Unreadable
from interfaces.web.sent_files import without_file
from interfaces.web.typed_words import typed_in
from interfaces.web.visit import visiting


async def signed_out(request: Request, _problem: Exception) -> Response:
    """Send who looks at a page to sign in; show who sent a form what they wrote."""
    if request.method != "POST":
        to = quote(address_of(request), safe="")
        return RedirectResponse(f"/sign-in?to={to}", status_code=303)
    had_file = await _read(request)
    return await run_in_threadpool(_held, request, had_file)


async def _read(request: Request) -> bool:
    """Read what was sent; tell whether a file that cannot be kept came with it."""
    with suppress(HTTPException, Unreadable):
        if not is_import(request.url.path):
            return (await without_file(request)).file is not None
        await read_import(request)
    return False


def _held(request: Request, had_file: bool) -> Response:  # noqa: FBT001 - passed on
    return visiting(request).page(
        "sign_in_meanwhile.html",
        without_day=True,
        status=403,
        to=address_of(request),
        had_file=had_file,
        typed=typed_in(request),
    )


def address_of(request: Request) -> str:
    """Return the path that was asked for, as it was written: not as it was read."""
    path = quote(request.url.path, safe="/")
    return f"{path}?{request.url.query}" if request.url.query else path
