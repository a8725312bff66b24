"""What an import stored, told from the events that were recorded under its id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from events.plan import DocumentImported
from events.recorded import Recorded
from events.refs import category_of, order_of, quoted
from interfaces.importing.counting import some
from projections.store import View

_TITLE: Final = {
    "action": ("actions", "text"),
    "recommendation": ("recommendations", "text"),
    "plan": ("plans", "title"),
    "role": ("directory", "title"),
    "subgroup": ("directory", "name"),
}
_BEGUN: Final = frozenset(
    {"action.created", "recommendation.proposed", "plan.adopted", "role.created", "subgroup.formed"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that came or changed: its reference as people quote it, and what it is called."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things to which the same happened: of one kind, and what happened to them."""

    kind: str
    happened: str
    entries: Sequence[Entry]

    @property
    def counted(self) -> str:
        """Say how many there are: "3 actions added"."""
        return f"{some(len(self.entries), self.kind)} {self.happened}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was stored. `adrift` are recommendations that nobody leads, which are due on no day."""

    documents: Sequence[str]
    plans: Sequence[Entry]
    groups: Sequence[Group]
    adrift: int


def outcome_of(recorded: Sequence[Recorded], view: View) -> Outcome:
    """Tell what the events of one import came to."""
    begun = [one.stream for one in recorded if one.event.type_name in _BEGUN]
    touched = {one.stream for one in recorded} - set(begun)
    cancelled = {one.stream for one in recorded if one.event.type_name == "action.cancelled"}
    proposed = _of("recommendation", begun)
    groups = (
        ("action", "added", _of("action", begun)),
        ("action", "changed", _of("action", touched - cancelled)),
        ("action", "cancelled", cancelled),
        ("recommendation", "added", proposed),
        ("role", "created", _of("role", begun)),
        ("role", "with another spelling", _of("role", touched)),
        ("subgroup", "set up", _of("subgroup", begun)),
    )
    plans = _of("plan", {one.stream for one in recorded})
    documents = (one.event.document for one in recorded if isinstance(one.event, DocumentImported))
    return Outcome(
        [*dict.fromkeys(documents)],
        _entries(plans, view),
        [Group(kind, told, _entries(refs, view)) for kind, told, refs in groups if refs],
        len(proposed),
    )


def _of(category: str, streams: Iterable[str]) -> set[str]:
    return {stream for stream in streams if category_of(stream) == category}


def _entries(refs: Iterable[str], view: View) -> list[Entry]:
    return [Entry(quoted(ref), _title(ref, view)) for ref in sorted(refs, key=order_of)]


def _title(ref: str, view: View) -> str:
    model, name = _TITLE[category_of(ref)]
    row = view.get(model, ref)
    return str(row[name]) if row else ""
