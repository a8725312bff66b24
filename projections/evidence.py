"""The read models "evidence" (files by reference) and "evidence_of", key `<item>/<evidence>`."""

from __future__ import annotations

from typing import Final

from events.evidence import EvidenceAdded, EvidenceWithdrawn
from events.record import FileErased
from events.recorded import Recorded
from projections.civil_days import recorded_on
from projections.projection import Projection, Rows, change

EVIDENCE: Final = Projection("evidence", version=1)
EVIDENCE_OF: Final = Projection("evidence_of", version=1, journal=True)


@EVIDENCE.on(EvidenceAdded)
def _added(rows: Rows, event: EvidenceAdded, recorded: Recorded) -> None:
    rows.add(
        recorded.stream,
        {
            "to": event.to,
            "name": event.name,
            "note": event.note,
            "kind": event.kind.value,
            "size_bytes": event.size_bytes,
            "sha256": event.sha256,
            "by": recorded.actor,
            "added_on": recorded_on(recorded),
            "entry": recorded.position,
            "status": "standing",
            "status_reason": None,
            "erased": False,
        },
    )


@EVIDENCE.on(EvidenceWithdrawn)
def _withdrawn(rows: Rows, event: EvidenceWithdrawn, recorded: Recorded) -> None:
    change(rows, recorded.stream, status="withdrawn", status_reason=event.reason)


@EVIDENCE.on(FileErased)
def _erased(rows: Rows, event: FileErased, _recorded: Recorded) -> None:
    change(rows, event.evidence, erased=True)


@EVIDENCE_OF.on(EvidenceAdded)
def _of(rows: Rows, event: EvidenceAdded, recorded: Recorded) -> None:
    rows.add(f"{event.to}/{recorded.stream}", {"evidence": recorded.stream})
