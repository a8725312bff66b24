"""What decisions and permissions may know of other streams, from the read models' rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from events.directory import Access
from events.refs import category_of
from projections import directory_search
from projections.evidence_files import counts
from projections.projection import Row
from projections.role_rows import role_facts
from workflow.action_commands import CreateAction
from workflow.audit_commands import PlanAudit
from workflow.circumstances import Grant, RecommendationFacts, RoleFacts
from workflow.command import Command
from workflow.evidence_commands import AddEvidence
from workflow.meeting_commands import RecordMeeting
from workflow.permissions import SubjectFacts, subject_of
from workflow.person_commands import RegisterPerson
from workflow.recommendation_commands import ProposeRecommendation
from workflow.remark_commands import AddRemark
from workflow.role_commands import CreateRole

Get = Callable[[str, str], Row | None]
"""Reads one row: by the name of its read model and its key."""

AllOf = Callable[[str], Mapping[str, Row]]
"""Reads every row of a read model, by key."""

_STATUS: Final = {
    "action": ("actions", "status"),
    "agency": ("directory", "standing"),
    "audit": ("audits", "stage"),
    "email": ("reminders", "status"),
    "evidence": ("evidence", "status"),
    "meeting": ("meetings", "status"),
    "person": ("directory", "standing"),
    "plan": ("plans", "status"),
    "recommendation": ("recommendations", "status"),
    "remark": ("remarks", "status"),
    "role": ("directory", "standing"),
    "subgroup": ("directory", "standing"),
}
"""By category: the read model that knows the stream, and the field that tells its status."""

StreamOf = Callable[[int], str | None]
"""Returns the stream of an entry of the log, or None."""


def _uncounted(entry: int) -> str | None:
    message = f"entry {entry} of the log is not at hand where only rows are asked for"
    raise LookupError(message)


def _unavailable(model: str) -> Mapping[str, Row]:
    message = f"the rows of '{model}' are not at hand where only single rows are asked for"
    raise LookupError(message)


class KnownFrom:
    """Answers what `workflow.circumstances.Known` asks, from rows.

    `today`: the day of the decision. Who leaves is "current" up to and on their last day; without
    a day they are "ended" as soon as their leaving is recorded. `all_of`: reads every row of a
    read model; what goes by names and addresses, or asks for files, needs it. `stream_of`: finds
    an entry of the log; what refers to entries needs it.
    """

    def __init__(
        self,
        get: Get,
        today: dt.date | None = None,
        all_of: AllOf = _unavailable,
        stream_of: StreamOf = _uncounted,
    ) -> None:
        self._get, self._today, self._all_of, self._stream_of = get, today, all_of, stream_of

    def standing(self, ref: str) -> str | None:
        """See `Known.standing`."""
        stream, _, part = ref.partition("/")
        model, field = _STATUS.get(category_of(stream), ("", ""))
        row = self._get(model, stream) if model else None
        if row is None:
            return None
        if part:
            return _part_status(row, part)
        if self._is_still_here(row):
            return "current"
        status: str = row[field]
        return status

    def role(self, ref: str) -> RoleFacts | None:
        """See `Known.role`."""
        row = self._get("directory", ref)
        return role_facts(ref, row) if row is not None and row["kind"] == "role" else None

    def roles_of(self, person: str, day: dt.date) -> tuple[RoleFacts, ...]:
        """See `Known.roles_of`."""
        row = self._get("directory", person)
        if row is None or row["kind"] != "person":
            return ()
        known = (self.role(ref) for ref in row["roles"])
        return tuple(role for role in known if role and person in role.held_by_on(day))

    def grants_of(self, person: str) -> tuple[Grant, ...]:
        """See `Known.grants_of`."""
        row = self._get("directory", person)
        grants = row["grants"] if row is not None and row["kind"] == "person" else []
        return tuple(
            Grant(Access(grant["access"]), grant["subgroup"], grant["agency"]) for grant in grants
        )

    def managers_on(self, day: dt.date) -> frozenset[str]:
        """See `Known.managers_on`."""
        return directory_search.managers_on(self._all_of("directory"), day)

    def holder_of_address(self, email: str) -> str | None:
        """See `Known.holder_of_address`; without a day, those count who never leave."""
        directory = self._all_of("directory")
        return directory_search.holder_of_address(directory, email, self._today or dt.date.max)

    def entry_called(self, category: str, words: str) -> str | None:
        """See `Known.entry_called`."""
        return directory_search.entry_called(self._all_of("directory"), category, words)

    def chair_role_of(self, subgroup: str) -> str | None:
        """See `Known.chair_role_of`."""
        row = self._get("directory", subgroup)
        chair_role: str | None = row.get("chair_role") if row is not None else None
        return chair_role

    def priorities_of(self, plan: str) -> frozenset[int]:
        """See `Known.priorities_of`."""
        row = self._get("plans", plan)
        return frozenset(int(number) for number in row["priorities"]) if row else frozenset()

    def recommendations_of(self, audit: str) -> tuple[RecommendationFacts, ...]:
        """See `Known.recommendations_of`."""
        row = self._get("audits", audit)
        refs: list[str] = row["recommendations"] if row is not None else []
        found = ((ref, self._get("recommendations", ref)) for ref in refs)
        return tuple(_recommendation_facts(ref, row) for ref, row in found if row is not None)

    def files_on(self, ref: str) -> Mapping[str, str]:
        """See `Known.files_on`."""
        files = self._all_of("evidence").items()
        return {row["sha256"]: file for file, row in files if row["to"] == ref and counts(row)}

    def stream_of_entry(self, entry: int) -> str | None:
        """See `Known.stream_of_entry`."""
        return self._stream_of(entry)

    def _is_still_here(self, row: Row) -> bool:
        last_day_on = row.get("last_day_on") if row.get("kind") == "person" else None
        return bool(last_day_on and self._today and self._today.isoformat() <= last_day_on)


def subject_facts(command: Command, get: Get) -> SubjectFacts:
    """Return whose item it is: for a command that begins something, whose it is going to be."""
    known = KnownFrom(get)
    match command:
        case CreateAction():
            return subject_of(known, lead_roles=command.lead_roles)
        case ProposeRecommendation():
            commissioners = [_subgroup_of(audit, get) for audit in _audits(command)]
            return _addressed(known, command.addressed_to, commissioners)
        case PlanAudit():
            leads = [command.lead_role] if command.lead_role else []
            return subject_of(known, lead_roles=leads, subgroups=[command.subgroup])
        case RecordMeeting():
            return subject_of(known, subgroups=[command.subgroup])
        case AddRemark():
            return SubjectFacts() if command.on is None else facts_about(command.on, get)
        case AddEvidence():
            return facts_about(command.to, get)
        case CreateRole():
            return subject_of(known, subgroups=[command.subgroup], agencies=[command.agency])
        case RegisterPerson():
            return subject_of(known, agencies=[command.agency])
        case _:
            subject = command.subject
            return SubjectFacts() if subject is None else facts_about(subject, get)


def facts_about(ref: str, get: Get) -> SubjectFacts:
    """Return whose item a stream is as it stands; nobody's for what is not there.

    A recommendation belongs to whom it is addressed to, and to the subgroup that commissioned its
    audit.
    """
    known, category = KnownFrom(get), category_of(ref)
    # A finding or a clock belongs to whom its audit belongs to.
    ref = ref.partition("/")[0]
    match category:
        case "action":
            row = get("actions", ref)
            return subject_of(known, lead_roles=row["lead_roles"] if row else ())
        case "recommendation":
            return _about_recommendation(known, get("recommendations", ref), get)
        case "audit":
            return _about_audit(known, get("audits", ref))
        case "meeting":
            row = get("meetings", ref)
            return subject_of(known, subgroups=[row["subgroup"] if row else None])
        case "remark":
            row = get("remarks", ref)
            return facts_about(row["on"], get) if row and row["on"] else SubjectFacts()
        case "evidence":
            row = get("evidence", ref)
            return facts_about(row["to"], get) if row else SubjectFacts()
        case "role":
            return subject_of(known, lead_roles=[ref])
        case "subgroup":
            return subject_of(known, subgroups=[ref])
        case "agency":
            return subject_of(known, agencies=[ref])
        case "person":
            row = get("directory", ref)
            if row is None:
                return SubjectFacts()
            return replace(subject_of(known, agencies=[row["agency"]]), person=ref)
        case _:
            return SubjectFacts()


def _about_recommendation(known: KnownFrom, row: Row | None, get: Get) -> SubjectFacts:
    if row is None:
        return SubjectFacts()
    commissioner = None if row["audit"] is None else _subgroup_of(row["audit"], get)
    return _addressed(known, row["addressed_to"], [commissioner])


def _about_audit(known: KnownFrom, row: Row | None) -> SubjectFacts:
    if row is None:
        return SubjectFacts()
    leads = [row["lead_role"]] if row["lead_role"] else []
    return subject_of(known, lead_roles=leads, subgroups=[row["subgroup"]])


def _addressed(
    known: KnownFrom, addressed_to: Iterable[str], commissioners: Iterable[str | None]
) -> SubjectFacts:
    addressees: dict[str, list[str | None]] = {"role": [], "subgroup": [], "agency": []}
    for ref in addressed_to:
        addressees[category_of(ref)].append(ref)
    return subject_of(
        known,
        lead_roles=[ref for ref in addressees["role"] if ref],
        subgroups=[*addressees["subgroup"], *commissioners],
        agencies=addressees["agency"],
    )


def _audits(command: ProposeRecommendation) -> set[str]:
    named = {finding.partition("/")[0] for finding in command.findings}
    return named | ({command.audit} if command.audit else set())


def _subgroup_of(audit: str, get: Get) -> str | None:
    row = get("audits", audit)
    subgroup: str | None = row["subgroup"] if row is not None else None
    return subgroup


def _part_status(audit: Row, part: str) -> str | None:
    kind, _, number = part.rpartition("-")
    found = audit[f"{kind}s"].get(number)
    return None if found is None else found["status"]


def _recommendation_facts(ref: str, row: Row) -> RecommendationFacts:
    # Only a look that is still to come counts: what was shown, or not, is settled.
    to_come = {"impact_due": "impact_target", "impact_not_shown": "re_audit"}.get(row["status"])
    review_set = to_come is not None and row[to_come] is not None
    return RecommendationFacts(ref, row["status"], tuple(row["findings"]), review_set)
