"""The links in reminders: each opens the form of one item for one person, for 72 hours.

A link is made from the day of its email alone, so that an email that is sent again has the same
bytes. What it lets its bearer do is decided when it is used (`interfaces.web.pages.updating`).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from interfaces.record_files import web_secret
from interfaces.settings import Settings
from interfaces.settings_of_reminders import ReminderSettings
from interfaces.web.tickets import Purpose, Signer, Ticket
from notifications.letter_item import UpdateLink

GOOD_FOR: Final = dt.timedelta(hours=72)
"""How long a link works, from the hour at which the emails of its day leave."""


def update_links(settings: Settings) -> UpdateLink | None:
    """Return what makes the links of reminders; None where no address of pages is configured."""
    address = settings.web.address.rstrip("/")
    if not address:
        return None
    signer, reminders = Signer.of_file(web_secret(settings.files)), settings.reminders

    def link(person: str, item: str, day: dt.date) -> str:
        ticket = Ticket(Purpose.UPDATE, person, item, _until(reminders, day))
        return f"{address}/update/{signer.write(ticket)}"

    return link


def _until(reminders: ReminderSettings, day: dt.date) -> int:
    leaves_at = dt.datetime.combine(day, reminders.at, reminders.zone)
    return int(leaves_at.timestamp() + GOOD_FOR.total_seconds())
