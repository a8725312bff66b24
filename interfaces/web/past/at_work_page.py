"""The page of something that takes long: how far it is, until it is there. It needs no script."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from interfaces.web.past.at_work import StillAtWork
from interfaces.web.visit import visiting

LOOK_AGAIN_SECONDS: Final = 2


def still_at_work(request: Request, problem: Exception) -> Response:
    """Say how far it is, and let the browser look again by itself."""
    if not isinstance(problem, StillAtWork):
        raise problem
    path, query = request.url.path, request.url.query
    answer = visiting(request).page(
        "at_work.html",
        words=problem.words,
        done=problem.done,
        of=problem.of,
        again=f"{path}?{query}" if query else path,
    )
    answer.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return answer
