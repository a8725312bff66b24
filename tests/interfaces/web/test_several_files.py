"""Several files in one form: each an entry of its own, all of them or none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from httpx2 import Response

from interfaces.settings import EvidenceSettings
from tests.interfaces.evidence.crafted import JPEG, PDF, SVG, png
from tests.interfaces.web.browsing import OURS, Browser, Pages, hidden_fields, words_of
from tests.interfaces.web.test_evidence import LEAD, NOTE, program, stored

ADD, TELL, DONE = (
    "/do/evidence/add?on=A2",
    "/do/action/note-progress?on=A2",
    "/do/action/submit?on=A2",
)
MEGABYTE = 1_000_000
Files = list[tuple[str, bytes]]


def pdf(of: str, size: int = 0) -> bytes:
    """Return a file of its own, as large as wanted."""
    return PDF + of.encode() + b" " * max(0, size - len(PDF) - len(of) - 6) + b"%%EOF\n"


def send_all(browser: Browser, path: str, files: Files, **fields: str) -> Response:
    """Send a form with some files, filled in as it was shown."""
    shown = hidden_fields(browser.get(path))
    parts = [("file", one) for one in files]
    return browser.client.post(path, data={**shown, **fields}, files=parts, headers=OURS)


@pytest.fixture
def lead(pages: Pages) -> Browser:
    return pages.signed_in(LEAD)


@pytest.fixture
def small(pages: Pages) -> Pages:
    """Serve a record in which files may be of one megabyte, and of three together."""
    settings = pages.partnership.settings
    one = {"evidence": EvidenceSettings(most_megabytes=1)}
    pages.serve_as(replace(pages.partnership, settings=settings.model_copy(update=one)))
    return pages


def test_files_are_kept_together_each_as_an_entry_of_its_own(pages_on_both: Pages) -> None:
    lead = pages_on_both.signed_in(LEAD)
    size, _ = stored(pages_on_both)
    files = [("list.pdf", pdf("a")), ("hall.jpg", JPEG), ("chart.png", png())]
    answer = send_all(lead, ADD, files, note="The workshop")
    assert answer.headers["location"] == "/A2?kept=EV1,EV2,EV3"
    assert stored(pages_on_both) == (size + 3, 3)
    page = words_of(lead.get(answer.headers["location"]))
    assert "Kept as EV1 , EV2 and EV3 . Everybody who sees A2 can open them" in page
    assert page.count("The workshop") >= 3
    rows = pages_on_both.partnership.view().all("evidence")
    assert [row["name"] for row in rows.values()] == ["list.pdf", "hall.jpg", "chart.png"]
    assert lead.client.get("/evidence/EV3/file").content == png()


@pytest.mark.parametrize("path", [TELL, DONE])
def test_a_report_and_its_files_are_one_change_however_often_sent(
    pages: Pages, lead: Browser, path: str
) -> None:
    shown = hidden_fields(lead.get(path))
    size, _ = stored(pages)
    words = {"note": NOTE, "what_we_did": NOTE}
    for _ in range(2):
        parts = [("file", ("a.pdf", pdf("a"))), ("file", ("b.pdf", pdf("b")))]
        answer = lead.client.post(path, data={**shown, **words}, files=parts, headers=OURS)
        assert answer.status_code == 303
    assert stored(pages) == (size + 3, 2)


def test_where_one_is_refused_each_is_named_and_nothing_is_half_done(
    pages: Pages, lead: Browser
) -> None:
    before = stored(pages)
    files = [("a.pdf", pdf("a")), ("chart.svg", SVG), ("b.docx", pdf("b")), ("c.pdf", pdf("a"))]
    answer = send_all(lead, DONE, files, what_we_did=NOTE)
    assert answer.status_code == 422
    told = words_of(answer.text)
    assert "“chart.svg” was not kept: a .svg file can hold programs. Save it as .png" in told
    assert "“b.docx” was not kept" in told
    assert "“c.pdf” was not kept: it is the very same file as “a.pdf”. Choose it once." in told
    assert "Nothing was kept of the others either: “a.pdf”. Choose them once more" in told
    assert answer.text.count('<li><a href="#field-file">') == 4
    assert NOTE in answer.text
    assert stored(pages) == before


def test_what_the_item_has_already_is_named_among_others(pages: Pages, lead: Browser) -> None:
    assert send_all(lead, ADD, [("a.pdf", pdf("a"))]).status_code == 303
    before = stored(pages)
    answer = send_all(lead, TELL, [("b.pdf", pdf("b")), ("again.pdf", pdf("a"))], note=NOTE)
    assert answer.status_code == 422
    told = words_of(answer.text)
    assert "“again.pdf” is kept with A2 already, as EV1." in told
    assert "of the others either: “b.pdf”" in told
    assert NOTE in answer.text
    assert stored(pages) == before


def test_files_that_are_too_large_are_named(small: Pages) -> None:
    lead, before = small.signed_in(LEAD), stored(small)
    large = [("one.pdf", pdf("1", MEGABYTE + 1)), ("two.pdf", pdf("2", 2 * MEGABYTE))]
    answer = send_all(lead, TELL, [*large, ("a.pdf", pdf("a"))], note=NOTE)
    told = words_of(answer.text)
    assert answer.status_code == 422
    assert "“one.pdf” was not kept: it is larger than 1 MB" in told
    assert "“two.pdf” was not kept: it is larger than 1 MB" in told
    answer = send_all(lead, TELL, [*large, *large, ("a.pdf", pdf("a"))], note=NOTE)
    assert "it is larger than 1 MB" in answer.text
    assert stored(small) == before


def test_files_that_are_too_much_together_are_refused_without_losing_a_word(small: Pages) -> None:
    lead, before = small.signed_in(LEAD), stored(small)
    files = [(f"{one}.pdf", pdf(str(one), 900_000)) for one in range(4)]
    answer = send_all(lead, TELL, files, note=NOTE)
    assert answer.status_code == 422
    told = words_of(answer.text)
    assert "“0.pdf”, “1.pdf”, “2.pdf” and “3.pdf” are larger than 3 MB together" in told
    assert NOTE in answer.text
    assert stored(small) == before
    assert send_all(lead, TELL, files[:3], note=NOTE).status_code == 303


def test_more_files_than_a_form_takes_are_refused_without_losing_a_word(
    pages: Pages, lead: Browser
) -> None:
    before = stored(pages)
    files = [(f"{one}.pdf", pdf(str(one))) for one in range(70)]
    answer = send_all(lead, TELL, files, note=NOTE)
    assert answer.status_code == 422
    assert "You chose 70 files, and one form takes 10 at most" in answer.text
    assert NOTE in answer.text
    assert stored(pages) == before
    assert send_all(lead, TELL, files[:10], note=NOTE).status_code == 303
    assert stored(pages) == (before[0] + 11, 10)


def test_names_that_look_personal_ask_once_for_all_of_them(pages: Pages, lead: Browser) -> None:
    before = stored(pages)
    child = "Zeb Quill born {} March 2015.pdf"
    files = [(child.format(day), pdf(str(day))) for day in (12, 13)] + [("a.pdf", pdf("a"))]
    answer = send_all(lead, ADD, files)
    assert answer.status_code == 422
    told = words_of(answer.text)
    for day in (12, 13):
        assert f"The name “{child.format(day)}”: This seems to hold" in told
    assert "Choose the files again" in told
    assert stored(pages) == before
    mark = answer.text.partition('name="looked_at" value="')[2].partition('"')[0]
    assert send_all(lead, ADD, files, looked_at=mark.split()[0]).status_code == 422
    assert send_all(lead, ADD, files, looked_at=mark).status_code == 303
    assert stored(pages) == (before[0] + 3, 3)


def test_files_that_no_browser_sends_store_nothing(pages: Pages, lead: Browser) -> None:
    before = stored(pages)
    parts = [("file", ("a.pdf", PDF)), ("other", ("b.pdf", PDF))]
    answer = lead.client.post(ADD, files=parts, headers=OURS)
    assert answer.status_code == 422
    many = [("file", (f"{one}.pdf", b"x")) for one in range(1_001)]
    assert lead.client.post(ADD, files=many, headers=OURS).status_code == 422
    assert stored(pages) == before


def test_what_was_typed_beside_files_is_kept_when_the_session_had_ended(lead: Browser) -> None:
    lead.forget()
    parts = [("file", ("a.pdf", pdf("a"))), ("file", ("b.pdf", pdf("b")))]
    answer = lead.client.post(TELL, data={"note": NOTE}, files=parts, headers=OURS)
    assert answer.status_code == 403
    assert NOTE in answer.text
    assert "The files that you had chosen are not kept meanwhile. Add them" in answer.text


def test_what_is_done_can_be_reported_with_files_on_the_first_page(
    pages: Pages, lead: Browser
) -> None:
    path = "/do/action/create"
    created = {
        "text": "Hold the workshop", "lead_roles": "RO2", "target": "26 September 2025",
        "plan": "P1", "priority": "1",
    }  # fmt: skip
    assert pages.signed_in("person-1").give(path, **created).status_code == 303
    page = lead.get("/")
    assert 'id="A3-done-file"' in page
    assert page.count('name="file" type="file" multiple') >= 2


def test_a_program_hands_in_several_at_once(pages: Pages) -> None:
    path, lead = "/api/v1/things/A2/evidence", program(pages, LEAD)
    parts = [("file", ("a.pdf", pdf("a"))), ("file", ("b.pdf", pdf("b")))]
    key = {"idempotency-key": "both"}
    first, again = (lead.client.post(path, files=parts, headers=key).json() for _ in range(2))
    assert (first["ref"], first["refs"], first["repeated"]) == ("EV1", ["EV1", "EV2"], False)
    assert (again["ref"], again["refs"], again["repeated"]) == ("EV1", ["EV1", "EV2"], True)
    before = stored(pages)
    parts = [("file", ("c.pdf", pdf("c"))), ("file", ("d.svg", SVG))]
    told = lead.client.post(path, files=parts).json()["fields"]["file"]
    assert "“d.svg” was not kept" in told
    assert "“c.pdf”" in told
    assert stored(pages) == before
