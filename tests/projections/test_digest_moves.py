from __future__ import annotations

from collections.abc import Sequence

import pytest

import events.every_type  # noqa: F401  It fills the catalogue.
from events.action import (
    ActionBlocked,
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionRequested,
    ActionProgressNoted,
    ActionReturned,
    ActionReworded,
    ActionStarted,
    ActionSubmitted,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.catalogue import Event, registered
from events.directory import PersonRegistered
from events.recommendation import RecommendationProposed, RecommendationTargetDateSet
from events.recorded import Recorded
from events.refs import category_of
from projections.digest_headings import MOVING, Heading, heading_of, moves
from projections.digest_moves import MOST_TOLD, MoveWords
from projections.names import Names
from tests.events.samples import sample
from tests.projections.folds import Folded, Tale, target

CREATED = ActionCreated(text="Share it", lead_roles=("role-1",), target=target("31 December 2024"))


def began() -> Tale:
    """Tell of an action that was there before the period of the tests."""
    return (
        Tale("2024-11-01")
        .tell("person-1", PersonRegistered(name="Pat Example"))
        .tell("action-1", CREATED)
        .on("2024-12-03")
    )


def told(tale: Tale, item: str = "action-1", heading: Heading | None = None) -> str:
    """Return what is told of an item since December began."""
    events = tale.events()
    before = [one for one in events if one.recorded_at.month < 12]
    now = Folded(events).view()
    mine: Sequence[Recorded] = [
        one
        for one in events[len(before) :]
        if one.stream == item and heading in {None, heading_of(one)}
    ]
    words = MoveWords(Folded(before).view(), now, Names(now, events[-1].recorded_at.date()))
    return words.told(mine)


def test_a_move_is_told_with_the_date_before_and_by_how_much() -> None:
    tale = began().tell("action-1", TargetDateMoved(target=target("March 2025"), reason="Rooms."))
    assert told(tale) == (
        "moved the target date from 31 December 2024 to March 2025 (due 31 March 2025), +3 months"
        " (Pat Example, 3 December)"
    )


def test_of_two_moves_each_is_told_from_where_the_other_left_it() -> None:
    tale = began().tell("action-1", TargetDateMoved(target=target("31.1.2025"), reason="Rooms."))
    tale.on("2024-12-05").tell(
        "action-1", TargetDateMoved(target=target("15.1.2025"), reason="Rooms.", extension=2)
    )
    assert "from 31 December 2024 to 31.1.2025" in told(tale)
    assert "from 31.1.2025 (due 31 January 2025) to 15.1.2025" in told(tale)
    assert "−16 days, after the second request for more time (Pat Example, 5 December)" in told(
        tale
    )


def test_a_correction_counts_as_where_the_next_move_begins() -> None:
    tale = began().tell(
        "action-1",
        TargetDateCorrected(target=target("30.11.2024"), reason="A slip."),
        TargetDateMoved(target=target("ongoing"), reason="It goes on."),
    )
    assert "from 30.11.2024 (due 30 November 2024) to ongoing" in told(tale)


def test_what_is_new_and_moved_at_once_is_told_from_its_first_date() -> None:
    tale = began().tell(
        "action-2", CREATED, TargetDateMoved(target=target("June 2025"), reason="Rooms.")
    )
    assert "from 31 December 2024 to June 2025" in told(tale, "action-2", Heading.TIME)


def test_a_recommendation_without_a_date_gets_its_first() -> None:
    tale = began().tell("recommendation-1", RecommendationProposed(text="Do it"))
    tale.tell("recommendation-1", RecommendationTargetDateSet(target=target("June 2025")))
    said = told(tale, "recommendation-1", Heading.TIME)
    assert said.startswith("set the target date to June 2025 (due 30 June 2025)")


def test_nothing_that_somebody_wrote_is_told() -> None:
    tale = began().tell(
        "action-1",
        ActionProgressNoted(note="SECRET"),
        ActionBlocked(reason="SECRET"),
        ActionReworded(text="SECRET", reason="SECRET"),
        ActionExtensionRequested(
            extension=1, target=target("June 2025"), reason="SECRET", progress="SECRET"
        ),
        TargetDateMoved(target=target("June 2025"), reason="SECRET"),
    )
    for heading in Heading:
        assert "SECRET" not in told(tale, heading=heading)


def test_the_same_said_twice_is_told_once_with_its_last_day() -> None:
    tale = began().tell("action-1", ActionProgressNoted(note="One."))
    tale.on("2024-12-06").tell("action-1", ActionProgressNoted(note="Two."))
    assert told(tale) == "told how the work goes (Pat Example, 6 December)"


def test_of_many_events_the_last_are_told_and_the_others_counted() -> None:
    tale = began().tell(
        "action-1",
        ActionStarted(),
        ActionSubmitted(what_we_did="It.", no_evidence_reason="None."),
        ActionReturned(returned_by="person-1", reason="Not yet."),
        ActionExtensionRequested(
            extension=1, target=target("June 2025"), reason="Rooms.", progress="Half."
        ),
        ActionExtensionApproved(extension=1),
    )
    said = told(tale)
    assert said.startswith("2 earlier changes; ")
    assert said.count("(Pat Example") == MOST_TOLD


def test_what_became_true_earlier_is_told_of_its_own_day() -> None:
    tale = began().tell("action-1", ActionStarted(), effective_on="2024-11-28")
    assert told(tale) == "started the work (Pat Example, 28 November)"


@pytest.mark.parametrize("kind", tuple(registered()), ids=lambda kind: kind.type_name)
def test_every_kind_of_event_of_the_work_has_a_heading_and_no_other(kind: type[Event]) -> None:
    (only,) = Tale().tell("action-1", CREATED).events()
    category = kind.type_name.partition(".")[0]
    stream = f"{'audit' if category == 'finding' else category}-1"
    recorded = only._replace(stream=stream, event=sample(kind))
    assert (heading_of(recorded) is not None) is (category_of(stream) in MOVING)


def test_what_moved_is_put_together_for_each_thing() -> None:
    tale = began().tell("action-1", ActionStarted()).tell("action-2", CREATED)
    tale.tell("action-1", ActionProgressNoted(note="One."))
    found = moves(tale.events())
    assert {item: len(some) for item, some in found[Heading.WORK].items()} == {"action-1": 2}
    assert list(found[Heading.NEW]) == ["action-1", "action-2"]
    assert found[Heading.DONE] == {}
