"""Signing in by an emailed link: once, soon, in the browser that asked, and never by looking."""

from __future__ import annotations

import datetime as dt
import logging
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from interfaces.web.pages.signing_in import local
from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.tickets import Purpose, Ticket
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import ADDRESS, Browser, Pages, hidden_fields
from tests.interfaces.web.conftest import served

CHAIR = "audit.chair@example.org"
LINK = re.compile(rf"{re.escape(ADDRESS)}(/sign-in/\S+)")


def ask(pages: Pages, browser: Browser, address: str = CHAIR, to: str = "/") -> None:
    answer = browser.post("/sign-in", {"address": address, "to": to})
    assert answer.status_code == 200
    pages.house.post.wait()


def link_sent(pages: Pages) -> str:
    (letter,) = [text for text in pages.emails() if LINK.search(text)]
    found = LINK.search(letter)
    assert found
    return found[1]


def press(browser: Browser, path: str) -> int:
    return browser.post(path.partition("?")[0], hidden_fields(browser.get(path))).status_code


def test_a_link_signs_in_who_asked_for_it_and_leads_where_they_wanted_to_go(pages: Pages) -> None:
    browser = pages.browser()
    answer = browser.client.get("/A2?at=2025-09-01")
    browser.get(answer.headers["location"])
    ask(pages, browser, to="/A2?at=2025-09-01")
    path = link_sent(pages)
    shown = hidden_fields(browser.get(path))
    signed_in = browser.post(path.partition("?")[0], shown)
    assert signed_in.headers["location"] == "/A2?at=2025-09-01"
    assert "Example Audit Chair" in browser.get("/")


def test_an_address_may_be_written_in_capitals(pages: Pages) -> None:
    browser = pages.browser()
    ask(pages, browser, f"  {CHAIR.upper()} ")
    assert press(browser, link_sent(pages)) == 303


def test_a_link_works_in_no_other_browser_and_still_in_the_first_afterwards(pages: Pages) -> None:
    browser, thief = pages.browser(), pages.browser()
    ask(pages, browser)
    path = link_sent(pages)
    assert press(thief, path) == 403
    ask(pages, thief, "business.manager@example.org")
    assert press(browser, path) == 303


def test_a_link_works_once(pages: Pages) -> None:
    browser = pages.browser()
    ask(pages, browser)
    path, marks = link_sent(pages), dict(browser.client.cookies)
    assert press(browser, path) == 303
    browser.forget()
    browser.client.cookies.update(marks)
    assert press(browser, path) == 403
    assert press(browser, path + "=") == 403


def test_a_link_works_for_a_quarter_of_an_hour(pages: Pages, cli: CommandLine) -> None:
    browser = pages.browser()
    ask(pages, browser)
    cli.clock.now += dt.timedelta(minutes=15)
    assert press(browser, link_sent(pages)) == 403


def test_looking_at_a_link_uses_nothing_up(pages: Pages) -> None:
    browser = pages.browser()
    ask(pages, browser)
    path = link_sent(pages)
    for _ in range(3):
        assert browser.client.get(path).status_code == 200
        assert browser.client.head(path).status_code == 200
        assert pages.browser().client.get(path).status_code == 200
    assert press(browser, path) == 303


def test_the_answer_is_the_same_for_an_address_that_nobody_has(pages: Pages) -> None:
    told = []
    for address in (CHAIR, "nobody.here@example.org"):
        answer = pages.browser().post("/sign-in", {"address": address})
        told.append((answer.status_code, answer.text.replace(address, ""), sorted(answer.headers)))
    pages.house.post.wait()
    assert told[0] == told[1]
    assert len(pages.emails()) == 1


def test_who_left_gets_no_link_and_can_use_none(pages: Pages, cli: CommandLine) -> None:
    browser = pages.browser()
    ask(pages, browser, "review.chair@example.org")
    path = link_sent(pages)
    cli.done("person", "leave", "PE5", "--last-day-on", "2025-09-23")
    assert press(browser, path) == 403
    ask(pages, browser, "review.chair@example.org")
    assert len(pages.emails()) == 1


def test_somebody_elses_session_is_ended_where_another_begins(pages: Pages) -> None:
    browser = pages.signed_in("person-1")
    before = browser.client.cookies[cookies.SESSION]
    assert browser.post(f"/sign-in/{pages.letters('person-2')}").status_code == 303
    after = browser.client.cookies[cookies.SESSION]
    assert before != after
    old = pages.browser()
    old.client.headers["cookie"] = f"{cookies.SESSION}={before}"
    assert old.client.get("/").status_code == 303


def test_a_session_that_somebody_planted_is_never_taken_over(pages: Pages) -> None:
    browser = pages.browser()
    browser.client.cookies.set(cookies.SESSION, "planted", domain="record.example.org")
    browser.post(f"/sign-in/{pages.letters('person-2')}")
    planted = pages.browser()
    planted.client.headers["cookie"] = f"{cookies.SESSION}=planted"
    assert planted.client.get("/").status_code == 303


def test_signing_out_ends_this_session_or_every_one(pages: Pages) -> None:
    here, there, other = (pages.browser() for _ in range(3))
    for number, browser in enumerate((here, there, other)):
        browser.post(f"/sign-in/{pages.letters('person-2', minutes=10 + number)}")
    tokens = [one.client.cookies[cookies.SESSION] for one in (here, there, other)]
    out = here.post("/sign-out").headers["location"]
    assert "You are signed out on this device." in here.get(out)
    assert here.client.get("/").status_code == 303
    there.get("/")
    there.post("/sign-out-everywhere")
    for token in tokens:
        browser = pages.browser()
        browser.client.headers["cookie"] = f"{cookies.SESSION}={token}"
        assert browser.client.get("/").status_code == 303


def test_signing_out_without_a_session_leads_to_signing_in(pages: Pages) -> None:
    for path in ("/sign-out", "/sign-out-everywhere"):
        assert pages.browser().post(path).headers["location"].startswith("/sign-in?out=")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(pages: Pages) -> None:
    browser = pages.browser()
    given = [browser.post("/sign-in", {"address": CHAIR}).headers["set-cookie"]]
    signed_in = browser.post(f"/sign-in/{pages.letters('person-2')}")
    given += signed_in.headers.get_list("set-cookie")
    for cookie in given:
        assert cookie.startswith("__Host-")
        for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
            assert part in cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.example.org/",
        "//elsewhere.example.org",
        "/\\elsewhere.example.org",
        "\\\\elsewhere.example.org",
        "/\t/elsewhere.example.org",
        "/\n/elsewhere.example.org",
        "/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "elsewhere",
        "",
        "/\u2028",
    ],
)
def test_nobody_is_led_to_another_site(pages: Pages, to: str) -> None:
    assert local(to) == "/"
    browser = pages.browser()
    form = {"to": to}
    answer = browser.post(f"/sign-in/{pages.letters('person-2')}", form)
    assert answer.headers["location"] == "/"
    assert "elsewhere.example.org" not in browser.client.get("/sign-in", params={"to": to}).text


@pytest.mark.parametrize("to", ["/", "/A2?at=2025-01-01&true-on=", "/board?words=%2F%2Fa", "/é"])
def test_paths_of_ours_are_kept(to: str) -> None:
    assert local(to) == to


def test_who_asks_too_often_waits_and_keeps_nobody_else_from_asking(pages: Pages) -> None:
    greedy = pages.browser()
    answers = [greedy.post("/sign-in", {"address": CHAIR}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert int(greedy.post("/sign-in", {"address": CHAIR}).headers["retry-after"]) > 0
    assert greedy.post("/sign-in", {"address": "other@example.org"}).status_code == 200


def test_another_spelling_of_an_address_is_no_new_beginning(pages: Pages) -> None:
    greedy, (name, _, domain) = pages.browser(), CHAIR.partition("@")
    spellings = [CHAIR, CHAIR.upper(), f"{name} @{domain}", f"{name}@ {domain}"]
    spellings += [CHAIR.replace("a", "\uff41"), f"{name[:3]}\u2003{name[3:]}@{domain}"]
    answers = [greedy.post("/sign-in", {"address": one}).status_code for one in spellings]
    assert answers == [200] * 5 + [429]
    pages.house.post.wait()
    assert len(pages.emails()) == 5


@pytest.mark.parametrize("address", ["", "nobody", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_said_so(pages: Pages, address: str) -> None:
    answer = pages.browser().post("/sign-in", {"address": address})
    assert answer.status_code == 422
    assert 'id="address-error"' in answer.text


def test_logs_hold_no_address_no_name_and_no_link(
    pages: Pages, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = pages.browser()
    ask(pages, browser)
    path = link_sent(pages)
    press(browser, path)
    browser.get("/board?words=Somebodysname")
    browser.give("/do/action/note-progress?on=A2", note="Wordsofanote")
    # The browser of the test is httpx, which logs where it goes.
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("httpx")]
    written = capsys.readouterr()
    logged = " ".join([written.out, written.err, *ours])
    assert "/sign-in/{letters}" in logged
    for secret in (CHAIR, "Audit Chair", path[9:40], "Somebodysname", "Wordsofanote", "person-2"):
        assert secret not in logged


def everything_stored(pages: Pages) -> dict[str, list[str]]:
    """Return every row of every table."""
    engine = pages.partnership.engine
    tables = inspect(engine).get_table_names()
    assert {"events", "outbox", "web_session", "web_used"} <= set(tables)
    with engine.connect() as connection:
        return {
            name: [str(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608 - a table
            for name in tables
        }


def test_every_address_in_an_email_can_be_looked_at_without_any_change(cli: CommandLine) -> None:
    cli.config.write_text(f'[web]\naddress = "{ADDRESS}"', encoding="utf-8")
    cli.on(dt.date(2025, 11, 3))
    cli.done("remind")
    cli.on(dt.date(2025, 12, 3))
    cli.done("remind")
    with served(cli) as pages:
        ask(pages, pages.browser())
        found = {path for file in cli.folder.glob("outbox/*.eml") for path in _addresses(file)}
        assert {path.split("/")[1] for path in found} >= {"sign-in", "update", "action-2"}
        browsers = (pages.browser(), pages.signed_in("person-2"))
        before = everything_stored(pages)
        for browser in browsers:
            for path in sorted(found):
                for method in ("GET", "HEAD", "GET"):
                    assert browser.client.request(method, path).status_code in {200, 303, 403}
        assert everything_stored(pages) == before
        update = next(path for path in found if path.startswith("/update/"))
        ticket = pages.house.signer.read(update.removeprefix("/update/"), Purpose.UPDATE)
        assert isinstance(ticket, Ticket)


def _addresses(file: Path) -> list[str]:
    message = message_from_bytes(file.read_bytes(), policy=default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    told = " ".join(one if isinstance(one, str) else one.decode() for one in parts)
    return re.findall(rf'{re.escape(ADDRESS)}([^\s"<>]*)', told.replace("\r\n ", ""))
