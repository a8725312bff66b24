"""A lead: a note with the file that shows it, and a file that is too large."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.interfaces.evidence.crafted import PDF
from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import EARLY_HELP_CHAIR, ServedRecord


def test_a_lead_adds_a_file_to_a_note_and_gets_it_back(
    record: ServedRecord, sign_in: SignIn, tmp_path: Path
) -> None:
    lead = sign_in(EARLY_HELP_CHAIR)
    card = lead.locator("#A11")
    card.get_by_label("How does it go?").fill("Two clubs were asked.")
    card.get_by_text("Add files").click()
    chosen = {"name": "Clubs – May.pdf", "mimeType": "application/pdf", "buffer": PDF}
    large = tmp_path / "film.pdf"
    with large.open("wb") as file:
        file.truncate(21_000_000)
    card.get_by_label("Kept with A11 as evidence").set_input_files(large)
    expect(card.get_by_role("alert")).to_contain_text("film.pdf is larger than 20 MB")
    card.get_by_label("Kept with A11 as evidence").set_input_files(chosen)  # type: ignore[arg-type]
    card.get_by_role("button", name="Save").click()
    expect(lead.get_by_role("status")).to_contain_text("Saved: A11")
    lead.goto(f"{record.address}/A11")
    files = lead.get_by_role("region", name="Files")
    expect(files).to_contain_text("added by Example Early Help Chair")
    with lead.expect_download() as downloading:
        files.get_by_role("link", name="Clubs – May.pdf").click()
    assert downloading.value.suggested_filename.endswith("Clubs – May.pdf")
    assert Path(downloading.value.path()).read_bytes() == PDF
