"""Why somebody is told of something, under which rule, or why it was not said: in plain words.

They are said of somebody, to whoever looks after the reminders; the words of an email, which are
said to its reader, are in `wording`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from events.email import NotSentReason
from events.refs import quoted
from notifications.audiences import Told
from notifications.directory import Directory
from notifications.rules import LADDER, Occasion, Recipient
from notifications.subject import Subject
from notifications.wording import counted
from workflow.civil_dates import format_date

_STEP: Final = re.compile(r"(?:.*-)?(before|after)-([0-9]+)")

_NAMED: Final = {
    "on-day": "on the day",
    "address-refused": "once, when the address was refused",
    "role-vacant": "once, when nobody was left in it",
    "weekly-digest": "weekly digest",
    "monthly-digest": "monthly digest",
}

_OCCASIONS: Final = {
    "target": "due",
    "review": "to be reviewed",
    "impact": "impact due",
    "re_audit": "re-audit due",
    "clock": "runs out",
    "decision": "more time asked for on",
    "address": "address refused on",
    "vacancy": "nobody since",
    "weekly_digest": "week before",
    "monthly_digest": "month before",
}


def rule_in_words(name: str) -> str:
    """Say when a rule tells, from its name: "5 working days before", "on the day".

    Rules are named after their day as a rule; another name is shown as it is.
    """
    if name in _NAMED:
        return _NAMED[name]
    found = _STEP.fullmatch(name)
    if found is not None:
        return f"{counted(int(found[2]), 'working day')} {found[1]}"
    return "on the day" if name.endswith("-on-day") else name


def why_reminded(name: str, target_on: dt.date) -> str:
    """Say why a rule told of a date: "5 working days before 31 March 2025"."""
    words, on = rule_in_words(name), format_date(target_on)
    if words.endswith((" before", " after")):
        return f"{words} {on}"
    return words if words in _NAMED.values() and words != _NAMED["on-day"] else f"{words}, {on}"


def occasion_in_words(occasion: Occasion) -> str:
    """Say what falls on a date, before the date itself: "due", "to be reviewed"."""
    return _OCCASIONS.get(occasion.value, occasion.value.replace("_", " "))


def why_told(told: Told, subject: Subject, directory: Directory) -> str:
    """Say in which role somebody is told, and why: "Chair of Practice, which leads it"."""
    role = directory.roles.get(told.role) if told.role else None
    title = role.title if role else "next in line"
    acting = f"cover for {title}" if told.is_cover else title
    return f"{acting}{_because(told, subject, directory)}"


def not_sent_in_words(reason: str) -> str:
    """Say why something that had been planned was not said; a reason of a server as it is."""
    try:
        known = NotSentReason(reason)
    except ValueError:
        return reason
    return _not_sent(known)


def _not_sent(reason: NotSentReason) -> str:
    match reason:
        case NotSentReason.ENDED:
            return "it had ended before the email left"
        case NotSentReason.MOVED:
            return "its date had moved before the email left"
        case NotSentReason.HANDED_OVER:
            return "it had been handed over before the email left"
        case NotSentReason.SETTLED:
            return "it had been settled before the email left"
        case NotSentReason.NO_ADDRESS:
            return "there was no address to send it to"
        case NotSentReason.NEVER_TAKEN:
            return "no mail server took it; it is planned anew"
        case NotSentReason.SWITCHED_OFF:
            return "they had switched it off before the email left"
        case NotSentReason.TOLD_ANEW:
            return "nobody knew whether it had arrived, and it is told anew"


def _because(told: Told, subject: Subject, directory: Directory) -> str:
    audience = subject.audience
    if told.in_place_of == "":
        return ", since nobody else is named who can be told"
    if told.in_place_of is not None:
        return f", since nobody can be told in {place_called(told.in_place_of, directory)}"
    if told.meant_for is Recipient.DECIDER:
        return ", which can decide on it"
    if subject.occasion not in LADDER | {Occasion.CLOCK}:
        return ""
    if told.meant_for is not Recipient.LEAD:
        return ""
    if audience.awaits_confirmation:
        return ", since it waits to be confirmed"
    return ", which leads it" if told.role in audience.lead_roles else ", to whom it is addressed"


def place_called(ref: str, directory: Directory) -> str:
    """Return what people call a role, subgroup or agency of a directory."""
    if ref in directory.roles:
        return directory.roles[ref].title
    if ref in directory.subgroups:
        return directory.subgroups[ref].name
    return directory.agencies.get(ref, quoted(ref))
