"""Files on the pages and for programs: handed in, refused without losing a word, given out."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from typing import Any, Final

import pytest
from httpx2 import Response

from interfaces.settings import EvidenceSettings
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from tests.interfaces.erasures import erase_file
from tests.interfaces.evidence.crafted import PDF, SVG, office
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import OURS, Browser, Pages, hidden_fields, words_of

NOTE: Final = "Nineteen of twenty files were read; the list is attached."
LEAD, MANAGER, SCRUTINEER, OTHER = "person-2", "person-1", "person-8", "person-4"


def send(browser: Browser, path: str, name: str, content: bytes, **fields: str) -> Response:
    """Send a form with a file, filled in as it was shown."""
    shown = hidden_fields(browser.get(path))
    files = {"file": (name, content)}
    return browser.client.post(path, data={**shown, **fields}, files=files, headers=OURS)


def stored(pages: Pages) -> tuple[int, int]:
    """Return how many entries and files the record has."""
    log = pages.partnership.log
    ((files,),) = log.query("SELECT count(*) FROM evidence_file")
    return log.head().size, files


def program(pages: Pages, person: str, reach: Reach = Reach.WRITE) -> Browser:
    tokens = PersonalTokens(pages.partnership.engine)
    browser = pages.browser()
    token = tokens.make(person, reach, 30, pages.partnership.clock())
    browser.client.headers["authorization"] = f"Bearer {token}"
    return browser


@pytest.fixture
def lead(pages: Pages) -> Browser:
    return pages.signed_in(LEAD)


class TestHandingIn:
    def test_a_file_is_added_listed_and_given_out_as_a_download(self, pages_on_both: Pages) -> None:
        lead = pages_on_both.signed_in(LEAD)
        answer = send(lead, "/do/evidence/add?on=A2", "été.pdf", PDF, note="Who came")
        assert answer.headers["location"] == "/A2?kept=EV1"
        page = words_of(lead.get("/A2?kept=EV1"))
        assert "Kept as EV1" in page
        assert f"été.pdf Who came EV1 , PDF, {len(PDF)} bytes, added by Example Audit Chair" in page
        found = lead.client.get("/evidence/EV1/file")
        assert found.content == PDF
        assert found.headers["content-disposition"] == (
            "attachment; filename=\"EV1 _t_.pdf\"; filename*=UTF-8''EV1%20%C3%A9t%C3%A9.pdf"
        )
        assert found.headers["content-type"] == "application/pdf"
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert found.headers["cache-control"] == "no-store"
        head = lead.client.head("/evidence/EV1/file")
        assert head.status_code == 200

    def test_a_note_and_its_file_are_recorded_together_and_once(
        self, pages: Pages, lead: Browser
    ) -> None:
        path = "/do/action/note-progress?on=A2"
        shown = hidden_fields(lead.get(path))
        size, _ = stored(pages)
        for _ in range(2):
            files = {"file": ("list.pdf", PDF)}
            answer = lead.client.post(path, data={**shown, "note": NOTE}, files=files, headers=OURS)
            assert answer.status_code == 303
        assert stored(pages) == (size + 2, 1)
        assert "1 file" in words_of(lead.get("/A2"))

    def test_a_note_goes_without_a_file_as_ever(self, pages: Pages, lead: Browser) -> None:
        size, _ = stored(pages)
        answer = send(lead, "/do/action/note-progress?on=A2", "", b"", note=NOTE)
        assert answer.status_code == 303
        assert stored(pages) == (size + 1, 0)

    def test_what_needs_you_takes_a_file_with_the_note(
        self, pages: Pages, cli: CommandLine
    ) -> None:
        cli.done("action", "create", *_SOON)
        lead = pages.signed_in(LEAD)
        page = lead.get("/")
        assert 'enctype="multipart/form-data"' in page
        assert 'id="file-A3"' in page

    def test_a_file_alone_shows_what_was_reported_done(self, lead: Browser) -> None:
        path = "/do/action/submit?on=A2"
        assert send(lead, path, "", b"", what_we_did="Read all").status_code == 422
        assert send(lead, path, "list.docx", office(), what_we_did="Read all").status_code == 303
        assert "reported the work done" in words_of(lead.get("/A2"))

    def test_who_may_not_add_a_file_sees_the_list_and_no_form(
        self, pages: Pages, lead: Browser
    ) -> None:
        send(lead, "/do/evidence/add?on=A2", "list.pdf", PDF)
        reader = pages.signed_in(SCRUTINEER)
        page = reader.get("/A2")
        assert "list.pdf" in page
        assert "/do/evidence/add" not in page
        answer = send(reader, "/do/evidence/add?on=A2", "other.pdf", PDF + b"%%EOF")
        assert answer.status_code == 422
        assert "may not give the command" in answer.text
        assert stored(pages)[1] == 1


class TestRefusing:
    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("chart.svg", SVG, "a .svg file can hold programs. Save it as .png, .jpg or PDF."),
            ("chart.png", SVG, "its content is not that"),
            ("big.pdf", PDF + b" " * 1_000_000 + b"%%EOF", "it is larger than 1 MB"),
            ("huge.pdf", b"x" * 5_000_000, "it is larger than 1 MB"),
            ("empty.pdf", b"", "there is nothing in it"),
        ],
    )
    def test_no_word_is_lost_with_a_file_that_is_refused(
        self, small: Pages, name: str, content: bytes, told: str
    ) -> None:
        lead = small.signed_in(LEAD)
        before = stored(small)
        answer = send(lead, "/do/action/note-progress?on=A2", name, content, note=NOTE)
        assert answer.status_code == 422
        assert told in words_of(answer.text)
        assert NOTE in answer.text
        assert 'href="#field-file"' in answer.text
        assert stored(small) == before

    def test_a_file_has_to_be_chosen_again_where_something_else_was_wrong(
        self, pages: Pages, lead: Browser
    ) -> None:
        before = stored(pages)
        answer = send(lead, "/do/action/note-progress?on=A2", "list.pdf", PDF, note=" ")
        assert answer.status_code == 422
        assert "Choose the file again" in answer.text
        assert stored(pages) == before

    def test_nothing_is_kept_where_somebody_else_was_faster(
        self, pages: Pages, lead: Browser
    ) -> None:
        before = stored(pages)
        stale = {"expected_version": "0"}
        answer = send(lead, "/do/action/submit?on=A2", "a.pdf", PDF, what_we_did=NOTE, **stale)
        assert answer.status_code == 409
        assert NOTE in answer.text
        assert stored(pages) == before

    def test_without_a_file_there_is_nothing_to_add(self, lead: Browser) -> None:
        answer = send(lead, "/do/evidence/add?on=A2", "", b"", note=NOTE)
        assert answer.status_code == 422
        assert "Choose a file." in answer.text
        assert NOTE in answer.text

    def test_what_was_typed_is_kept_when_the_session_had_ended(
        self, pages: Pages, lead: Browser
    ) -> None:
        before = stored(pages)
        lead.forget()
        answer = lead.client.post(
            "/do/action/note-progress?on=A2",
            data={"note": NOTE},
            files={"file": ("list.pdf", PDF * 20_000)},
            headers=OURS,
        )
        assert answer.status_code == 403
        assert NOTE in answer.text
        assert "The file that you had chosen is not kept meanwhile" in answer.text
        assert stored(pages) == before

    @pytest.mark.parametrize(
        "body",
        [
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1',
            b'--b\r\nContent-Disposition: form-data; name="b"; filename="a"\r\n\r\nx\r\n--b--',
            b'--b\r\nContent-Disposition: form-data; name="a\x00"\r\n\r\n\x00\r\n--b--',
            b"no form at all",
        ],
    )
    def test_a_form_that_no_browser_sends_stores_nothing(
        self, pages: Pages, lead: Browser, body: bytes
    ) -> None:
        before = stored(pages)
        headers = {**OURS, "content-type": "multipart/form-data; boundary=b"}
        answer = lead.client.post("/do/evidence/add?on=A2", content=body, headers=headers)
        assert answer.status_code == 422
        assert stored(pages) == before

    def test_words_beside_a_file_are_bounded_too(self, lead: Browser) -> None:
        files = {"file": ("list.pdf", PDF)}
        path, many = "/do/evidence/add?on=A2", {"note": "x" * 900_000, "more": "x" * 900_000}
        answer = lead.client.post(path, data=many, files=files, headers=OURS)
        assert answer.status_code == 413
        long = {"x" * 1_100_000: "x"}
        answer = lead.client.post(path, data=long, files=files, headers=OURS)
        assert answer.status_code in {413, 422}

    def test_a_file_is_refused_where_no_form_takes_one(self, pages: Pages, lead: Browser) -> None:
        before = stored(pages)
        answer = send(lead, "/do/action/block?on=A2", "list.pdf", PDF, reason=NOTE)
        assert answer.status_code == 422
        assert stored(pages) == before

    def test_a_crafted_name_is_one_harmless_line(self, pages: Pages, lead: Browser) -> None:
        name = "../../x\u202efdp\t<script>alert(1)</script>.pdf"
        assert send(lead, "/do/evidence/add?on=A2", name, PDF).status_code == 303
        row = pages.partnership.view().get("evidence", "evidence-1")
        assert row is not None
        assert row["name"] == "script_.pdf"
        assert "<script>alert" not in lead.get("/A2")

    def test_a_large_file_never_touches_the_disk_outside_the_database(
        self, lead: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def roll_over(_file: object) -> None:
            raise AssertionError

        monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", roll_over)
        large = PDF + b" " * 3_000_000 + b"%%EOF"
        assert send(lead, "/do/evidence/add?on=A2", "large.pdf", large).status_code == 303
        assert lead.client.get("/evidence/EV1/file").content == large


@pytest.fixture
def small(pages: Pages) -> Pages:
    """Serve a record in which files may be of one megabyte."""
    settings = pages.partnership.settings
    one = {"evidence": EvidenceSettings(most_megabytes=1)}
    pages.serve_as(replace(pages.partnership, settings=settings.model_copy(update=one)))
    return pages


class TestWhoOpens:
    def test_what_was_taken_back_opens_for_those_who_oversee_the_whole(
        self, pages: Pages, lead: Browser
    ) -> None:
        send(lead, "/do/evidence/add?on=A2", "list.pdf", PDF)
        assert lead.give("/do/evidence/withdraw?on=EV1", reason="Wrong").status_code == 303
        nothing = lead.client.get("/evidence/EV999/file")
        refused = lead.client.get("/evidence/EV1/file")
        assert (refused.status_code, refused.text) == (404, nothing.text)
        assert "taken back" in words_of(lead.get("/A2"))
        assert 'href="/evidence/EV1/file"' not in lead.get("/A2")
        manager = pages.signed_in(MANAGER)
        assert manager.client.get("/evidence/EV1/file").content == PDF
        assert 'href="/evidence/EV1/file"' in manager.get("/EV1")

    def test_what_was_erased_is_as_what_never_was(
        self, pages: Pages, lead: Browser, cli: CommandLine
    ) -> None:
        send(lead, "/do/evidence/add?on=A2", "list.pdf", PDF)
        erase_file(cli, "EV1")
        again = pages.signed_in(MANAGER)
        nothing, gone = (again.client.get(f"/evidence/EV{one}/file") for one in (999, 1))
        assert (gone.status_code, gone.text) == (404, nothing.text)
        page = again.get("/A2")
        assert "[erased]" in page
        assert "list.pdf" not in page

    def test_a_file_that_was_changed_is_not_given_out(self, pages: Pages, lead: Browser) -> None:
        send(lead, "/do/evidence/add?on=A2", "list.pdf", PDF)
        with pages.partnership.engine.connect() as connection:
            connection.exec_driver_sql("DROP TRIGGER evidence_file_refuse_update")
            connection.exec_driver_sql("UPDATE evidence_file SET content = x'00'")
        assert lead.client.get("/evidence/EV1/file").status_code == 500


class TestPrograms:
    def test_a_program_hands_in_lists_and_gets_files(self, pages: Pages) -> None:
        lead = program(pages, LEAD)
        key = {"idempotency-key": "the list of May"}
        answers: list[dict[str, Any]] = [
            lead.client.post(
                "/api/v1/things/A2/evidence",
                files={"file": ("list.pdf", PDF)},
                data={"note": "Who came"},
                headers=key,
            ).json()
            for _ in range(2)
        ]
        assert [one["ref"] for one in answers] == ["EV1", "EV1"]
        assert [one["repeated"] for one in answers] == [False, True]
        told = lead.client.get("/api/v1/things/A2/evidence").json()
        (line,) = told["evidence"]
        assert (line["name"], line["note"], line["standing"]) == ("list.pdf", "Who came", "kept")
        found = lead.client.get("/api/v1/evidence/EV1/file")
        assert found.content == PDF
        assert found.headers["content-disposition"].startswith("attachment; ")

    def test_what_is_refused_says_why(self, pages: Pages) -> None:
        path, lead = "/api/v1/things/A2/evidence", program(pages, LEAD)
        refused = lead.client.post(path, files={"file": ("a.svg", SVG)})
        assert refused.status_code == 422
        assert "can hold programs" in refused.json()["fields"]["file"]
        missing = lead.client.post(path, data={"note": "x"})
        assert "Send a file" in missing.json()["fields"]["file"]
        long = {"note": "x" * 30_000}
        told = lead.client.post(path, files={"file": ("a.pdf", PDF)}, data=long)
        assert told.status_code == 422
        assert "note" in told.json()["fields"]
        other = program(pages, OTHER)
        assert other.client.post(path, files={"file": ("a.pdf", PDF)}).status_code == 403
        reads = program(pages, LEAD, Reach.READ)
        assert reads.client.post(path, files={"file": ("a.pdf", PDF)}).status_code == 403
        anybody = pages.browser()
        assert anybody.client.post(path, files={"file": ("a.pdf", PDF)}).status_code == 401
        assert stored(pages)[1] == 0

    def test_what_is_not_there_is_not_there(self, pages: Pages) -> None:
        lead = program(pages, LEAD)
        nothing = lead.client.get("/api/v1/things/A999").text
        for path in (
            "/api/v1/evidence/EV9/file",
            "/api/v1/evidence/A1/file",
            "/api/v1/things/A999/evidence",
            "/api/v1/things/PE1/evidence",
        ):
            answer = lead.client.get(path)
            assert (answer.status_code, answer.text) == (404, nothing), path

    def test_the_description_says_how_a_file_is_sent(self, pages: Pages) -> None:
        told = pages.browser().client.get("/api/v1/openapi.json").json()
        sent = told["paths"]["/api/v1/things/{ref}/evidence"]["post"]["requestBody"]
        schema = sent["content"]["multipart/form-data"]["schema"]
        assert schema["properties"]["file"] == {"type": "string", "format": "binary"}
        assert "/api/v1/commands/evidence/add" not in told["paths"]
        assert "/api/v1/commands/evidence/withdraw" in told["paths"]


_SOON: Final = (
    *("--text", "Hold the workshop", "--lead-roles", "RO2", "--target", "26 September 2025"),
    *("--plan", "P1", "--priority", "1"),
)
