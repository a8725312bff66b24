"""What was told of an item before it was reopened: kept, but no longer said of it as it stands.

The rows of actions and recommendations hold `former`: for each time that they were reopened, the
day (`until_on`), and what had been told of the work and of its impact until then.
"""

from __future__ import annotations

from typing import Final

from projections.projection import Row

CLAIMS: Final = (
    "what_we_did",
    "evidence",
    "no_evidence_reason",
    "difference_made",
    "impact_evidence",
)
"""The fields that tell of work done and of the difference that it made."""


def set_aside(row: Row, on: str) -> Row:
    """Return the fields that change when an item is reopened on a day (`2025-03-31`)."""
    told = {field: row[field] for field in CLAIMS if row.get(field) is not None}
    if not told:
        return {}
    former = [*row["former"], {"until_on": on, **told}]
    return {"former": former, **dict.fromkeys(told)}
