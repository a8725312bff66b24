"""Addresses that a mail server refused for good, and that nobody has put right since."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from notifications.directory import REFUSALS, Directory
from projections.store import View


@dataclass(frozen=True, slots=True)
class RefusedAddress:
    """Somebody's address that takes no email, since when, and the server's reply."""

    person: str
    address: str
    refused_on: dt.date
    reply: str


def refused_addresses(view: View, day: dt.date) -> tuple[RefusedAddress, ...]:
    """Return the refused addresses of everybody who has not left by a day, the earliest first."""
    people = Directory.of(view).people
    found = [
        RefusedAddress(ref, address, dt.date.fromisoformat(row["refused_on"]), row["reply"])
        for ref, row in view.under(REFUSALS, "person-").items()
        if ref in people
        and (address := people[ref].address) is not None
        and not people[ref].has_left_by(day)
    ]
    return tuple(sorted(found, key=lambda one: (one.refused_on, one.person)))
