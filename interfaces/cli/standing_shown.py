"""What `goldthread status` shows: how reminding stands, with the names that go with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from events.reading import Head
from interfaces.erasures_waiting import WaitingErasure
from notifications.refused_addresses import RefusedAddress
from notifications.standing import Standing
from notifications.unsent import Trouble, Unsent
from notifications.wording import joined
from projections.names import Names

MOST_NAMED: Final = 10
"""So many names stand in one sentence; of more it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How reminding stands, and the record and the names that go with it.

    `doubts`: why the record may not be what it was, a sentence each. `erasures`: those that wait
    for a second person.
    """

    standing: Standing
    head: Head
    versions: Mapping[str, int]
    names: Names
    zone: ZoneInfo
    transport: str
    refused: tuple[RefusedAddress, ...] = ()
    doubts: tuple[str, ...] = ()
    erasures: tuple[WaitingErasure, ...] = ()

    @property
    def is_well(self) -> bool:
        """Tell whether people are reminded of all that is due, and the record is not in doubt."""
        return self.standing.is_well and not self.doubts

    @property
    def today(self) -> dt.date:
        """Return the civil day on which it is shown."""
        return self.standing.now.astimezone(self.zone).date()


def in_trouble(found: Standing, trouble: Trouble) -> list[Unsent]:
    """Return the emails of the last days that met with one kind of trouble, and still matter."""
    return [one for one in found.unsent if one.trouble is trouble]


def named(words: Sequence[str]) -> str:
    """Join words as in a sentence; of many the first ones, and how many more there are."""
    if len(words) <= MOST_NAMED:
        return joined(words)
    return joined([*words[:MOST_NAMED], f"{len(words) - MOST_NAMED} more"])
