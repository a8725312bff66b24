"""The keyboard alone: where the focus is can be seen, and everything can be reached."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import MANAGER, ServedRecord

FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    is: at.tagName, words: at.innerText.trim() || at.name || at.ariaLabel || "",
    outline: parseFloat(style.outlineWidth), line: style.outlineStyle,
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


def test_a_note_is_saved_without_a_mouse(sign_in: SignIn) -> None:
    page = sign_in(MANAGER)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Skip to what this page is about"
    page.keyboard.press("Enter")
    _tab_to(page, "TEXTAREA")
    page.keyboard.type("The printer has the draft.")
    _tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved: A")
    expect(page.locator(".card", has_text="The printer has the draft.")).to_have_count(1)


def test_the_focus_is_seen_at_every_stop(record: ServedRecord, sign_in: SignIn) -> None:
    page = sign_in(MANAGER)
    for path in ("/", "/board", "/A5", "/do/action/note-progress?on=A5"):
        page.goto(record.address + path)
        for _ in range(30):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at["is"] == "BODY":
                break
            assert at["outline"] >= 2, f"{path}: no outline on {at}"
            assert at["line"] != "none", f"{path}: no outline on {at}"
            assert at["inside"], f"{path}: the focus is out of sight on {at}"


def test_a_menu_opens_by_the_keyboard(sign_in: SignIn) -> None:
    page = sign_in(MANAGER)
    page.locator(".day > summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What was known at the end of").last).to_be_visible()


def _tab_to(page: Page, tag: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)["is"] == tag:
            return
    raise AssertionError(tag)
