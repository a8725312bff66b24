"""The record for programs: what its page does, by the same code, limits and permissions."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from events.checkpoint import Checkpoint, record_line
from events.signed_note import SigningKey
from interfaces.web.signing_in.personal_tokens import Reach
from tests.interfaces.web.browsing import Pages
from tests.interfaces.web.test_api import Program, program
from tests.interfaces.web.verifications import until_verified

CHAIR, SCRUTINEER = "person-2", "person-8"


def _signed(scrutineer: Program) -> str:
    answer = scrutineer.post("/record/head", {})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["note"])


def test_a_verification_is_begun_and_told_of_as_on_the_page(pages_on_both: Pages) -> None:
    reader = program(pages_on_both, CHAIR)
    assert reader.get("/record/verification")["state"] == "none yet"
    assert reader.post("/record/verify", {}).json()["state"] in {"at work", "ended"}
    until_verified()
    told, head = reader.get("/record/verification"), pages_on_both.partnership.log.head()
    assert told["state"] == "ended"
    assert told["found"]["holds"] is True
    assert told["found"]["root"] == head.frontier.root().hex()
    assert told["found"]["read_models"] == {"hold": True, "mismatches": []}
    page = pages_on_both.signed_in(CHAIR).get("/record")
    assert told["words"][0] in page
    assert f"The record holds: {head.size} entries" in told["words"][0]


def test_what_the_pages_show_and_nobody_recorded_is_told_of(pages: Pages) -> None:
    scrutineer = program(pages, SCRUTINEER)
    gone = "DELETE FROM read_standing WHERE model = 'actions' AND key = 'action-1' RETURNING key"
    assert pages.partnership.log.query(gone)
    scrutineer.post("/record/verify", {})
    until_verified()
    verification = scrutineer.get("/record/verification")
    found = verification["found"]
    assert verification["done"] == verification["of"] > 0
    assert found["holds"] is False
    assert [one["key"] for one in found["read_models"]["mismatches"]] == ["action-1"]


def test_pages_and_programs_share_one_limit(pages: Pages) -> None:
    browser, reader = pages.signed_in(SCRUTINEER), program(pages, SCRUTINEER)
    for _ in range(3):
        assert browser.post("/record/verify").status_code == 303
    found = [reader.post("/record/verify", {}).status_code for _ in range(4)]
    assert found == [200, 200, 200, 429]
    assert pages.signed_in(CHAIR).post("/record/verify").status_code == 303
    until_verified()


def test_a_token_that_reads_begins_and_signs_nothing(pages: Pages) -> None:
    reader = program(pages, SCRUTINEER, Reach.READ)
    for path in ("/record/verify", "/record/head", "/record/held", "/record/pack"):
        assert reader.post(path, {}).status_code == 403
    assert reader.get("/record/verification")["state"] == "none yet"


def test_a_head_is_signed_given_to_somebody_and_entered(pages: Pages) -> None:
    scrutineer = program(pages, SCRUTINEER)
    note, head = _signed(scrutineer), pages.partnership.log.head()
    assert note.startswith(f"{head.origin}\n{head.size}\n")
    asked = {"note": note, "holder": "the scrutineer's office"}
    entered = scrutineer.post("/record/held", asked).json()
    assert (entered["size"], entered["is_new"], entered["fault"]) == (head.size, True, None)
    assert scrutineer.post("/record/held", asked).json()["is_new"] is False
    told = scrutineer.get("/record")
    assert told["line"] == record_line(head.size, head.frontier.root())
    assert [(one["from"], one["is_sound"]) for one in told["heads"]] == [
        ("the scrutineer's office", True)
    ]
    assert told["held"]["up_to"] == head.size


def test_a_head_that_the_record_does_not_extend_is_told_of(pages: Pages) -> None:
    partnership = pages.partnership
    other = Checkpoint(partnership.log.head().origin, 5, bytes(32))
    note = SigningKey.load(partnership.settings.files.key).sign(other.to_text())
    scrutineer = program(pages, SCRUTINEER)
    entered = scrutineer.post("/record/held", {"note": note, "holder": "the inspectorate"}).json()
    assert "written anew" in entered["fault"]
    assert "does NOT extend it" in entered["words"]
    assert scrutineer.get("/record")["heads"][0]["is_sound"] is False


def test_what_is_no_head_or_no_audit_is_told_by_its_field(pages: Pages) -> None:
    scrutineer = program(pages, SCRUTINEER)
    note = _signed(scrutineer)
    for path, sent, field in (
        ("/record/held", {"note": "Record 38", "holder": "us"}, "note"),
        ("/record/held", {"note": "é" * 25_001, "holder": "us"}, "note"),
        ("/record/held", {"note": note, "holder": "us", "key": "x"}, "key"),
        ("/record/held", {"note": note, "holder": " "}, "holder"),
        ("/record/held", {"note": note, "holder": "a\x00b"}, "holder"),
        ("/record/held", {"note": note, "holder": "a\u202eb"}, "holder"),
        ("/record/pack", {"subject": "A99"}, "subject"),
        ("/record/pack", {"subject": "PE1"}, "subject"),
        ("/record/pack", {"subject": "A2", "since": "Record 38"}, "since"),
        ("/record/pack", {"subject": "A2", "withhold": ["everything"]}, "withhold"),
    ):
        answer = scrutineer.post(path, sent)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert scrutineer.get("/record")["heads"] == []


def test_a_pack_is_that_of_the_page(pages: Pages) -> None:
    scrutineer = program(pages, SCRUTINEER)
    asked = {"subject": "A2", "withhold": ["names"], "since": _signed(scrutineer)}
    answer = scrutineer.post("/record/pack", asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert 'filename="A2-with-proofs.zip"' in answer.headers["content-disposition"]
    page = pages.signed_in(SCRUTINEER).post("/record/pack", asked)
    with (
        zipfile.ZipFile(io.BytesIO(answer.content)) as told,
        zipfile.ZipFile(io.BytesIO(page.content)) as shown,
    ):
        assert told.namelist() == shown.namelist()
        events = [name for name in told.namelist() if Path(name).name == "events.jsonl"]
        assert told.read(events[0]) == shown.read(events[0])


def test_only_who_sees_to_the_whole_enters_heads_and_makes_packs(pages: Pages) -> None:
    chair = program(pages, CHAIR)
    nothing = chair.get("/things/A98", 404)
    for path, sent in (("/record/held", {}), ("/record/pack", {"subject": "A2"})):
        answer = chair.post(path, sent)
        assert (answer.status_code, answer.json()) == (404, nothing)


def test_with_a_file_gone_or_of_another_record_nothing_is_handed_out(pages: Pages) -> None:
    scrutineer, files = program(pages, SCRUTINEER), pages.partnership.settings.files
    files.key.unlink()
    SigningKey.generate("record.example.org/another").save(files.key)
    for path, sent in (("/record/pack", {"subject": "A2"}), ("/record/head", {})):
        answer = scrutineer.post(path, sent)
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:goldthread:not-sound"
        assert "that of the record" in answer.json()["detail"]


def test_the_record_of_a_past_day_is_named_beside_that_of_today(pages: Pages) -> None:
    told = program(pages, SCRUTINEER).get("/record?at=2025-05-01")
    assert told["size"] == pages.partnership.log.head().size
    assert len(told["then"]) == 1
    assert told["then"][0].startswith("Record ")
    assert told["then"][0] != told["line"]
