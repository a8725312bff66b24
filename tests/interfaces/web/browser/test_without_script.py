"""Everything that has to be done works in a browser that runs no script."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import IMPLEMENTATION_CHAIR, MANAGER


def test_a_note_is_saved_and_a_mistake_is_mended(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, java_script_enabled=False)
    card = page.locator("#A1")
    card.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("There is something to mend")
    page.get_by_label("Note").fill("The draft went to all partners.")
    page.get_by_role("button", name="Tell how it goes").click()
    expect(page.get_by_role("status")).to_contain_text("Saved: A1")


def test_the_board_is_narrowed_down_sorted_and_shown_of_a_past_day(sign_in: SignIn) -> None:
    page = sign_in(IMPLEMENTATION_CHAIR, java_script_enabled=False)
    page.get_by_role("link", name="Board").click()
    page.get_by_label("Look for").fill("neglect")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("link", name="Last update").first.click()
    page.get_by_text("As at today", exact=True).click()
    page.get_by_label("What was known at the end of").last.fill("2024-09-30")
    page.get_by_role("button", name="Show that day").last.click()
    expect(page.get_by_role("status").first).to_contain_text("30 September 2024")
    expect(page.get_by_label("Look for")).to_have_value("neglect")
    expect(page.get_by_role("columnheader", name="Last update")).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_several_are_chosen_and_changed_in_two_steps(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, java_script_enabled=False)
    page.get_by_role("link", name="Board").click()
    page.get_by_role("link", name="Change several at once").click()
    for ref in ("A2", "A4", "A10"):
        page.get_by_label(f"Choose {ref}", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is to be done with them")
    expect(page.get_by_label("Choose A10", exact=True)).to_be_checked()
    page.get_by_label("Or do something else with them").select_option("Open it again")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open it again")
    left_out = page.get_by_role("group", name="Left out")
    expect(left_out).to_contain_text("so you cannot reopen it. It goes on already.")
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_role("alert")).to_contain_text("There is something to mend")
    page.get_by_label("Reason").fill("The inspection asks for more.")
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_role("status")).to_contain_text("2 of 2 recorded")
    page.get_by_role("link", name="Back to the board").click()
    expect(page.get_by_role("row").filter(has_text="A10")).to_contain_text("in progress")


def test_whoever_is_signed_in_can_leave(sign_in: SignIn) -> None:
    page = sign_in(IMPLEMENTATION_CHAIR, java_script_enabled=False)
    page.locator("header").get_by_text("Example Implementation Chair").first.click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
