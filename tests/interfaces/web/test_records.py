"""The record's page: its fingerprint, the heads that others hold, and verifying it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from events.checkpoint import Checkpoint, record_line
from events.signed_note import SigningKey
from tests.interfaces.web.browsing import Browser, Pages, words_of
from tests.interfaces.web.verifications import until_verified

MANAGER, SCRUTINEER = "person-1", "person-8"


def _verified(browser: Browser) -> str:
    """Ask for a verification, and return the page once it has ended."""
    assert browser.post("/record/verify").status_code == 303
    until_verified()
    return words_of(browser.get("/record"))


def test_the_line_is_that_of_the_emails(pages: Pages) -> None:
    head = pages.partnership.log.head()
    shown = words_of(pages.signed_in(SCRUTINEER).get("/record"))
    assert record_line(head.size, head.frontier.root()) in shown
    assert "Held by others 0" in shown
    assert "goldthread" not in shown.replace("Goldthread", "")


def test_whoever_reads_can_verify(pages_on_both: Pages) -> None:
    shown = _verified(pages_on_both.signed_in(SCRUTINEER))
    size = pages_on_both.partnership.log.head().size
    assert f"The record holds: {size} entries" in shown


def test_a_record_that_was_cut_short_does_not_hold(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    assert scrutineer.post("/record/head").status_code == 200
    high_water = pages.partnership.settings.files.high_water
    text = high_water.read_text(encoding="utf-8")
    size = pages.partnership.log.head().size
    high_water.write_text(text.replace(f'"size": {size}', f'"size": {size + 1}'), encoding="utf-8")
    assert "does NOT hold" in _verified(scrutineer)
    refused = scrutineer.post("/record/head")
    assert refused.status_code == 409
    assert "Something is not as it should be" in refused.text


def test_pages_that_show_what_nobody_recorded_are_told_of(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    assert "What these pages show is what the record says" in _verified(scrutineer)
    gone = "DELETE FROM read_standing WHERE model = 'actions' AND key = 'action-1' RETURNING key"
    assert pages.partnership.log.query(gone)
    shown = _verified(scrutineer)
    assert "The pages do not show what the record says" in shown
    assert "actions: action-1 is missing from the table" in shown


def test_the_signed_head_is_a_file_to_keep(pages: Pages) -> None:
    answer = pages.signed_in(SCRUTINEER).post("/record/head")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert str(pages.partnership.log.head().size) in answer.text


def test_looking_changes_nothing(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    high_water = pages.partnership.settings.files.high_water
    before = high_water.read_bytes()
    scrutineer.get("/record")
    scrutineer.get("/record?at=2025-06-02")
    assert high_water.read_bytes() == before


def test_verifying_is_not_asked_for_without_end(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    found = [scrutineer.post("/record/verify").status_code for _ in range(8)]
    assert found[0] == 303
    assert found[-1] == 429
    until_verified()


def _signed_head(pages: Pages) -> str:
    return pages.signed_in(MANAGER).post("/record/head").text


def test_a_head_that_somebody_holds_is_entered_and_compared(pages: Pages) -> None:
    note = _signed_head(pages)
    scrutineer = pages.signed_in(SCRUTINEER)
    sent = {"note": note.replace("\n", "\r\n"), "holder": "the scrutineer’s office", "key": ""}
    answer = scrutineer.post("/record/held", sent)
    assert answer.status_code == 200
    assert "Entered: Record" in words_of(answer.text)
    shown = words_of(scrutineer.get("/record"))
    assert "Held by others 1" in shown
    assert "The record extends it." in shown
    assert "is held by the scrutineer’s office, which is all of it" in shown
    assert "Entered before: Record" in words_of(scrutineer.post("/record/held", sent).text)
    assert "held against 1 head that others hold, and extends every one" in _verified(scrutineer)


def test_what_is_no_signed_head_is_said_beside_its_field_and_nothing_is_lost(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    answer = scrutineer.post("/record/held", {"note": "Record 38", "holder": "", "key": "x"})
    assert answer.status_code == 422
    assert 'href="#field-holder"' in answer.text
    assert ">Record 38</textarea>" in answer.text
    for sent, field in (
        ({"note": "Record 38", "holder": "us", "key": ""}, "note"),
        ({"note": _signed_head(pages), "holder": "us", "key": "x"}, "key"),
        ({"note": " ", "holder": "us"}, "note"),
        ({"note": "x" * 200_000, "holder": "us"}, "note"),
        ({"note": "x", "holder": "us" * 200}, "holder"),
    ):
        answer = scrutineer.post("/record/held", sent)
        assert (answer.status_code, f'href="#field-{field}"' in answer.text) == (422, True)
    assert "Held by others 0" in words_of(scrutineer.get("/record"))


def test_a_head_that_the_record_does_not_extend_is_an_alarm(pages: Pages) -> None:
    partnership = pages.partnership
    files, origin = partnership.settings.files, partnership.log.head().origin
    other = Checkpoint(origin, 5, bytes(32))
    note = SigningKey.load(files.key).sign(other.to_text())
    scrutineer = pages.signed_in(SCRUTINEER)
    answer = scrutineer.post("/record/held", {"note": note, "holder": "the inspectorate"})
    assert answer.status_code == 409
    assert "The record does NOT extend it" in words_of(answer.text)
    shown = words_of(scrutineer.get("/record"))
    assert "something up to there was written anew" in shown
    assert "Held elsewhere: nothing that was told here" in shown
    assert "does NOT hold" in _verified(scrutineer)


def test_only_who_sees_to_the_whole_enters_heads(pages: Pages) -> None:
    chair = pages.signed_in("person-2")
    assert "Enter that somebody holds" not in chair.get("/record")
    sent = {"note": _signed_head(pages), "holder": "us"}
    assert chair.post("/record/held", sent).status_code == 404


def test_a_pack_is_a_file_with_its_proofs(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    since = scrutineer.post("/record/head").text.replace("\n", "\r\n")
    answer = scrutineer.post("/record/pack", {"subject": "a2", "withhold": "names", "since": since})
    assert answer.status_code == 200
    assert 'filename="A2-with-proofs.zip"' in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert {"events.jsonl", "checkpoint.txt", "since.txt"} <= {
            Path(name).name for name in packed.namelist()
        }
    for sent, field in (
        ({"subject": "A99"}, "subject"),
        ({"subject": "PE1"}, "subject"),
        ({"subject": "A2", "since": "Record 38"}, "since"),
    ):
        refused = scrutineer.post("/record/pack", sent)
        assert (refused.status_code, f'href="#field-{field}"' in refused.text) == (422, True)
    assert pages.signed_in("person-2").post("/record/pack", {"subject": "A2"}).status_code == 404
    pages.partnership.settings.files.high_water.unlink()
    assert scrutineer.post("/record/pack", {"subject": "A2"}).status_code == 409


def test_with_the_key_of_another_record_nothing_is_handed_out(pages: Pages) -> None:
    key = pages.partnership.settings.files.key
    key.unlink()
    SigningKey.generate("record.example.org/another").save(key)
    scrutineer = pages.signed_in(SCRUTINEER)
    for path, sent in (("/record/pack", {"subject": "A2"}), ("/record/head", {})):
        refused = scrutineer.post(path, sent)
        assert refused.status_code == 409
        assert "that of the record" in words_of(refused.text)
