"""What comes with the form behind a reminder's link, read as far as the link is worth it.

Nobody signs in here, so the link is looked at before anything is read: files are taken behind one
that can still be used, words alone behind one that is over, and of what has no link of ours no more
is listened to than of any form.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from enum import Enum, auto
from typing import Annotated, Final

from fastapi import Depends, Request

from interfaces.web.by_link.link_desk import LinkDesk, desk_behind
from interfaces.web.files.file_paths import MOST_BODY_BYTES
from interfaces.web.files.sent_files import Sent, with_files, without_files
from interfaces.web.pages.signing_in import network_of
from interfaces.web.signing_in.tickets import Purpose, fingerprint
from interfaces.web.visit import Visit, Visiting

_OF_A_NETWORK: Final = (60, 15 * 60)
_BY_A_LINK: Final = (10, 15 * 60)
"""So often within so many seconds a form is sent; more often than anybody mends what is wrong."""


class Worth(Enum):
    """What is read of a form."""

    FILES = auto()
    WORDS = auto()
    HARDLY_ANYTHING = auto()


def _desk(visit: Visiting, letters: str) -> LinkDesk | None:
    """Return what a link is good for, before anything that came with it is read."""
    return desk_behind(visit, letters)


Behind = Annotated[LinkDesk | None, Depends(_desk)]
"""A parameter of a route: what a link is good for."""


def _worth(visit: Visiting, letters: str, desk: Behind) -> Worth:
    """Tell what is read of a form. Raises `TooOften`."""
    visit.house.pace.take(f"updates from {network_of(visit)}", *_OF_A_NETWORK)
    if not _is_ours(visit, letters):
        return Worth.HARDLY_ANYTHING
    visit.house.pace.take(f"updates by {fingerprint(letters)}", *_BY_A_LINK)
    return Worth.WORDS if desk is None or desk.recorded else Worth.FILES


def _is_ours(visit: Visit, letters: str) -> bool:
    return visit.house.signer.read(letters, Purpose.UPDATE) is not None


async def _sent(
    request: Request, letters: str, worth: Annotated[Worth, Depends(_worth)]
) -> AsyncIterator[Sent]:
    """Read the form. Raises `Unreadable`, `TooLarge`, `Busy`."""
    match worth:
        case Worth.FILES:
            async with with_files(request, f"link {fingerprint(letters)}") as sent:
                yield sent
        case Worth.WORDS:
            yield await without_files(request)
        case Worth.HARDLY_ANYTHING:
            yield await without_files(request, MOST_BODY_BYTES)


SentByLink = Annotated[Sent, Depends(_sent)]
"""A parameter of a route: what came with a form, of which files are read as described above."""
