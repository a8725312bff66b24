"""The peer: the same actions as an application of the `eventsourcing` library, as its pages say."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.story import Step, aim

TARGET = {
    "as_written": "March 2025",
    "precision": "month",
    "earliest": "2025-03-01",
    "latest": "2025-03-31",
    "due": "2025-03-31",
}
MOVED_TARGET = {**TARGET, "as_written": "May 2025", "latest": "2025-05-31", "due": "2025-05-31"}


class Action(Aggregate):
    """An action with the fields that ours has."""

    @event("Created")
    def __init__(
        self, text: str, lead_roles: list[str], target: dict[str, str], plan: str, priority: int
    ) -> None:
        self.text, self.lead_roles, self.target = text, lead_roles, target
        self.plan, self.priority = plan, priority
        self.status, self.notes = "not_started", 0

    @event("Started")
    def start(self) -> None:
        """Begin work."""
        self.status = "in_progress"

    @event("ProgressNoted")
    def note_progress(self, note: str) -> None:
        """Tell how the work goes."""
        self.notes += 1
        self.latest_note = note

    @event("TargetDateMoved")
    def move_target_date(self, target: dict[str, str], reason: str) -> None:
        """Move the target date."""
        self.target, self.reason = target, reason

    @event("Submitted")
    def submit(self, what_we_did: str) -> None:
        """Claim that it is done."""
        self.status, self.what_we_did = "submitted", what_we_did

    @event("Completed")
    def complete(self, confirmed_by: str) -> None:
        """Confirm that it is done."""
        self.status, self.confirmed_by = "complete", confirmed_by


class Actions(Application[UUID]):
    """The application: load, trigger, save."""

    def create(self, number: int) -> UUID:
        """Save a new action."""
        action = new_action(aim(number))
        self.save(action)
        return action.id

    def note_progress(self, action_id: UUID, note: str) -> None:
        """Load an action, note progress on it, save it."""
        action: Action = self.repository.get(action_id)
        action.note_progress(note)
        self.save(action)

    def save_all(self, actions: Iterable[Action]) -> None:
        """Save many actions at once."""
        self.save(*actions)


def new_action(text: str) -> Action:
    """Return an action that was just created."""
    return Action(text, ["role-1"], TARGET, "plan-1", 1)


def take(action: Action, step: Step) -> None:
    """Let a step of the story happen to an action (which is created already)."""
    match step.kind:
        case "started":
            action.start()
        case "noted":
            action.note_progress(step.words)
        case "moved":
            action.move_target_date(MOVED_TARGET, step.words)
        case "submitted":
            action.submit(step.words)
        case _:
            action.complete("person-2")
