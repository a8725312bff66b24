"""The sentences of a reminder: why it comes, what is needed, who is told next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from events.directory import Office
from events.refs import category_of
from notifications.audiences import Audiences, Told
from notifications.directory import Directory
from notifications.rules import Occasion, Recipient, Rule
from notifications.subjects import Subject
from workflow.civil_dates import format_date
from workflow.working_days import WorkingDays

RECIPIENTS: Final = {
    Recipient.LEAD: "whoever leads it",
    Recipient.SUBGROUP_CHAIR: "the chair of the subgroup",
    Recipient.BUSINESS_MANAGER: "the business manager",
    Recipient.DELEGATED_PARTNER: "the delegated partners",
    Recipient.EXECUTIVE: "the executive",
    Recipient.SCRUTINEER: "the independent scrutineer",
}

_NEEDED: Final = {
    "not_started": "Start the work and say so, or say what stands in the way.",
    "in_progress": "Say how far the work is. If it is done, say what was done and where the"
    " evidence is.",
    "blocked": "Say whether what stood in the way is gone. If it is not, ask for more time.",
    "on_hold": "It rests, and its target date stands. Resume it, ask for more time, or name a later"
    " day on which to look at it again.",
    "returned": "It came back because something was missing. Add that, then report it done again.",
    "submitted": "It is reported as done. Somebody who does not lead it confirms that, or returns"
    " it with what is missing.",
    "proposed": "Say whether it is accepted, accepted in part or rejected, and why.",
    "accepted": "Start the work and say so, or say what stands in the way.",
    "partly_accepted": "Start the work and say so, or say what stands in the way.",
    "implemented": "It is reported as done. Somebody who does not lead it verifies that, or says"
    " what is missing.",
    "impact_due": "Say what difference it made to children and families, and how that is known.",
}
"""What is needed in each status; every status that can have a date is here."""


def needed(status: str) -> str:
    """Say what has to be done about an item in a status."""
    return _NEEDED[status]


def standing(subject: Subject, day: dt.date, calendar: WorkingDays) -> str:
    """Say how far away the date is, such as "due in 5 working days"."""
    word = "to be reviewed" if subject.occasion is Occasion.REVIEW else "due"
    days = calendar.between(day, subject.target_on)
    if subject.target_on == day:
        return f"{word} today"
    if day >= calendar.overdue_from(subject.target_on):
        late = _counted(-days) if days else "1 day"
        return f"overdue by {late}"
    return f"{word} in {_counted(days)}" if days else f"{word} on {format_date(subject.target_on)}"


def next_steps(
    ahead: Sequence[tuple[dt.date, Rule]],
    reader: Told,
    names: Mapping[Recipient, str] = RECIPIENTS,
) -> str:
    """Say who is told next, and when, if nothing happens; `ahead` are the rules still to come.

    `names`: what each recipient comes to for this item, as `really_told` gives it.
    """
    if not ahead:
        return "Everybody who is told when a date has passed has been told."
    day, rule = ahead[0]
    said = f"If nothing changes, {_are_told(rule.recipients, reader, names)} on {format_date(day)}."
    for later, other in ahead[1:]:
        fresh = [recipient for recipient in other.recipients if recipient not in rule.recipients]
        if fresh:
            return f"{said} After that {_are_told(fresh, reader, names)} on {format_date(later)}."
    return said


def why(told: Told, subject: Subject, rule: Rule | None, directory: Directory) -> str:
    """Say why something comes to this person, as the second half of "You get this because"."""
    role = directory.roles.get(told.role) if told.role else None
    title = role.title if role else "a role"
    acting = f"you {'cover for' if told.is_cover else 'hold'} the role of {title}"
    if told.in_place_of == "":
        return f"{acting}, and no role or subgroup is named for it"
    if told.in_place_of is not None:
        return f"{acting}, and nobody can be told in {_named(told.in_place_of, directory)}"
    if told.meant_for is Recipient.LEAD:
        return f"{acting}{_lead_part(told, subject)}"
    return f"{acting}{_step(rule)}"


def joined(parts: Iterable[str]) -> str:
    """Join words as in a sentence: "a", "a and b", "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def counted(number: int, noun: str) -> str:
    """Count things: "1 action", "2 actions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _lead_part(told: Told, subject: Subject) -> str:
    if told.role in subject.audience.lead_roles:
        return ", which leads it"
    if subject.audience.awaits_confirmation:
        return ", and it waits to be confirmed"
    return ", and it is addressed to your subgroup"


def _step(rule: Rule | None) -> str:
    if rule is None:
        return ""
    days = counted(abs(rule.offset_days), "working day")
    if rule.offset_days < 0:
        return f", which is told {days} before the date"
    return f", which is told {days} after the date" if rule.offset_days else ", told on the date"


def _named(ref: str, directory: Directory) -> str:
    if category_of(ref) == "subgroup":
        subgroup = directory.subgroups.get(ref)
        return f"the subgroup {subgroup.name}" if subgroup else "the subgroup"
    if category_of(ref) == "agency":
        return directory.agencies.get(ref, "the agency")
    role = directory.roles.get(ref)
    return f"the role of {role.title}" if role else "the role"


def really_told(subject: Subject, audiences: Audiences) -> Mapping[Recipient, str]:
    """Name each recipient of a subject by the office to which its reminders come today."""
    named = {}
    for recipient in Recipient:
        told = audiences.told(subject.audience, recipient)
        fell = bool(told) and all(one.in_place_of is not None for one in told)
        named[recipient] = _next_in_line(told[0], audiences) if fell else RECIPIENTS[recipient]
    return named


def _next_in_line(told: Told, audiences: Audiences) -> str:
    role = audiences.directory.roles.get(told.role) if told.role else None
    is_chair = role is not None and role.office is Office.SUBGROUP_CHAIR
    return RECIPIENTS[Recipient.SUBGROUP_CHAIR if is_chair else Recipient.BUSINESS_MANAGER]


def _are_told(
    recipients: Sequence[Recipient], reader: Told, called: Mapping[Recipient, str]
) -> str:
    own = None if reader.in_place_of is not None else reader.meant_for
    others = (called[recipient] for recipient in recipients if recipient is not own)
    names = list(dict.fromkeys(others))
    if own in recipients:
        return f"{joined(['you', *names])} are told{'' if names else ' again'}"
    return f"{joined(names)} {'are' if len(names) > 1 or names[0].endswith('s') else 'is'} told"


def _counted(days: int) -> str:
    return counted(days, "working day")
