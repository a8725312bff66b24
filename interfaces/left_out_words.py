"""Who was considered and is not told, in words and in JSON: they wait, or cannot be reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from events.refs import quoted
from notifications.fair_start import FAIR_START_DAYS
from notifications.planning import HeldBack, PlanningReport, Untold
from notifications.rules import Addressee, NamedRole, Occasion, Recipient
from notifications.wording import called, joined
from projections.names import Names
from projections.projection import Row
from workflow.civil_dates import format_date

_MOST_NAMED: Final = 6
"""So many things are named in one sentence; of more it is said how many there are."""


def left_out(report: PlanningReport, names: Names) -> Iterator[str]:
    """Yield who waits for another day, who cannot be reached, for what nobody is found, and why.

    Those above wait until the leads had their days; and whoever switched a digest off gets none.
    """
    for person in report.waiting:
        yield f"{names.called(person)} had an email already, and is told on the next working day."
    for person, roles in report.unreachable:
        titles = ", ".join(names.called(role) for role in roles)
        yield f"{names.called(person)} ({titles}) has no address: whoever is next is told instead."
    yield from untold_in_words(report.untold)
    yield from _held_back_in_words(report.held_back, names)
    for one in report.declined:
        kind = "weekly" if one.occasion is Occasion.WEEKLY_DIGEST else "monthly"
        of = f" of {names.called(one.item)}" if kind == "weekly" else ""
        yield f"{names.called(one.person)} has switched the {kind} digest{of} off."


def left_out_as_plain(report: PlanningReport) -> Row:
    """Return the same as plain values."""
    return {
        "waiting": [quoted(person) for person in report.waiting],
        "unreachable": [
            {"person": quoted(person), "roles": [quoted(role) for role in roles]}
            for person, roles in report.unreachable
        ],
        "untold": [
            {
                "ref": quoted(one.item),
                "target_on": one.target_on.isoformat(),
                "rule": one.rule,
                "recipient": _plain_recipient(one.recipient),
            }
            for one in report.untold
        ],
        "held_back": [
            {
                "ref": quoted(one.item),
                "target_on": one.target_on.isoformat(),
                "people": [quoted(person) for person in one.people],
                "until": one.until.isoformat(),
            }
            for one in report.held_back
        ],
        "declined": [
            {
                "person": quoted(one.person),
                "ref": quoted(one.item),
                "digest": one.occasion.value,
            }
            for one in report.declined
        ],
    }


def _held_back_in_words(held_back: Sequence[HeldBack], names: Names) -> Iterator[str]:
    """Yield a sentence for all things of which the same people are told on the same day."""
    together: dict[tuple[tuple[str, ...], dt.date], list[str]] = {}
    for one in held_back:
        together.setdefault((one.people, one.until), []).append(quoted(one.item))
    for (people, until), refs in together.items():
        who = joined(names.called(person) for person in people)
        beyond = len(refs) - _MOST_NAMED
        things = joined([*refs[:_MOST_NAMED], *([f"{beyond} more"] if beyond > 0 else [])])
        yield (
            f"{who} {'is' if len(people) == 1 else 'are'} told of {things} on {format_date(until)},"
            f" and not today: whoever leads {'it' if len(refs) == 1 else 'them'} has"
            f" {FAIR_START_DAYS} working days to answer first."
        )


def _plain_recipient(recipient: Addressee) -> str:
    return recipient.words if isinstance(recipient, NamedRole) else recipient.value


def untold_in_words(untold: Sequence[Untold]) -> Iterator[str]:
    """Yield a sentence for each recipient for whom nobody is found."""
    by_recipient: dict[Addressee, list[str]] = {}
    for one in untold:
        by_recipient.setdefault(one.recipient, []).append(quoted(one.item))
    for recipient, refs in by_recipient.items():
        office = called(recipient)
        place = "" if recipient is Recipient.BUSINESS_MANAGER else " nor the business manager"
        nobody = f"Neither {office}{place}" if place else f"In the office of {office} nobody"
        yield (
            f"{nobody} can be told of {joined(dict.fromkeys(refs))}: appoint somebody, and give"
            " them an email address."
        )
