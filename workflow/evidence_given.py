"""Whoever reports work as done shows evidence, or says why there is none."""

from __future__ import annotations

from workflow.refusals import Incomplete


def require_evidence_or_reason(
    evidence: str | None, no_evidence_reason: str | None, *, has_files: bool
) -> None:
    """Check that exactly one of the two was given, or files speak for themselves.

    Raises `Incomplete`.
    """
    if evidence is None and no_evidence_reason is None and not has_files:
        message = (
            "Say what shows that it is done (a document, a figure, minutes), add a file, or give"
            " the reason why there is no evidence."
        )
        raise Incomplete(field="evidence", message=message)
    if evidence is not None and no_evidence_reason is not None:
        message = "Give the evidence, or the reason why there is none, but not both."
        raise Incomplete(field="no_evidence_reason", message=message)
