"""Audits that are to be looked at again, and their clocks, in words."""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.audit import AuditKind
from events.audit_clock import Authority, StartEvent, Unit
from events.refs import quoted
from events.values import TargetDate
from notifications.letter_item import Matter, Words, facts
from notifications.letter_needed import IMPACT_OF_AUDIT, RE_AUDIT, needed_of_clock
from notifications.letter_roles import lead_facts
from notifications.rules import Occasion
from projections.projection import Row
from projections.sentences_of_clocks import AUTHORITIES, STARTS, period
from workflow.civil_dates import format_date
from workflow.target_dates import describe

_KINDS: Final = {
    AuditKind.AUDIT: "an audit",
    AuditKind.INSPECTION: "an inspection",
    AuditKind.RAPID_REVIEW: "a rapid review",
    AuditKind.PRACTICE_REVIEW: "a practice review",
    AuditKind.QUALITY_ASSURANCE_VISIT: "a quality-assurance visit",
    AuditKind.SELF_ASSESSMENT: "a self-assessment",
}


def audit_in_words(matter: Matter) -> Words:
    """Put the day of a re-audit, or of a look at an audit's impact, into words."""
    row = matter.row
    again = matter.subject.occasion is Occasion.RE_AUDIT
    closed_on = row["reached"].get("closed")
    about = facts(
        ("From", f"{quoted(matter.subject.item)}, {_KINDS[AuditKind(row['kind'])]}"),
        ("Look again by" if again else "Impact to be shown by", _described(row, again=again)),
    )
    last = facts(("Last update", f"{_written(closed_on)}: closed." if closed_on else "none yet"))
    return Words(
        "re-audit" if again else "impact review",
        row["title"],
        (*about, *lead_facts(matter), *last),
        RE_AUDIT if again else IMPACT_OF_AUDIT,
    )


def clock_in_words(matter: Matter) -> Words:
    """Put the day on which a clock runs out into words; never call statutory what is not."""
    audit, number = matter.subject.item.split("/clock-")
    clock = matter.row["clocks"][number]
    length = period(clock["length"], Unit(clock["unit"]))
    began = f"{_written(clock['started_on'])}, when {STARTS[StartEvent(clock['starts_on'])]}"
    authority = AUTHORITIES[Authority(clock["authority"])]
    is_over = matter.desk.day > matter.subject.target_on
    last_day = f"{'which was ' if is_over else ''}the last day to be in time"
    about = facts(
        ("From", f"{quoted(audit)}, {matter.row['title']}"),
        (
            "Ran out on" if is_over else "Runs out on",
            f"{format_date(matter.subject.target_on)}, {last_day}",
        ),
        ("Counted", f"{length} from {began}"),
        ("Set by", f"{clock['source']} ({authority})"),
    )
    last = facts(("Last update", "none yet: nobody has said that it was done"))
    needed = needed_of_clock(is_over=is_over, is_the_readers=matter.is_the_readers)
    return Words("deadline", clock["title"], (*about, *lead_facts(matter), *last), needed)


def _described(row: Row, *, again: bool) -> str:
    stored = row["re_audit"] if again else row["impact_review"]
    return describe(TargetDate.model_validate(stored))


def _written(day: str) -> str:
    return format_date(dt.date.fromisoformat(day))
