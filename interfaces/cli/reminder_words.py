"""What a run of reminders did, in words and in JSON: who was told what, and who could not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.refs import quoted
from interfaces.cli.showing import grid
from notifications.delivering import Outcome
from notifications.outcome_words import outcome_in_words
from notifications.planning import PlannedEmail, PlannedItem, PlanningReport, Untold
from notifications.reminding import Reminded
from notifications.rules import Addressee, NamedRole, Recipient
from notifications.unsent import Trouble, Unsent
from notifications.wording import called, counted, joined
from projections.names import Names
from projections.projection import Row
from workflow.civil_dates import format_date

Outcomes = Counter[Outcome] | None
"""How many emails came to which end; None when nothing was to leave."""


def told(reminded: Reminded, outcomes: Outcomes, names: Names) -> Iterator[RenderableType]:
    """Yield what is shown of a run."""
    report, day = reminded.report, format_date(reminded.report.day)
    if not report.is_working_day:
        yield f"{day} is not a working day: nobody is reminded."
    elif not reminded.emails:
        yield f"On {day} nobody has to be told anything new."
    else:
        told_so = "would be" if outcomes is None else "is" if len(reminded.emails) == 1 else "are"
        yield f"On {day}, {counted(len(reminded.emails), 'email')} {told_so} written:"
    for ref, email in reminded.emails:
        yield from _email(ref, email, names)
    yield from left_out(report, names)
    if outcomes:
        yield ""
        yield (
            ". ".join(f"Emails {outcome_in_words(end)}: {count}" for end, count in outcomes.items())
            + "."
        )


def as_plain(reminded: Reminded, outcomes: Outcomes, names: Names) -> Row:
    """Return a run as plain values."""
    report = reminded.report
    return {
        "on": report.day.isoformat(),
        "is_working_day": report.is_working_day,
        "dry_run": outcomes is None,
        "emails": [_plain_email(ref, email, names) for ref, email in reminded.emails],
        **left_out_as_plain(report),
        "outcomes": {end.value: count for end, count in (outcomes or {}).items()},
    }


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


def _email(ref: str, email: PlannedEmail, names: Names) -> Iterator[RenderableType]:
    address = names.directory[email.person]["email"]
    number = f"  [{quoted(ref)}]" if ref else ""
    yield Text(f"\n{names.called(email.person)} <{address}>{number}", style="bold")
    items = grid()
    for item in email.items:
        due = f"{item.subject.occasion} {format_date(item.subject.target_on)}"
        items.add_row(quoted(item.subject.item), due, f"{item.rule}, {_why(item, names)}")
    yield Padding(items, (0, 0, 0, 2))


def _why(item: PlannedItem, names: Names) -> str:
    role = item.told.role
    how = "as cover for" if item.told.is_cover else "as"
    return f"{how} {names.called(role)}" if role else "as the next in line"


def _plain_email(ref: str, email: PlannedEmail, names: Names) -> Row:
    return {
        "ref": quoted(ref) or None,
        "person": quoted(email.person),
        "name": names.called(email.person),
        "address": names.directory[email.person]["email"],
        "send_on": email.send_on.isoformat(),
        "items": [
            {
                "ref": quoted(item.subject.item),
                "occasion": item.subject.occasion.value,
                "target_on": item.subject.target_on.isoformat(),
                "rule": item.rule,
                "role": quoted(item.told.role) if item.told.role else None,
            }
            for item in email.items
        ],
    }
