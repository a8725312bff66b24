"""A chair, on a phone: from the first page to a saved note, and asking for more time."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from interfaces.cli.serve_run import reminder_link
from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import AUDIT_CHAIR, ServedRecord

PHONE = (390, 844)


@pytest.fixture
def phone(sign_in: SignIn) -> Page:
    return sign_in(AUDIT_CHAIR, *PHONE, has_touch=True, is_mobile=True)


def test_a_note_is_saved_on_the_first_page_itself(phone: Page) -> None:
    card = phone.locator("#A5")
    expect(card).to_contain_text("Overdue")
    card.get_by_label("How does it go?").fill("All thirty cases are read.")
    card.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("status")).to_contain_text("Saved: A5")
    expect(phone.locator("#A5")).to_contain_text("All thirty cases are read.")


def test_what_is_most_urgent_can_be_told_of_without_scrolling_far(phone: Page) -> None:
    save = phone.locator(".card").first.get_by_role("button", name="Save").bounding_box()
    assert save is not None
    assert save["y"] + save["height"] < PHONE[1]


def test_a_note_without_words_is_asked_for_kindly(phone: Page) -> None:
    phone.locator("#A5").get_by_role("button", name="Save").click()
    summary = phone.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    note = phone.get_by_label("Note")
    expect(note).to_be_focused()
    note.fill("Now with words.")
    phone.get_by_role("button", name="Tell how it goes").click()
    expect(phone.get_by_role("status")).to_contain_text("Saved: A5")


def test_more_time_is_asked_for_from_the_card(phone: Page) -> None:
    card = phone.locator("#A9")
    card.locator("summary", has_text="I need more time").click()
    card.get_by_label("Target").fill("30 September 2025")
    card.locator("details[open]").get_by_label("Reason", exact=True).fill(
        "Two agencies answer late."
    )
    card.get_by_label("Progress").fill("The sample is drawn.")
    card.get_by_role("button", name="Ask for more time").click()
    expect(phone.get_by_role("status")).to_contain_text("Saved: A9")
    expect(phone.locator("#A9")).to_contain_text("more time asked for: 30 September 2025")


def test_an_item_that_is_not_theirs_is_passed_on_with_a_word(phone: Page) -> None:
    card = phone.locator("#A5")
    card.locator("summary", has_text="Not mine").click()
    card.get_by_label("Who should have it").fill("The chair of early help, who runs the service.")
    card.get_by_role("button", name="Tell them").click()
    expect(phone.locator("#A5")).to_contain_text("should go to somebody else")


def test_the_menu_opens_and_leads_to_the_board(phone: Page) -> None:
    phone.get_by_text("Menu").click()
    phone.get_by_role("link", name="Board").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Board")


def test_an_emails_link_leads_to_a_saved_note_without_signing_in(
    record: ServedRecord, phone: Page
) -> None:
    link = reminder_link(record.partnership.settings.files.outbox)
    assert link is not None
    phone.context.clear_cookies()
    phone.goto(record.address + urlsplit(link).path)
    phone.get_by_label("Note").fill("Read on the bus.")
    phone.get_by_role("button", name="Tell how it goes").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Recorded, thank you")
    expect(phone.get_by_role("main")).to_contain_text("Read on the bus.")
