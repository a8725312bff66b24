"""How actions go in a random story."""

from __future__ import annotations

from events.action import (
    ActionBlocked,
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionLeadsChanged,
    ActionMovedToPriority,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionRecommendationAnswered,
    ActionReopened,
    ActionResumed,
    ActionReturned,
    ActionReworded,
    ActionStarted,
    ActionSubmitted,
    ActionSuccessMeasureSet,
    ActionUnblocked,
)
from tests.projections.story_items import change_date_or_colour
from tests.projections.story_world import Thing, World

ENDED = ("complete", "cancelled")


def create_action(world: World) -> None:
    plan = world.one("plan", "current")
    answers = world.some("recommendation", 2)
    action = world.begin("action", "not_started", answers=list(answers), before=[], plan=plan)
    world.tell(
        action.ref,
        ActionCreated(
            text=world.words(),
            lead_roles=world.some("role", 3),
            target=world.target(),
            plan=plan.ref if plan else None,
            priority=world.chance.randint(1, 3) if plan else None,
            answers=answers,
            success_measure=world.maybe_words(),
        ),
    )


def change_action(world: World) -> None:
    action = world.one("action")
    if action is None:
        return
    if action.status in ENDED:
        if world.chance.random() < 0.1:
            action.status, action.notes["before"] = "in_progress", []
            world.tell(action.ref, ActionReopened(reason=world.words()))
        return
    match world.chance.randint(0, 9):
        case 0:
            _reword(world, action)
        case 1 | 2:
            change_date_or_colour(world, action)
        case 3 | 4 | 5:
            world.tell(action.ref, ActionProgressNoted(note=world.words()))
        case _:
            _work(world, action)


def _reword(world: World, action: Thing) -> None:
    answered = next(iter(world.some("recommendation", 1)), None)
    match world.chance.randint(0, 4):
        case 0:
            world.tell(action.ref, ActionReworded(text=world.words(), reason=world.words()))
        case 1:
            leads = world.some("role", 2)
            world.tell(action.ref, ActionLeadsChanged(lead_roles=leads, reason=world.words()))
        case 2 if answered and answered not in action.notes["answers"]:
            action.notes["answers"].append(answered)
            world.tell(action.ref, ActionRecommendationAnswered(recommendation=answered))
        case 3 if action.notes["plan"]:
            priority, reason = world.chance.randint(1, 3), world.words()
            world.tell(action.ref, ActionMovedToPriority(priority=priority, reason=reason))
        case _:
            world.tell(action.ref, ActionSuccessMeasureSet(success_measure=world.words()))


def _work(world: World, action: Thing) -> None:
    if action.status in {"blocked", "on_hold"} and world.chance.random() < 0.8:
        going_on = ActionUnblocked() if action.status == "blocked" else ActionResumed()
        action.status = action.notes["before"].pop()
        world.tell(action.ref, going_on)
    elif action.status == "submitted":
        _judge(world, action)
    elif world.chance.random() < 0.3:
        _stop(world, action)
    elif action.status in {"not_started", "returned"}:
        action.status = "in_progress"
        world.tell(action.ref, ActionStarted())
    elif action.status == "in_progress":
        action.status = "submitted"
        evidence = world.maybe_words()
        why = None if evidence else world.words()
        world.tell(
            action.ref,
            ActionSubmitted(what_we_did=world.words(), evidence=evidence, no_evidence_reason=why),
        )


def _judge(world: World, action: Thing) -> None:
    person = world.one("person")
    if person is not None and world.chance.random() < 0.7:
        action.status = "complete"
        world.tell(action.ref, ActionCompleted(confirmed_by=person.ref))
    elif person is not None:
        action.status = "returned"
        world.tell(action.ref, ActionReturned(returned_by=person.ref, reason=world.words()))


def _stop(world: World, action: Thing) -> None:
    kind = world.chance.random()
    if kind < 0.2:
        action.status, action.notes["before"] = "cancelled", []
        world.tell(action.ref, ActionCancelled(reason=world.words()))
    elif kind < 0.6 and action.status != "blocked":
        action.notes["before"].append(action.status)
        action.status = "blocked"
        world.tell(action.ref, ActionBlocked(reason=world.words()))
    elif action.status != "on_hold":
        action.notes["before"].append(action.status)
        action.status = "on_hold"
        review_on = world.day_ahead(90)
        world.tell(action.ref, ActionPutOnHold(reason=world.words(), review_on=review_on))
