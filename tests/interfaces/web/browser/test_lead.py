"""A lead: reporting work done, which somebody else confirms."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import DELEGATED_PARTNER, MANAGER, ServedRecord


def test_what_a_lead_reports_done_is_confirmed_by_somebody_else(
    record: ServedRecord, sign_in: SignIn
) -> None:
    lead = sign_in(DELEGATED_PARTNER)
    card = lead.locator("#A8")
    card.locator("summary", has_text="Report it done").click()
    card.get_by_label("What we did").fill("A duty rota, with a number that is always answered.")
    card.get_by_role("textbox", name="Evidence").first.fill("Rota of June 2025")
    card.get_by_role("button", name="Report it done").click()
    expect(lead.get_by_role("status")).to_contain_text("Saved: A8")
    lead.goto(f"{record.address}/A8")
    expect(lead.get_by_role("link", name="Confirm that it is done")).to_have_count(0)
    manager = sign_in(MANAGER)
    waiting = manager.get_by_role("region", name="Waiting for your decision")
    waiting.locator(".card", has_text="out of hours").get_by_role("link", name="Look").click()
    manager.get_by_role("link", name="Confirm that it is done").click()
    manager.get_by_role("button", name="Confirm that it is done").click()
    expect(manager.locator(".standing")).to_contain_text("Blue")
    thread = manager.get_by_role("region", name="The golden thread")
    expect(thread).to_contain_text("Rota of June 2025")
