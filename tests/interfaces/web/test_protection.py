"""What stands before every page: origins, sizes, headers, and a log without anybody's words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from interfaces.web import protection
from interfaces.web.files.file_paths import MOST_BODY_BYTES
from interfaces.web.metrics import Metrics
from interfaces.web.protection import Protection
from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from tests.interfaces.web.browsing import ADDRESS, Pages

NOTE = "/do/action/note-progress?on=A2"
EVIL = "https://elsewhere.example.org"


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec-fetch-site": "same-origin", "origin": ADDRESS}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"origin": ADDRESS}, True),
        ({"sec-fetch-site": "cross-site", "origin": EVIL}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": ADDRESS}, False),
        ({"sec-fetch-site": "same-site", "origin": "https://other.example.org"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "same-origin", "origin": EVIL}, False),
        ({"sec-fetch-site": ""}, False),
        ({"origin": EVIL}, False),
        ({"origin": "null"}, False),
        ({"origin": ADDRESS + ".elsewhere.example.org"}, False),
        ({"origin": ADDRESS.replace("https", "http")}, False),
        ({"origin": ADDRESS + ":8443"}, False),
        ({"origin": ""}, False),
        ({}, False),
        ({"referer": ADDRESS + "/A2"}, False),
    ],
)
def test_a_change_is_taken_from_our_own_pages_alone(
    pages: Pages, headers: dict[str, str], *, is_ours: bool
) -> None:
    chair, before = pages.signed_in("person-2"), pages.partnership.log.head().size
    answer = chair.client.post(NOTE, data={"note": "From where?"}, headers=headers)
    assert answer.status_code == (303 if is_ours else 403)
    assert (pages.partnership.log.head().size > before) is is_ours


def test_every_answer_is_dressed_also_those_that_refuse(pages: Pages) -> None:
    browser = pages.browser()
    answers = [
        browser.client.get("/"),
        browser.client.get("/sign-in"),
        browser.client.get("/a/b/c/d"),
        browser.client.post("/sign-in", data={"address": "x"}, headers={"origin": EVIL}),
        browser.client.post("/sign-in", content=b"x" * (MOST_BODY_BYTES + 1)),
        browser.client.get("/api/v1/board"),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "max-age" in answer.headers["strict-transport-security"]
        assert "server" not in answer.headers


@pytest.mark.parametrize("length", ["told", "untold", "untrue"])
def test_more_than_a_form_holds_is_not_read(pages: Pages, length: str) -> None:
    chair, before = pages.signed_in("person-2"), pages.partnership.log.head().size
    body = b"note=" + b"x" * (MOST_BODY_BYTES + 1)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        **({"content-length": "10"} if length == "untrue" else {}),
    }
    told = (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    answer = chair.client.post(NOTE, content=body if length == "told" else told, headers=headers)
    assert answer.status_code == 413
    assert pages.partnership.log.head().size == before


def test_the_host_that_a_request_names_leads_nobody_away(pages: Pages) -> None:
    browser, evil = pages.signed_in("person-2"), {"host": "elsewhere.example.org"}
    for path in ("/board/", "/sign-in/", "/A2/", "//elsewhere.example.org", "/%2F%2Felsewhere"):
        answer = browser.client.get(f"{ADDRESS}{path}", headers=evil)
        assert "elsewhere.example.org" not in answer.headers.get("location", "")
        assert answer.status_code in {404, 422}
    browser.forget()
    answer = browser.client.get("/board", headers=evil)
    assert answer.headers["location"].startswith("/sign-in?to=")


@pytest.mark.parametrize("words", ["a\r\nSet-Cookie: x=y", "%0d%0aSet-Cookie:%20x=y", "\u560a"])
def test_no_header_is_written_by_who_asks(pages: Pages, words: str) -> None:
    for answer in (
        pages.browser().client.get("/board", params={"words": words}),
        pages.browser().client.get("/sign-in", params={"to": words}),
        pages.browser().post(f"/sign-in/{pages.letters('person-2')}", {"to": f"/{words}"}),
    ):
        assert "x=y" not in answer.headers.get("set-cookie", "")
        assert "\n" not in answer.headers.get("location", "")


SENDING: Final[Scope] = {
    "type": "http",
    "method": "POST",
    "query_string": b"on=A2",
    "headers": [
        (b"host", b"record.example.org"),
        (b"origin", ADDRESS.encode()),
        (b"content-type", b"application/x-www-form-urlencoded"),
    ],
}


def told_to(
    pages: Pages, path: str, begun: Message, *headers: tuple[bytes, bytes], stop: bool = False
) -> str:
    """Return what is answered to somebody who falls silent after what they sent."""
    scope = {**SENDING, "path": path, "headers": [*SENDING["headers"], *headers]}
    coming, answers, silent = [begun], list[Message](), asyncio.Event()

    async def receive() -> Message:
        if coming:
            return coming.pop()
        silent.set()
        return await asyncio.Future[Message]()

    async def send(message: Message) -> None:
        answers.append(message)

    async def ask() -> None:
        asked = asyncio.ensure_future(pages.served(scope, receive, send))
        if stop:
            await silent.wait()
            asked.cancel()
        await asked

    asyncio.run(ask())
    return f"{answers[0]['status']} {answers[1]['body'].decode()}"


@pytest.mark.parametrize("path", ["/do/action/note-progress", "/api/v1/things/A1/evidence"])
def test_who_falls_silent_within_a_form_is_given_up(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(protection, "MOST_SILENT_SECONDS", 0.01)
    begun = {"type": "http.request", "body": b"note=Half+of", "more_body": True}
    size = pages.partnership.log.head().size
    told = told_to(pages, path, begun, *signed_in(pages))
    assert told.startswith("408 ")
    assert "did not arrive whole" in told
    assert pages.partnership.log.head().size == size


def test_who_is_still_sending_when_the_server_stops_is_told_so(
    pages: Pages, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = {"type": "http.request", "body": b"address=a", "more_body": True}
    told = told_to(pages, "/sign-in", begun, stop=True)
    assert told.startswith("503 ")
    assert "The pages were stopped. Send it again." in told
    assert "Traceback" not in capsys.readouterr().out


def signed_in(pages: Pages) -> list[tuple[bytes, bytes]]:
    """Return the headers of who is signed in, by a session and by a token."""
    now = pages.partnership.clock()
    session = pages.house.sessions.begin("person-2", now)
    tokens = PersonalTokens(pages.partnership.engine)
    token = tokens.make("person-2", Reach.WRITE, 30, now)
    cookie = f"{cookies.SESSION}={session.token}".encode()
    return [(b"cookie", cookie), (b"authorization", f"Bearer {token}".encode())]


@pytest.fixture
def failing() -> Iterator[TestClient]:
    def fail(request: Request) -> Response:
        try:
            raise ValueError(request.query_params["secret"])  # noqa: TRY301 - as if it were deeper
        except ValueError as problem:
            message = "and more of " + request.query_params["secret"]
            raise RuntimeError(message) from problem

    inner = Starlette(routes=[Route("/fails/{ticket}", fail)])
    with TestClient(Protection(inner, ADDRESS, Metrics(), is_encrypted=True)) as client:
        yield client


def test_what_goes_wrong_is_logged_by_its_place_and_not_by_its_words(
    failing: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = failing.get("/fails/Ticketletters?secret=Achildsname")
    assert answer.status_code == 500
    written = capsys.readouterr()
    logged = written.out + written.err
    assert "RuntimeError after ValueError" in logged
    assert "test_protection.py" in logged
    for secret in ("Achildsname", "Ticketletters"):
        assert secret not in logged
        assert secret not in answer.text


def test_an_error_page_tells_nothing_of_what_is_within(pages: Pages) -> None:
    manager = pages.signed_in("person-1")
    for path in ("/board?at=nonsense", "/board?subgroup=nowhere", "/A2?done=x", "/board?plan=P9"):
        page = manager.client.get(path)
        assert page.status_code in {404, 422}
        for told in ("Traceback", "sqlalchemy", "pydantic", ".py", str(pages.folder)):
            assert told not in page.text
