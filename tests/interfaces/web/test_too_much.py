"""Too much at once, and too often: said kindly, with what was typed, and nothing is stored."""

from __future__ import annotations

import pytest

from interfaces.web.files.file_paths import MOST_BODY_BYTES, MOST_IMPORT_BYTES
from tests.interfaces.web.browsing import OURS, Pages, hidden_fields, words_of
from tests.interfaces.web.importing.sheets import Sheet

MANAGER, CHAIR = "person-1", "person-2"
NOTE = "/do/action/note-progress?on=A2"
PLAN = b"Action,Target date,Lead\nRead ten files,31 March 2026,Audit lead\n"


def size(pages: Pages) -> int:
    return pages.partnership.log.head().size


def use_up(pages: Pages, what: str, times: int, seconds: int) -> None:
    """Ask for something as often as it may be asked for."""
    for _ in range(times):
        pages.house.pace.take(what, times + 1, seconds)


def test_a_text_that_is_far_too_long_comes_back_to_be_shortened(pages: Pages) -> None:
    chair, before = pages.signed_in(CHAIR), size(pages)
    long = "Twelve of twenty were read. " * 50_000
    fields = {**hidden_fields(chair.get(NOTE)), "note": long, "looked_at": "x"}
    answer = chair.post(NOTE, fields)
    assert (answer.status_code, size(pages)) == (413, before)
    told = words_of(answer.text)
    assert "What you sent has 1.4 MB, and this form takes 1.0 MB at most." in told
    assert "A text may have 20,000 characters: shorten it" in told
    assert f'action="{NOTE}"' in answer.text
    assert long in answer.text
    kept = {name: value for name, value in hidden_fields(answer.text).items() if name in fields}
    assert chair.post(NOTE, {**kept, "note": "Twelve were read."}).status_code == 303


def test_what_nobody_signed_in_for_is_let_go(pages: Pages) -> None:
    answer = pages.browser().post("/sign-in", {"address": "secret" * MOST_BODY_BYTES})
    assert answer.status_code == 413
    assert "That is too much at once" in answer.text
    assert "secret" not in answer.text


def test_a_document_that_is_far_too_large_is_told_how_large_it_may_be(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    files = {"file": ("plan.csv", b"x" * (MOST_IMPORT_BYTES + 1))}
    answer = manager.client.post("/import", files=files, headers=OURS)
    assert (answer.status_code, size(pages)) == (413, before)
    told = words_of(answer.text)
    assert "A document may have 2 MB. Copy the plan alone into a new file" in told
    assert 'href="/import"' in answer.text


@pytest.mark.parametrize("characters", [200_000, MOST_IMPORT_BYTES])
def test_a_cell_that_is_far_too_long_costs_no_other_correction(
    pages: Pages, characters: int
) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    sheet = Sheet.of(manager, "plan.csv", PLAN)
    sheet.fill(action_0="x" * characters, lead_0="Chair of the audits")
    answer = sheet.check()
    assert (answer.status_code, size(pages)) == (413, before)
    told = words_of(answer.text)
    assert "Action" in told
    assert f"{characters:,} characters" in told
    assert "No cell takes more than 20,000 characters" in told
    assert "with everything else that you corrected" in told
    again = manager.post("/import/check", hidden_fields(answer.text))
    assert again.status_code == 200
    assert "Read ten files" in again.text
    assert "Chair of the audits" in again.text


def test_programs_are_told_as_ever(pages: Pages) -> None:
    path = "/api/v1/commands/action/note-progress"
    answer = pages.browser().client.post(path, content=b"x" * (MOST_BODY_BYTES + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Too large"


def test_a_document_that_was_read_too_often_is_still_there(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    sheet = Sheet.of(manager, "plan.csv", PLAN)
    use_up(pages, f"imports {MANAGER}", 239, 60 * 60)
    sheet.fill(lead_0="Chair of the audits")
    for answer in (
        sheet.check(),
        manager.client.post("/import", files={"file": ("plan.csv", PLAN)}, headers=OURS),
    ):
        assert (answer.status_code, size(pages)) == (429, before)
        assert int(answer.headers["retry-after"]) > 0
        told = words_of(answer.text)
        assert "That was asked for too often" in told
        assert "The document is in this page, with everything that you corrected" in told
        assert hidden_fields(answer.text)["document"]
    assert "Chair of the audits" in sheet.answer.text


def test_words_that_came_too_often_are_still_there(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    use_up(pages, f"files of {CHAIR}", 60, 15 * 60)
    shown = hidden_fields(chair.get(NOTE))
    answer = chair.client.post(
        NOTE, data={**shown, "note": "All read."}, files={"file": ("a.pdf", b"%PDF")}, headers=OURS
    )
    assert answer.status_code == 429
    told = words_of(answer.text)
    assert "Try again in 15 minutes" in told
    assert "All read." in answer.text
    assert "The file that you had chosen is not kept meanwhile" in told
    assert hidden_fields(answer.text)["command_id"] == shown["command_id"]
