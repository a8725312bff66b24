"""What is coming, in words and in JSON: by day, by person, one line for each thing, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from events.refs import quoted
from interfaces.cli.left_out_words import untold_in_words
from notifications.directory import Directory
from notifications.outbox_standing import Waiting
from notifications.planning import PlannedEmail, PlannedItem, Untold
from notifications.preview import Coming
from notifications.reasons import occasion_in_words, rule_in_words, why_told
from notifications.wording import counted, joined
from projections.projection import Row
from workflow.civil_dates import WEEKDAYS, format_date


def coming_in_words(coming: Coming) -> Iterator[RenderableType]:
    """Yield the preview, day by day, and a count."""
    first, last = format_date(coming.first_on), format_date(coming.last_on)
    yield f"What will be sent from {first} to {last} if nothing changes. Nothing is stored."
    for report in coming.days:
        if report.emails:
            weekday = WEEKDAYS[report.day.weekday()]
            yield Text(f"\n{weekday} {format_date(report.day)}", style="bold underline")
        for email in report.emails:
            yield from _email(email, coming.directory)
    yield from _on_their_way(coming.waiting)
    yield from _nobody(coming)
    yield f"\n{_count(coming)}"


def coming_as_plain(coming: Coming) -> Row:
    """Return the preview as plain values; days on which nothing is sent are left out."""
    return {
        "from": coming.first_on.isoformat(),
        "to": coming.last_on.isoformat(),
        "days": [
            {
                "on": report.day.isoformat(),
                "emails": [_plain_email(email, coming.directory) for email in report.emails],
            }
            for report in coming.days
            if report.emails
        ],
        "waiting": [
            {"ref": quoted(one.email), "person": quoted(one.person)} for one in coming.waiting
        ],
        "untold": [
            {"ref": quoted(one.item), "target_on": one.target_on.isoformat(), "rule": one.rule}
            for one in _untold(coming)
        ],
        "emails": sum(len(report.emails) for report in coming.days),
    }


def _email(email: PlannedEmail, directory: Directory) -> Iterator[RenderableType]:
    """Yield the things of an email in the order in which it tells them, under why they come."""
    person = directory.people[email.person]
    yield Text(f"  {person.name} <{person.address}>", style="bold")
    lines = [_line(item) for item in email.items]
    widths = [max(len(line[column]) for line in lines) for column in range(2)]
    before = ""
    for item, (ref, date, rule) in zip(email.items, lines, strict=True):
        why = why_told(item.told, item.subject, directory)
        if why != before:
            yield f"    as {why}:"
            before = why
        yield f"      {ref:<{widths[0]}}  {date:<{widths[1]}}  {rule}"


def _line(item: PlannedItem) -> tuple[str, str, str]:
    subject = item.subject
    date = f"{occasion_in_words(subject.occasion)} {format_date(subject.target_on)}"
    return quoted(subject.item), date, rule_in_words(item.rule)


def _on_their_way(waiting: Sequence[Waiting]) -> Iterator[str]:
    if waiting:
        refs = joined(quoted(one.email) for one in waiting)
        told = counted(len(waiting), "email")
        yield f"\n{told} planned before {'is' if len(waiting) == 1 else 'are'} on the way: {refs}."


def _nobody(coming: Coming) -> Iterator[str]:
    unreachable: dict[str, dict[str, None]] = {}
    for report in coming.days:
        for person, roles in report.unreachable:
            unreachable.setdefault(person, {}).update(dict.fromkeys(roles))
    for person, titles in unreachable.items():
        name = coming.directory.people[person].name
        held = ", ".join(coming.directory.roles[role].title for role in titles)
        yield f"\n{name} ({held}) has no address: whoever is next is told instead."
    yield from untold_in_words(_untold(coming))


def _untold(coming: Coming) -> tuple[Untold, ...]:
    """Return what nobody can be told, each once, however many days it stays so."""
    return tuple(dict.fromkeys(one for report in coming.days for one in report.untold))


def _count(coming: Coming) -> str:
    emails = [email for report in coming.days for email in report.emails]
    if not emails:
        return "Nobody will have to be told anything."
    people = len({email.person for email in emails})
    days = len({email.send_on for email in emails})
    met = "1 person" if people == 1 else f"{people} people"
    return f"{counted(len(emails), 'email')} to {met} on {counted(days, 'day')}."


def _plain_email(email: PlannedEmail, directory: Directory) -> Row:
    person = directory.people[email.person]
    return {
        "person": quoted(email.person),
        "name": person.name,
        "address": person.address,
        "items": [_plain_item(item, directory) for item in email.items],
    }


def _plain_item(item: PlannedItem, directory: Directory) -> Row:
    return {
        "ref": quoted(item.subject.item),
        "occasion": item.subject.occasion.value,
        "target_on": item.subject.target_on.isoformat(),
        "rule": item.rule,
        "when": rule_in_words(item.rule),
        "role": quoted(item.told.role) if item.told.role else None,
        "why": why_told(item.told, item.subject, directory),
    }
