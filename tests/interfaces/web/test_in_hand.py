"""Files that are handed in: how much of them is in memory at once, and what others are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interfaces.web.files.in_hand import InHand
from tests.interfaces.evidence.crafted import PDF
from tests.interfaces.web.browsing import OURS, Pages, words_of
from tests.interfaces.web.test_evidence import LEAD, program, send, stored
from tests.interfaces.web.test_updating import ticket
from tests.interfaces.web.test_updating_with_files import report

NOTE = "/do/action/note-progress?on=A2"
WORDS = "All twenty were read; the list shows it."


@pytest.fixture
def hand(pages: Pages) -> InHand:
    """Serve the record with room for no more than one small file at once."""
    hand = InHand(len(PDF) + 10)
    pages.serve_house(replace(pages.house, in_hand=hand))
    return hand


def test_nobody_has_more_than_a_portion_and_all_together_no_more_than_there_is() -> None:
    hand = InHand(10)
    with hand.portion("one", 6) as one, hand.portion("one", 6) as again:
        assert one(4)
        assert not again(3)
        assert again(2)
        with hand.portion("other", 6) as other:
            assert not other(5)
            assert other(4)
            assert hand.taken == 10
        assert hand.taken == 6
    assert hand.taken == 0


def test_what_is_answered_makes_room_whatever_the_answer(pages: Pages, hand: InHand) -> None:
    lead, before = pages.signed_in(LEAD), stored(pages)
    assert send(lead, NOTE, "list.pdf", PDF, note="").status_code == 422
    assert send(lead, NOTE, "list.exe", PDF, note=WORDS).status_code == 422
    assert send(lead, NOTE, "list.pdf", PDF, note=WORDS).status_code == 303
    assert stored(pages) == (before[0] + 2, before[1] + 1)
    assert hand.taken == 0


def test_who_finds_no_room_gets_their_words_back_and_nothing_is_stored(
    pages: Pages, hand: InHand
) -> None:
    lead, path, before = pages.signed_in(LEAD), ticket(pages), stored(pages)
    writer = program(pages, LEAD)
    with hand.portion("somebody", 1_000) as take:
        assert take(20)
        answers = [
            send(lead, NOTE, "list.pdf", PDF, note=WORDS),
            report(pages.browser(), path, "note", ("list.pdf", PDF), note=WORDS),
        ]
        for answer in answers:
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
            assert "Others are handing in files" in words_of(answer.text)
            assert WORDS in answer.text
            assert "not kept meanwhile" in words_of(answer.text)
        told = writer.client.post(
            "/api/v1/things/A2/evidence", files={"file": ("list.pdf", PDF)}, headers=OURS
        )
        assert (told.status_code, told.json()["title"]) == (503, "Busy")
        assert lead.give(NOTE, note="Words alone.").status_code == 303
        assert stored(pages) == (before[0] + 1, before[1])
    assert report(pages.browser(), path, "note", ("list.pdf", PDF), note=WORDS).status_code == 303
