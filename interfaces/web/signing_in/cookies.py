"""The cookies: one holds a session, one marks the browser that asked to sign in, one a journey.

Their names begin with `__Host-`, so a browser takes them from this host alone, over TLS (or from
this very machine), and sends them nowhere else.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

SESSION: Final = "__Host-goldthread"
BROWSER: Final = "__Host-browser"
JOURNEY: Final = "__Host-journey"


def give(response: Response, name: str, value: str, seconds: int) -> None:
    """Give a cookie for so long, out of reach of scripts and of other sites."""
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )


def take_back(response: Response, name: str) -> None:
    """Let the browser forget a cookie."""
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")
