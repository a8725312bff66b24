"""Somebody in outline: what of their entry is for whoever reads anything of the partnership.

That is whom one can turn to in which matter: name, agency, roles, and what they may do. Their email
address, what it was before, and which digests they want are for those who have to do with them; the
business manager's are for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from events.directory import (
    DigestSwitchedOff,
    DigestSwitchedOn,
    PersonEmailChanged,
    PersonRegistered,
)
from events.recorded import Recorded
from projections.projection import Row


def outline_of(person: Row) -> Row:
    """Return an entry of the directory in outline."""
    return {**person, "email": None, "digests_off": []}


def outlined(events: Iterable[Recorded]) -> Iterator[Recorded]:
    """Yield what happened to an entry, in outline."""
    for one in events:
        match one.event:
            case PersonRegistered():
                yield one._replace(event=one.event.model_copy(update={"email": None}))
            case PersonEmailChanged() | DigestSwitchedOff() | DigestSwitchedOn():
                pass
            case _:
                yield one
