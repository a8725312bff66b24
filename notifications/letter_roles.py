"""In which role a thing comes to its reader, and who leads it besides."""

from __future__ import annotations

from collections.abc import Iterable

from events.refs import quoted
from notifications.directory import Directory
from notifications.letter_item import YOUR_ROLE, Fact, Matter, facts
from notifications.rules import Recipient
from workflow.civil_dates import format_date


def lead_facts(matter: Matter) -> tuple[Fact, ...]:
    """Say in which role the reader is told, and which other roles lead it.

    Whoever is told as one of those above may lead it as well, and is told so among the rest.
    """
    own, roles = matter.told.role, matter.subject.audience.lead_roles
    others = titles((role for role in roles if role != own), matter.directory)
    if own in roles and matter.told.meant_for is not Recipient.LEAD:
        others, label = ("you", *others), "Led by"
    else:
        label = "Led with" if own in roles else "Led by"
    return facts((YOUR_ROLE, own_role(matter)), (label, "; ".join(others)))


def own_role(matter: Matter) -> str | None:
    """Name the role in which the reader is told; for cover with its last day."""
    role = matter.told.role
    if role is None:
        return None
    (title,) = titles([role], matter.directory)
    if not matter.told.is_cover:
        return title
    last = _cover_until(matter, role)
    return f"{title}, as cover{f' until {last}' if last else ''}"


def titles(roles: Iterable[str], directory: Directory) -> tuple[str, ...]:
    """Return the titles of roles."""
    return tuple(
        directory.roles[role].title if role in directory.roles else quoted(role) for role in roles
    )


def _cover_until(matter: Matter, role: str) -> str | None:
    """Return the last day of the reader's cover, where one is set."""
    covers = matter.directory.roles[role].covers if role in matter.directory.roles else ()
    days = [
        cover.last_day_on
        for cover in covers
        if cover.person == matter.told.person and cover.holds_on(matter.desk.day)
    ]
    return format_date(days[0]) if days and days[0] else None
