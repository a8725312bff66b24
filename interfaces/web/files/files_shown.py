"""The files of an item as its page shows them, or of a file its own."""

from __future__ import annotations

from dataclasses import dataclass

from events.refs import category_of, quoted
from interfaces.evidence.bounds import FileBounds
from interfaces.evidence.listing import EvidenceLine, evidence_lines, line_of
from interfaces.web.files.attaching import bounds_of
from interfaces.web.visit import Visit
from projections.known import facts_about
from workflow.evidence_commands import AddEvidence
from workflow.permissions import may, may_open_withdrawn


@dataclass(frozen=True, slots=True)
class FilesShown:
    """A list of files. `may_add`: there is a form to hand some in; `bounds`: what it takes.

    `opens_withdrawn`: whether who looks may open those that were taken back. `of`: the item.
    """

    lines: tuple[EvidenceLine, ...]
    may_add: bool
    opens_withdrawn: bool
    bounds: FileBounds
    of: str

    def opens(self, line: EvidenceLine) -> bool:
        """Tell whether who looks may open a file."""
        return not line.standing or (line.standing == "taken back" and self.opens_withdrawn)


def files_shown(visit: Visit, ref: str, *, is_now: bool) -> FilesShown | None:
    """Return the files of an action or a recommendation, or a file by itself; None for the others.

    `is_now`: the page shows things as they stand, so that something can be handed in.
    """
    category = category_of(ref)
    opens = may_open_withdrawn(visit.circumstances)
    most = bounds_of(visit)
    if category == "evidence":
        row = visit.view.get("evidence", ref)
        if row is None:
            return None
        own = (line_of(ref, row, visit.names),)
        return FilesShown(own, False, opens, most, quoted(row["to"]))  # noqa: FBT003 - as below
    if category not in {"action", "recommendation"}:
        return None
    lines = evidence_lines(ref, visit.view, visit.names)
    adds = is_now and may(AddEvidence, facts_about(ref, visit.now.get), visit.circumstances)
    return FilesShown(lines, adds, opens, most, quoted(ref))
