"""Every confirmation checked anew, and which entry came too late for it."""

from __future__ import annotations

import datetime as dt

import pytest

from events.catalogue import Event
from events.directory import (
    CoverArranged,
    HolderAppointed,
    PersonRegistered,
    RoleCreated,
)
from events.recommendation import (
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationProposed,
    RecommendationVerified,
)
from projections.confirmations import Confirmation, confirmations
from projections.names import Names
from tests.projections.folds import Tale, target

FIRST, LAST = dt.date(2025, 1, 6), dt.date(2025, 3, 31)
APPOINTED = HolderAppointed(person="person-2", from_on=FIRST)
COVER = CoverArranged(number=1, person="person-2", from_on=FIRST, last_day_on=LAST)


def verified(before: list[Event], after: list[Event]) -> Confirmation:
    """Return how PE2 verified what RO1 leads, with what was told of the role before and after."""
    tale = Tale("2025-01-06").tell("person-2", PersonRegistered(name="Example"))
    tale.tell("role-1", RoleCreated(title="Chair"), *before)
    made = RecommendationProposed(text="See", addressed_to=("role-1",), target=target("May 2025"))
    tale.tell("recommendation-1", made, RecommendationAccepted())
    done = RecommendationImplemented(what_we_did="Seen", evidence="List")
    tale.on("2025-02-03").tell("recommendation-1", done, by="person-3")
    tale.tell("recommendation-1", RecommendationVerified(verified_by="person-2"), by="person-2")
    view = tale.on("2025-03-03").tell("role-1", *after).view()
    (found,) = confirmations(view, Names(view, LAST))
    return found


@pytest.mark.parametrize("made_so", [APPOINTED, COVER])
def test_the_entry_is_named_that_came_after_the_confirmation(made_so: Event) -> None:
    found = verified([], [made_so])
    assert found.wrong == "they acted in Chair, which leads it"
    assert found.late is not None
    assert (found.late.ref, found.late.lateness) == ("RO1", "recorded 56 days after it happened")
    assert found.late.position > found.position


def test_what_was_known_all_along_is_no_late_entry() -> None:
    found = verified([APPOINTED], [])
    assert found.wrong is not None
    assert found.as_json()["late_entry"] is None


def test_what_is_right_names_nothing() -> None:
    found = verified([], [])
    assert (found.wrong, found.late) == (None, None)
