"""Actions and recommendations in words: where they come from, their dates, what was done last."""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.refs import category_of, quoted
from events.values import TargetDate
from notifications.letter_item import Matter, Words, facts
from notifications.letter_needed import DECISION, DECISION_OF_OTHERS, needed_of_work
from notifications.letter_roles import lead_facts, titles
from notifications.letter_updates import last_update
from notifications.rules import Occasion, Recipient
from notifications.wording import counted, shortened
from projections.evidence_facts import counted_in_words
from projections.evidence_files import files_counting
from projections.projection import Row
from projections.store import View
from workflow.civil_dates import format_date
from workflow.target_dates import describe

MOST_WORDS: Final = 600
"""So many characters of somebody's words are shown at most; the record has them all."""

_CLAIMED: Final = {"submitted", "implemented"}


def work_in_words(matter: Matter) -> Words:
    """Put the date of an action or a recommendation into words."""
    row = matter.row
    about = facts(
        ("From", source_of(row, matter.view)),
        _date(matter),
        ("First date", _moved(row)),
        ("More time", _asked_for(row)),
    )
    last = facts(
        ("Last update", last_update(row)),
        ("Evidence", _evidence(matter)),
        ("Came back because", row["status_reason"] if row["status"] == "returned" else None),
    )
    needed = needed_of_work(
        row, can_confirm=matter.can_confirm, is_the_readers=matter.is_the_readers
    )
    return Words(
        category_of(matter.subject.item),
        row["text"],
        (*about, *lead_facts(matter), *last),
        needed,
    )


def decision_in_words(matter: Matter) -> Words:
    """Put a request for more time that waits into words, for who decides on it."""
    row = matter.row
    asked = next(one for one in reversed(row["extensions"]) if one["status"] == "open")
    asked_by = matter.directory.people.get(asked["asked_by"])
    name = asked_by.name if asked_by else quoted(asked["asked_by"])
    about = facts(
        ("From", source_of(row, matter.view)),
        ("Target date", _described(row["target"])),
        ("First date", _moved(row)),
        ("Asked for", _described(asked["target"])),
        ("Asked by", f"{name} on {written(asked['asked_on'])}"),
        ("Reason", shortened(asked["reason"], MOST_WORDS)),
        ("Progress so far", shortened(asked["progress"], MOST_WORDS)),
        ("Granted before", _granted(row["extensions_granted"])),
        ("Decided by", None if matter.can_decide else _deciders(matter)),
    )
    words = DECISION if matter.can_decide else DECISION_OF_OTHERS
    return Words("decision", row["text"], (*about, *lead_facts(matter)), words)


def source_of(row: Row, view: View) -> str | None:
    """Say where an action or a recommendation comes from."""
    if row.get("plan"):
        return _of_plan(row, view)
    if row.get("answers"):
        return f"in answer to {', '.join(quoted(ref) for ref in row['answers'])}"
    if row.get("audit"):
        audit = view.get("audits", row["audit"])
        return f"{quoted(row['audit'])}, {audit['title']}" if audit else quoted(row["audit"])
    return row.get("source")


def written(day: str) -> str:
    """Write a stored day as people say it."""
    return format_date(dt.date.fromisoformat(day))


def _of_plan(row: Row, view: View) -> str | None:
    plan = view.get("plans", row["plan"])
    if plan is None:
        return None
    priority = row["priority"]
    if priority is None:
        return str(plan["title"])
    title = plan["priorities"].get(str(priority))
    named = f"priority {priority}: {title}" if title else f"priority {priority}"
    return f"{plan['title']}, {named}"


def _date(matter: Matter) -> tuple[str, str | None]:
    subject, row = matter.subject, matter.row
    on = format_date(subject.target_on)
    is_past = subject.target_on < matter.desk.day
    if subject.occasion is Occasion.IMPACT:
        return "Impact to be shown by", _described(row["impact_target"])
    if subject.occasion is Occasion.TARGET:
        return "Target date", _described(row["target"])
    target = _described(row["target"])
    if row["status"] == "on_hold":
        again = "was to be looked at again" if is_past else "to be looked at again"
        return "Target date", f"{target}; on hold, {again} on {on}"
    return "Target date", f"{target}{'; was to be looked at' if is_past else ', next'} on {on}"


def _moved(row: Row) -> str | None:
    first, now = row["original_target"], row["target"]
    if not row["moves"] or not first or not now:
        return None
    times = {1: "once", 2: "twice"}.get(row["moves"], f"{row['moves']} times")
    said = f"{_described(first)}; moved {times}"
    if not first.get("due") or not now.get("due"):
        return said
    days = (dt.date.fromisoformat(now["due"]) - dt.date.fromisoformat(first["due"])).days
    if days == 0:
        return said
    return f"{said}, {counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'} in all"


def _asked_for(row: Row) -> str | None:
    """Say that more time was asked for: a request does not stop the clock, and people forget."""
    waits = [one for one in row["extensions"] if one["status"] == "open"]
    if not waits:
        return None
    asked_on = written(waits[-1]["asked_on"])
    until = _described(waits[-1]["target"])
    return f"asked for on {asked_on}, until {until}; nobody has decided yet, so the date stands"


def _evidence(matter: Matter) -> str | None:
    """Return the evidence of what is claimed as done, or why there is none."""
    row = matter.row
    if row["status"] not in _CLAIMED:
        return None
    reason = row["no_evidence_reason"]
    files = sum(1 for _ in files_counting(matter.subject.item, matter.view))
    given = [row["evidence"], f"{counted_in_words(files)} on its page" if files else None]
    found = "; ".join(one for one in given if one) or (
        f"none, because: {reason}" if reason else None
    )
    return shortened(found, MOST_WORDS) if found else None


def _deciders(matter: Matter) -> str:
    """Name the roles in which somebody can decide on the request that waits."""
    told = matter.audiences.told(matter.subject.audience, Recipient.DECIDER)
    roles = dict.fromkeys(one.role for one in told if one.role)
    return "; ".join(titles(roles, matter.directory)) or "nobody can be told"


def _granted(times: int) -> str | None:
    if not times:
        return None
    said = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return f"{said}; from the third on the executive decides"


def _described(stored: Row | None) -> str | None:
    return describe(TargetDate.model_validate(stored)) if stored else None
