"""What programs are answered about reminders, as the description tells it."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, Field

from interfaces.web.api.answers import AsAt
from notifications.listing import Fate
from notifications.rules import Occasion


class Reminded(BaseModel):
    """One thing of an email. `not_said`: why it was taken out before the email left."""

    ref: str
    target_on: dt.date
    rule: str
    role: str | None
    not_said: str | None


class Reminder(BaseModel):
    """An email, to whom, and what became of it on a day. `notes`: reasons, tries, replies."""

    ref: str
    person: str
    name: str
    status: Fate
    on: dt.date
    notes: list[str]
    items: list[Reminded]


class Reminders(AsAt):
    """A page of emails, the newest first; `counts`: of all that match, whatever their status.

    `everybody`: not only one's own. `left_out`: who was considered today, and is not written to.
    """

    everybody: bool
    emails: list[Reminder]
    counts: dict[Fate, int]
    left_out: list[str]
    page: int
    pages: int


class ToBeTold(BaseModel):
    """One thing of an email to come. `when`: the rule in words; `why`: it goes to this person."""

    ref: str
    occasion: Occasion
    target_on: dt.date
    rule: str
    when: str
    role: str | None
    why: str


class EmailToCome(BaseModel):
    """An email to come."""

    person: str
    name: str
    address: str | None
    items: list[ToBeTold]


class DayToCome(BaseModel):
    """What a working day will bring."""

    on: dt.date
    emails: list[EmailToCome]


class Coming(AsAt):
    """What will be sent on which day, if nothing changes; `everybody`: not only to oneself."""

    everybody: bool
    since: dt.date = Field(serialization_alias="from")
    until: dt.date = Field(serialization_alias="to")
    days: list[DayToCome]
