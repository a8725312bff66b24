"""Every page: nobody is shut out, it fits the narrowest screen, and targets are generous."""

from __future__ import annotations

from typing import Final

import pytest

from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.every_page import every_path
from tests.interfaces.web.browser.looking import (
    NARROWEST,
    TOO_SMALL,
    TOO_WIDE,
    found_by_axe,
    open_all,
)
from tests.interfaces.web.browser.record import MANAGER, ServedRecord

WITHOUT_ACCOUNT: Final = ("/sign-in", "/sign-in/some-letters")
PARTS: Final = 4
"""In so many tests the pages are tried, so that several processes share them."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    record: ServedRecord, sign_in: SignIn, scheme: str, part: int
) -> None:
    width = 1280 if scheme == "light" else 390
    page = sign_in(MANAGER, width, color_scheme=scheme)
    found = {}
    for path in every_path()[part::PARTS]:
        page.goto(record.address + path)
        open_all(page)
        found[path] = found_by_axe(page, scheme)
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_nobody_is_signed_in(
    record: ServedRecord, sign_in: SignIn, scheme: str
) -> None:
    page = sign_in(MANAGER, color_scheme=scheme)
    page.context.clear_cookies()
    for path in WITHOUT_ACCOUNT:
        page.goto(record.address + path)
        assert found_by_axe(page, scheme) == [], path


def test_every_page_fits_a_zoom_of_400_per_cent(record: ServedRecord, sign_in: SignIn) -> None:
    page = sign_in(MANAGER, NARROWEST, 256)
    found = {}
    for path in every_path():
        page.goto(record.address + path)
        open_all(page)
        too_wide = page.evaluate(TOO_WIDE)
        if too_wide or page.evaluate("document.documentElement.scrollWidth") > NARROWEST:
            found[path] = too_wide or ["the page itself"]
    assert found == {}


def test_what_is_pressed_is_large_enough_for_a_thumb(record: ServedRecord, sign_in: SignIn) -> None:
    page = sign_in(MANAGER, 390, 844)
    found = {}
    for path in every_path():
        page.goto(record.address + path)
        found[path] = page.evaluate(TOO_SMALL)
    assert {path: told for path, told in found.items() if told} == {}


def test_a_page_on_paper_shows_what_it_is_about_alone(
    record: ServedRecord, sign_in: SignIn
) -> None:
    page = sign_in(MANAGER)
    page.goto(f"{record.address}/board")
    page.emulate_media(media="print")
    assert page.locator(".tabs, .who, .tools").locator("visible=true").count() == 0
    assert page.locator(".board").first.is_visible()
