from __future__ import annotations

import pytest

from tests.interfaces.web.browsing import Pages, words_of

CHAIR, SCRUTINEER = "person-2", "person-8"


@pytest.mark.parametrize("person", ["person-1", CHAIR, SCRUTINEER])
def test_everybody_switches_their_own_digests_off_and_on(pages: Pages, person: str) -> None:
    theirs = pages.signed_in(person)
    before = pages.partnership.log.head().size
    assert theirs.post("/you/digests/weekly", {"wished": "off"}).status_code == 303
    shown = words_of(theirs.get("/you/digests?done=weekly"))
    assert "You will not get the weekly digest any more." in shown
    assert "Switch the weekly digest on" in shown
    assert "Switch the monthly digest off" in shown
    assert theirs.post("/you/digests/weekly", {"wished": "on"}).status_code == 303
    assert "Switch the weekly digest off" in theirs.get("/you/digests")
    stored = list(pages.partnership.log.read(before))
    assert [(one.event.type_name, one.stream, one.actor) for one in stored] == [
        ("person.digest_switched_off", person, person),
        ("person.digest_switched_on", person, person),
    ]


def test_what_is_no_digest_or_no_wish_is_nothing(pages: Pages) -> None:
    chair, before = pages.signed_in(CHAIR), pages.partnership.log.head().size
    assert chair.post("/you/digests/daily", {"wished": "off"}).status_code == 404
    assert chair.post("/you/digests/weekly", {"wished": "never"}).status_code == 404
    assert pages.partnership.log.head().size == before


def test_whoever_follows_the_link_of_a_digest_signs_in_first_and_comes_there(pages: Pages) -> None:
    answer = pages.browser().client.get("/you/digests")
    assert answer.headers["location"] == "/sign-in?to=%2Fyou%2Fdigests"
    assert "/you/digests" in pages.signed_in(CHAIR).get("/you")
