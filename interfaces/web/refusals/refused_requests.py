"""Why a request is not answered with what it asked for."""

from __future__ import annotations

from typing import Final

from interfaces.web.files.file_paths import MOST_BODY_BYTES

BUSY_SECONDS: Final = 60
"""So long whoever found no room waits before they try again."""


class NotSignedIn(Exception):
    """Whoever asks has to sign in first."""


class NothingHere(Exception):
    """There is no such page, or it is not theirs to see: the answer is the same."""


class NotSound(Exception):
    """The record, or a file beside it, is not as it should be, so that nothing is handed out."""


class Unreadable(ValueError):
    """A form holds what is no text, which no browser sends."""

    def __init__(self) -> None:
        super().__init__("Something in the form is not text, so nothing was recorded.")


class TooOften(Exception):
    """Somebody asked for the same thing too often; `wait_seconds` later they may again."""

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(f"too often; again in {wait_seconds} seconds")


class Busy(Exception):
    """Too much is being handed in by others just now; nothing was stored of it."""


class TooLarge(Exception):
    """More was sent than any form of ours holds: `most_bytes` at that address.

    `is_unread`: nothing of it was read yet.
    """

    def __init__(self, most_bytes: int = MOST_BODY_BYTES, *, is_unread: bool = False) -> None:
        self.most_bytes, self.is_unread = most_bytes, is_unread
        super().__init__(f"more than {most_bytes} bytes")


class TooSlow(Exception):
    """What was being sent did not go on."""


class UnguardedRoute(RuntimeError):
    """A route says not who may use it, so nothing is served at all."""

    def __init__(self, path: str) -> None:
        super().__init__(f"the route {path} declares no policy; nothing is served")
