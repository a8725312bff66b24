"""Replay: what happened, step by step, for whoever may see it."""

from __future__ import annotations

import re

from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages, words_of
from tests.interfaces.web.conftest import served

MANAGER = "person-1"


def test_each_step_says_who_did_what_and_why(pages: Pages) -> None:
    shown = words_of(pages.signed_in(MANAGER).get("/replay?from=2025-06-02&to=2025-06-02&step=day"))
    assert "Step 1 of 1" in shown
    assert "asked for more time (first request)" in shown
    assert "Exams" in shown
    assert "A1" in shown


def test_one_walks_by_links_alone(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    page, numbers = manager.get("/replay?step=event&stage=1"), []
    while onwards := re.search(r'href="([^"#]+)#step" rel="next"', page):
        numbers.append(onwards[1].replace("&amp;", "&"))
        page = manager.get(numbers[-1])
    assert "first" in page
    of = re.search(r"Step (\d+) of (\d+)", page)
    assert of is not None
    assert of[1] == of[2] == str(len(numbers) + 1)


def test_the_chart_has_its_table(pages: Pages) -> None:
    page = pages.signed_in(MANAGER).get("/replay")
    assert "<path class=" in page
    assert "The numbers as a table" in page
    assert "style=" not in page


def test_a_page_of_the_past_shows_nothing_later(pages: Pages) -> None:
    shown = words_of(pages.signed_in(MANAGER).get("/replay?at=2025-05-01"))
    assert "asked for more time (first request)" not in shown
    assert "You are looking at the past" in shown


def test_what_cannot_be_read_is_said_without_losing_the_rest(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    page = manager.get("/replay?from=soon&lead=RO3", 422)
    assert "is not a day" in page
    assert "--from" not in page
    assert 'value="soon"' in page
    assert "after" in manager.get("/replay?from=2025-09-01&to=2025-04-01", 422)


def test_an_audit_that_is_not_there_is_nothing(pages: Pages) -> None:
    pages.signed_in(MANAGER).get("/replay?audit=AU99", 404)


def test_only_what_a_lead_leads_is_told_of_a_lead(pages: Pages) -> None:
    shown = pages.signed_in(MANAGER).get("/replay?lead=RO2&step=event&stage=1")
    assert ">A2<" in shown
    assert ">A1<" not in shown


def test_a_meeting_is_a_step_if_it_was_recorded_by_the_day_of_the_page(cli: CommandLine) -> None:
    cli.done("meeting", "record", "--title", "Executive board", "--held-on", "2025-04-02")
    with served(cli) as pages:
        manager = pages.signed_in(MANAGER)
        walk = "/replay?from=2025-03-31&to=2025-05-01&step=meeting&stage=1"
        assert "Until 2 April 2025: Executive board" in words_of(manager.get(walk))
        earlier = words_of(manager.get(f"{walk}&at=2025-05-01"))
        assert "Until 2 April 2025: Executive board" not in earlier
