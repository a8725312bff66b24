"""The links in reminders: each opens the form of one item for one person, for three working days.

So a Friday's link still works when its reader is back on Monday, and one from before Easter when
they are back from it. A link is made from the day of its email alone, so that an email that is sent
again has the same bytes. What it lets its bearer do is decided when it is used
(`interfaces.web.pages.updating`).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from interfaces.record_files import web_secret
from interfaces.settings import Settings
from interfaces.web.signing_in.tickets import Purpose, Signer, Ticket
from notifications.letter_item import UpdateLink, UpdateLinks
from workflow.working_days import WorkingDays

GOOD_FOR_DAYS: Final = 3
"""A link works until the end of so many working days after the day of its email.

That is never less than 72 hours, at whatever hour the email leaves.
"""


def update_links(settings: Settings, calendar: WorkingDays) -> UpdateLinks | None:
    """Return what makes the links of reminders; None where no address of pages is configured."""
    address = settings.web.address.rstrip("/")
    if not address:
        return None
    signer, zone = Signer.of_file(web_secret(settings.files)), settings.reminders.zone

    def link(person: str, item: str, day: dt.date) -> UpdateLink:
        last_day_on = calendar.add(day, GOOD_FOR_DAYS)
        ends_at = dt.datetime.combine(last_day_on + dt.timedelta(days=1), dt.time(), zone)
        ticket = Ticket(Purpose.UPDATE, person, item, int(ends_at.timestamp()))
        return UpdateLink(f"{address}/update/{signer.write(ticket)}", last_day_on)

    return link
