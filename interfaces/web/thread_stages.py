"""The golden thread as a page draws it: lines of six stages, with what is missing in each.

A line leads from one audit through its findings to one recommendation and on to its impact; an
audit with several recommendations has several lines, and shorter ones for findings without any.
What an item is still without is said in its stage, so that a gap is seen and not only an absence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from interfaces.web.thread_strands import strands_down_to, strands_from
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
    "action": "No action answers it.",
    "evidence": "No evidence yet. Add a file, or say what shows it when it is reported done.",
    "impact": "No impact shown yet.",
}
_ALONE: Final = "It answers no recommendation."
_WHOLE_AUDIT: Final = frozenset({"audit", "finding"})
"""The kinds of things whose thread is all that came from an audit, or from a finding of one."""

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
    audit, *below = item.thread or (None,)
    if audit is None or audit.level != "audit" or item.kind not in _WHOLE_AUDIT:
        return tuple(_stages(strand, item) for strand in strands_down_to(item.thread))
    return tuple(_stages(strand, item) for strand in strands_from(audit, below))


def _stages(strand: Sequence[ThreadStep], item: Item) -> tuple[Stage, ...]:
    levels = {step.level for step in strand}
    if levels == {"audit", "finding"}:
        return tuple(_up_to_findings(strand, item))
    if "recommendation" not in levels and "action" in levels:
        first = Stage("Recommendation", (), _ALONE)
        return (first, *(_stage(level, strand, item) for level in _ALONE_LEVELS))
    return tuple(_stage(level, strand, item) for level in _NAMES)


def _up_to_findings(strand: Sequence[ThreadStep], item: Item) -> Iterator[Stage]:
    """Yield the stages of findings without a recommendation: what is asked for, if anything."""
    yield from (_stage(level, strand, item) for level in _FINDING_LEVELS)
    last = strand[-1]
    if not last.asks_nothing:
        reason = last.no_recommendation
        missing = _MISSING["recommendation"] if reason is None else f"None is needed: {reason}"
        yield Stage(_NAMES["recommendation"], (), missing)


_FINDING_LEVELS: Final[tuple[Level, ...]] = ("audit", "finding")
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
