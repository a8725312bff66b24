"""What keeps people from being told: addresses that were refused, and roles without anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notifications.rules import Occasion
from notifications.subject import Audience, Standpoint, Subject
from projections.projection import Row


def of_address(person: str, refusal: Row | None, now: Standpoint) -> Iterator[Subject]:
    """Yield the day on which a mail server refused somebody's address for good.

    `refusal`: what the read model "reminder_keys" has under their name. Of somebody who has left
    nobody needs an address any more.
    """
    known = now.directory.people.get(person)
    if refusal is None or known is None or known.has_left_by(now.day):
        return
    refused_on = dt.date.fromisoformat(refusal["refused_on"])
    yield Subject(person, refused_on, Occasion.ADDRESS, Audience(()))


def of_vacancy(role: str, now: Standpoint) -> Iterator[Subject]:
    """Yield the first day on which nobody acted in a role, if nobody does on the day.

    Ask for roles that lead something open: of any other nobody needs a holder.
    """
    known = now.directory.roles.get(role)
    since = now.directory.vacant_since(known, now.day) if known else None
    if since is not None:
        yield Subject(role, since, Occasion.VACANCY, Audience((role,)))
