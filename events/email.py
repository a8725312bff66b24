"""Facts about emails: one stream each, so that a scrutineer sees what was told to whom and when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from events.catalogue import Event, Text, event_type
from events.refs import PersonRef, RemindedRef, RoleRef

RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.+-]{0,39}$")]


class EmailKind(StrEnum):
    """What an email is for."""

    REMINDER = "reminder"


class NotSentReason(StrEnum):
    """Why something that had been planned was not sent.

    `settled`: somebody decided, put it right or filled the place meanwhile. `never_taken`: every
    try came to nothing, and no server had refused it for good. `switched_off`: the person chose not
    to get it. `told_anew`: nobody knew whether it had arrived, and somebody chose to have it told
    anew.
    """

    ENDED = "ended"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    SETTLED = "settled"
    NO_ADDRESS = "no_address"
    NEVER_TAKEN = "never_taken"
    SWITCHED_OFF = "switched_off"
    TOLD_ANEW = "told_anew"


class ReminderItem(BaseModel):
    """One thing of which an email reminds.

    Item, target date, rule and person are the unique key of a reminder. `target_on` is the civil
    date on which the item is due, or its review day, or that from which somebody waits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: RemindedRef
    target_on: dt.date
    rule: RuleName
    role: RoleRef | None = None


@event_type("email.planned")
class EmailPlanned(Event):
    """An email to one person was settled for a day; it leaves once.

    `calendar`: the version of the table of bank holidays by which working days were counted.
    """

    person: PersonRef
    send_on: dt.date
    items: tuple[ReminderItem, ...]
    kind: EmailKind = EmailKind.REMINDER
    message_id: Annotated[str, StringConstraints(pattern=r"^<[^<>\s]{1,200}>$")]
    calendar: Annotated[str, StringConstraints(max_length=80)] | None = None


@event_type("email.item_dropped")
class EmailItemDropped(Event):
    """One thing was taken out before the email left: it had ended, moved or been handed over."""

    item: RemindedRef
    target_on: dt.date
    rule: RuleName
    reason: NotSentReason


@event_type("email.cancelled")
class EmailCancelled(Event):
    """An email was not sent: nothing was left to say, nobody to say it to, or no server took it.

    What it would have said may be settled anew.
    """

    reason: NotSentReason


@event_type("email.sent")
class EmailSent(Event):
    """The mail server took the email (or its file was written)."""

    sent_to: Text
    attempt: Annotated[int, Field(ge=1)] = 1


@event_type("email.failed")
class EmailFailed(Event):
    """The mail server refused the email for good."""

    reply: Text
    attempt: Annotated[int, Field(ge=1)] = 1


@event_type("email.uncertain")
class EmailUncertain(Event):
    """Nobody knows whether the email arrived.

    The connection broke after it was handed over, or a backup was restored from before it left.
    """

    reason: Text
    attempt: Annotated[int, Field(ge=1)] = 1
