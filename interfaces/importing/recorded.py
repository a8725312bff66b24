"""What the record holds that a document is compared with, taken from its read models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from projections.store import View

_ENDED = frozenset({"complete", "cancelled"})
_UNANSWERABLE = frozenset({"rejected", "superseded", "closed_not_implemented"})


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """An action of a plan, as it stands; target dates as rows hold them."""

    ref: str
    text: str
    lead_roles: tuple[str, ...]
    priority: int | None
    target: dict[str, Any]
    original_target: dict[str, Any]
    success_measure: str | None
    latest_note: str | None
    status: str

    @property
    def ended(self) -> bool:
        """Whether it can no longer be changed."""
        return self.status in _ENDED


@dataclass(frozen=True, slots=True)
class RecordedPlan:
    """A plan, with the day on which each file was read into it by the hash of its bytes."""

    ref: str
    title: str
    closed: bool
    priorities: dict[int, str]
    documents: dict[str, str]
    actions: tuple[RecordedAction, ...]


@dataclass(frozen=True, slots=True)
class RecordedRole:
    """A role, with every spelling that is recognised besides its title."""

    ref: str
    title: str
    aliases: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class RecordedSubgroup:
    """A subgroup, and the role that chairs it."""

    ref: str
    name: str
    chair_role: str | None


@dataclass(frozen=True, slots=True)
class RecordedRecommendation:
    """A recommendation, and whether an action can still answer it."""

    ref: str
    text: str
    source: str | None
    answerable: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """Everything that a document is compared with."""

    position: int
    plans: tuple[RecordedPlan, ...]
    roles: tuple[RecordedRole, ...]
    subgroups: tuple[RecordedSubgroup, ...]
    recommendations: tuple[RecordedRecommendation, ...]

    def plan(self, ref: str) -> RecordedPlan | None:
        """The plan of a reference."""
        return next((plan for plan in self.plans if plan.ref == ref), None)


def recorded_in(view: View) -> Recorded:
    """Read what a document is compared with."""
    directory = view.all("directory")
    return Recorded(
        position=view.position,
        plans=_plans(view),
        roles=tuple(
            RecordedRole(
                ref, row["title"], tuple(row["aliases"].values()), row["standing"] == "ended"
            )
            for ref, row in _in_order(directory)
            if row["kind"] == "role"
        ),
        subgroups=tuple(
            RecordedSubgroup(ref, row["name"], row["chair_role"])
            for ref, row in _in_order(directory)
            if row["kind"] == "subgroup" and row["standing"] == "current"
        ),
        recommendations=tuple(
            RecordedRecommendation(
                ref, row["text"], row["source"], row["status"] not in _UNANSWERABLE
            )
            for ref, row in _in_order(view.all("recommendations"))
        ),
    )


def _plans(view: View) -> tuple[RecordedPlan, ...]:
    actions: dict[str, list[RecordedAction]] = {}
    for ref, row in _in_order(view.all("actions")):
        if row["plan"] is not None:
            actions.setdefault(row["plan"], []).append(_action(ref, row))
    return tuple(
        RecordedPlan(
            ref=ref,
            title=row["title"],
            closed=row["status"] == "closed",
            priorities={int(number): title for number, title in row["priorities"].items()},
            documents={one["sha256"]: one["imported_on"] for one in row["documents"]},
            actions=tuple(actions.get(ref, ())),
        )
        for ref, row in _in_order(view.all("plans"))
    )


def _action(ref: str, row: dict[str, Any]) -> RecordedAction:
    return RecordedAction(
        ref=ref,
        text=row["text"],
        lead_roles=tuple(row["lead_roles"]),
        priority=row["priority"],
        target=row["target"],
        original_target=row["original_target"],
        success_measure=row["success_measure"],
        latest_note=row["latest_note"],
        status=row["status"],
    )


def _in_order(rows: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Rows by the number of their reference: A2 before A10."""
    return sorted(rows.items(), key=lambda pair: int(pair[0].rpartition("-")[2]))
