"""Emails of the last days that did not go out as they should, in words and in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.refs import quoted
from notifications.unsent import Trouble, Unsent
from notifications.wording import counted
from projections.projection import Row


def not_sent(emails: Sequence[Unsent]) -> Iterator[str]:
    """Yield the sentence about emails that were not sent, if there are any."""
    if emails:
        each = ", ".join(f"{quoted(one.email)} ({_trouble(one)})" for one in emails)
        yield f"\n{counted(len(emails), 'email')} could not be sent: {each}."


def as_plain_unsent(emails: Sequence[Unsent]) -> list[Row]:
    """Return the emails that were not sent as plain values."""
    return [
        {
            "ref": quoted(one.email),
            "person": quoted(one.person),
            "outcome": one.trouble.value,
            "reason": one.reason,
            "settled_on": one.settled_on.isoformat(),
        }
        for one in emails
    ]


def _trouble(one: Unsent) -> str:
    match one.trouble:
        case Trouble.FAILED:
            return f"refused: {one.reason}"
        case Trouble.UNCERTAIN:
            return "outcome uncertain"
        case Trouble.NEVER_TAKEN:
            return "no mail server took it; planned anew"
