"""What looks like a child's details comes back once from every page, and may be stored then."""

from __future__ import annotations

import re

import pytest

from tests.interfaces.evidence.crafted import PDF
from tests.interfaces.web.browsing import OURS, Browser, Pages, hidden_fields
from tests.interfaces.web.importing.sheets import Sheet
from tests.interfaces.web.test_api import NOTE as NOTE_OF_A_PROGRAM
from tests.interfaces.web.test_api import program as program_of_an_actor
from tests.interfaces.web.test_boards import SEVERAL
from tests.interfaces.web.test_commands import CHAIR, NOTE
from tests.interfaces.web.test_evidence import LEAD, program, send
from tests.interfaces.web.test_updating import ticket

CHILD = "Zeb Quill DOB 12/03/2015, NHS 943 476 5919"
ASKED = "an NHS number, a date of birth and somebody&#39;s full name beside a date of birth"


def mark(text: str) -> str:
    """Return what a form sends back of words that were looked at again."""
    (found,) = re.findall(r'name="looked_at" value="([0-9a-f]{16})"', text)
    return str(found)


def size(pages: Pages) -> int:
    return pages.partnership.log.head().size


def test_a_form_comes_back_filled_and_is_stored_all_the_same(pages: Pages) -> None:
    chair, before = pages.signed_in(CHAIR), size(pages)
    filled = {**hidden_fields(chair.get(NOTE)), "note": CHILD}
    answer = chair.post(NOTE, filled)
    assert answer.status_code == 422
    assert ASKED in answer.text
    assert CHILD in answer.text
    assert size(pages) == before
    seen = {**filled, "looked_at": mark(answer.text)}
    # What was looked at is these words, and no others.
    other = chair.post(NOTE, {**seen, "note": f"{CHILD} again"})
    assert (other.status_code, size(pages)) == (422, before)
    assert chair.post(NOTE, seen).status_code == 303
    assert size(pages) == before + 1


@pytest.mark.parametrize(("way", "field"), [("note", "note"), ("not-mine", "whose")])
def test_a_link_asks_and_is_not_used_up_by_it(pages: Pages, way: str, field: str) -> None:
    somebody, path, before = pages.browser(), ticket(pages), size(pages)
    answer = somebody.post(path, {"way": way, field: CHILD})
    assert answer.status_code == 422
    assert ASKED in answer.text
    assert size(pages) == before
    seen = {"way": way, field: CHILD, "looked_at": mark(answer.text)}
    assert somebody.post(path, seen).status_code == 303
    assert size(pages) == before + 1


def test_several_items_and_not_mine_ask_too(pages: Pages) -> None:
    chair, before = pages.signed_in(CHAIR), size(pages)
    _asks(chair, "/board/several", {**hidden_fields(chair.get(SEVERAL)), "on": "A2", "note": CHILD})
    _asks(chair, "/not-mine?on=A2", {**hidden_fields(chair.get("/not-mine?on=A2")), "whose": CHILD})
    assert size(pages) == before + 2


def _asks(somebody: Browser, path: str, filled: dict[str, str]) -> None:
    answer = somebody.post(path, filled)
    assert answer.status_code == 422
    assert ASKED in answer.text
    done = somebody.post(path, {**filled, "looked_at": mark(answer.text)})
    assert done.status_code in {200, 303}


def test_a_program_is_told_and_may_go_on(pages: Pages) -> None:
    writer, before = program_of_an_actor(pages), size(pages)
    body = {"action": "action-2", "note": CHILD}
    refused = writer.post(NOTE_OF_A_PROGRAM, body)
    assert refused.status_code == 422
    told = refused.json()
    assert told["type"] == "urn:goldthread:personal-details"
    assert list(told["fields"]) == ["note"]
    assert "Looked-At: yes" in told["detail"]
    assert size(pages) == before
    assert writer.post(NOTE_OF_A_PROGRAM, body, Looked_At="yes").status_code == 200
    assert size(pages) == before + 1
    described = writer.get("/openapi.json")["paths"][f"/api/v1{NOTE_OF_A_PROGRAM}"]["post"]
    assert "looked-at" in [one["name"] for one in described["parameters"]]


def test_the_words_beside_a_file_and_its_name_ask_too(pages: Pages) -> None:
    lead, before = pages.signed_in(LEAD), size(pages)
    path, name = "/do/evidence/add?on=A2", f"{CHILD.replace('/', ' ')}.pdf"
    answer = send(lead, path, "list.pdf", PDF, note=CHILD)
    assert (answer.status_code, size(pages)) == (422, before)
    assert ASKED in answer.text
    seen = mark(answer.text)
    answer = send(lead, path, name, PDF, note=CHILD, looked_at=seen)
    assert (answer.status_code, size(pages)) == (422, before)
    assert "Its name: This seems to hold" in answer.text
    assert "Choose the file again" in answer.text
    marks = re.findall(r'name="looked_at" value="([0-9a-f]{16})"', answer.text)
    assert len(set(marks)) == 2
    shown = {**hidden_fields(lead.get(path)), "note": CHILD}
    answer = lead.client.post(
        path, data={**shown, "looked_at": marks}, files={"file": (name, PDF)}, headers=OURS
    )
    assert (answer.status_code, size(pages)) == (303, before + 1)


def test_the_name_of_a_file_beside_a_note_asks_before_either_is_stored(pages: Pages) -> None:
    chair, before = pages.signed_in(CHAIR), size(pages)
    name = "Zeb Quill born 12 March 2015.pdf"
    answer = send(chair, NOTE, name, PDF, note="All is well")
    assert (answer.status_code, size(pages)) == (422, before)
    assert "Its name: This seems to hold" in answer.text
    seen = mark(answer.text)
    answer = send(chair, NOTE, name, PDF, note="All is well", looked_at=seen)
    assert (answer.status_code, size(pages)) == (303, before + 2)


def test_a_program_that_hands_a_file_in_is_told_and_may_go_on(pages: Pages) -> None:
    writer, before = program(pages, CHAIR).client, size(pages)
    path, files = "/api/v1/things/A2/evidence", {"file": ("Born 12 March 2015.pdf", PDF)}
    told = writer.post(path, files=files, data={"note": CHILD}).json()
    assert told["type"] == "urn:goldthread:personal-details"
    assert set(told["fields"]) == {"note", "file"}
    assert size(pages) == before
    yes = {"looked-at": "yes"}
    assert writer.post(path, files=files, data={"note": CHILD}, headers=yes).status_code == 200


def test_the_dry_run_of_an_import_tells_of_them_above_its_tables(pages: Pages) -> None:
    words = CHILD.replace(",", "")
    content = f"Action,Lead,Target date\nTrain {words},Example Lead,June 2025\n".encode()
    sheet = Sheet.of(pages.signed_in("person-1"), "plan.csv", content)
    assert "This looks like a child’s details." in sheet.words
    assert "Line 2, words: an NHS number" in sheet.words
