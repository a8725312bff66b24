"""What is answered to who has to sign in: the way there, and back whatever they were sending.

It stands on the page that says so, ready to be sent again once they have signed in beside it.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from interfaces.web.refusals.held import Held, asked_by, held
from interfaces.web.visit import visiting


async def signed_out(request: Request, _problem: Exception) -> Response:
    """Send who looks at a page to sign in; show who sent a form what they wrote."""
    if request.method != "POST":
        to = quote(asked_by(request), safe="")
        return RedirectResponse(f"/sign-in?to={to}", status_code=303)
    return await run_in_threadpool(_shown, request, await held(request))


def _shown(request: Request, form: Held) -> Response:
    return visiting(request).page("sign_in_meanwhile.html", without_day=True, status=403, held=form)
