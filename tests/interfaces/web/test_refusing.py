"""What is refused is told on a page, which hands back whatever was typed."""

from __future__ import annotations

from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from interfaces.web.files.file_paths import MOST_BODY_BYTES
from interfaces.web.files.sent_files import SentForm as SentWithFile
from interfaces.web.refusals.refusing import refuse_kindly
from interfaces.web.sent_forms import SentForm
from tests.interfaces.web.browsing import ADDRESS, OURS, Pages, hidden_fields, words_of

WRITTEN = "Written for <ten> minutes.\r\n\r\nTwo lines."


@pytest.mark.parametrize("path", ["/fails", "/fails-with-file"])
def test_what_was_typed_comes_back_where_the_program_fails(pages: Pages, path: str) -> None:
    failing = FastAPI()
    failing.state.house = pages.house
    refuse_kindly(failing)

    @failing.post("/fails")
    def fail(sent: SentForm) -> None:
        raise RuntimeError(sent["note"])

    @failing.post("/fails-with-file")
    def fail_with_file(sent: SentWithFile) -> None:
        raise RuntimeError(sent.form["note"])

    with TestClient(failing, base_url=ADDRESS, raise_server_exceptions=False) as client:
        answer = client.post(f"{path}?on=A2", data={"note": WRITTEN, "command_id": "7"})
    assert answer.status_code == 500
    assert WRITTEN in unescape(answer.text)
    assert hidden_fields(answer.text) == {"command_id": "7"}
    assert f'action="{path}?on=A2"' in answer.text


def test_who_asks_too_often_loses_nothing(pages: Pages) -> None:
    for _ in range(60):
        pages.house.pace.take("updates from somewhere", 60, 900)
    answer = pages.browser().post("/update/letters", {"way": "note", "note": WRITTEN})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "Try again in 15 minutes" in words_of(answer.text)
    assert WRITTEN in unescape(answer.text)
    assert hidden_fields(answer.text) == {"way": "note"}


def test_what_was_typed_about_something_that_is_not_theirs_can_be_copied(pages: Pages) -> None:
    answer = pages.signed_in("person-2").post("/do/action/reword?on=A99", {"reason": WRITTEN})
    assert answer.status_code == 404
    assert WRITTEN in unescape(answer.text)


def test_a_form_sent_to_what_is_only_a_page_says_so(pages: Pages) -> None:
    answer = pages.signed_in("person-2").post("/board")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert "This address is not for that" in words_of(answer.text)


def test_a_torn_form_says_so(pages: Pages) -> None:
    headers = {**OURS, "content-type": "multipart/form-data; boundary=x"}
    chair = pages.signed_in("person-2")
    answer = chair.client.post("/board/several", content=b"no boundary", headers=headers)
    assert answer.status_code in {400, 422}
    assert "nothing was recorded" in words_of(answer.text)


@pytest.mark.parametrize("path", ["/sign-in", "/board/several", "/do/action/submit?on=A2"])
def test_a_form_with_more_fields_than_any_has_says_so(pages: Pages, path: str) -> None:
    chair = pages.signed_in("person-2")
    answer = chair.post(path, {f"field-{number}": "x" for number in range(1_100)})
    assert answer.status_code == 413
    assert "More fields came than any form here has" in words_of(answer.text)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/do/action/reword?on=A2", "text/html"), ("/api/v1/do/x", "application/problem+json")],
)
def test_what_nobody_is_asked_about_is_a_page_for_people_and_a_problem_for_programs(
    pages: Pages, path: str, kind: str
) -> None:
    browser = pages.browser()
    foreign = browser.client.post(path, headers={"sec-fetch-site": "cross-site"})
    large = browser.client.post(path, content=b"x" * (MOST_BODY_BYTES + 1), headers=OURS)
    for answer, status in ((foreign, 403), (large, 413)):
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith(kind)
        assert "nothing was changed" in answer.text.lower()


def test_a_page_speaks_of_no_options_of_the_command_line(pages: Pages) -> None:
    shown = words_of(pages.signed_in("person-2").get("/board?at=nonsense", status=422))
    assert "'nonsense' is not a day" in shown
    assert "such as 2025-03-31" in shown
    assert "--" not in shown
