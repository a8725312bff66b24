"""The golden thread cut into lines, each of which leads to one recommendation at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from projections.thread import ThreadStep

Strand = list[ThreadStep]


def strands_down_to(steps: Iterable[ThreadStep]) -> Iterator[Strand]:
    """Cut what leads to a recommendation, or to an action that may answer several.

    A new line begins with the audit and the finding that it comes from.
    """
    strand: Strand = []
    above: Strand = []
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


def strands_from(audit: ThreadStep, steps: Iterable[ThreadStep]) -> Iterator[Strand]:
    """Cut what came from an audit: a line for each recommendation, and for what has none.

    Areas for development that still wait for a recommendation share a line; one that needs none,
    for a reason, has its own; findings that ask for nothing come last.
    """
    findings: Strand = []
    branches: dict[str | None, _Branch] = {}
    below: Strand = []
    for step in steps:
        if step.level == "finding":
            findings.append(step)
        elif step.level == "recommendation":
            branch = branches.setdefault(step.ref, _Branch())
            # Under each further finding that leads to it, the same would be told once more.
            below = [] if branch.below else branch.below
            below.append(step)
            if findings and step.depth > findings[-1].depth:
                branch.findings.append(findings[-1])
        else:
            below.append(step)
    yield from ([audit, *branch.findings, *branch.below] for branch in branches.values())
    led_on = {one.ref for branch in branches.values() for one in branch.findings}
    yield from _without(audit, [one for one in findings if one.ref not in led_on])


def _without(audit: ThreadStep, findings: Sequence[ThreadStep]) -> Iterator[Strand]:
    """Yield the lines of findings that lead to no recommendation."""
    quiet = [one for one in findings if one.asks_nothing]
    asking = [one for one in findings if not one.asks_nothing]
    waiting = [one for one in asking if one.no_recommendation is None]
    if waiting:
        yield [audit, *waiting]
    yield from ([audit, one] for one in asking if one.no_recommendation is not None)
    if quiet:
        yield [audit, *quiet]


@dataclass(slots=True)
class _Branch:
    """One recommendation of an audit: the findings that lead to it, and it with all below it."""

    findings: Strand = field(default_factory=list)
    below: Strand = field(default_factory=list)


def _begins_anew(step: ThreadStep, strand: Sequence[ThreadStep]) -> bool:
    levels = {one.level for one in strand}
    if step.level in {"audit", "finding"}:
        # Several findings lead to one recommendation as long as they stand before it.
        return bool(levels & {"recommendation", "action"})
    return step.level == "recommendation" and "recommendation" in levels
