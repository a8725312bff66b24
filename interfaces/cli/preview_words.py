"""What is coming, in words and in JSON: by day, by person, one line for each thing, and why.

It reads as the emails do: when each date is, how far away it is on the day of the email, and what
the thing is. Only the step of the ladder is said besides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from events.refs import quoted
from interfaces.coming_as_json import days_as_json
from interfaces.left_out_words import untold_in_words
from notifications.letter_standing import standing
from notifications.outbox_standing import Waiting
from notifications.planning import PlannedEmail, PlannedItem, Untold
from notifications.preview import Coming
from notifications.reasons import occasion_in_words, rule_in_words, why_told
from notifications.rules import LADDER
from notifications.subjects_of_digests import DIGESTS
from notifications.wording import counted, joined
from projections.projection import Row
from workflow.civil_dates import WEEKDAYS, format_date
from workflow.working_days import WorkingDays

LONG_DAYS: Final = 31
"""What was due so many days before the first email about it comes as a surprise to many."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is shown: what is coming, what its things are, and the calendar by which days count."""

    coming: Coming
    texts: Mapping[str, str]
    calendar: WorkingDays


def coming_in_words(foreseen: Foreseen) -> Iterator[RenderableType]:
    """Yield the preview: how much there is in all, and then day by day."""
    coming = foreseen.coming
    first, last = format_date(coming.first_on), format_date(coming.last_on)
    yield f"What will be sent from {first} to {last} if nothing changes. Nothing is stored."
    yield _count(coming)
    yield from _long_overdue(coming)
    for report in coming.days:
        if report.emails:
            weekday = WEEKDAYS[report.day.weekday()]
            yield Text(f"\n{weekday} {format_date(report.day)}", style="bold underline")
        for email in report.emails:
            yield from _email(email, foreseen)
    yield from _on_their_way(coming.waiting)
    yield from _nobody(coming)


def coming_as_plain(coming: Coming) -> Row:
    """Return the preview as plain values; days on which nothing is sent are left out."""
    return {
        "from": coming.first_on.isoformat(),
        "to": coming.last_on.isoformat(),
        "days": days_as_json(coming.days, coming.directory),
        "waiting": [
            {"ref": quoted(one.email), "person": quoted(one.person)} for one in coming.waiting
        ],
        "untold": [
            {"ref": quoted(one.item), "target_on": one.target_on.isoformat(), "rule": one.rule}
            for one in _untold(coming)
        ],
        "emails": sum(len(report.emails) for report in coming.days),
    }


def _email(email: PlannedEmail, foreseen: Foreseen) -> Iterator[RenderableType]:
    """Yield the things of an email, those together that come for the same reason at one step."""
    directory = foreseen.coming.directory
    person = directory.people[email.person]
    yield Text(f"  {person.name} <{person.address}>", style="bold")
    lines = [_line(item, email.send_on, foreseen) for item in email.items]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    groups: dict[str, list[str]] = {}
    for item, line in zip(email.items, lines, strict=True):
        why = why_told(item.told, item.subject, directory)
        columns = (f"{words:<{width}}" for words, width in zip(line, widths, strict=False))
        written = "  ".join([*columns, line[3]]).rstrip()
        groups.setdefault(f"{why} ({_step(item.rule)})", []).append(written)
    for why, written_lines in groups.items():
        yield f"    as {why}:"
        yield from (f"      {written}" for written in written_lines)


def _line(item: PlannedItem, day: dt.date, foreseen: Foreseen) -> tuple[str, str, str, str]:
    """Return reference, date, how far it is away on the day of the email, and what it is."""
    subject = item.subject
    away = standing(subject, day, foreseen.calendar)
    if subject.occasion in DIGESTS:
        away = f"digest of the {occasion_in_words(subject.occasion)}"
    on = format_date(subject.target_on)
    return quoted(subject.item), on, away, foreseen.texts.get(subject.item, "")


def _step(rule: str) -> str:
    """Say under which step of the ladder something comes; it may have come to it long ago."""
    words = rule_in_words(rule)
    return f"step: {words} the date" if words.endswith((" before", " after")) else words


def _long_overdue(coming: Coming) -> Iterator[str]:
    """Say that a first email catches up on what was due long ago, before it leaves."""
    first = next((report for report in coming.days if report.emails), None)
    if first is None:
        return
    since = first.day - dt.timedelta(days=LONG_DAYS)
    late = {
        item.subject.item
        for email in first.emails
        for item in email.items
        if item.subject.target_on < since and item.subject.occasion in LADDER
    }
    if late:
        many = "1 thing" if len(late) == 1 else f"{len(late)} things"
        yield (
            f"The emails of {format_date(first.day)} tell of {many} overdue for more than a month."
            " What is done already is best entered before they leave."
        )


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
