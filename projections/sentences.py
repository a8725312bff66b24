"""A plain sentence for every event type, told by who did it: "… moved the target date to …".

A sentence begins with a verb in the past tense, has no full stop, and holds no free text: what
people wrote comes apart, from `words`. Other things are named by their streams.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias, get_args

from events.action import ActionCreated
from events.catalogue import Event
from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
    EmailUncertain,
)
from events.erasing import FILE
from events.record import ErasureAsked, FileErased, LogContinued, LogOpened, TextErased
from projections.sentence_parts import day, listed, spoken
from projections.sentences_of_actions import (
    action_date_sentence,
    action_sentence,
    action_work_sentence,
)
from projections.sentences_of_audits import audit_sentence
from projections.sentences_of_directory import (
    agency_sentence,
    person_sentence,
    role_sentence,
    subgroup_sentence,
)
from projections.sentences_of_evidence import evidence_sentence
from projections.sentences_of_plans import plan_sentence
from projections.sentences_of_recommendations import (
    ToldEvent,
    recommendation_date_sentence,
    recommendation_sentence,
    recommendation_status_sentence,
)
from projections.sentences_of_scrutiny import meeting_sentence, remark_sentence
from workflow.action_state import DateEvent, WordingEvent, WorkEvent
from workflow.agency_state import AgencyEvent
from workflow.audit_state import AuditEvent
from workflow.evidence_state import EvidenceEvent
from workflow.meeting_state import MeetingEvent
from workflow.person_state import PersonEvent
from workflow.plan_state import PlanEvent
from workflow.recommendation_state import ExtensionEvent, StatusEvent, TargetEvent
from workflow.remark_state import RemarkEvent
from workflow.role_state import RoleEvent
from workflow.subgroup_state import SubgroupEvent

EmailEvent: TypeAlias = (
    EmailPlanned | EmailItemDropped | EmailCancelled | EmailSent | EmailFailed | EmailUncertain
)
RecordEvent: TypeAlias = LogOpened | LogContinued | ErasureAsked | TextErased | FileErased

_LABELS: Final = {
    "text": "Words",
    "no_evidence_reason": "Why there is no evidence",
    "no_re_audit_reason": "Why no re-audit is needed",
    "reply": "The mail server's answer",
    "sent_to": "Address",
}
"""What a free text is called, where its field's own name would not do."""


def sentence(event: Event, ref: str) -> str:
    """Return what an event of the stream `ref` says. Raises `KeyError` for an unknown type."""
    return _TELLERS[type(event)](event, ref)


def words(event: Event) -> tuple[tuple[str, str], ...]:
    """Return the free texts of an event, each as a label and the words themselves."""
    kind = type(event)
    return tuple(
        (_LABELS.get(field, spoken(field).capitalize()), text)
        for field in kind.model_fields
        if field in kind.text_fields and (text := getattr(event, field)) is not None
    )


def told_types() -> tuple[type[Event], ...]:
    """Return every event type that has a sentence."""
    return tuple(_TELLERS)


def email_sentence(event: EmailEvent, _ref: str) -> str:
    """Return what an event about an email says."""
    match event:
        case EmailPlanned():
            about = listed(dict.fromkeys(item.item for item in event.items))
            return f"planned an email to {event.person} for {day(event.send_on)} about {about}"
        case EmailSent():
            return f"sent the email{_attempt(event.attempt)}"
        case EmailItemDropped():
            why = spoken(event.reason)
            return f"took {event.item} (due {day(event.target_on)}) out of the email: {why}"
        case EmailCancelled():
            return f"cancelled the email before it left: {spoken(event.reason)}"
        case EmailFailed():
            return f"could not send the email{_attempt(event.attempt)}"
        case EmailUncertain():
            return f"could not tell whether the email arrived{_attempt(event.attempt)}"


def record_sentence(event: RecordEvent, _ref: str) -> str:
    """Return what an event about the record itself says."""
    match event:
        case LogOpened():
            return "began the record"
        case LogContinued():
            return (
                f"continued the record from a backup: of the {event.old_size} entries of"
                f" {event.old_origin} those from here on are lost"
            )
        case ErasureAsked(fields=(only,)) if only == FILE:
            return f"asked that the file of entry {event.position} be erased"
        case ErasureAsked():
            fields = listed(spoken(field) for field in event.fields)
            return f"asked that words of entry {event.position} be erased ({fields})"
        case TextErased():
            witness = f", with {event.second_person}" if event.second_person else ""
            fields = listed(spoken(field) for field in event.fields)
            return f"erased words of entry {event.position} ({fields}){witness}"
        case FileErased():
            witness = f", with {event.second_person}" if event.second_person else ""
            return f"erased the file {event.evidence}{witness}"


def _attempt(attempt: int) -> str:
    return "" if attempt == 1 else f" at attempt {attempt}"


_Teller: TypeAlias = Callable[[Any, str], str]

_UNIONS: Final[tuple[tuple[Any, _Teller], ...]] = (
    (ActionCreated | WordingEvent, action_sentence),
    (WorkEvent, action_work_sentence),
    (DateEvent, action_date_sentence),
    (ToldEvent, recommendation_sentence),
    (StatusEvent, recommendation_status_sentence),
    (TargetEvent | ExtensionEvent, recommendation_date_sentence),
    (AuditEvent, audit_sentence),
    (PlanEvent, plan_sentence),
    (PersonEvent, person_sentence),
    (AgencyEvent, agency_sentence),
    (SubgroupEvent, subgroup_sentence),
    (RoleEvent, role_sentence),
    (MeetingEvent, meeting_sentence),
    (RemarkEvent, remark_sentence),
    (EvidenceEvent, evidence_sentence),
    (EmailEvent, email_sentence),
    (RecordEvent, record_sentence),
)
_TELLERS: Final[dict[type[Event], _Teller]] = {
    kind: teller for union, teller in _UNIONS for kind in get_args(union)
}
