"""Random stories: events as the workflow would let them happen, across all streams.

    for recorded in recorded_story(seed=7, size=5_000): ...

The same seed tells the same story. A story of some thousand events touches every event type.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count

from events.record import RECORD_STREAM, ErasureAsked, LogContinued, LogOpened, TextErased
from events.recorded import Position, Recorded
from tests.projections.story_actions import change_action, create_action
from tests.projections.story_audits import change_audit, plan_audit
from tests.projections.story_directory import (
    adopt_plan,
    change_something,
    create_role,
    form_subgroup,
    register_agency,
    register_person,
)
from tests.projections.story_emails import change_email, plan_email
from tests.projections.story_evidence import add_evidence, erase_file, withdraw_evidence
from tests.projections.story_recommendations import (
    change_recommendation,
    propose_recommendation,
)
from tests.projections.story_scrutiny import (
    add_remark,
    change_meeting,
    hold_meeting,
    withdraw_remark,
)
from tests.projections.story_world import Step, World

BEGINS_AT = dt.datetime(2022, 1, 4, 9, 0, tzinfo=dt.UTC)


def random_story(seed: int | random.Random, size: int, *, minutes_between: int = 180) -> list[Step]:
    """Return the first `size` steps of a story; up to `minutes_between` lie between two."""
    chance = seed if isinstance(seed, random.Random) else random.Random(seed)  # noqa: S311
    world = World(chance, BEGINS_AT)
    world.tell(RECORD_STREAM, LogOpened(partnership="Example partnership"), actor="system")
    for happens in _BEGINNING:
        happens(world)
    while len(world.steps) < size:
        world.wait(minutes_between)
        chance.choices(_HAPPENINGS, cum_weights=_WEIGHTS)[0](world)
    return world.steps[:size]


def recorded(steps: Iterable[Step], *, after: int = 0) -> list[Recorded]:
    """Return steps as the log would have recorded them, from the position after one."""
    versions: dict[str, count[int]] = {}
    return [
        Recorded(
            position=Position(position),
            stream=step.stream,
            version=next(versions.setdefault(step.stream, count(1))),
            recorded_at=step.recorded_at,
            effective_on=step.effective_on,
            actor=step.actor,
            event_id=f"event-{position}",
            command_id=f"command-{position}",
            correlation_id=f"command-{position}",
            causation_id=None,
            event=step.event,
        )
        for position, step in enumerate(steps, start=after + 1)
    ]


def recorded_story(seed: int | random.Random, size: int) -> list[Recorded]:
    """Return a random story as recorded events, positions from 1."""
    return recorded(random_story(seed, size))


def erase_text(world: World) -> None:
    """Remove some words at an earlier position, as somebody asked."""
    asked = ErasureAsked(
        position=world.chance.randint(1, len(world.steps)),
        fields=("note",),
        authority=world.words(),
        reason=world.words(),
    )
    world.tell(RECORD_STREAM, asked)
    world.tell(RECORD_STREAM, TextErased(**asked.model_dump()))


def continue_record(world: World) -> None:
    """Go on from a backup that was too old."""
    world.tell(
        RECORD_STREAM,
        LogContinued(
            kept_origin="example.org/record",
            old_origin="example.org/record",
            old_size=len(world.steps) + 10,
            old_root="0" * 64,
            reason=world.words(),
        ),
    )


_Happening = Callable[[World], None]

_BEGINNING: tuple[_Happening, ...] = (
    *[register_agency] * 2,
    *[register_person] * 3,
    form_subgroup,
    *[create_role] * 3,
    adopt_plan,
    create_action,
)
_CHANCES: tuple[tuple[int, _Happening], ...] = (
    (2, register_person),
    (1, register_agency),
    (1, form_subgroup),
    (2, create_role),
    (1, adopt_plan),
    (3, partial(change_something, category="person")),
    (1, partial(change_something, category="agency")),
    (1, partial(change_something, category="subgroup")),
    (6, partial(change_something, category="role")),
    (2, partial(change_something, category="plan")),
    (3, plan_audit),
    (20, change_audit),
    (8, propose_recommendation),
    (40, change_recommendation),
    (12, create_action),
    (60, change_action),
    (15, plan_email),
    (20, change_email),
    (1, erase_text),
    (2, hold_meeting),
    (1, change_meeting),
    (2, add_remark),
    (1, withdraw_remark),
    (1, continue_record),
    (4, add_evidence),
    (2, withdraw_evidence),
    (1, erase_file),
)
_HAPPENINGS = [happening for _, happening in _CHANCES]
_WEIGHTS = [sum(weight for weight, _ in _CHANCES[: place + 1]) for place in range(len(_CHANCES))]
