"""A lead: a note with the files that show it, files that are too large or too many, and a link."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, FilePayload, expect

from interfaces.web.signing_in.tickets import Purpose, Ticket
from tests.interfaces.evidence.crafted import JPEG, PDF
from tests.interfaces.web.browser.conftest import SignIn
from tests.interfaces.web.browser.record import EARLY_HELP_CHAIR, ServedRecord


def test_a_lead_adds_a_file_to_a_note_and_gets_it_back(
    record: ServedRecord, sign_in: SignIn, tmp_path: Path
) -> None:
    lead = sign_in(EARLY_HELP_CHAIR)
    card = lead.locator("#A11")
    card.get_by_label("How does it go?").fill("Two clubs were asked.")
    card.get_by_text("Add files").click()
    chosen = FilePayload(name="Clubs – May.pdf", mimeType="application/pdf", buffer=PDF)
    photo = FilePayload(name="Hall.jpg", mimeType="image/jpeg", buffer=JPEG)
    large = tmp_path / "film.pdf"
    with large.open("wb") as file:
        file.truncate(21_000_000)
    card.get_by_label("Kept with A11 as evidence").set_input_files(large)
    expect(card.get_by_role("alert")).to_contain_text("film.pdf is larger than 20 MB")
    card.get_by_label("Kept with A11 as evidence").set_input_files([photo] * 11)
    expect(card.get_by_role("alert")).to_contain_text("These are 11 files, and 10 at most")
    card.get_by_label("Kept with A11 as evidence").set_input_files([chosen, photo])
    expect(card.get_by_role("alert")).to_be_empty()
    card.get_by_role("button", name="Save").click()
    expect(lead.get_by_role("status")).to_contain_text("Saved: A11")
    lead.goto(f"{record.address}/A11")
    files = lead.get_by_role("region", name="Files")
    expect(files).to_contain_text("added by Example Early Help Chair")
    expect(files.get_by_role("link", name="Hall.jpg")).to_be_visible()
    with lead.expect_download() as downloading:
        files.get_by_role("link", name="Clubs – May.pdf").click()
    assert downloading.value.suggested_filename.endswith("Clubs – May.pdf")
    assert Path(downloading.value.path()).read_bytes() == PDF


def test_a_photo_goes_from_an_email_to_the_record_on_a_phone_without_script(
    chromium: Browser, record: ServedRecord
) -> None:
    until = int(record.partnership.clock().timestamp()) + 72 * 3600
    ticket = Ticket(Purpose.UPDATE, EARLY_HELP_CHAIR, "action-11", until)
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    phone = context.new_page()
    phone.goto(f"{record.address}/update/{record.house.signer.write(ticket)}")
    phone.get_by_label("Note").fill("The hall was full.")
    photo = FilePayload(name="hall.jpg", mimeType="image/jpeg", buffer=JPEG + b"\xff\xd9")
    phone.get_by_label("Files that show it").first.set_input_files(photo)
    phone.get_by_role("button", name="Tell how it goes").click()
    expect(phone.get_by_role("heading", name="Recorded")).to_be_visible()
    expect(phone.get_by_text("A file was kept with it.")).to_be_visible()
    context.close()
