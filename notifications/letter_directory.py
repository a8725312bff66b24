"""What is amiss in the directory, in words for the business manager."""

from __future__ import annotations

from typing import Final

from notifications.directory import REFUSALS
from notifications.letter_item import Matter, Words, facts
from notifications.letter_needed import ADDRESS, VACANCY
from notifications.letter_roles import own_role, titles
from notifications.wording import shortened
from workflow.civil_dates import format_date

MOST_WORDS: Final = 200
"""So many characters of a server's reply are shown at most."""


def address_in_words(matter: Matter) -> Words:
    """Put it into words that a mail server refused somebody's address for good."""
    person, row = matter.subject.item, matter.row
    acting = (
        role.ref
        for role in matter.directory.roles.values()
        if any(
            one.person == person for one in matter.directory.acting_in(role.ref, matter.desk.day)
        )
    )
    refusal = matter.view.get(REFUSALS, person) or {}
    about = facts(
        ("Address", row["email"]),
        ("Refused on", format_date(matter.subject.target_on)),
        ("The server said", shortened(refusal.get("reply", ""), MOST_WORDS)),
        ("Their roles", "; ".join(titles(acting, matter.directory))),
        ("Your role", own_role(matter)),
    )
    return Words("address", row["name"], about, ADDRESS)


def vacancy_in_words(matter: Matter) -> Words:
    """Put it into words that a role which leads something has nobody."""
    row = matter.row
    subgroup = matter.directory.subgroups.get(row["subgroup"] or "")
    about = facts(
        ("Nobody since", format_date(matter.subject.target_on)),
        ("Subgroup", subgroup.name if subgroup else None),
        ("Agency", matter.directory.agencies.get(row["agency"] or "")),
        ("Your role", own_role(matter)),
    )
    return Words("role", row["title"], about, VACANCY)
