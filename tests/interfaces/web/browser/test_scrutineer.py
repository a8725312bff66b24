"""The scrutineer: what moved, what was believed on a past day, who changed what and why."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import SCRUTINEER


def test_the_first_page_says_what_moved(sign_in: SignIn) -> None:
    page = sign_in(SCRUTINEER)
    expect(page.get_by_role("region", name="Moved since").first).to_contain_text("R1")


def test_a_past_day_is_chosen_and_nothing_can_be_changed_there(sign_in: SignIn) -> None:
    page = sign_in(SCRUTINEER)
    page.get_by_role("link", name="Board").click()
    page.get_by_text("As at today", exact=True).first.click()
    page.get_by_label("What was known at the end of").last.fill("2024-12-31")
    page.get_by_role("button", name="Show that day").last.click()
    expect(page.get_by_role("status").first).to_contain_text("You are looking at the past")
    page.get_by_role("link", name="A9", exact=True).first.click()
    expect(page.get_by_role("status").first).to_contain_text("31 December 2024")
    expect(page.locator("a[href^='/do/']")).to_have_count(0)
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_text("You are looking at the past")).to_have_count(0)


def test_the_golden_thread_leads_from_the_audit_to_its_impact(sign_in: SignIn) -> None:
    page = sign_in(SCRUTINEER)
    page.goto(page.url + "R1")
    thread = page.get_by_role("region", name="The golden thread")
    stages = thread.get_by_role("heading", level=3).all_inner_texts()
    expected = ["Audit", "Finding", "Recommendation", "Actions", "Evidence", "Impact"]
    assert stages == expected
    expect(thread).to_contain_text("No action answers it.")
    thread.get_by_role("link", name="AU1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Neglect that came back")


def test_history_says_who_and_why(sign_in: SignIn) -> None:
    page = sign_in(SCRUTINEER)
    page.goto(page.url + "A3")
    history = page.get_by_role("region", name="History")
    expect(history).to_contain_text("The trainer was ill for six weeks")
    expect(history).to_contain_text("Example Business Manager gave it back")


def test_a_remark_is_all_that_a_scrutineer_adds(sign_in: SignIn) -> None:
    page = sign_in(SCRUTINEER)
    page.goto(page.url + "A7")
    group = page.get_by_role("group", name="What you can do")
    group.locator("summary").click()
    group.get_by_role("link", name="Make a remark").click()
    page.get_by_label("Words").fill("How do schools know of the tool?")
    page.get_by_role("button", name="Make a remark").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded")
