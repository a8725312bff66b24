"""What a page works out of the past: at once, or with a page that says how far it is meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

from interfaces.counting_entries import Tell
from interfaces.web.seeing.seen import for_whom
from interfaces.web.visit import AT, TRUE_ON, Visit

Found = TypeVar("Found")


def worked_out(
    visit: Visit, words: str, asked: Hashable, find: Callable[[Visit, Tell], Found]
) -> Found:
    """Return what is found for a visit. Raises `StillAtWork`, and whatever `find` raises.

    `words` say what is being counted; `asked` is all that it depends on besides the visit. What is
    found is right for who asked at the moment at which it was begun; where the directory changed,
    and with it perhaps what they see, it is begun anew.
    """
    # What is read for a visit is remembered in it, and two threads do not share that. The directory
    # that the digest is of is the one by which it is judged what is theirs to see.
    own = replace(visit)
    at = tuple(visit.request.query_params.get(name) for name in (AT, TRUE_ON))
    piece = (asked, at, own.circumstances.today, own.directory_digest)
    moment = (piece, visit.partnership.log.head().size, for_whom(own))
    return visit.house.at_work.found(
        words, visit.person, piece, moment, lambda tell: find(own, tell)
    )
