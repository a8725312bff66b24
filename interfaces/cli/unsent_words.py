"""Emails of the last days that did not go out as they should, in words and in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from events.refs import quoted
from notifications.unsent import Trouble, Unsent
from notifications.wording import counted
from projections.names import Names
from projections.projection import Row

MOST_TOLD: Final = 10
"""So many emails are told of one by one."""


def not_sent(emails: Sequence[Unsent], names: Names) -> Iterator[str]:
    """Yield a sentence for each email that was not sent, with what comes of it, if there are any.

    Of many the last ones are told, since what came before mostly has the same reason.
    """
    if emails:
        should = "it" if len(emails) == 1 else "they"
        many = counted(len(emails), "email")
        yield f"\n{many} of the last days did not go out as {should} should:"
    if len(emails) > MOST_TOLD:
        yield f"  {len(emails) - MOST_TOLD} of before: 'goldthread reminders' lists them."
    for one in emails[-MOST_TOLD:]:
        yield f"  {quoted(one.email)} to {names.called(one.person)} {_trouble(one)}"


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
            return (
                f"was refused for good ({one.reason}). What is still due is told anew once the"
                f" address is right: goldthread person change-email {quoted(one.person)} --email"
                " ADDRESS"
            )
        case Trouble.UNCERTAIN:
            return "may or may not have arrived. It matters only if they say that they lack it."
        case Trouble.NEVER_TAKEN:
            return "was never taken by a mail server. What is still due is planned anew."
