"""What stands between the network and the pages: headers, origins, sizes, and a log of requests."""

from __future__ import annotations

import time
from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from anyio import fail_after
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Message, Receive, Scope, Send

from interfaces.web.api.problems import is_of_programs, kept_out
from interfaces.web.files.file_paths import most_body_bytes
from interfaces.web.metrics import Metrics
from interfaces.web.refusals.bare_pages import bare_page
from interfaces.web.refusals.refused_requests import TooLarge, TooSlow
from notifications.problem_places import kinds, places

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
_STRICT_TRANSPORT: Final = "max-age=31536000"

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Whatever else somebody calls a method is counted as one, so that counts stay few."""

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ASKED_BY_US: Final = frozenset({"same-origin", "none"})

_log = structlog.get_logger()


MOST_SILENT_SECONDS: Final = 30
"""So long nothing of a form may arrive before it is given up, such as from a phone in a tunnel."""

Told = Callable[[Request, Exception], Awaitable[Response]]
"""Answers a request that is refused before it reaches any route."""


class Protection:
    """An application within the headers, limits and refusals that every answer needs.

    `origin`: from where our own pages send, such as `https://record.example.org`. `is_encrypted`:
    whether browsers are told to come by TLS alone from now on. `too_large`: what answers more than
    is taken.
    """

    def __init__(
        self,
        inner: Starlette,
        origin: str,
        metrics: Metrics,
        *,
        is_encrypted: bool,
        too_large: Told | None = None,
    ) -> None:
        self._too_large = too_large or _plainly_too_large
        self._inner, self._origin, self._is_encrypted = inner, origin, is_encrypted
        self._metrics = metrics

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Return every route within."""
        return self._inner.routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        began = time.perf_counter()
        status, has_begun = 500, False

        async def answer(message: Message) -> None:
            nonlocal status, has_begun
            if message["type"] == "http.response.start":
                status, has_begun = message["status"], True
                self._dress(MutableHeaders(scope=message))
            await send(message)

        try:
            await self._guarded(scope, receive, answer)
        except CancelledError:
            # The server stops, and has waited long enough. The task ends here in any case.
            if not has_begun:
                await _stopped(scope["path"])(scope, receive, answer)
        except Exception as problem:  # noqa: BLE001 - nobody below says what may be logged of it
            # Where it happened, and not its words: they may be what somebody wrote.
            _log.error("request failed", problem=kinds(problem), at=places(problem))
            if not has_begun:
                await _broken(scope["path"])(scope, receive, answer)
        finally:
            # The route's own path, since an address may hold a ticket, or words that people wrote.
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route = getattr(scope.get("route"), "path", "none")
            seconds = time.perf_counter() - began
            self._metrics.answered(method, route, status, seconds)
            _log.info(
                "request",
                method=method,
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        most_bytes = most_body_bytes(scope["path"], headers.get("content-type", ""))
        if scope["method"] not in _SAFE and not self._is_ours(headers):
            words = "This was sent from another site, so nothing was changed."
            answer = _refused(scope["path"], 403, "That came from elsewhere", words)
            await answer(scope, receive, send)
        elif int(_whole(headers.get("content-length"))) > most_bytes:
            request = Request({**scope, "app": self._inner}, receive)
            answer = await self._too_large(request, TooLarge(most_bytes, is_unread=True))
            await answer(scope, receive, send)
        else:
            await self._inner(scope, _limited(receive, most_bytes), send)

    def _is_ours(self, headers: Headers) -> bool:
        """Tell whether a change comes from one of our pages.

        Browsers say where a request comes from in Sec-Fetch-Site, elder ones in Origin. What says
        neither is no browser with a cookie of ours.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in _ASKED_BY_US:
            return False
        if origin is not None and origin != "null":
            return origin == self._origin
        return site is not None or headers.get("cookie") is None

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        if self._is_encrypted:
            headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)


def _limited(receive: Receive, most_bytes: int) -> Receive:
    """Count what is sent, since a length need not be told, or be true; do not wait for ever.

    Raises `TooLarge`, `TooSlow`.
    """
    taken, is_whole = 0, False

    async def take() -> Message:
        nonlocal taken, is_whole
        try:
            # Whoever asks on once all of it is there only waits for the other side to hang up.
            with fail_after(None if is_whole else MOST_SILENT_SECONDS):
                message = await receive()
        except TimeoutError as problem:
            raise TooSlow from problem
        is_whole = not message.get("more_body", False)
        taken += len(message.get("body", b""))
        if taken > most_bytes:
            raise TooLarge(most_bytes)
        return message

    return take


def _whole(words: str | None) -> str:
    return words if words and words.isascii() and words.isdigit() else "0"


def _refused(path: str, status: int, heading: str, words: str) -> Response:
    """Return a refusal in words, to programs as a problem like any other."""
    if is_of_programs(path):
        return kept_out(status, heading, words)
    return bare_page(status, heading, words)


async def _plainly_too_large(request: Request, problem: Exception) -> Response:
    words = f"That is {problem}, so nothing was changed."
    return _refused(request.url.path, 413, "That is too much at once", words)


def _stopped(path: str) -> Response:
    return _refused(path, 503, "Stopped meanwhile", "The pages were stopped. Send it again.")


def _broken(path: str) -> Response:
    words = "This is our fault, not yours, and it has been noted. Please try again in a while."
    return _refused(path, 500, "Something went wrong", words)
