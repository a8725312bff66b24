"""Sessions: how long they last, and what becomes of words whose writer was signed out meanwhile."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest

from events.identifiers import new_identifier
from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from interfaces.web.signing_in.sessions import AWAY_AT_MOST, LASTS_AT_MOST, REMEMBERED_FOR
from interfaces.web.web_tables import SESSIONS
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Browser, Pages, hidden_fields

CHAIR = "person-2"
NOTE = "/do/action/note-progress?on=A2"


def is_signed_in(browser: Browser) -> bool:
    return browser.client.get("/").status_code == 200


def textareas(page: str) -> dict[str, str]:
    found = re.findall(r'(?s)<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page)
    return {name: unescape(words) for name, words in found}


def test_a_session_ends_after_half_a_day_away(pages: Pages, cli: CommandLine) -> None:
    browser = pages.signed_in(CHAIR)
    cli.clock.now += AWAY_AT_MOST - dt.timedelta(minutes=1)
    assert is_signed_in(browser)
    cli.clock.now += AWAY_AT_MOST - dt.timedelta(minutes=1)
    assert is_signed_in(browser)
    cli.clock.now += AWAY_AT_MOST
    assert not is_signed_in(browser)


def test_a_session_ends_after_a_week_in_any_case(pages: Pages, cli: CommandLine) -> None:
    browser = pages.signed_in(CHAIR)
    for _ in range(int(LASTS_AT_MOST / dt.timedelta(hours=8)) - 1):
        cli.clock.now += dt.timedelta(hours=8)
        assert is_signed_in(browser)
    cli.clock.now += dt.timedelta(hours=8)
    assert not is_signed_in(browser)


def test_the_database_holds_nothing_that_opens_a_session(pages: Pages) -> None:
    token = pages.signed_in(CHAIR).client.cookies[cookies.SESSION]
    with pages.partnership.engine.connect() as connection:
        rows = connection.execute(SESSIONS.select()).all()
    assert rows
    for row in rows:
        assert token not in str(row)
        thief = pages.browser()
        thief.client.headers["cookie"] = f"{cookies.SESSION}={row.token}"
        assert not is_signed_in(thief)


def test_nothing_that_was_typed_is_lost_when_the_session_ended(
    pages: Pages, cli: CommandLine
) -> None:
    browser = pages.signed_in(CHAIR)
    on_page = hidden_fields(browser.get(NOTE))
    shown = {name: on_page[name] for name in ("command_id", "expected_version")}
    cli.clock.now += AWAY_AT_MOST
    note = 'Typed <b>over</b> lunch & "more":\r\n\r\n two lines, é.'
    before = pages.partnership.log.head().size
    answer = browser.post(NOTE, {**shown, "note": note, "effective_on": "2025-09-24"})
    assert answer.status_code == 403
    assert pages.partnership.log.head().size == before
    assert textareas(answer.text) == {"note": note, "effective_on": "2025-09-24"}
    assert hidden_fields(answer.text) == shown
    assert f'action="{NOTE}"' in answer.text
    assert browser.post(f"/sign-in/{pages.letters(CHAIR)}").status_code == 303
    again = {**hidden_fields(answer.text), **textareas(answer.text)}
    assert [browser.post(NOTE, again).status_code for _ in range(2)] == [303, 303]
    assert note in unescape(browser.get("/A2"))


def test_the_page_that_keeps_the_words_runs_nothing_that_stands_in_them(pages: Pages) -> None:
    words = '</textarea><script>alert(1)</script>"><input name=x>'
    answer = pages.browser().post(f"{NOTE}&x={words}", {"note": words, words: words})
    assert answer.status_code == 403
    assert "<script>alert" not in answer.text
    assert "<input name=x>" not in answer.text


def test_a_change_that_is_sent_again_after_it_was_changed_is_not_taken_for_the_first(
    pages: Pages,
) -> None:
    browser = pages.signed_in(CHAIR)
    shown = hidden_fields(browser.get(NOTE))
    assert browser.post(NOTE, {**shown, "note": "The first."}).status_code == 303
    # As after the browser's way back: the form is filled in anew, and sent with the same id.
    answer = browser.post(NOTE, {**shown, "note": "The second."})
    assert answer.status_code == 409
    assert textareas(answer.text)["note"] == "The second."
    again = {**hidden_fields(answer.text), "note": "The second."}
    assert browser.post(NOTE, again).status_code == 303
    assert "The second." in browser.get("/A2")


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 10_000, "'; DROP TABLE web_session; --"])
def test_what_is_no_session_is_none(pages: Pages, token: str) -> None:
    cookie = f"{cookies.SESSION}={token}".encode()
    assert pages.browser().client.get("/", headers={b"cookie": cookie}).status_code == 303


def _last_visit(pages: Pages, person: str = CHAIR) -> dt.datetime | None:
    return pages.house.sessions.last_visit(person, pages.partnership.clock())


def test_a_visit_is_over_once_one_signed_out_or_was_away(pages: Pages, cli: CommandLine) -> None:
    first_at = cli.clock.now
    browser = pages.signed_in(CHAIR)
    assert _last_visit(pages) is None
    cli.clock.now += dt.timedelta(minutes=5)
    assert browser.post("/sign-out").status_code == 303
    assert not is_signed_in(browser)
    assert _last_visit(pages) == first_at
    cli.clock.now += dt.timedelta(days=1)
    second_at = cli.clock.now
    pages.signed_in(CHAIR)
    assert _last_visit(pages) == first_at
    cli.clock.now += AWAY_AT_MOST
    assert _last_visit(pages) == second_at
    assert _last_visit(pages, "person-3") is None


def test_nobody_waits_for_a_long_writer_only_to_have_it_noted_that_they_were_there(
    pages: Pages, cli: CommandLine
) -> None:
    browser, program = pages.signed_in(CHAIR), pages.browser()
    tokens = PersonalTokens(pages.partnership.engine)
    token = tokens.make(CHAIR, Reach.READ, 30, cli.clock.now)
    program.client.headers["authorization"] = f"Bearer {token}"
    cli.clock.now += AWAY_AT_MOST - dt.timedelta(minutes=1)
    with pages.partnership.log.writing(new_identifier()):
        assert is_signed_in(browser)
        assert program.client.get("/api/v1/record").status_code == 200
        assert tokens.of(CHAIR)[0].used_on is None
    cli.clock.now += dt.timedelta(seconds=30)
    assert is_signed_in(browser)
    assert program.client.get("/api/v1/record").status_code == 200
    assert tokens.of(CHAIR)[0].used_on is not None
    cli.clock.now += AWAY_AT_MOST - dt.timedelta(minutes=1)
    assert is_signed_in(browser)


def test_of_somebody_who_came_often_only_the_last_visit_is_kept(
    pages: Pages, cli: CommandLine
) -> None:
    for _ in range(4):
        pages.signed_in(CHAIR)
        cli.clock.now += dt.timedelta(days=2)
    pages.signed_in(CHAIR)
    with pages.partnership.engine.connect() as connection:
        assert len(connection.execute(SESSIONS.select()).all()) == 2
    cli.clock.now += REMEMBERED_FOR + dt.timedelta(days=1)
    pages.signed_in("person-3")
    with pages.partnership.engine.connect() as connection:
        assert len(connection.execute(SESSIONS.select()).all()) == 1


def test_who_signs_in_again_where_they_are_signed_in_is_on_the_same_visit(pages: Pages) -> None:
    browser = pages.signed_in(CHAIR)
    assert browser.post(f"/sign-in/{pages.letters(CHAIR, minutes=14)}").status_code == 303
    assert _last_visit(pages) is None


def test_signing_out_everywhere_ends_every_session(pages: Pages) -> None:
    one, other = pages.signed_in(CHAIR), pages.browser()
    assert other.post(f"/sign-in/{pages.letters(CHAIR, minutes=14)}").status_code == 303
    assert one.post("/sign-out-everywhere").status_code == 303
    assert not is_signed_in(one)
    assert not is_signed_in(other)
