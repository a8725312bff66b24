"""Files behind the link of a reminder: once, within bounds, and nothing of them given back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx2 import Response

from interfaces.web.by_link import link_desk
from interfaces.web.files import sent_files
from projections.handing_in import HandedIn, hand_in
from tests.interfaces.evidence.crafted import JPEG, PDF, SVG
from tests.interfaces.web.browsing import OURS, Browser, Pages, words_of
from tests.interfaces.web.test_evidence import LEAD, send, stored
from tests.interfaces.web.test_several_files import pdf
from tests.interfaces.web.test_updating import ticket

WORDS = "All twenty were read; the list shows it."
PHOTO, LIST = ("photo.jpg", JPEG), ("list.pdf", PDF)
NOT_TAKEN = "not taken this time"


def report(
    browser: Browser, path: str, way: str, *files: tuple[str, bytes], **fields: str
) -> Response:
    """Send a form behind a link, with files."""
    parts = [("file", one) for one in files]
    return browser.client.post(path, data={"way": way, **fields}, files=parts, headers=OURS)


@pytest.mark.parametrize(("way", "field"), [("note", "note"), ("done", "what_we_did")])
def test_what_was_done_is_reported_with_the_files_that_show_it(
    pages_on_both: Pages, way: str, field: str
) -> None:
    somebody, path, before = pages_on_both.browser(), ticket(pages_on_both), stored(pages_on_both)
    assert 'enctype="multipart/form-data"' in somebody.get(path)
    answer = report(somebody, path, way, PHOTO, LIST, **{field: WORDS})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?files=2")
    told = words_of(somebody.get(answer.headers["location"]))
    assert WORDS in told
    assert "2 files were kept with it." in told
    assert stored(pages_on_both) == (before[0] + 3, before[1] + 2)
    page = words_of(pages_on_both.signed_in(LEAD).get("/A2"))
    assert "photo.jpg" in page
    assert "added by Example Audit Chair" in page


def test_a_link_takes_no_file_once_it_was_used(pages: Pages) -> None:
    path = ticket(pages)
    assert report(pages.browser(), path, "note", note=WORDS).status_code == 303
    before = stored(pages)
    answer = report(pages.browser(), path, "note", LIST, note="And the list.")
    assert answer.status_code == 409
    assert "And the list." in answer.text
    assert NOT_TAKEN in answer.text
    assert stored(pages) == before


def test_of_two_who_send_files_at_once_one_is_stored(pages: Pages) -> None:
    path, before = ticket(pages), stored(pages)

    def give(number: int) -> int:
        file = (f"{number}.pdf", pdf(str(number)))
        return report(pages.browser(), path, "note", file, note=f"Number {number}.").status_code

    with ThreadPoolExecutor(4) as several:
        answers = sorted(several.map(give, range(4)))
    assert answers == [303, 409, 409, 409]
    assert stored(pages) == (before[0] + 2, before[1] + 1)


def test_a_file_that_is_refused_leaves_the_link_good_and_the_words_there(pages: Pages) -> None:
    somebody, path, before = pages.browser(), ticket(pages), stored(pages)
    answer = report(somebody, path, "done", LIST, ("a.svg", SVG), what_we_did=WORDS)
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert "“a.svg” was not kept" in words_of(answer.text)
    assert 'id="field-file-error"' in answer.text
    named = ("Zeb Quill born 12 March 2015.jpg", JPEG)
    answer = report(somebody, path, "done", named, what_we_did=WORDS)
    assert answer.status_code == 422
    assert "Its name: This seems to hold" in answer.text
    assert stored(pages) == before
    assert report(somebody, path, "done", LIST, what_we_did=WORDS).status_code == 303


def test_nothing_of_files_is_learned_by_a_link(pages: Pages) -> None:
    lead = pages.signed_in(LEAD)
    send(lead, "/do/evidence/add?on=A2", "secret.pdf", PDF, note="Hidden words")
    somebody, path = pages.browser(), ticket(pages)
    assert "secret.pdf" not in somebody.get(path)
    assert "Hidden words" not in somebody.get(path)
    assert somebody.client.get("/evidence/EV1/file").status_code == 303
    before = stored(pages)
    # Neither that the item has this very file, nor that it has not.
    other = ticket(pages, hours=71)
    answers = [
        report(somebody, path, "note", ("guess.pdf", PDF), note=WORDS),
        report(somebody, other, "note", ("new.pdf", pdf("new")), note=WORDS),
    ]
    assert stored(pages) == (before[0] + 3, before[1] + 1)
    pages_told = []
    for answer, link in zip(answers, (path, other), strict=True):
        assert (answer.status_code, answer.headers["location"]) == (303, f"{link}?files=1")
        told = [somebody.get(answer.headers["location"]), somebody.get(link)]
        assert ["A file was kept with it." in one for one in told] == [True, False]
        assert not any("secret.pdf" in one or "already" in one for one in told)
        pages_told.append([words_of(one) for one in told])
    assert pages_told[0] == pages_told[1]
    for elsewhere in ("/A2", "/EV1", "/api/v1/things/A2/evidence"):
        assert somebody.client.get(elsewhere).status_code in {303, 401}


def test_nothing_is_learned_of_a_file_that_somebody_else_hands_in_at_once(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, path, before = pages.signed_in(LEAD), ticket(pages), stored(pages)

    def later(*given: Any, **named: Any) -> HandedIn:  # noqa: ANN401 - whatever it is given
        monkeypatch.setattr(link_desk, "hand_in", hand_in)
        send(lead, "/do/evidence/add?on=A2", "secret.pdf", PDF, note="Hidden words")
        return hand_in(*given, **named)

    monkeypatch.setattr(link_desk, "hand_in", later)
    answer = report(pages.browser(), path, "note", LIST, note=WORDS)
    assert answer.status_code == 303
    assert stored(pages) == (before[0] + 2, before[1] + 1)


@pytest.mark.parametrize("way", ["more-time", "not-mine"])
def test_other_forms_behind_a_link_take_no_file(pages: Pages, way: str) -> None:
    before, path = stored(pages), ticket(pages)
    fields = {"target": "May 2026", "reason": "Ill", "progress": "Half", "whose": "The police."}
    assert report(pages.browser(), path, way, LIST, **fields).status_code == 422
    assert stored(pages) == before


def test_a_link_of_somebody_who_may_not_report_takes_no_file(pages: Pages) -> None:
    before, path = stored(pages), ticket(pages, person="person-8")
    answer = report(pages.browser(), path, "note", LIST, note=WORDS)
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert NOT_TAKEN in answer.text
    assert stored(pages) == before


def test_files_are_read_only_behind_a_link_that_can_be_used(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    whole = sent_files.SentFile

    def counted(name: str, content: bytes) -> sent_files.SentFile:
        kept.append(len(content))
        return whole(name, content)

    monkeypatch.setattr(sent_files, "SentFile", counted)
    large = ("large.pdf", pdf("x", 2_000_000))
    late = ticket(pages, hours=-1)
    answer = report(pages.browser(), late, "note", large, note=WORDS)
    assert (answer.status_code, WORDS in answer.text) == (403, True)
    forged = report(pages.browser(), f"{late[:-4]}AAAA", "note", large, note=WORDS)
    assert forged.status_code == 413
    small = report(pages.browser(), f"{late[:-4]}AAAA", "note", LIST, note=WORDS)
    assert (small.status_code, WORDS in small.text) == (403, True)
    assert kept == [0, 0]
    used = ticket(pages)
    report(pages.browser(), used, "note", large, note=WORDS)
    report(pages.browser(), used, "note", large, note=WORDS)
    assert kept[2:] == [2_000_000, 0]


def test_a_link_is_tried_so_often_and_others_go_on(pages: Pages) -> None:
    path, other, before = ticket(pages), ticket(pages, hours=71), stored(pages)
    browser = pages.browser()
    answers = [report(browser, path, "note", ("a.svg", SVG), note=WORDS) for _ in range(11)]
    assert [one.status_code for one in answers] == [422] * 10 + [429]
    assert WORDS in answers[-1].text
    assert stored(pages) == before
    assert report(browser, other, "note", LIST, note=WORDS).status_code == 303
