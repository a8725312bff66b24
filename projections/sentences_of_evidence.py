"""Sentences about files that are evidence."""

from __future__ import annotations

from events.evidence import EvidenceAdded, EvidenceWithdrawn
from projections.evidence_facts import size_in_words
from workflow.evidence_state import EvidenceEvent


def evidence_sentence(event: EvidenceEvent, _ref: str) -> str:
    """Return what an event about a file says."""
    match event:
        case EvidenceAdded():
            what = f"{event.kind.value}, {size_in_words(event.size_bytes)}"
            return f"added a file as evidence of {event.to} ({what})"
        case EvidenceWithdrawn():
            return "took the file back"
