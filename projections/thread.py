"""The golden thread: from an audit's finding to what was recommended, done and changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from events.refs import category_of, quoted
from projections.evidence_facts import counted_in_words
from projections.evidence_files import files_counting
from projections.projection import Row
from projections.store import View
from workflow.refusals import NotFound

Level = Literal["audit", "finding", "recommendation", "action", "evidence", "impact"]


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """One step of the thread; `depth` counts from 0 how far it stands to the right.

    `ref` is quoted, None for evidence and impact, which belong to the step above them; their
    `status` is "former" where the item was reopened since. `asks_nothing`: a finding that
    is a strength, or was withdrawn; `no_recommendation`: why an area for development has none.
    """

    depth: int
    level: Level
    ref: str | None
    words: str
    status: str | None = None
    asks_nothing: bool = False
    no_recommendation: str | None = None

    def as_json(self) -> Row:
        """Return the step as plain values."""
        return {
            "depth": self.depth,
            "level": self.level,
            "ref": self.ref,
            "words": self.words,
            "status": self.status,
        }


def golden_thread(view: View, ref: str) -> tuple[ThreadStep, ...]:
    """Return the thread that a thing belongs to; empty for what belongs to none. Raises `NotFound`.

    An audit or finding shows all that came from it; a recommendation shows where it came from and
    all that followed; an action shows the recommendations that it answers, and itself.
    """
    match category_of(ref):
        case "audit":
            audit, _, finding = ref.partition("/")
            only = finding.rpartition("-")[2] or None
            return tuple(_audit(view, audit, only_finding=only))
        case "recommendation":
            return tuple(_down_to(view, ref, None))
        case "action":
            return tuple(_to_action(view, ref))
        case _:
            return ()


def _audit(view: View, ref: str, *, only_finding: str | None = None) -> Iterator[ThreadStep]:
    row = _there(view, ref)
    yield ThreadStep(0, "audit", quoted(ref), row["title"], row["stage"])
    shown: set[str] = set()
    for number in sorted(row["findings"], key=int):
        finding = row["findings"][number]
        if only_finding is None or number == only_finding:
            yield _finding(ref, number, finding)
            for recommendation in finding["recommendations"]:
                yield from _recommendation(view, recommendation, 2, None)
        shown.update(finding["recommendations"])
    if only_finding is None:
        for recommendation in row["recommendations"]:
            if recommendation not in shown:
                yield from _recommendation(view, recommendation, 1, None)


def _finding(audit: str, number: str, finding: Row) -> ThreadStep:
    ref = quoted(f"{audit}/finding-{number}")
    asks_nothing = finding["kind"] == "strength" or finding["status"] == "withdrawn"
    reason = finding["no_recommendation_reason"]
    return ThreadStep(1, "finding", ref, finding["text"], finding["status"], asks_nothing, reason)


def _down_to(view: View, ref: str, action: str | None) -> Iterator[ThreadStep]:
    """Yield where a recommendation came from, itself, and what followed (or only one action)."""
    row = _there(view, ref)
    depth = 0
    if row["audit"] is not None:
        audit = _there(view, row["audit"])
        yield ThreadStep(0, "audit", quoted(row["audit"]), audit["title"], audit["stage"])
        depth = 1
        for finding in row["findings"]:
            number = finding.rpartition("-")[2]
            yield _finding(row["audit"], number, audit["findings"][number])
            depth = 2
    yield from _recommendation(view, ref, depth, action)


def _recommendation(
    view: View, ref: str, depth: int, only_action: str | None
) -> Iterator[ThreadStep]:
    row = _there(view, ref)
    yield ThreadStep(depth, "recommendation", quoted(ref), row["text"], row["status"])
    for action in row["actions"]:
        if only_action is None or action == only_action:
            yield from _action(view, action, depth + 1)
    yield from _evidence(view, ref, row, depth + 1)
    for former in row["former"]:
        if "difference_made" in former:
            yield ThreadStep(depth + 1, "impact", None, former["difference_made"], "former")
    if row["difference_made"] is not None:
        yield ThreadStep(depth + 1, "impact", None, row["difference_made"], "shown")
    elif row["status"] == "impact_not_shown":
        yield ThreadStep(depth + 1, "impact", None, row["status_reason"], "not_shown")


def _action(view: View, ref: str, depth: int) -> Iterator[ThreadStep]:
    row = _there(view, ref)
    yield ThreadStep(depth, "action", quoted(ref), row["text"], row["status"])
    yield from _evidence(view, ref, row, depth + 1)


def _to_action(view: View, ref: str) -> Iterator[ThreadStep]:
    answers = _there(view, ref)["answers"]
    for recommendation in answers:
        yield from _down_to(view, recommendation, ref)
    if not answers:
        yield from _action(view, ref, 0)


def _there(view: View, ref: str) -> Row:
    row = view.get(f"{category_of(ref)}s", ref)
    if row is None:
        raise NotFound(ref)
    return row


def _evidence(view: View, ref: str, row: Row, depth: int) -> Iterator[ThreadStep]:
    for former in row["former"]:
        if "evidence" in former:
            yield ThreadStep(depth, "evidence", None, former["evidence"], "former")
    if row["evidence"] is not None:
        yield ThreadStep(depth, "evidence", None, row["evidence"], "given")
    files = sum(1 for _ in files_counting(ref, view))
    if files:
        yield ThreadStep(depth, "evidence", None, counted_in_words(files), "given")
    elif row["no_evidence_reason"] is not None:
        yield ThreadStep(depth, "evidence", None, row["no_evidence_reason"], "none")
