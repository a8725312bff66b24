"""What an import stored, told from the events that were recorded under its id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from events.recorded import Recorded
from events.refs import category_of, order_of, quoted
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
    """Things to which the same happened. `words` say what, `count` how many there are."""

    words: str
    entries: Sequence[Entry]

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was stored. `adrift` are recommendations that nobody leads, which are due on no day."""

    documents: Sequence[str]
    plans: Sequence[Entry]
    groups: Sequence[Group]
    adrift: int


def outcome_of(recorded: Sequence[Recorded], view: View) -> Outcome:
    """Tell what the events of one import came to."""
    begun = [one.stream for one in recorded if one.type in _BEGUN]
    touched = {one.stream for one in recorded} - set(begun)
    cancelled = {one.stream for one in recorded if one.type == "action.cancelled"}
    proposed = _of("recommendation", begun)
    groups = (
        ("Actions added", _of("action", begun)),
        ("Actions changed", _of("action", touched - cancelled)),
        ("Actions cancelled", cancelled),
        ("Recommendations added", proposed),
        ("Roles created", _of("role", begun)),
        ("Roles with another spelling", _of("role", touched)),
        ("Subgroups set up", _of("subgroup", begun)),
    )
    plans = _of("plan", {one.stream for one in recorded})
    documents = (getattr(one.event, "document", "") for one in recorded)
    return Outcome(
        [*dict.fromkeys(str(one) for one in documents if one)],
        _entries(plans, view),
        [Group(words, _entries(refs, view)) for words, refs in groups if refs],
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
