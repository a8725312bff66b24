"""Who was considered and is not told, in words and in JSON: they wait, or cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.refs import quoted
from notifications.planning import PlanningReport, Untold
from notifications.rules import Addressee, NamedRole, Recipient
from notifications.wording import called, joined
from projections.names import Names
from projections.projection import Row


def left_out(report: PlanningReport, names: Names) -> Iterator[str]:
    """Yield who waits for another day, who cannot be reached, and for what nobody is found."""
    for person in report.waiting:
        yield f"{names.called(person)} had an email already, and is told on the next working day."
    for person, roles in report.unreachable:
        titles = ", ".join(names.called(role) for role in roles)
        yield f"{names.called(person)} ({titles}) has no address: whoever is next is told instead."
    yield from untold_in_words(report.untold)


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
    }


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
