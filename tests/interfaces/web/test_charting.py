"""The page of charts, and the way to every page."""

from __future__ import annotations

import re

import pytest

from tests.interfaces.web.browsing import Pages, words_of

MANAGER, CHAIR = "person-1", "person-2"


def test_each_chart_has_a_table_that_says_the_same(pages: Pages) -> None:
    page = pages.signed_in(MANAGER).get("/charts")
    assert page.count('<figure class="chart">') == page.count("The numbers as a table")
    shown = words_of(page)
    assert "31 Mar 2025" in shown
    assert "24 Sep 2025" in shown
    assert "up to half a year later 1" in shown
    assert "Chair of Audit and Performance Subgroup 0 0 0 1 0 1" in shown


def test_charts_of_a_past_day_end_there(pages: Pages) -> None:
    shown = words_of(pages.signed_in(MANAGER).get("/charts?at=2025-05-10"))
    assert "10 May 2025" in shown
    assert "Sep 2025" not in shown
    assert "up to half a year later 0" in shown


@pytest.mark.parametrize("person", [MANAGER, CHAIR])
def test_every_page_that_is_named_can_be_reached_now_and_then(pages: Pages, person: str) -> None:
    browser = pages.signed_in(person)
    navigation = re.search(r'(?s)<nav aria-label="Pages">.*?</nav>', browser.get("/"))
    assert navigation is not None
    named = re.findall(r'href="([^"]+)"', navigation[0])
    assert {"/board", "/plans", "/audits", "/meetings", "/replay", "/record"} <= set(named)
    for path in named:
        assert "<h1" in browser.get(path)
        assert "/do/" not in browser.get(f"{path}?at=2025-06-02")
