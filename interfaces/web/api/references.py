"""References as programs write them."""

from __future__ import annotations

from events.refs import quoted
from interfaces.web.pages.things import found_ref


def as_quoted(words: str) -> str:
    """Return a reference as it is quoted, `A12`; empty for none. Raises `NothingHere`."""
    return quoted(found_ref(words)) if words else ""
