"""How actions and recommendations go in a random story: their dates, their colour, more time."""

from __future__ import annotations

from dataclasses import dataclass

from events.action import (
    ActionBragOverridden,
    ActionBragOverrideEnded,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.catalogue import Event
from events.recommendation import (
    Colour,
    RecommendationBragOverridden,
    RecommendationBragOverrideEnded,
    RecommendationExtensionApproved,
    RecommendationExtensionDeclined,
    RecommendationExtensionRequested,
    RecommendationExtensionWithdrawn,
    RecommendationTargetDateCorrected,
    RecommendationTargetDateMoved,
)
from tests.projections.story_world import Thing, World


@dataclass(frozen=True)
class Kinds:
    """The event types of one category for what both categories can do."""

    requested: type[ActionExtensionRequested | RecommendationExtensionRequested]
    approved: type[ActionExtensionApproved | RecommendationExtensionApproved]
    declined: type[ActionExtensionDeclined | RecommendationExtensionDeclined]
    withdrawn: type[ActionExtensionWithdrawn | RecommendationExtensionWithdrawn]
    moved: type[TargetDateMoved | RecommendationTargetDateMoved]
    corrected: type[TargetDateCorrected | RecommendationTargetDateCorrected]
    overridden: type[ActionBragOverridden | RecommendationBragOverridden]
    override_ended: type[ActionBragOverrideEnded | RecommendationBragOverrideEnded]


KINDS = {
    "action": Kinds(
        ActionExtensionRequested,
        ActionExtensionApproved,
        ActionExtensionDeclined,
        ActionExtensionWithdrawn,
        TargetDateMoved,
        TargetDateCorrected,
        ActionBragOverridden,
        ActionBragOverrideEnded,
    ),
    "recommendation": Kinds(
        RecommendationExtensionRequested,
        RecommendationExtensionApproved,
        RecommendationExtensionDeclined,
        RecommendationExtensionWithdrawn,
        RecommendationTargetDateMoved,
        RecommendationTargetDateCorrected,
        RecommendationBragOverridden,
        RecommendationBragOverrideEnded,
    ),
}


def change_date_or_colour(world: World, item: Thing) -> None:
    """Let something happen to the date or the colour of an item that has a date."""
    kinds = KINDS[item.ref.partition("-")[0]]
    world.tell(item.ref, *_dated(world, item, kinds))


def _dated(world: World, item: Thing, kinds: Kinds) -> list[Event]:
    match world.chance.randint(0, 9):
        case 0:
            return [kinds.moved(target=world.target(), reason=world.words())]
        case 1:
            return [kinds.corrected(target=world.target(), reason=world.words())]
        case 2 if item.notes.pop("overridden", False):
            return [kinds.override_ended()]
        case 2 | 3:
            item.notes["overridden"] = True
            colour, until = world.chance.choice(list(Colour)), world.day_ahead(60)
            return [kinds.overridden(colour=colour, reason=world.words(), expires_on=until)]
        case _:
            return _more_time(world, item, kinds)


def _more_time(world: World, item: Thing, kinds: Kinds) -> list[Event]:
    asked = item.notes.pop("asked", None)
    if asked is None:
        number = item.notes["requests"] = item.notes.get("requests", 0) + 1
        target = item.notes["asked"] = world.target()
        reason, progress = world.words(), world.words()
        return [kinds.requested(extension=number, target=target, reason=reason, progress=progress)]
    number = item.notes["requests"]
    match world.chance.randint(0, 3):
        case 0:
            return [kinds.declined(extension=number, reason=world.words())]
        case 1:
            return [kinds.withdrawn(extension=number)]
        case _:
            moved = kinds.moved(target=asked, extension=number)
            return [kinds.approved(extension=number, note=world.maybe_words()), moved]
