"""Everything that can be done with several items is done with two, one of each kind if it can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from events.refs import quoted
from interfaces.web.several.joint_offers import JOINT_OFFERS, JointOffer
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Browser, Pages, words_of
from tests.interfaces.web.conftest import served
from tests.interfaces.web.people import COMMANDS
from tests.interfaces.web.test_several import sent, size, stored

MANAGER, LEAD = "person-1", "person-2"
WHY: Final = {"reason": "Because"}
TIME: Final = {"target": "31 December 2026", "progress": "Half", **WHY}
REPORTED: Final = {"what_we_did": "All of it", "evidence": "The list"}
UNTIL: Final = {"colour": "green", "expires_on": "2025-10-31", **WHY}

Step = tuple[str, dict[str, Any], str]
ACCEPTED: Final[list[Step]] = [("accept", {}, MANAGER)]
VERIFIED: Final = [*ACCEPTED, ("report-implemented", REPORTED, LEAD), ("verify", {}, MANAGER)]
IMPACT_DUE: Final = [*VERIFIED, ("set-impact-date", {"target": "May 2026"}, MANAGER)]
BEFORE: Final[dict[str, list[Step]]] = {
    "action/complete": [("submit", REPORTED, LEAD), *ACCEPTED, *VERIFIED[1:2]],
    "action/return": [("submit", REPORTED, LEAD), *ACCEPTED, *VERIFIED[1:2]],
    "action/submit": ACCEPTED,
    "action/start": ACCEPTED,
    "action/note-progress": ACCEPTED,
    "action/unblock": [("block", WHY, LEAD)],
    "action/resume": [("put-on-hold", {"review_on": "2025-10-31", **WHY}, MANAGER)],
    "action/reopen": [("cancel", WHY, MANAGER), *VERIFIED],
    "action/end-brag-override": [("override-brag", UNTIL, MANAGER)],
    "extension/approve": [*ACCEPTED, ("request", TIME, LEAD)],
    "extension/decline": [*ACCEPTED, ("request", TIME, LEAD)],
    "extension/withdraw": [*ACCEPTED, ("request", TIME, MANAGER)],
    "extension/request": ACCEPTED,
    "recommendation/close-not-implemented": ACCEPTED,
    "recommendation/set-impact-date": VERIFIED,
    "recommendation/show-impact": IMPACT_DUE,
    "recommendation/record-no-impact": IMPACT_DUE,
}
"""What happened before, by what is done then: the steps that an item's kind knows of."""

FILLED: Final[dict[str, dict[str, Any]]] = {
    "action/note-progress": {"note": "Going well"},
    "action/submit": REPORTED,
    "action/complete": {"note": "Looked at"},
    "action/return": WHY,
    "action/start": {},
    "action/block": WHY,
    "action/unblock": {},
    "action/put-on-hold": {"review_on": "2025-10-31", **WHY},
    "action/resume": {},
    "action/cancel": WHY,
    "action/reopen": WHY,
    "action/change-leads": {"lead_roles": "role-3", "addressed_to": "role-3", **WHY},
    "action/answer-recommendation": {"recommendation": "R1"},
    "action/move-target-date": {"target": "May 2027", **WHY},
    "action/correct-target-date": {"target": "May 2027", **WHY},
    "action/override-brag": UNTIL,
    "action/end-brag-override": {},
    "extension/request": TIME,
    "extension/approve": {},
    "extension/decline": WHY,
    "extension/withdraw": {},
    "recommendation/accept": {"decided_by": "role-1"},
    "recommendation/accept-partly": {"decided_by": "role-1", **WHY},
    "recommendation/reject": {"decided_by": "role-1", **WHY},
    "recommendation/supersede": {"by": "R1", **WHY},
    "recommendation/close-not-implemented": {"risk_accepted_by": "role-1", **WHY},
    "recommendation/set-target-date": {"target": "May 2027"},
    "recommendation/set-impact-date": {"target": "May 2026"},
    "recommendation/show-impact": {"difference_made": "Seen sooner", "evidence": "The audit"},
    "recommendation/record-no-impact": {"then": "reopen", **WHY},
}
"""What is filled in, for everything that is offered."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, small_plan: CommandLine) -> Iterator[Pages]:
    with served(small_plan.copied_to(tmp_path_factory.mktemp("joint"))) as found:
        give(found, "recommendation", "propose", {"text": "Stands", "source": "Elsewhere"})
        yield found


@pytest.fixture(scope="module")
def manager(pages: Pages) -> Iterator[Browser]:
    browser = pages.signed_in(MANAGER)
    with browser.client:
        yield browser


def give(
    pages: Pages, category: str, verb: str, values: dict[str, Any], actor: str = MANAGER
) -> str:
    command = COMMANDS[category, verb].model_validate(values)
    return pages.partnership.ledger.execute(command, actor=actor).stream


def begun(pages: Pages, category: str, offer: JointOffer) -> str:
    """Begin an item, and let happen what has to have happened before something can be done."""
    dated = {"target": "May 2026"} if offer.path != "recommendation/set-target-date" else {}
    if category == "action":
        led = {"text": "To do", "lead_roles": ("role-2",), "plan": "plan-1", "priority": 1}
        ref = give(pages, category, "create", {**led, **dated})
    else:
        made = {"text": "To be done", "source": "Elsewhere", "addressed_to": ("role-2",)}
        ref = give(pages, category, "propose", {**made, **dated})
    for verb, values, actor in BEFORE.get(offer.path, []):
        named = "extension" if verb == "request" else category
        about = "item" if verb == "request" else category
        if (named, verb) in COMMANDS:
            give(pages, named, verb, {about: ref, **values}, actor)
    return ref


def test_there_is_an_example_of_everything_that_is_offered() -> None:
    assert {one.path for one in JOINT_OFFERS} == set(FILLED)


@pytest.mark.parametrize("offer", JOINT_OFFERS, ids=lambda one: one.path)
def test_it_is_done_with_two(pages: Pages, manager: Browser, offer: JointOffer) -> None:
    kinds = [*offer.offers, *offer.offers][:2]
    refs = [begun(pages, category, offer) for category in kinds]
    before = size(pages)
    path = f"/board/several/{offer.path}"
    answer = sent(manager, path, *map(quoted, refs), **FILLED[offer.path])
    assert "2 of 2 recorded" in words_of(answer.text), words_of(answer.text)
    assert {stream for stream, _ in stored(pages, before)} == set(refs)
