"""The list of an item's files: who added what, when, and how it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.refs import quoted
from projections.evidence_facts import size_in_words
from projections.evidence_files import counts, files_of
from projections.names import Names
from projections.projection import Row
from projections.store import View


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One file. `standing`: empty for one that counts, else "taken back" or "erased"."""

    ref: str
    name: str
    note: str | None
    kind: str
    size_bytes: int
    sha256: str
    by: str
    added_on: dt.date
    standing: str
    reason: str | None

    @property
    def quoted(self) -> str:
        """Return its reference as people write it."""
        return quoted(self.ref)

    @property
    def size(self) -> str:
        """Say how large it is."""
        return size_in_words(self.size_bytes)

    def as_json(self) -> Row:
        """Return the line as plain values."""
        return {
            "ref": self.quoted,
            "name": self.name,
            "note": self.note,
            "kind": self.kind,
            "size_bytes": self.size_bytes,
            "sha256": self.sha256,
            "added_by": self.by,
            "added_on": self.added_on.isoformat(),
            "standing": self.standing or "kept",
            "reason": self.reason,
        }


def evidence_lines(item: str, view: View, names: Names) -> tuple[EvidenceLine, ...]:
    """Return every file that was handed in for an item, the earliest first."""
    return tuple(line_of(file, row, names) for file, row in files_of(item, view))


def line_of(file: str, row: Row, names: Names) -> EvidenceLine:
    """Return one file as it is listed."""
    return EvidenceLine(
        file,
        row["name"],
        row["note"],
        row["kind"],
        row["size_bytes"],
        row["sha256"],
        names.called(row["by"]),
        dt.date.fromisoformat(row["added_on"]),
        _standing(row),
        row["status_reason"],
    )


def _standing(row: Row) -> str:
    if counts(row):
        return ""
    return "erased" if row["erased"] else "taken back"
