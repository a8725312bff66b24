"""Letters to write in tests, and ways to read them as a mail program does."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

from notifications.letter_digest import DigestSection, line_of
from notifications.letter_item import Answer, Fact, LetterItem, Section
from notifications.letters import Letter, Letterhead, RecordMark
from notifications.rules import Occasion

DAY = dt.date(2024, 12, 2)
HEAD = Letterhead("Example Partnership", "remind@example.org")
ITEM = LetterItem(
    item="action-12",
    kind="action",
    ref="A12",
    section=Section.SOON,
    occasion=Occasion.TARGET,
    target_on=dt.date(2024, 12, 9),
    standing="due in 5 working days",
    text="Share the pathway with every school",
    facts=(
        Fact("From", "Plan for 2024, priority 1: Everybody knows the pathway"),
        Fact("Target date", "9.12.24 (due 9 December 2024)"),
        Fact("First date", "30.9.24 (due 30 September 2024); moved once, 70 days later in all"),
        Fact("Your role", "Lead for practice"),
        Fact("Led with", "Lead for training"),
        Fact("Last update", "15 November 2024: Half of the schools have it."),
        Fact("Still needed", "Say how far the work is."),
        Fact("What happens next", "If nothing changes, you are told again on 10 December 2024."),
    ),
    why="you hold the role of Lead for practice, which leads it",
    answer=Answer.WORK,
)
DIGEST = DigestSection(
    item="subgroup-1",
    title="What moved in the Practice subgroup",
    period="the week of 25 November 2024",
    paragraphs=(
        ("Done", (line_of("A3 was confirmed."), line_of("A4 was reported as done."))),
        ("Late", (line_of("A5"),)),
    ),
    switch_off=line_of("Reply with “no weekly digest” to get it no more."),
)


def a_letter(*items: LetterItem, name: str = "Person 1", **fields: Any) -> Letter:  # noqa: ANN401 - any field
    """Make a letter about some items, or about one."""
    letter = Letter(
        "<gt-4f2a@example.org>",
        name,
        "person1@example.org",
        items or (ITEM,),
        DAY,
        dt.datetime(2024, 12, 2, 8, 0, tzinfo=dt.UTC),
        RecordMark(29, "Record 29 · a360 41a5 a1da ab8e"),
        "manager@example.org",
    )
    return replace(letter, **fields)


def changed(**fields: Any) -> LetterItem:  # noqa: ANN401 - any field
    """Make an item that differs in some fields."""
    return replace(ITEM, **fields)


def overdue(**fields: Any) -> LetterItem:  # noqa: ANN401 - any field
    """Make an item whose date has passed."""
    late: dict[str, Any] = {
        "section": Section.OVERDUE,
        "target_on": dt.date(2024, 11, 29),
        "standing": "overdue by 1 working day",
    }
    return changed(**(late | fields))


def read(message: EmailMessage | bytes) -> EmailMessage:
    """Read a message as a mail program does, from its bytes."""
    found = email.message_from_bytes(bytes(message), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def part(message: EmailMessage, kind: str) -> str:
    """Return the text ("plain") or the page ("html") of a message."""
    body = message.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content
