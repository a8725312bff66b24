"""The record's page: its fingerprint, the heads that others hold, and verifying it."""

from __future__ import annotations

import threading

from events.checkpoint import record_line
from tests.interfaces.web.browsing import Browser, Pages, words_of

SCRUTINEER = "person-8"


def _verified(browser: Browser) -> str:
    """Ask for a verification, and return the page once it has ended."""
    assert browser.post("/record/verify").status_code == 303
    _join()
    return words_of(browser.get("/record"))


def test_the_line_is_that_of_the_emails(pages: Pages) -> None:
    head = pages.partnership.log.head()
    shown = words_of(pages.signed_in(SCRUTINEER).get("/record"))
    assert record_line(head.size, head.frontier.root()) in shown
    assert "Held by others 0" in shown
    assert "goldthread" not in shown.replace("Goldthread", "")


def test_whoever_reads_can_verify(pages_on_both: Pages) -> None:
    shown = _verified(pages_on_both.signed_in(SCRUTINEER))
    size = pages_on_both.partnership.log.head().size
    assert f"The record holds: {size} entries" in shown


def test_a_record_that_was_cut_short_does_not_hold(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    assert scrutineer.post("/record/head").status_code == 200
    high_water = pages.partnership.settings.files.high_water
    text = high_water.read_text(encoding="utf-8")
    size = pages.partnership.log.head().size
    high_water.write_text(text.replace(f'"size": {size}', f'"size": {size + 1}'), encoding="utf-8")
    assert "does NOT hold" in _verified(scrutineer)
    refused = scrutineer.post("/record/head")
    assert refused.status_code == 409
    assert "Something is not as it should be" in refused.text


def test_pages_that_show_what_nobody_recorded_are_told_of(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    assert "What these pages show is what the record says" in _verified(scrutineer)
    gone = "DELETE FROM read_standing WHERE model = 'actions' AND key = 'action-1' RETURNING key"
    assert pages.partnership.log.query(gone)
    shown = _verified(scrutineer)
    assert "The pages do not show what the record says" in shown
    assert "actions: action-1 is missing from the table" in shown


def test_the_signed_head_is_a_file_to_keep(pages: Pages) -> None:
    answer = pages.signed_in(SCRUTINEER).post("/record/head")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert str(pages.partnership.log.head().size) in answer.text


def test_looking_changes_nothing(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    high_water = pages.partnership.settings.files.high_water
    before = high_water.read_bytes()
    scrutineer.get("/record")
    scrutineer.get("/record?at=2025-06-02")
    assert high_water.read_bytes() == before


def test_verifying_is_not_asked_for_without_end(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    found = [scrutineer.post("/record/verify").status_code for _ in range(8)]
    assert found[0] == 303
    assert found[-1] == 429
    _join()


def _join() -> None:
    for thread in threading.enumerate():
        if thread.name == "verifying":
            thread.join()
