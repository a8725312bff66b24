"""The reminders of a record, in words and in JSON: the newest first, and a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from events.refs import quoted
from interfaces.cli.showing import grid
from interfaces.email_words import Shown, fate_in_words, notes_on
from interfaces.left_out_words import left_out, left_out_as_plain
from notifications.listing import Fate, ListedEmail, ListedItem
from notifications.reasons import not_sent_in_words, rule_in_words
from notifications.wording import counted
from projections.names import Names
from projections.projection import Row
from workflow.civil_dates import format_date


def listing_in_words(shown: Shown) -> Iterator[RenderableType]:
    """Yield the listing."""
    for email in shown.emails:
        yield from _email(email, shown)
    if shown.today is not None:
        found = list(left_out(shown.today, shown.names))
        if found:
            yield Text("Considered today, and not sent", style="bold")
            yield from (Padding(Text(sentence), (0, 0, 0, 2)) for sentence in found)
            yield ""
    yield f"{_count(shown.emails)}, {shown.moment.heading}."


def listing_as_plain(shown: Shown) -> Row:
    """Return the listing as plain values."""
    return {
        "as_at": shown.moment.as_json(),
        "emails": [_plain_email(email, shown) for email in shown.emails],
        "today": left_out_as_plain(shown.today) if shown.today is not None else None,
        "count": len(shown.emails),
    }


def _email(email: ListedEmail, shown: Shown) -> Iterator[RenderableType]:
    name = f"{shown.names.called(email.person)} ({quoted(email.person)})"
    head = f"{format_date(email.on)}  {quoted(email.email)}  {fate_in_words(email.fate)}  {name}"
    yield Text(head, style="bold")
    items = grid()
    for item in email.items:
        items.add_row(quoted(item.item), format_date(item.target_on), *_said(item, shown.names))
    yield Padding(items, (0, 0, 0, 2))
    yield from (Padding(Text(note), (0, 0, 0, 2)) for note in notes_on(email, shown))
    yield ""


def _said(item: ListedItem, names: Names) -> tuple[str, str]:
    role = f"as {'cover for ' * item.is_cover}{names.called(item.role)}" if item.role else ""
    if item.not_said is None:
        return rule_in_words(item.rule), role
    return rule_in_words(item.rule), f"not said: {not_sent_in_words(item.not_said)}"


def _count(emails: tuple[ListedEmail, ...]) -> str:
    if not emails:
        return "No emails"
    ends = Counter(email.fate for email in emails)
    each = ", ".join(f"{ends[fate]} {fate_in_words(fate)}" for fate in Fate if ends[fate])
    return f"{counted(len(emails), 'email')} ({each})"


def _plain_email(email: ListedEmail, shown: Shown) -> Row:
    found = shown.waiting.get(email.email)
    return {
        "ref": quoted(email.email),
        "person": quoted(email.person),
        "name": shown.names.called(email.person),
        "status": email.fate.value,
        "on": email.on.isoformat(),
        "send_on": email.send_on.isoformat(),
        "reason": email.reason,
        "reason_in_words": not_sent_in_words(email.reason) if email.reason is not None else None,
        "attempts": found.attempts if found is not None else email.attempts,
        "last_reply": found.last_reply if found is not None else None,
        "items": [
            {
                "ref": quoted(item.item),
                "target_on": item.target_on.isoformat(),
                "rule": item.rule,
                "role": quoted(item.role) if item.role else None,
                "is_cover": item.is_cover,
                "not_said": item.not_said,
            }
            for item in email.items
        ],
    }
