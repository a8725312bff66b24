"""How meetings are held, and remarks made, in a random story."""

from __future__ import annotations

import datetime as dt

from events.meeting import MeetingCancelled, MeetingCorrected, MeetingHeld
from events.remark import RemarkAdded, RemarkWithdrawn
from tests.projections.story_world import World


def hold_meeting(world: World) -> None:
    """Record a meeting of the last days, now and then with what its papers were made from."""
    meeting = world.begin("meeting", "held", title=world.words())
    papers = world.chance.randint(1, len(world.steps)) if world.chance.random() < 0.5 else None
    held = MeetingHeld(
        title=meeting.notes["title"],
        held_on=world.today - dt.timedelta(world.chance.randint(0, 9)),
        subgroup=next(iter(world.some("subgroup", 1)), None),
        papers_position=papers,
    )
    world.tell(meeting.ref, held)


def change_meeting(world: World) -> None:
    """Correct or cancel some meeting."""
    meeting = world.one("meeting", "held")
    if meeting is None:
        return
    if world.chance.random() < 0.3:
        meeting.status = "cancelled"
        world.tell(meeting.ref, MeetingCancelled(reason=world.words()))
        return
    corrected = MeetingCorrected(
        title=meeting.notes["title"], held_on=world.today, reason=world.words()
    )
    world.tell(meeting.ref, corrected)


def add_remark(world: World) -> None:
    """Let the scrutineer say something of an entry, of a thing or of a day."""
    on = next(iter(world.some("action", 1)), None)
    entry = world.chance.randint(1, len(world.steps))
    remark = world.begin("remark", "standing")
    match world.chance.randint(0, 2):
        case 0:
            stream = world.steps[entry - 1].stream
            said = RemarkAdded(on=stream, entry=entry, words=world.words())
        case 1 if on is not None:
            said = RemarkAdded(on=on, words=world.words())
        case _:
            said = RemarkAdded(as_at=world.today, words=world.words())
    remark.notes["by"] = world.actor()
    world.tell(remark.ref, said, actor=remark.notes["by"])


def withdraw_remark(world: World) -> None:
    """Let whoever made some remark take it back."""
    remark = world.one("remark", "standing")
    if remark is not None:
        remark.status = "withdrawn"
        world.tell(remark.ref, RemarkWithdrawn(reason=world.words()), actor=remark.notes["by"])
