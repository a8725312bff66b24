"""Every route for programs, in the order in which an address is looked up."""

from __future__ import annotations

from typing import Final

from interfaces.web.api import (
    board,
    evidence,
    giving,
    importing,
    looking,
    meetings,
    reading,
    record,
    reminders,
)

# First what has an address within that of a thing, which would else be taken for its name.
ALL_FOR_PROGRAMS: Final = tuple(
    module.api
    for module in (
        evidence,
        board,
        looking,
        meetings,
        reminders,
        record,
        reading,
        giving,
        importing,
    )
)
