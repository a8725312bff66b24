from __future__ import annotations

import datetime as dt
import random
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.action import ActionCreated, ActionLeadsChanged, ActionStarted, TargetDateMoved
from events.directory import HolderAppointed, HolderStoodDown, PersonRegistered, RoleCreated
from events.email import EmailPlanned, EmailSent, ReminderItem
from events.recommendation import Colour, RecommendationProposed
from events.recorded import Recorded
from events.refs import category_of
from events.remark import RemarkAdded, RemarkWithdrawn
from projections.board import board
from projections.board_filter import BoardFilter, named
from projections.names import Names
from projections.replay import Grain, Milestone, ReplayStep, replay, stretches
from projections.replay_colours import Ahead
from projections.replay_scope import (
    Scope,
    scope_of_all,
    scope_of_items,
    scope_of_thing,
    scope_of_whom,
)
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
    (email,) = emailed.emailed
    assert email.sentence == "emailed PE1 about A1 (lead-20, 30 June 2025)"
    assert emailed.as_json()["emailed"] == [
        {
            "position": 4,
            "email": "E1",
            "on": "2025-01-07",
            "sentence": email.sentence,
            "due_on": "2025-01-07",
            "about": [{"ref": "A1", "rule": "lead-20", "why": "lead-20, 30 June 2025"}],
        }
    ]
    assert not emailed.happened
    (line,) = moved.happened
    assert line.sentence == (
        "moved the target date from June 2025 (due 30 June 2025) to July 2025 (due 31 July 2025)"
    )
    assert line.words == (("Reason", "Agreed."),)
    assert line.lateness == "recorded 24 days after it happened"
    assert [turn.words for turn in moved.turned] == ["A1 green → amber"]


ABOUT = "PE1 about A1 (lead-20, 30 June 2025)"


@pytest.mark.parametrize(
    ("left_on", "told"),
    [
        ("2025-02-12", ["emailed {}"]),
        (
            "2025-02-14",
            [
                "was to email {} on 12 February 2025, and did not that day",
                "emailed {}, due on 12 February 2025",
            ],
        ),
        (None, ["was to email {} on 12 February 2025, and did not that day"]),
    ],
)
def test_an_email_that_left_late_is_told_on_the_day_it_was_due_too(
    left_on: str | None, told: list[str]
) -> None:
    created = ActionCreated(text="See", lead_roles=("role-1",), target=target("June 2025"))
    tale = Tale("2025-01-06").tell("action-1", created)
    item = ReminderItem(item="action-1", target_on=day("2025-06-30"), rule="lead-20")
    planned = EmailPlanned(
        person="person-1", send_on=day("2025-02-12"), items=(item,), message_id="<e@example.org>"
    )
    tale.on("2025-02-12").tell("email-1", planned, by="system")
    if left_on is not None:
        sent = EmailSent(sent_to="a@example.org", attempt=3)
        tale.on(left_on).tell("email-1", sent, by="system")
    steps = walk(tale.events(), until="2025-02-20")
    sentences = [one.sentence for step in steps for one in step.emailed]
    assert sentences == [words.format(ABOUT) for words in told]


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
        {"ref": "A1", "before": "amber", "after": "red", "new": False, "by_time": True}
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


def whose(events: list[Recorded], filters: BoardFilter) -> Scope:
    view = Folded(events).view()
    named_so = named(filters, Names(view, events[-1].recorded_at.date()))
    return scope_of_whom(view, named_so, scope_of_all(view))


def a_tale_of_handing_over() -> Tale:
    tale = Tale("2025-01-06")
    for number in (1, 2):
        tale.tell(f"person-{number}", PersonRegistered(name=f"Example {number}"))
        tale.tell(f"role-{number}", RoleCreated(title=f"Lead {number}"))
    tale.tell("role-1", HolderAppointed(person="person-1", from_on=day("2025-01-06")))
    for number in (1, 2):
        role = f"role-{number}"
        made = ActionCreated(text="See", lead_roles=(role,), target=target("June 2025"))
        tale.tell(f"action-{number}", made)
    given = ActionLeadsChanged(lead_roles=("role-2",), reason="Ms Example left.")
    tale.on("2025-02-03").tell("action-1", given)
    tale.on("2025-02-10").tell("action-1", ActionStarted())
    return tale


def test_what_is_handed_over_was_theirs_until_then_and_the_others_from_then_on() -> None:
    events = a_tale_of_handing_over().events()
    theirs = walk(events, Grain.DAY, scope=whose(events, BoardFilter(lead="RO1")))
    told = [[(line.ref, line.type) for line in step.happened] for step in theirs]
    assert told == [[("A1", "action.created")], [("A1", "action.leads_changed")]]
    assert [sum(step.after.values()) for step in theirs] == [1, 0]
    assert [turn.words for turn in theirs[-1].turned] == ["A1 no longer theirs, grey"]
    others = walk(events, Grain.DAY, scope=whose(events, BoardFilter(lead="RO2")))
    assert [sum(step.after.values()) for step in others] == [1, 2, 2]
    assert [turn.words for turn in others[1].turned] == ["A1 now theirs, grey"]
    assert others[1].as_json()["turned"] == [
        {"ref": "A1", "before": None, "after": "grey", "new": False, "by_time": False}
    ]


def test_what_comes_and_goes_with_who_holds_the_role_is_told_with_the_appointment() -> None:
    ended = HolderStoodDown(person="person-1", last_day_on=day("2025-03-31"))
    follows = HolderAppointed(person="person-2", from_on=day("2025-04-01"))
    tale = a_tale_of_handing_over().on("2025-03-03").tell("role-2", follows)
    back = ActionLeadsChanged(lead_roles=("role-1",), reason="After all.")
    events = tale.tell("action-1", back).tell("role-1", ended).events()
    followed = whose(events, BoardFilter(lead="PE2"))
    *_, last = walk(events, Grain.DAY, scope=followed, until="2025-04-02")
    assert [turn.words for turn in last.turned] == ["A2 now theirs, grey, by time alone"]
    at_once = HolderAppointed(person="person-2", from_on=day("2025-02-17"))
    events = a_tale_of_handing_over().on("2025-02-17").tell("role-2", at_once).events()
    (step,) = walk(events, Grain.DAY, scope=whose(events, BoardFilter(lead="PE2")))
    assert [line.type for line in step.happened] == ["role.holder_appointed"]
    assert [turn.words for turn in step.turned] == ["A1 now theirs, green", "A2 now theirs, grey"]


def test_emails_and_remarks_are_told_while_their_item_is_theirs() -> None:
    tale = a_tale_of_handing_over()
    for number, on in ((1, "2025-02-11"), (2, "2025-02-12")):
        tale.on(on).tell(f"remark-{number}", RemarkAdded(on="action-1", words="Late."))
    tale.tell("remark-1", RemarkWithdrawn(reason="It was not."))
    tale.tell("remark-3", RemarkAdded(on="action-2", words="Slow."))
    item = ReminderItem(item="action-1", target_on=day("2025-06-30"), rule="lead-20")
    planned = EmailPlanned(
        person="person-2", send_on=day("2025-02-12"), items=(item,), message_id="<e@example.org>"
    )
    sent = EmailSent(sent_to="a@example.org")
    events = tale.tell("email-1", planned, sent, by="system").events()
    for lead, refs, emails in (("RO1", set(), 0), ("RO2", {"RM1", "RM2", "RM3"}, 1)):
        steps = walk(events, scope=whose(events, BoardFilter(lead=lead)))
        told = {line.ref for step in steps for line in step.happened}
        assert told - {"A1", "A2"} == refs
        assert sum(len(step.emailed) for step in steps) == emails


def test_an_answer_is_walked_through_without_what_it_answers() -> None:
    proposed = RecommendationProposed(
        text="See", addressed_to=("role-1",), target=target("May 2025")
    )
    leads, answers = ("role-1",), ("recommendation-1",)
    made = ActionCreated(text="See", lead_roles=leads, target=target("May 2025"), answers=answers)
    tale = Tale().tell("recommendation-1", proposed).tell("action-1", made)
    events = tale.events()
    scope = scope_of_thing(tale.view(), "action-1")
    ahead = Ahead(NOTHING, scope, CALENDAR)
    ends = (Milestone(2, day("2025-01-06"), ""),)
    mine = [one for one in events if one.stream == "action-1"]
    (step,) = replay(mine, scope, ahead, Names(tale.view(), ends[0].on), Grain.EVENT, ends)
    assert [line.ref for line in step.happened] == ["A1"]


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 2**32), st.integers(50, 250), st.integers(0, 3))
def test_what_is_theirs_at_each_step_is_on_their_board_of_then(
    seed: int, size: int, number: int
) -> None:
    events = recorded_story(seed, size)
    directory = sorted(Folded(events).view().all("directory"))
    refs = [ref for ref in directory if category_of(ref) in {"role", "person", "subgroup"}]
    for ref in random.Random(seed).sample(refs, min(3, len(refs))):  # noqa: S311
        is_subgroup = category_of(ref) == "subgroup"
        filters = BoardFilter(subgroup=ref) if is_subgroup else BoardFilter(lead=ref)
        whole, folded = iter(events), Folded()
        for step in walk(
            events, [Grain.EVENT, Grain.DAY][number % 2], scope=whose(events, filters)
        ):
            told = [one.position for one in step.happened]
            last = max([*told, *(one.position for one in step.emailed)], default=0)
            while folded.position < last:
                folded.take(next(whole))
            if not last or ref not in folded.view().all("directory"):
                continue
            assert step.after == board(folded.view(), step.on, CALENDAR, filters).counts


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
    everything = Folded(events).view()
    roles = [ref for ref in everything.all("directory") if category_of(ref) == "role"]
    leads = (BoardFilter(lead=ref) for ref in roles[:1])
    for scope in (scope_of_all(everything), *(whose(events, one) for one in leads)):
        _require_looked_over(events, scope, grain)


def _require_looked_over(events: list[Recorded], scope: Scope, grain: Grain) -> None:
    first, last = events[0].recorded_at.date(), events[-1].recorded_at.date()
    ends = (Milestone(len(events), last, ""),)
    ahead = Ahead(NOTHING, scope, CALENDAR)
    found = list(stretches(events, scope, ahead, grain, ends, Milestone(0, first, "")))
    steps, names = walk(events, grain, scope=scope), Names(Folded(events).view(), last)
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
