"""The priorities of a document, set beside those of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from interfaces.documents.document import PlanRow
from interfaces.importing.proposal import PriorityProposal, PriorityState
from interfaces.importing.wording import text_key

MOST = 999
"""The highest number that a priority can have."""


def place_priorities(
    rows: Iterable[PlanRow], recorded: Mapping[int, str]
) -> dict[str, PriorityProposal]:
    """Give each priority that the rows name a number in the plan, by the key of its name.

    One that the plan has by name keeps its number there. Another one with the number of a
    priority that the document no longer names gives that one its new title. What is left is new,
    under its own number where that is free, else under the next.
    """
    named = _named(rows)
    numbers = {text_key(title): number for number, title in recorded.items()}
    placed = {
        key: _standing(numbers[key], title, recorded)
        for key, (title, _) in named.items()
        if key in numbers
    }
    taken = {one.number for one in placed.values()}
    for key, (title, number) in named.items():
        if key not in placed:
            placed[key] = _placed(title, number, recorded, taken)
            taken.add(placed[key].number)
    return dict(sorted(placed.items(), key=lambda pair: pair[1].number))


def _named(rows: Iterable[PlanRow]) -> dict[str, tuple[str, int | None]]:
    """The priorities in the order of the document: by key, the name and its number if any."""
    named: dict[str, tuple[str, int | None]] = {}
    for row in rows:
        if row.priority is not None:
            key = text_key(row.priority)
            title, number = named.get(key, (row.priority, None))
            named[key] = title, number or row.priority_number
    return named


def _standing(number: int, title: str, recorded: Mapping[int, str]) -> PriorityProposal:
    if text_key(recorded[number]) == text_key(title):
        return PriorityProposal(number, recorded[number], PriorityState.SAME)
    return PriorityProposal(number, title, PriorityState.RETITLED, recorded[number])


def _placed(
    title: str, number: int | None, recorded: Mapping[int, str], taken: set[int]
) -> PriorityProposal:
    if number is not None and number in recorded and number not in taken:
        # "Priority 2" without a name says nothing against the name that the plan has.
        if text_key(title) == f"priority{number}":
            return PriorityProposal(number, recorded[number], PriorityState.SAME)
        return _standing(number, title, recorded)
    used = taken | set(recorded)
    if number is None or not 1 <= number <= MOST or number in used:
        number = max(used, default=0) + 1
    return PriorityProposal(number, title, PriorityState.NEW)
