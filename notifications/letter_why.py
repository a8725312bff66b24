"""Why something comes to its reader."""

from __future__ import annotations

from typing import Final

from events.refs import category_of
from notifications.audiences import Told
from notifications.directory import Directory
from notifications.rules import NamedRole, Occasion, Recipient, Rule
from notifications.subject import Subject
from notifications.wording import counted

_OF_THE_DIRECTORY: Final = {
    Occasion.ADDRESS: ", who sees to it that everybody can be told",
    Occasion.VACANCY: ", who sees to it that every role is filled",
}


def why(told: Told, subject: Subject, rule: Rule | None, directory: Directory) -> str:
    """Say why something comes to this person, as the second half of "You get this because"."""
    role = directory.roles.get(told.role) if told.role else None
    title = role.title if role else "a role"
    acting = f"you {'cover for' if told.is_cover else 'hold'} the role of {title}"
    if told.in_place_of == "":
        return f"{acting}{_nobody_named(told)}"
    if told.in_place_of is not None:
        return f"{acting}, and nobody can be told in {_named(told.in_place_of, directory)}"
    if subject.occasion in _OF_THE_DIRECTORY:
        return f"{acting}{_OF_THE_DIRECTORY[subject.occasion]}"
    if told.meant_for is Recipient.LEAD:
        return f"{acting}{_lead_part(told, subject)}"
    if told.meant_for is Recipient.DECIDER:
        return f"{acting}, which can decide on more time for it"
    return f"{acting}{_step(rule, subject.occasion)}"


def _nobody_named(told: Told) -> str:
    if told.meant_for is Recipient.DECIDER:
        return ", and whoever else could decide asked for it, leads it or cannot be told"
    if isinstance(told.meant_for, NamedRole):
        return f", and there is no role called {told.meant_for.words}"
    return ", and no role or subgroup is named for it"


def _lead_part(told: Told, subject: Subject) -> str:
    if told.role in subject.audience.lead_roles:
        return ", which leads it"
    if subject.audience.awaits_confirmation:
        return ", and it waits to be confirmed"
    return ", and it is addressed to your subgroup"


def _step(rule: Rule | None, occasion: Occasion) -> str:
    if rule is None:
        return ""
    date = "the request" if occasion is Occasion.DECISION else "the date"
    days = counted(abs(rule.offset_days), "working day")
    if rule.offset_days < 0:
        return f", which is told {days} before {date}"
    return f", which is told {days} after {date}" if rule.offset_days else f", told on {date}"


def _named(ref: str, directory: Directory) -> str:
    if category_of(ref) == "subgroup":
        subgroup = directory.subgroups.get(ref)
        return f"the subgroup {subgroup.name}" if subgroup else "the subgroup"
    if category_of(ref) == "agency":
        return directory.agencies.get(ref, "the agency")
    role = directory.roles.get(ref)
    return f"the role of {role.title}" if role else "the role"
