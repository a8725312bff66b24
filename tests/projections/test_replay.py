from __future__ import annotations

import datetime as dt
import random
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.action import ActionCreated, ActionStarted, TargetDateMoved
from events.email import EmailPlanned, EmailSent, ReminderItem
from events.recommendation import Colour
from events.recorded import Recorded
from projections.board import board
from projections.names import Names
from projections.replay import Grain, Milestone, ReplayStep, replay, stretches
from projections.replay_colours import Ahead
from projections.replay_scope import Scope, scope_of_all, scope_of_items, scope_of_thing
from projections.store import ViewInMemory, ViewOfThen
from tests.events.logs import SetClock
from tests.projections.folds import CALENDAR, Folded, Tale, target
from tests.projections.ledgers import new_ledger, write
from tests.projections.stories import random_story, recorded_story

NOTHING = ViewInMemory(0, {})


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def walk(
    events: list[Recorded],
    grain: Grain = Grain.EVENT,
    *,
    scope: Scope | None = None,
    until: str | None = None,
    meetings: tuple[Milestone, ...] = (),
) -> list[ReplayStep]:
    view = Folded(events).view()
    scope = scope or scope_of_all(view)
    last = day(until) if until else events[-1].recorded_at.date()
    ahead = Ahead(NOTHING, scope, CALENDAR)
    ends = (*meetings, Milestone(len(events), last, ""))
    return list(replay(events, scope, ahead, Names(view, last), grain, ends))


def a_tale() -> Tale:
    created = ActionCreated(text="See", lead_roles=("role-1",), target=target("June 2025"))
    tale = Tale("2025-01-06").tell("action-1", created)
    tale.on("2025-01-07").tell("action-1", ActionStarted())
    item = ReminderItem(item="action-1", target_on=day("2025-06-30"), rule="lead-20")
    planned = EmailPlanned(
        person="person-1",
        send_on=day("2025-01-07"),
        items=(item,),
        message_id="<e@example.org>",
    )
    sent = EmailSent(sent_to="a@example.org")
    tale.tell("email-1", planned, sent, by="system")
    moved = TargetDateMoved(target=target("July 2025"), reason="Agreed.")
    return tale.on("2025-02-03").tell("action-1", moved, effective_on="2025-01-10")


def test_each_event_is_a_step_with_who_when_why_and_what_it_did() -> None:
    created, started, emailed, moved = walk(a_tale().events())
    assert [turn.words for turn in created.turned] == ["A1 new, grey"]
    assert (started.before[Colour.GREY], started.after[Colour.GREEN]) == (1, 1)
    assert [one.sentence for one in emailed.emailed] == ["emailed PE1 about A1"]
    assert not emailed.happened
    (line,) = moved.happened
    assert line.sentence == (
        "moved the target date from June 2025 (due 30 June 2025) to July 2025 (due 31 July 2025)"
    )
    assert line.words == (("Reason", "Agreed."),)
    assert line.lateness == "recorded 24 days after it happened"
    assert [turn.words for turn in moved.turned] == ["A1 green → amber"]


def test_a_day_is_one_step_with_its_emails() -> None:
    steps = walk(a_tale().events(), Grain.DAY)
    assert [(step.on.isoformat(), len(step.happened), len(step.emailed)) for step in steps] == [
        ("2025-01-06", 1, 0),
        ("2025-01-07", 1, 1),
        ("2025-02-03", 1, 0),
    ]


def test_the_steps_by_meetings_end_with_each_and_with_the_last_day() -> None:
    meeting = Milestone(3, day("2025-01-20"), "Board")
    steps = walk(a_tale().events(), Grain.MEETING, meetings=(meeting,))
    assert [(step.name, len(step.happened)) for step in steps] == [("Board", 2), ("", 1)]
    assert [len(step.emailed) for step in steps] == [0, 1]


def test_time_alone_turns_colours() -> None:
    *_, last = walk(a_tale().events(), until="2025-08-15")
    assert not last.happened
    assert [turn.words for turn in last.turned] == ["A1 amber → red, by time alone"]
    assert last.as_json()["turned"] == [
        {"ref": "A1", "before": "amber", "after": "red", "by_time": True}
    ]


def test_nothing_at_all_is_no_step() -> None:
    ends = (Milestone(0, day("2025-01-06"), ""),)
    scope = scope_of_all(NOTHING)
    ahead = Ahead(NOTHING, scope, CALENDAR)
    assert not list(replay([], scope, ahead, Names(NOTHING, ends[0].on), Grain.DAY, ends))


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 2**32), st.integers(10, 250))
def test_the_counts_after_each_step_are_those_of_the_board(seed: int, size: int) -> None:
    events = recorded_story(seed, size)
    folded = Folded()
    ahead_of = iter(events)
    for step in walk(events):
        for line in step.happened:
            while folded.position < line.position:
                folded.take(next(ahead_of))
        assert step.after == board(folded.view(), step.on, CALENDAR).counts


# In the story of 2 an action answers a recommendation of the part and one outside it.
@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_through_a_part_equals_the_part_of_the_walk(seed: int) -> None:
    steps = random_story(seed, 600)
    clock = SetClock(steps[0].recorded_at)
    with (
        tempfile.TemporaryDirectory() as folder,
        new_ledger(f"sqlite:///{folder}/record.db", clock) as ledger,
    ):
        write(ledger, clock, steps, random.Random(seed))  # noqa: S311
        half, size = 300, 600
        then, now = ViewOfThen(ledger.log, half), ViewOfThen(ledger.log, size)
        ref = max(now.all("recommendations"))
        for scope in (scope_of_thing(now, ref), scope_of_items(now, [ref]), scope_of_all(now)):
            ahead = Ahead(then, scope, CALENDAR)
            last = clock.now.date()
            ahead.reach(last)
            events = scope.events(ledger.log, half, size)
            ends = (Milestone(size, last, ""),)
            *_, end = replay(events, scope, ahead, Names(now, last), Grain.EVENT, ends)
            lines = {line.ref: line.brag.colour for line in board(now, last, CALENDAR).lines}
            chosen = scope.items if scope.items is not None else lines
            assert ahead.colours == {one: lines[one] for one in chosen}
            assert sum(end.after.values()) == len(chosen)


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 2**32), st.integers(10, 120), st.sampled_from([Grain.DAY, Grain.EVENT]))
def test_a_walk_is_looked_over_by_the_very_steps_that_it_has(
    seed: int, size: int, grain: Grain
) -> None:
    events = recorded_story(seed, size)
    scope = scope_of_all(Folded(events).view())
    first, last = events[0].recorded_at.date(), events[-1].recorded_at.date()
    ends = (Milestone(len(events), last, ""),)
    ahead = Ahead(NOTHING, scope, CALENDAR)
    found = list(stretches(events, scope, ahead, grain, ends, Milestone(0, first, "")))
    steps, names = walk(events, grain), Names(Folded(events).view(), last)
    assert [(one.on, one.counts) for one in found] == [(one.on, one.after) for one in steps]
    # Each of them, told from what was known before it alone, is the step of the whole walk.
    for stretch, step in zip(found[::5], steps[::5], strict=True):
        then = Ahead(Folded(events[: stretch.after]).view(), scope, CALENDAR)
        then.reach(stretch.from_on)
        some = events[stretch.after : stretch.until]
        end = (Milestone(stretch.until, stretch.on, ""),)
        (alone,) = replay(some, scope, then, names, Grain.MEETING, end)
        assert alone.happened == step.happened
        assert (alone.before, alone.after, alone.turned) == (step.before, step.after, step.turned)
