"""Reminders: what was planned, sent, refused, is uncertain or was not sent, and what is coming."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.email_words import fate_in_words
from interfaces.web.mailings import PREVIEW_DAYS, AskedOf, coming_days, mailings
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.found_or_told import found_or_told
from interfaces.web.seeing.seen import sees_all
from interfaces.web.visit import Visiting
from notifications.listing import Fate
from notifications.reasons import occasion_in_words, rule_in_words

pages: Final = Pages()


@pages.get("/reminders", READER)
def reminders(
    visit: Visiting,
    *,
    person: str = "",
    item: str = "",
    status: str = "",
    since: str = "",
    until: str = "",
    page: int = 1,
) -> Response:
    """List the emails that match, the newest first."""
    asked = AskedOf(person, item, status, since, until)
    found, told = found_or_told(lambda: mailings(visit, asked, page))
    return visit.page(
        "reminders.html",
        status=422 if told else 200,
        told=told,
        asked=asked,
        found=found,
        fates={fate: fate_in_words(fate) for fate in Fate},
    )


@pages.get("/reminders/coming", READER)
def coming(visit: Visiting) -> Response:
    """Show what will be sent over the next days, if nothing changes; nothing is stored."""
    visit.require_present()
    return visit.page(
        "reminders_coming.html",
        days=coming_days(visit).days,
        ahead=PREVIEW_DAYS,
        everybody=sees_all(visit),
        rule_words=rule_in_words,
        occasion_words=occasion_in_words,
    )
