"""What a run of reminders did, in words and in JSON: who was told what, and who could not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.refs import quoted
from interfaces.cli.showing import grid
from interfaces.left_out_words import left_out, left_out_as_plain
from notifications.outcome_words import outcome_in_words
from notifications.outcomes import Outcome
from notifications.planning import PlannedEmail, PlannedItem
from notifications.reasons import occasion_in_words, rule_in_words
from notifications.reminding import Reminded
from notifications.wording import counted
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
    if outcomes and outcomes.total():
        yield ""
        ends = (f"Emails {outcome_in_words(end)}: {n}" for end, n in outcomes.items() if n)
        yield f"{'. '.join(ends)}."


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


def _email(ref: str, email: PlannedEmail, names: Names) -> Iterator[RenderableType]:
    address = names.directory[email.person]["email"]
    number = f"  [{quoted(ref)}]" if ref else ""
    yield Text(f"\n{names.called(email.person)} <{address}>{number}", style="bold")
    items = grid()
    for item in email.items:
        due = f"{occasion_in_words(item.subject.occasion)} {format_date(item.subject.target_on)}"
        when = rule_in_words(item.rule)
        items.add_row(quoted(item.subject.item), due, when, _why(item, names))
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
