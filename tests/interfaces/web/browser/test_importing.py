"""A business manager imports a plan: looks at it, mends it, confirms it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.interfaces.importing.made_plans import plan_file
from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.looking import (
    NARROWEST,
    TOO_SMALL,
    TOO_WIDE,
    found_by_axe,
    open_all,
)
from tests.interfaces.web.browser.record import MANAGER, ServedRecord

LISTENING = "1. Listening"
PLAN = (
    (LISTENING, "Ask families what helped them", "31 February 2031", "Business Manager"),
    (LISTENING, "Ask schools what they saw", "June 2031", ""),
    (LISTENING, "Print posters", "ASAP", "Business Manager"),
    (LISTENING, "Publish what was heard", "March 2031", "HSCP Business Manager"),
)


def look_at(page: Page, file: str) -> None:
    page.get_by_role("link", name="Plans").first.click()
    page.get_by_role("link", name="Import a document").click()
    page.get_by_label("Document").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()


def test_a_plan_is_imported_without_script(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(MANAGER, java_script_enabled=False)
    look_at(page, plan_file(tmp_path, PLAN, "Listening plan.csv"))
    expect(page.get_by_label("What would become of it")).to_contain_text("3 to be mended")
    expect(page.get_by_text("February 2031 has 28 days")).to_be_visible()
    page.locator("#row-0").get_by_label("Target date").fill("February 2031")
    page.locator("#row-1").get_by_label("Lead", exact=True).fill("Head of Hearing")
    page.get_by_label("Leave out line 4").check()
    page.get_by_role("button", name="Check again").click()
    expect(page.locator("#row-0")).to_contain_text("due 28 February 2031")
    expect(page.locator("#row-1")).to_contain_text("a new role")
    page.get_by_label("New role for Head of Hearing").fill("Head of Listening")
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_role("status")).to_contain_text("what your corrections come to")
    expect(page.get_by_label("Role of Head of Hearing")).to_have_value("Head of Listening")
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_role("status")).to_contain_text("3 actions added, 1 role created")
    page.get_by_role("link", name="on the board").click()
    expect(page.get_by_role("main")).to_contain_text("Ask schools what they saw")


def test_everybody_can_use_a_dry_run(record: ServedRecord, sign_in: SignIn, tmp_path: Path) -> None:
    file = plan_file(tmp_path, PLAN[1:], "Looked at only.csv")
    for scheme, width in (("light", 1280), ("dark", NARROWEST)):
        page = sign_in(MANAGER, width, color_scheme=scheme)
        page.goto(f"{record.address}/plans")
        page.get_by_role("link", name="Import a document").click()
        page.get_by_label("Document").set_input_files(file)
        page.get_by_role("button", name="Look at it").click()
        expect(page.get_by_role("button", name="Store it")).to_be_visible()
        open_all(page)
        assert found_by_axe(page, scheme) == []
        assert page.evaluate(TOO_SMALL) == []
        if width == NARROWEST:
            assert page.evaluate(TOO_WIDE) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
