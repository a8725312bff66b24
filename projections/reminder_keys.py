"""The read model "reminder_keys": what was planned already, so that nothing is sent twice.

The key of a reminder is its item, target date, rule and person: `reminder_key` writes it. A row
says which email holds it. What was dropped or cancelled before it left frees its key, so that it
can be planned anew if the date moves back, or once a mail server can be reached again; what was
sent or is uncertain keeps it. What was refused for good (failed) keeps it as long as nothing
reaches the person: trying the same address again would bring the same answer.
Rows under an email's own name tell which keys it holds.

A row under a person's name tells that a mail server refused an email to them for good, when, and
with what words, and which emails were refused since. It goes when their address changes, or when a
server takes an email to them; then what was in those emails can be planned anew.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.directory import PersonEmailChanged
from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
)
from events.recorded import Recorded
from projections.civil_days import true_on
from projections.more_time import row_of
from projections.projection import Projection, Rows

REMINDER_KEYS: Final = Projection("reminder_keys", version=3)


def reminder_key(item: str, target_on: dt.date, rule: str, person: str) -> str:
    """Return the unique key of a reminder; no two emails ever hold the same."""
    return f"{item}|{target_on.isoformat()}|{rule}|{person}"


@REMINDER_KEYS.on(EmailPlanned)
def _planned(rows: Rows, event: EmailPlanned, recorded: Recorded) -> None:
    person = event.person
    keys = [reminder_key(one.item, one.target_on, one.rule, person) for one in event.items]
    for key in keys:
        rows.put(key, {"email": recorded.stream})
    rows.add(recorded.stream, {"person": person, "keys": keys})


@REMINDER_KEYS.on(EmailItemDropped)
def _item_dropped(rows: Rows, event: EmailItemDropped, recorded: Recorded) -> None:
    holder = row_of(rows, recorded.stream)
    freed = reminder_key(event.item, event.target_on, event.rule, holder["person"])
    rows.delete(freed)
    keys = [key for key in holder["keys"] if key != freed]
    rows.put(recorded.stream, {**holder, "keys": keys})


@REMINDER_KEYS.on(EmailCancelled)
def _cancelled(rows: Rows, _event: EmailCancelled, recorded: Recorded) -> None:
    _free(rows, recorded.stream)


@REMINDER_KEYS.on(EmailFailed)
def _failed(rows: Rows, event: EmailFailed, recorded: Recorded) -> None:
    person = row_of(rows, recorded.stream)["person"]
    refused = {"refused_on": true_on(recorded), "reply": event.reply, "email": recorded.stream}
    # The first refusal counts: the business manager is told of an address once.
    row = rows.get(person) or {**refused, "emails": []}
    rows.put(person, {**row, "emails": [*row["emails"], recorded.stream]})


@REMINDER_KEYS.on(EmailSent)
def _sent(rows: Rows, _event: EmailSent, recorded: Recorded) -> None:
    _reached_again(rows, row_of(rows, recorded.stream)["person"])


@REMINDER_KEYS.on(PersonEmailChanged)
def _email_changed(rows: Rows, _event: PersonEmailChanged, recorded: Recorded) -> None:
    _reached_again(rows, recorded.stream)


def _reached_again(rows: Rows, person: str) -> None:
    """Forget the refusals of a person's address, and let what was refused be planned anew."""
    row = rows.get(person)
    if row is None:
        return
    for email in row["emails"]:
        _free(rows, email)
    rows.delete(person)


def _free(rows: Rows, email: str) -> None:
    for key in row_of(rows, email)["keys"]:
        rows.delete(key)
    rows.delete(email)
