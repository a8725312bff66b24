"""The business manager: deciding, looking at what slips, changing several at once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.looking import found_by_axe
from tests.interfaces.web.browser.record import EARLY_HELP_CHAIR, MANAGER, ServedRecord
from workflow.extension_commands import RequestExtension


def test_more_time_is_given_from_what_waits_for_a_decision(
    record: ServedRecord, sign_in: SignIn
) -> None:
    asked = {"target": "31 October 2025", "reason": "New clubs", "progress": "Half are reached"}
    record.give(RequestExtension.model_validate({"item": "action-11", **asked}), EARLY_HELP_CHAIR)
    page = sign_in(MANAGER)
    waiting = page.get_by_role("region", name="Waiting for your decision")
    card = waiting.locator(".card", has_text="New clubs")
    expect(card).to_contain_text("asked for: 31 October 2025")
    card.get_by_role("link", name="Look and decide").click()
    page.get_by_role("link", name="Give more time").click()
    page.get_by_role("button", name="Give more time").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded")
    expect(page.get_by_label("Where it stands")).to_contain_text("31 October 2025")
    page.goto(record.address)
    expect(waiting.locator(".card", has_text="New clubs")).to_have_count(0)


def test_what_slips_stands_on_the_first_page(sign_in: SignIn) -> None:
    page = sign_in(MANAGER)
    slipping = page.get_by_role("region", name="Past their date").first
    expect(slipping.get_by_role("row").filter(has_text="A4")).to_contain_text("Overdue")
    slipping.get_by_role("link", name="A4", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("neglect toolkit")


def test_the_board_is_sorted_by_its_headings(sign_in: SignIn) -> None:
    page = sign_in(MANAGER)
    page.get_by_role("link", name="Board").click()
    page.get_by_role("link", name="Target date").first.click()
    heading = page.get_by_role("columnheader", name="Target date")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="Target date").click()
    expect(heading).to_have_attribute("aria-sort", "descending")


def test_several_are_told_of_at_once_and_each_is_answered_for(sign_in: SignIn) -> None:
    page = sign_in(MANAGER)
    page.get_by_role("link", name="Board").click()
    page.get_by_role("link", name="Change several at once").click()
    page.get_by_label("Choose A1", exact=True).check()
    page.get_by_label("Choose A4", exact=True).check()
    page.get_by_label("How does it go").fill("Looked at in the June meeting.")
    page.get_by_role("button", name="Tell it of each").click()
    expect(page.get_by_role("status")).to_contain_text("2 of 2 recorded")
    assert found_by_axe(page, "light") == []
    page.get_by_role("link", name="A4", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Looked at in the June meeting.")
