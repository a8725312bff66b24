"""What a reminder says about each thing, gathered from the read models and put into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from events.refs import category_of, quoted
from events.values import TargetDate
from notifications.audiences import Audiences
from notifications.directory import Directory
from notifications.ladder import Ladder
from notifications.looking import Looked, StillDue
from notifications.rules import Occasion, Rule
from notifications.subjects import row_of
from notifications.wording import counted, needed, next_steps, really_told, standing, why
from projections.projection import MissingRow, Row
from projections.store import View
from workflow.civil_dates import format_date
from workflow.target_dates import describe
from workflow.working_days import WorkingDays

SOON_DAYS = 5
"""Working days before its date from which something is due soon rather than upcoming."""


class Section(StrEnum):
    """The part of the email in which something stands; the most urgent comes first."""

    OVERDUE = "Overdue"
    SOON = "Due soon"
    UPCOMING = "Upcoming"


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One thing in the email, in words. What does not apply is None or empty.

    `co_leads` are the lead roles besides the reader's own; `is_lead` tells whether theirs is one.
    """

    item: str
    kind: str
    ref: str
    section: Section
    occasion: Occasion
    target_on: dt.date
    text: str
    source: str | None
    date: str
    standing: str
    moved: str | None
    role: str
    is_lead: bool
    co_leads: tuple[str, ...]
    last_update: str
    needed: str
    next_steps: str
    why: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the words depend on besides the read models. `web_address`: where pages are, if any."""

    rules: tuple[Rule, ...]
    day: dt.date
    calendar: WorkingDays
    web_address: str | None = None


def letter_items(looked: Looked, view: View, desk: Desk) -> tuple[LetterItem, ...]:
    """Put everything of which an email reminds into words, the most urgent first."""
    ladder = Ladder(desk.rules, desk.day, desk.calendar)
    return tuple(_letter_item(still, view, looked.audiences, ladder, desk) for still in looked.due)


def _letter_item(
    still: StillDue, view: View, audiences: Audiences, ladder: Ladder, desk: Desk
) -> LetterItem:
    subject, ref, directory = still.subject, still.subject.item, audiences.directory
    row = row_of(view, ref)
    if row is None:
        raise MissingRow(ref)
    rule = next((rule for rule in desk.rules if rule.name == still.item.rule), None)
    last_update_on = row["last_update_on"]
    return LetterItem(
        item=ref,
        kind=category_of(ref),
        ref=quoted(ref),
        section=_section(subject.target_on, desk),
        occasion=subject.occasion,
        target_on=subject.target_on,
        text=row["text"],
        source=_source(row, view),
        date=_date(still, row),
        standing=standing(subject, desk.day, desk.calendar),
        moved=_moved(row),
        role=_titles([still.told.role], directory)[0] if still.told.role else "",
        is_lead=still.told.role in subject.audience.lead_roles,
        co_leads=_co_leads(still, directory),
        last_update=_written(last_update_on) if last_update_on else "none yet",
        needed=needed(row["status"]),
        next_steps=next_steps(ladder.ahead(subject), still.told, really_told(subject, audiences)),
        why=why(still.told, subject, rule, directory),
        link=f"{desk.web_address.rstrip('/')}/{ref}" if desk.web_address else None,
    )


def _section(target_on: dt.date, desk: Desk) -> Section:
    if desk.day >= desk.calendar.overdue_from(target_on):
        return Section.OVERDUE
    near = desk.calendar.between(desk.day, target_on) <= SOON_DAYS
    return Section.SOON if near else Section.UPCOMING


def _source(row: Row, view: View) -> str | None:
    if row.get("plan"):
        return _of_plan(row, view)
    if row.get("answers"):
        return f"in answer to {', '.join(quoted(ref) for ref in row['answers'])}"
    if row.get("audit"):
        audit = view.get("audits", row["audit"])
        return f"{quoted(row['audit'])}, {audit['title']}" if audit else quoted(row["audit"])
    return row.get("source")


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


def _date(still: StillDue, row: Row) -> str:
    subject = still.subject
    on = format_date(subject.target_on)
    if subject.occasion is Occasion.IMPACT:
        return f"impact to be shown by {describe(_target(row['impact_target']))}"
    if subject.occasion is Occasion.TARGET:
        return describe(_target(row["target"]))
    if row["status"] == "on_hold":
        return f"on hold, to be looked at again on {on}"
    return f"{describe(_target(row['target']))}, next on {on}"


def _moved(row: Row) -> str | None:
    first, now = row["original_target"], row["target"]
    if not row["moves"] or not first or not now:
        return None
    times = {1: "once", 2: "twice"}.get(row["moves"], f"{row['moves']} times")
    said = f"first {describe(_target(first))}; moved {times}"
    if not first.get("due") or not now.get("due"):
        return said
    days = (dt.date.fromisoformat(now["due"]) - dt.date.fromisoformat(first["due"])).days
    if days == 0:
        return said
    return f"{said}, {counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'} in all"


def _co_leads(still: StillDue, directory: Directory) -> tuple[str, ...]:
    roles = still.subject.audience.lead_roles
    return _titles([role for role in roles if role != still.told.role], directory)


def _titles(roles: Sequence[str], directory: Directory) -> tuple[str, ...]:
    return tuple(
        directory.roles[role].title if role in directory.roles else quoted(role) for role in roles
    )


def _target(stored: Row) -> TargetDate:
    return TargetDate.model_validate(stored)


def _written(day: str) -> str:
    return format_date(dt.date.fromisoformat(day))
