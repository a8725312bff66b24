"""One address, title or name belongs to one current entry: documents and letters go by them."""

from __future__ import annotations

from events.refs import quoted
from workflow.circumstances import Circumstances
from workflow.refusals import Incomplete


def require_free_address(email: str | None, person: str, circumstances: Circumstances) -> None:
    """Check that nobody else of today has an address. Raises `Incomplete`."""
    holder = None if email is None else circumstances.known.holder_of_address(email)
    if holder not in {None, person}:
        message = (
            f"{quoted(str(holder))} has that address already, and letters would reach the wrong"
            " one of the two. Use that entry if it is the same person, or give the address of"
            " this one alone."
        )
        raise Incomplete("email", message)


def require_free_name(field: str, words: str, entry: str, circumstances: Circumstances) -> None:
    """Check that no other current entry of the category goes by a name. Raises `Incomplete`.

    `entry`: the reference of the entry, or the category alone where it is only beginning.
    """
    category = entry.partition("-")[0]
    other = circumstances.known.entry_called(category, words)
    if other not in {None, entry}:
        message = (
            f"{quoted(str(other))} goes by '{words}' already; capitals and spaces do not count."
            f" Use that {category}, or choose words that tell the two apart."
        )
        raise Incomplete(field, message)
