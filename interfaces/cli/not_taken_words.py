"""Emails that no server has taken yet: why, and what comes of them by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from events.refs import quoted
from interfaces.instants import format_instant_in
from notifications.outbox_standing import Waiting
from notifications.retrying import GIVE_UP_AFTER
from notifications.wording import counted, joined, shortened
from projections.names import Names
from projections.projection import Row

MOST_NAMED: Final = 10
"""So many people are named in one sentence; of more it is said how many there are."""

_MOST_REPLIES: Final = 3
_MOST_OF_A_REPLY: Final = 120


@dataclass(frozen=True, slots=True)
class PostRoom:
    """Where emails are handed over, as people see it: names, their time, and how mail leaves."""

    names: Names
    zone: ZoneInfo
    transport: str


def not_taken(waiting: Sequence[Waiting], now: dt.datetime) -> tuple[Waiting, ...]:
    """Return the emails that were tried, and are to be tried again at a later moment."""
    return tuple(
        one
        for one in waiting
        if one.next_try_at is not None and one.next_try_at > now and one.state != "uncertain"
    )


def not_left(waiting: Sequence[Waiting], day: dt.date) -> tuple[Waiting, ...]:
    """Return the emails that should have left by a day once somebody tried to send them.

    Where no server is there only the first are tried at all. What another worker has in hand, and
    what may have arrived, is not among them.
    """
    return tuple(one for one in waiting if one.state == "planned" and one.send_on <= day)


def not_taken_in_words(waiting: Sequence[Waiting], at: PostRoom) -> str:
    """Say of emails that were not taken why not, that nothing is lost, and when what happens."""
    is_one = len(waiting) == 1
    server = "the folder" if at.transport == "folder" else "the mail server"
    tries = [one.next_try_at for one in waiting if one.next_try_at is not None]
    begins = f"from {format_instant_in(at.zone, min(tries))} on" if tries else "from now on"
    hours = int(GIVE_UP_AFTER.total_seconds()) // 3_600
    return (
        f"{counted(len(waiting), 'email')}, to {_people(waiting, at.names)},"
        f" {'was' if is_one else 'were'} not taken by {server} yet.{_answer(waiting)} Nothing is"
        f" lost: {begins} {'it is' if is_one else 'they are'} tried again, by 'goldthread worker'"
        " by itself, or whenever somebody runs 'goldthread remind'. What is not taken within"
        f" {hours} hours is planned anew. If it goes on, check [mail] in the configuration."
    )


def not_taken_as_plain(waiting: Sequence[Waiting]) -> list[Row]:
    """Return emails that have yet to leave as plain values."""
    return [
        {
            "ref": quoted(one.email),
            "person": quoted(one.person),
            "send_on": one.send_on.isoformat(),
            "attempts": one.attempts,
            "next_try_at": one.next_try_at.isoformat() if one.next_try_at else None,
            "last_reply": one.last_reply,
        }
        for one in waiting
    ]


def _people(waiting: Sequence[Waiting], names: Names) -> str:
    people = [names.called(person) for person in dict.fromkeys(one.person for one in waiting)]
    beyond = len(people) - MOST_NAMED
    return joined([*people[:MOST_NAMED], *([f"{beyond} more"] if beyond > 0 else [])])


def _answer(waiting: Sequence[Waiting]) -> str:
    replies = list(dict.fromkeys(one.last_reply for one in waiting if one.last_reply))
    said = "; ".join(
        shortened(one, _MOST_OF_A_REPLY).rstrip(".") for one in replies[:_MOST_REPLIES]
    )
    return f" The answer was: {said}." if said else ""
