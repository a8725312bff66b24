"""What people call things: titles and names in place of references, as known in one view."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from events.refs import quoted
from projections.projection import Row
from projections.role_rows import role_facts
from projections.store import View
from workflow.circumstances import SYSTEM

_REF: Final = re.compile(
    r"\b(?:action|agency|audit|email|evidence|meeting|person|plan|recommendation|remark|role"
    r"|subgroup)-[1-9][0-9]*"
    r"(?:/(?:finding|clock)-[1-9][0-9]*)?\b"
)
NAMED_SYSTEM: Final = "Goldthread"
"""What the software is called where it acts by itself."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads something, or to whom it is addressed: a title, and who acts for it on a day."""

    ref: str
    title: str
    holders: tuple[str, ...]

    def as_json(self) -> Row:
        """Return the lead as plain values."""
        return {"ref": quoted(self.ref), "title": self.title, "holders": list(self.holders)}


class Names:
    """The directory of one view, and who acts in what on one day."""

    def __init__(self, view: View, on: dt.date) -> None:
        self.on: Final = on
        self._view = view
        self._leads: dict[str, Lead] = {}

    @cached_property
    def directory(self) -> Mapping[str, Row]:
        """Return every row of the directory by reference."""
        return self._view.all("directory")

    @cached_property
    def plans(self) -> Mapping[str, Row]:
        """Return every row of the plans by reference."""
        return self._view.all("plans")

    def called(self, ref: str) -> str:
        """Return what people call something: a title or name, else the quoted reference."""
        if ref == SYSTEM:
            return NAMED_SYSTEM
        row = self.directory.get(ref)
        if row is not None:
            title: str = row["title"] if row["kind"] == "role" else row["name"]
            return title
        return quoted(ref)

    def resolved(self, sentence: str) -> str:
        """Return a sentence with the name of each thing in place of its stream."""
        return _REF.sub(lambda found: self.called(found[0]), sentence)

    def lead(self, ref: str) -> Lead:
        """Return a role, subgroup or agency with who acts for it; for a subgroup its chair."""
        found = self._leads.get(ref)
        if found is None:
            holders = tuple(self.called(person) for person in self.holders_of(ref))
            found = self._leads[ref] = Lead(ref, self.called(ref), holders)
        return found

    def holders_of(self, ref: str) -> tuple[str, ...]:
        """Return the people who act for a role, or for a subgroup through its chair, on the day."""
        row = self.directory.get(ref)
        if row is None or row["kind"] not in {"role", "subgroup"}:
            return ()
        if row["kind"] == "subgroup":
            chair = row["chair_role"]
            return () if chair is None else self.holders_of(chair)
        return tuple(sorted(role_facts(ref, row).held_by_on(self.on), key=_number))

    def of_kind(self, kind: str) -> Iterator[tuple[str, Row]]:
        """Yield the entries of one kind: person, agency, subgroup or role."""
        return ((ref, row) for ref, row in self.directory.items() if row["kind"] == kind)


def refs_in(sentence: str) -> set[str]:
    """Return the streams and findings that a sentence names."""
    return set(_REF.findall(sentence))


def _number(ref: str) -> int:
    return int(ref.rpartition("-")[2])
