"""The golden thread as a page draws it: lines of six stages, with what is missing in each.

A line leads from one audit through its findings to one recommendation and on to its impact; an
audit with several recommendations has several lines. What an item is still without is said in its
stage, so that a gap is seen and not only an absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from projections.items import Item
from projections.thread import Level, ThreadStep
from workflow.civil_dates import format_date

_NAMES: Final[dict[Level, str]] = {
    "audit": "Audit",
    "finding": "Findings",
    "recommendation": "Recommendation",
    "action": "Actions",
    "evidence": "Evidence",
    "impact": "Impact",
}
_MISSING: Final[dict[Level, str]] = {
    "audit": "No audit: it came from elsewhere.",
    "finding": "No finding is named.",
    "recommendation": "No recommendation yet. An area for development needs one, or a reason.",
    "action": "No action answers it yet.",
    "evidence": "No evidence yet. Add a file, or say what shows it when it is reported done.",
    "impact": "No impact shown yet.",
}
_ALONE: Final = "It answers no recommendation."
_NEVER: Final = "none"
"""The status of evidence that was not given, for a reason; the gap stays."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop of the line. `missing` says what is not there; empty where nothing is amiss."""

    name: str
    steps: tuple[ThreadStep, ...]
    missing: str

    @property
    def is_gap(self) -> bool:
        """Tell whether nothing hangs here that still counts."""
        return not any(step.status not in {"former", _NEVER} for step in self.steps)

    def holds(self, ref: str) -> bool:
        """Tell whether a thing hangs here."""
        return any(step.ref == ref for step in self.steps)


def strands_of(item: Item) -> tuple[tuple[Stage, ...], ...]:
    """Return the lines to draw for a thing; none for what belongs to no thread."""
    if item.kind == "audit" and len(item.thread) == 1:
        return ()
    return tuple(_stages(strand, item) for strand in _strands(item.thread))


def _strands(steps: Iterable[ThreadStep]) -> Iterator[list[ThreadStep]]:
    """Cut a thread before each step that would give a line its second recommendation.

    A new line begins with the audit and the finding that it comes from.
    """
    strand: list[ThreadStep] = []
    above: list[ThreadStep] = []
    for step in steps:
        above = [one for one in above if one.depth < step.depth]
        if _begins_anew(step, strand):
            yield strand
            strand = list(above)
        strand.append(step)
        if step.level in {"audit", "finding"}:
            above.append(step)
    if strand:
        yield strand


def _begins_anew(step: ThreadStep, strand: Sequence[ThreadStep]) -> bool:
    levels = {one.level for one in strand}
    if step.level in {"audit", "finding"}:
        # Several findings lead to one recommendation as long as they stand before it.
        return bool(levels & {"recommendation", "action"}) or (
            step.level == "finding" and _is_settled(strand)
        )
    return step.level == "recommendation" and "recommendation" in levels


def _is_settled(strand: Sequence[ThreadStep]) -> bool:
    """Tell whether the last finding of a line will get no recommendation."""
    return bool(strand) and strand[-1].status in {"withdrawn", "without_recommendation"}


def _stages(strand: Sequence[ThreadStep], item: Item) -> tuple[Stage, ...]:
    levels = {step.level for step in strand}
    if "recommendation" not in levels and "action" in levels:
        first = Stage("Recommendation", (), _ALONE)
        return (first, *(_stage(level, strand, item) for level in _ALONE_LEVELS))
    return tuple(_stage(level, strand, item) for level in _NAMES)


_ALONE_LEVELS: Final[tuple[Level, ...]] = ("action", "evidence")


def _stage(level: Level, strand: Sequence[ThreadStep], item: Item) -> Stage:
    steps = tuple(step for step in strand if step.level == level)
    missing = "" if any(step.status != "former" for step in steps) else _MISSING[level]
    if missing and level == "impact" and item.line is not None and item.line.impact_due is not None:
        missing = f"{missing} It is looked at by {format_date(item.line.impact_due)}."
    return Stage(_name(level, len(steps)), steps, missing)


def _name(level: Level, count: int) -> str:
    name = _NAMES[level]
    return name.removesuffix("s") if count == 1 else name
