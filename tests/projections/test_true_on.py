from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.action import (
    ActionBlocked,
    ActionCompleted,
    ActionCreated,
    ActionProgressNoted,
    ActionReworded,
    ActionUnblocked,
    TargetDateMoved,
)
from events.directory import (
    CoverArranged,
    CoverEnded,
    HolderAppointed,
    HolderStoodDown,
    PersonRegistered,
    RoleCreated,
    RoleRetitled,
)
from events.recommendation import RecommendationProposed
from events.recorded import Recorded
from projections.civil_days import civil_day
from projections.effect import Effects
from projections.names import Names
from projections.projection import Row
from projections.store import ViewInMemory
from projections.true_on import KNOWLEDGE, NoOtherClock, ViewTrueOn, late_by_then
from tests.events.logs import SetClock
from tests.projections.folds import Folded, Tale, target
from tests.projections.ledgers import new_ledger, write
from tests.projections.stories import random_story, recorded_story
from tests.projections.story_world import Step

Rows = dict[str, dict[str, Row]]


def by_effect(events: list[Recorded], day: dt.date) -> Rows:
    """Return the fold of all events in their order of effect, up to a day: slow, and plain."""
    view = ViewInMemory(len(events), {}, tuple(events))
    effects = Effects(view.events_of)
    there = [one for one in events if effects.day(one) <= day]
    return Folded(sorted(there, key=effects.place)).rows()


def file_in(folder: str | Path) -> str:
    return f"sqlite:///{folder}/record.db"


def told(rows: Rows) -> Rows:
    return {model: rows[model] for model in rows if model not in KNOWLEDGE}


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 2**32), st.integers(60, 700), st.data())
def test_what_was_true_equals_the_fold_of_events_in_their_order_of_effect(
    seed: int, size: int, data: st.DataObject
) -> None:
    chance = random.Random(seed)  # noqa: S311
    steps = random_story(chance, size, minutes_between=900)
    clock = SetClock(steps[0].recorded_at)
    with tempfile.TemporaryDirectory() as folder, new_ledger(file_in(folder), clock) as ledger:
        write(ledger, clock, steps, chance)
        events = list(ledger.log.read())
        first, last = civil_day(events[0].recorded_at), civil_day(events[-1].recorded_at)
        for _ in range(4):
            position = data.draw(st.integers(1, len(events)))
            day = data.draw(st.dates(first - dt.timedelta(40), last))
            view = ViewTrueOn(ledger.log, day, position)
            expected = told(by_effect(events[:position], day))
            assert {model: view.all(model) for model in expected} == {
                model: dict(sorted(rows.items())) for model, rows in expected.items()
            }
            for key, row in expected["actions"].items():
                assert view.get("actions", key) == row


def test_what_was_true_is_the_same_on_both_databases(database_url: str) -> None:
    chance = random.Random(11)  # noqa: S311
    steps = random_story(chance, 900, minutes_between=900)
    clock = SetClock(steps[0].recorded_at)
    with new_ledger(database_url, clock) as ledger:
        write(ledger, clock, steps, chance)
        events = list(ledger.log.read())
        day = civil_day(events[len(events) // 2].recorded_at)
        view = ViewTrueOn(ledger.log, day, len(events))
        expected = told(by_effect(events, day))
        assert {model: view.all(model) for model in expected} == expected


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.integers(60, 700))
def test_no_event_takes_effect_before_what_it_follows(seed: int, size: int) -> None:
    events = recorded_story(seed, size)
    effects = Effects(ViewInMemory(size, {}, tuple(events)).events_of)
    begun: dict[str, dt.date] = {}
    for event in events:
        day = effects.day(event)
        assert day >= begun.setdefault(event.stream, day)
        assert event.happened_on <= day or event.effective_on is None
        assert day <= civil_day(event.recorded_at)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32), st.integers(60, 700))
def test_on_the_last_day_the_order_changes_nothing_that_counts(seed: int, size: int) -> None:
    events = recorded_story(seed, size)
    last = civil_day(events[-1].recorded_at)
    known, true = Folded(events).rows(), by_effect(events, last)
    for model in ("actions", "recommendations"):
        for ref, row in known[model].items():
            same = ("status", "target", "original_target", "text", "moves", "notes", "override")
            assert {field: row[field] for field in same} == {
                field: true[model][ref][field] for field in same
            }


def a_tale() -> Tale:
    created = ActionCreated(text="See", lead_roles=("role-1",), target=target("June 2025"))
    return Tale("2025-01-06").tell("action-1", created)


def rows_on(tale: Tale, day: str) -> Rows:
    return by_effect(tale.events(), dt.date.fromisoformat(day))


def test_a_note_told_late_counts_from_the_day_it_tells_of() -> None:
    note = ActionProgressNoted(note="We met.")
    tale = a_tale().on("2025-05-12").tell("action-1", note, effective_on="2025-04-01")
    assert rows_on(tale, "2025-03-31")["actions"]["action-1"]["notes"] == 0
    assert rows_on(tale, "2025-04-01")["actions"]["action-1"]["notes"] == 1


def test_nothing_happened_to_a_thing_before_its_first_event() -> None:
    note = ActionProgressNoted(note="We met.")
    tale = a_tale().on("2025-02-12").tell("action-1", note, effective_on="2024-12-01")
    assert rows_on(tale, "2025-01-05")["actions"] == {}
    assert rows_on(tale, "2025-01-06")["actions"]["action-1"]["notes"] == 1


def test_a_thing_may_turn_out_to_have_begun_before_it_was_recorded() -> None:
    created = ActionCreated(text="See", lead_roles=(), target=target("June 2025"))
    tale = Tale("2025-01-06").tell("action-1", created, effective_on="2024-11-01")
    assert set(rows_on(tale, "2024-11-01")["actions"]) == {"action-1"}
    assert rows_on(tale, "2024-10-31")["actions"] == {}


def test_a_tenure_counts_from_its_first_day_whatever_was_settled_of_others_since() -> None:
    def appointed(person: str, day: str, last: str | None = None) -> HolderAppointed:
        ends = dt.date.fromisoformat(last) if last else None
        return HolderAppointed(person=person, from_on=dt.date.fromisoformat(day), last_day_on=ends)

    tale = Tale("2025-01-06")
    for number in (1, 2):
        tale.tell(f"person-{number}", PersonRegistered(name=f"Example {number}"))
    tale.tell("role-1", RoleCreated(title="Lead"), appointed("person-1", "2025-01-06"))
    tale.on("2025-02-03").tell("role-1", RoleRetitled(title="Lead of all"))
    stood_down = HolderStoodDown(person="person-1", last_day_on=dt.date(2025, 2, 4))
    tale.on("2025-02-05").tell("role-1", stood_down)
    late = appointed("person-2", "2025-01-25", "2025-02-05")
    cover = CoverArranged(
        number=1,
        person="person-2",
        from_on=dt.date(2025, 2, 6),
        last_day_on=dt.date(2025, 2, 20),
    )
    tale.on("2025-02-12").tell("role-1", late, cover)
    tale.on("2025-02-19").tell("role-1", CoverEnded(number=1, last_day_on=dt.date(2025, 2, 9)))
    for day, holders in (
        ("2025-01-24", {"person-1"}),
        ("2025-01-25", {"person-1", "person-2"}),
        ("2025-02-04", {"person-1", "person-2"}),
        ("2025-02-05", {"person-2"}),
        ("2025-02-06", {"person-2"}),
        ("2025-02-10", set()),
    ):
        view = ViewInMemory(0, rows_on(tale, day))
        assert {*Names(view, dt.date.fromisoformat(day)).holders_of("role-1")} == holders, day


def test_a_status_does_not_overtake_the_one_that_stood_before_it() -> None:
    tale = a_tale().on("2025-03-03").tell("action-1", ActionBlocked(reason="No room."))
    tale.on("2025-03-20").tell("action-1", ActionUnblocked(), effective_on="2025-02-01")
    assert rows_on(tale, "2025-03-02")["actions"]["action-1"]["status"] == "not_started"
    assert rows_on(tale, "2025-03-03")["actions"]["action-1"]["status"] == "not_started"


def test_what_was_recorded_since_stays_after_a_late_completion() -> None:
    tale = a_tale().on("2025-03-03").tell("action-1", ActionBlocked(reason="No room."))
    done = ActionCompleted(confirmed_by="person-2")
    tale.on("2025-06-10").tell("action-1", done, effective_on="2025-02-20")
    assert rows_on(tale, "2025-06-10")["actions"]["action-1"]["status"] == "complete"


def test_a_late_move_of_the_date_and_new_words_do_not_wait_for_each_other() -> None:
    tale = a_tale().on("2025-03-03").tell("action-1", ActionReworded(text="Look", reason="Plain."))
    moved = TargetDateMoved(target=target("July 2025"), reason="Agreed.")
    tale.on("2025-03-20").tell("action-1", moved, effective_on="2025-02-10")
    row = rows_on(tale, "2025-02-10")["actions"]["action-1"]
    assert (row["text"], row["target"]["as_written"]) == ("See", "July 2025")


def test_nothing_answers_a_recommendation_that_was_not_made_yet() -> None:
    tale = Tale("2025-02-03").tell("recommendation-1", RecommendationProposed(text="Do"))
    created = ActionCreated(
        text="See", lead_roles=(), target=target("June 2025"), answers=("recommendation-1",)
    )
    tale.on("2025-02-10").tell("action-1", created, effective_on="2025-01-10")
    assert rows_on(tale, "2025-02-02")["actions"] == {}
    assert rows_on(tale, "2025-02-03")["recommendations"]["recommendation-1"]["actions"] == [
        "action-1"
    ]


@pytest.fixture
def view(tmp_path: Path) -> Iterator[ViewTrueOn]:
    note = ActionProgressNoted(note="We met.")
    tale = a_tale().on("2025-02-03").tell("action-1", ActionReworded(text="Look", reason="Plain."))
    tale.on("2025-05-12").tell("action-1", note, effective_on="2025-01-10")
    events, clock = tale.events(), SetClock()
    steps = [
        Step(one.stream, one.event, one.actor, one.recorded_at, one.effective_on) for one in events
    ]
    with new_ledger(file_in(tmp_path), clock) as ledger:
        write(ledger, clock, steps, random.Random(1))  # noqa: S311
        yield ViewTrueOn(ledger.log, dt.date(2025, 2, 28), ledger.log.head().size)


def test_the_events_of_a_thing_come_in_the_order_of_effect(view: ViewTrueOn) -> None:
    names = [one.event.type_name for one in view.events_of("action-1")]
    assert names == ["action.created", "action.progress_noted", "action.reworded"]
    assert [view.day_of(one).day for one in view.events_of("action-1")] == [6, 10, 3]
    assert view.under("actions", "action-1")["action-1"]["notes"] == 1


def test_what_was_known_has_no_other_clock(view: ViewTrueOn) -> None:
    with pytest.raises(NoOtherClock, match="'told_dates' tells what was known"):
        view.all("told_dates")


def test_what_counts_though_it_came_later_is_found() -> None:
    note = ActionProgressNoted(note="We met.")
    tale = a_tale().on("2025-05-12").tell("action-1", note, effective_on="2025-01-10")
    found = late_by_then(tale.view(), dt.date(2025, 5, 11))
    assert list(found) == ["2"]
    assert not late_by_then(tale.view(), dt.date(2025, 5, 12))
    assert not late_by_then(tale.view(), dt.date(2025, 1, 9))
