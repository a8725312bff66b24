"""Two chairs who write on one action at the same time: the slower one loses nothing."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import IMPLEMENTATION_CHAIR, MANAGER, ServedRecord


def test_the_slower_of_two_sees_both_versions_and_sends_again(
    record: ServedRecord, sign_in: SignIn
) -> None:
    form = f"{record.address}/do/action/note-progress?on=A12"
    quick, slow = sign_in(MANAGER), sign_in(IMPLEMENTATION_CHAIR)
    for page, words in ((quick, "Sent to all teams."), (slow, "Read in the June briefing.")):
        page.goto(form)
        page.get_by_label("Note").fill(words)
    quick.get_by_role("button", name="Tell how it goes").click()
    expect(quick.get_by_role("status")).to_contain_text("Recorded")
    slow.get_by_role("button", name="Tell how it goes").click()
    expect(slow.get_by_role("region", name="What happened meanwhile")).to_contain_text(
        "Sent to all teams."
    )
    expect(slow.get_by_label("Note")).to_have_value("Read in the June briefing.")
    slow.get_by_role("button", name="Tell how it goes").click()
    expect(slow.get_by_role("status")).to_contain_text("Recorded")
    history = slow.get_by_role("region", name="History")
    for words in ("Sent to all teams.", "Read in the June briefing."):
        expect(history).to_contain_text(words)
