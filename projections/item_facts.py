"""What is known of one thing beside its line on the board, each fact with a label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from events.audit import AuditStage
from events.refs import quoted
from events.values import TargetDate
from projections.clock_facts import summary_of_clock
from projections.former import CLAIMS
from projections.names import Names
from projections.projection import Row
from projections.role_rows import role_facts
from projections.store import View
from workflow.action_state import ActionStatus
from workflow.circumstances import Tenure
from workflow.civil_dates import format_date
from workflow.clock_state import clock_ref
from workflow.recommendation_state import RecommendationStatus
from workflow.role_tenures import describe_time
from workflow.target_dates import describe


class Fact(NamedTuple):
    """Something known: what it is called, and what it is. One label may come several times."""

    label: str
    value: str


_TEXTS: Final = {
    "source": "Source",
    "success_measure": "How success will be known",
    "status_reason": "Why it stands so",
    "stage_reason": "Why it stands so",
    "what_we_did": "What we did",
    "evidence": "Evidence",
    "no_evidence_reason": "Why there is no evidence",
    "difference_made": "The difference that it made",
    "impact_evidence": "Evidence of impact",
    "terms_of_reference": "Terms of reference",
    "key_lines_of_enquiry": "Key lines of enquiry",
    "sample": "Sample",
    "no_re_audit_reason": "Why no re-audit is needed",
    "follow_up": "What the look afterwards showed",
    "reason": "Why it stands so",
    "no_recommendation_reason": "Why it needs no recommendation",
    "closed_reason": "Why it was closed",
    "name": "Name",
    "email": "Email address",
    "sector": "Sector",
}
_REFS: Final = {
    "audit": "Audit",
    "findings": "Findings",
    "addressed_to": "Addressed to",
    "lead_roles": "Led by",
    "lead_role": "Led by",
    "subgroup": "Subgroup",
    "agency": "Agency",
    "agencies": "Agencies",
    "chair_role": "Chaired by",
    "decided_by": "Decided by",
    "confirmed_by": "Confirmed by",
    "verified_by": "Verified by",
    "risk_accepted_by": "Risk accepted by",
    "superseded_by": "Superseded by",
    "followed_up_by": "Followed up by",
    "answers": "Answers",
    "actions": "Answered by",
    "recommendations": "Recommendations",
    "plan": "Plan",
}
_DAYS: Final = {
    "created_on": "Created on",
    "proposed_on": "Made on",
    "started_on": "Started on",
    "completed_on": "Completed on",
    "review_on": "Looked at again on",
    "adopted_on": "Taken up on",
    "from_on": "From",
    "until_on": "Until",
    "closed_on": "Closed on",
    "last_day_on": "Last day",
    "send_on": "To be sent on",
    "settled_on": "Settled on",
    "followed_up_on": "Followed up on",
}
_TARGETS: Final = {
    "impact_target": "Impact to be shown by",
    "re_audit": "To be audited again by",
    "impact_review": "Impact to be looked at by",
    "fieldwork_by": "Fieldwork by",
}


def about_item(_view: View, _ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of an action or a recommendation."""
    yield from _plain(row, names)
    yield from _themes(row)
    yield from _former(row)
    yield from _reached(row, ActionStatus if "lead_roles" in row else RecommendationStatus)
    if row["override"] is not None:
        yield _override(row["override"], names)


def about_audit(view: View, ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of an audit, and how often its themes came up before."""
    yield Fact("Kind", row["kind"].replace("_", " "))
    # The findings are told by the golden thread.
    yield from _plain({**row, "findings": ()}, names)
    for theme in row["themes"]:
        yield Fact("Theme", _often(view, theme))
    for number, clock in row["clocks"].items():
        yield Fact(f"Clock {quoted(clock_ref(ref, int(number)))}", summary_of_clock(clock))
    yield from _reached(row, AuditStage)


def about_finding(_view: View, _ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a finding."""
    yield Fact("Kind", row["kind"].replace("_", " "))
    yield from _plain(row, names)


def about_plan(view: View, ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a plan: its priorities, its actions, the documents read into it."""
    yield from _plain(row, names)
    actions = sum(action["plan"] == ref for action in view.all("actions").values())
    yield Fact("Actions", str(actions))
    for number in sorted(row["priorities"], key=int):
        yield Fact(f"Priority {number}", row["priorities"][number])
    for document in row["documents"]:
        day = format_date(dt.date.fromisoformat(document["imported_on"]))
        told = f"{document['name']}, {document['rows']} rows, read on {day}"
        yield Fact("Document", f"{told} (SHA-256 {document['sha256']})")


def about_person(_view: View, ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a person: the roles they ever held, and what they may do."""
    yield from _plain(row, names)
    for role in row["roles"]:
        facts = role_facts(role, names.directory[role])
        for label, times in (("Holds or held", facts.tenures), ("Covers", facts.covers)):
            for time in times:
                if time.person == ref:
                    yield Fact(label, f"{names.called(role)}, {describe_time(time)}")
    for grant in row["grants"]:
        over = grant["subgroup"] or grant["agency"]
        scope = f" over {names.called(over)}" if over else ""
        yield Fact("Access", grant["access"].replace("_", " ") + scope)


def about_agency(_view: View, ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of an agency, and its roles."""
    yield from _plain(row, names)
    yield from _roles(names, "agency", ref)


def about_subgroup(_view: View, ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a subgroup, and its roles."""
    yield from _plain(row, names)
    yield from _roles(names, "subgroup", ref)


def about_role(_view: View, ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a role: its spellings, its holders and their cover."""
    yield Fact("Office", row["office"].replace("_", " "))
    yield from _plain(row, names)
    for number in sorted(row["aliases"], key=int):
        yield Fact(f"Spelling {number}", row["aliases"][number])
    facts = role_facts(ref, row)
    yield from _times("Holder", facts.tenures, names)
    yield from _times("Cover", facts.covers, names)


def about_email(_view: View, _ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of an email: to whom, about what, and what became of it."""
    yield Fact("To", names.called(row["person"]))
    yield from _plain(row, names)
    for label, items in (("About", row["items"]), ("Taken out before it left", row["dropped"])):
        for item in items:
            day = format_date(dt.date.fromisoformat(item["target_on"]))
            yield Fact(label, f"{quoted(item['item'])}, due {day}, rule {item['rule']}")
    yield Fact("Message-ID", row["message_id"])


def _plain(row: Row, names: Names) -> Iterator[Fact]:
    """Yield the fields that are shown as they are, in the order of the tables above."""
    for field, label in _REFS.items():
        refs = row.get(field)
        for ref in [refs] if isinstance(refs, str) else refs or ():
            yield Fact(label, names.called(ref))
    for field, label in _TEXTS.items():
        if row.get(field):
            yield Fact(label, row[field])
    for field, label in _TARGETS.items():
        if row.get(field):
            yield Fact(label, describe(TargetDate.model_validate(row[field])))
    for field, label in _DAYS.items():
        if row.get(field):
            yield Fact(label, format_date(dt.date.fromisoformat(row[field])))


def _themes(row: Row) -> Iterator[Fact]:
    for theme in row.get("themes", ()):
        yield Fact("Theme", theme)


def _former(row: Row) -> Iterator[Fact]:
    for former in row["former"]:
        until = format_date(dt.date.fromisoformat(former["until_on"]))
        for field in CLAIMS:
            if field in former:
                told = f"{_TEXTS[field]}, until it was reopened on {until}: {former[field]}"
                yield Fact("Formerly", told)


def _reached(row: Row, order: Iterable[str]) -> Iterator[Fact]:
    # Stored rows forget the order of their fields; of one day, the workflow's own order counts.
    passed = [(row["reached"][status], status) for status in order if status in row["reached"]]
    for day, status in sorted(passed, key=lambda pair: pair[0]):
        written = format_date(dt.date.fromisoformat(day))
        yield Fact("Reached", f"{status.replace('_', ' ')} on {written}")


def _override(override: Row, names: Names) -> Fact:
    until = format_date(dt.date.fromisoformat(override["expires_on"]))
    by, reason = names.called(override["by"]), override["reason"]
    return Fact("Colour set by hand", f"{override['colour']} until {until}, by {by}: {reason}")


def _often(view: View, theme: str) -> str:
    since = [row["on"] for row in view.under("themes", f"{theme}/").values()]
    times = "once" if len(since) == 1 else f"{len(since)} times"
    return f"{theme} (came up {times} since {min(since)[:4]})" if since else theme


def _roles(names: Names, field: str, ref: str) -> Iterator[Fact]:
    for role, row in names.of_kind("role"):
        if row[field] == ref:
            yield Fact("Role", f"{row['title']} ({quoted(role)})")


def _times(label: str, times: Iterable[Tenure], names: Names) -> Iterator[Fact]:
    for time in times:
        yield Fact(label, f"{names.called(time.person)}, {describe_time(time)}")
