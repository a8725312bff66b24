"""Whoever may read of one subgroup alone reads nothing of another on any of the lists."""

from __future__ import annotations

import datetime as dt

import pytest

from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages, words_of
from tests.interfaces.web.conftest import served

OTHERS = ("Train every school", "Exams", "A1 ")
OWN = "Audit case files"
LISTS = (
    "/replay?step=event",
    "/replay?step=event&stage=1",
    "/plans",
    "/audits",
    "/themes",
    "/meetings",
    "/meetings/next",
    "/changes?from=2025-03-30",
    "/charts",
    "/directory",
    "/reminders",
    "/reminders/coming",
    "/record",
    "/remarks",
)
ON_A_PAST_DAY = (
    "/replay?step=event&",
    "/replay?step=event&stage=1&",
    "/changes?from=2025-03-30&",
    "/charts?",
    "/plans?",
    "/themes?",
    "/board?",
    "/board.csv?",
)


@pytest.fixture
def narrow(cli: CommandLine) -> CommandLine:
    """Return the small plan, with PE9 who may read what is of the first subgroup."""
    cli.done("person", "register", "--name", "Example Reader", "--email", "reader@example.org")
    cli.done("person", "grant-access", "PE9", "--access", "reader", "--subgroup", "S1")
    return cli


@pytest.mark.parametrize("path", LISTS)
def test_a_list_tells_nothing_of_another_subgroup(narrow: CommandLine, path: str) -> None:
    with served(narrow) as pages:
        shown = words_of(_reader(pages, path))
        assert not [words for words in OTHERS if words in shown]


def test_no_list_of_a_past_day_tells_anything_of_another_subgroup(narrow: CommandLine) -> None:
    with served(narrow) as pages:
        reader = pages.signed_in(_ref(pages))
        for path in ON_A_PAST_DAY:
            for clock in ("at", "true-on"):
                shown = words_of(reader.get(f"{path}{clock}=2025-08-01"))
                assert not [words for words in OTHERS if words in shown], (path, clock)


def test_every_step_of_a_replay_is_of_what_one_may_read(narrow: CommandLine) -> None:
    with served(narrow) as pages:
        reader = pages.signed_in(_ref(pages))
        first = reader.get("/replay?step=event&stage=1")
        steps = int(first.partition("Step 1 of ")[2].partition("<")[0])
        told = [words_of(reader.get(f"/replay?step=event&stage={n}")) for n in range(1, steps + 1)]
        assert any(OWN in one for one in told)
        assert not [one for one in told if any(words in one for words in OTHERS)]


def test_a_remark_on_the_whole_board_is_for_those_who_see_it(narrow: CommandLine) -> None:
    said = ("--words", "All of it is late", "--as-at", "2025-09-24")
    narrow.done("remark", "add", *said, "--as", "PE8")
    with served(narrow) as pages:
        manager, reader = pages.signed_in("person-1"), pages.signed_in(_ref(pages))
        assert "All of it is late" in manager.get("/board")
        for path in ("/board", "/remarks", "/RM1", "/replay?step=event"):
            assert "All of it is late" not in reader.client.get(path).text


def test_emails_to_others_are_not_there_however_they_are_asked_for(narrow: CommandLine) -> None:
    for day in (dt.date(2025, 11, 3), dt.date(2025, 12, 3)):
        narrow.on(day)
        narrow.done("remind")
    with served(narrow) as pages:
        tokens, now = PersonalTokens(pages.partnership.engine), narrow.clock.now
        told = {}
        for person in ("person-1", _ref(pages)):
            token, browser = tokens.make(person, Reach.READ, 30, now), pages.browser()
            browser.client.headers["authorization"] = f"Bearer {token}"
            for asked in ("", "?person=PE2", "?item=A1", "?item=A2", "?status=sent"):
                answer = browser.client.get(f"/api/v1/reminders{asked}").json()
                told[person, asked] = (len(answer["emails"]), sum(answer["counts"].values()))
        assert all(
            told["person-1", asked] != (0, 0) for asked in ("", "?person=PE2", "?item=A2")
        ), told
        assert {of for (person, _), of in told.items() if person != "person-1"} == {(0, 0)}
        shown = words_of(_reader(pages, "/reminders?person=PE2"))
        assert not [words for words in (*OTHERS, "Example Audit Chair") if words in shown]


def test_what_was_worked_out_for_who_sees_all_is_told_to_nobody_else(narrow: CommandLine) -> None:
    narrow.on(dt.date(2025, 11, 3))
    paths = (
        "/charts",
        "/replay?step=month",
        "/replay?step=month&stage=1",
        "/changes?from=2025-04-02",
    )
    with served(narrow) as pages:
        reader = pages.signed_in(_ref(pages))
        own = [words_of(reader.get(path)) for path in paths]
    with served(narrow) as pages:
        manager = pages.signed_in("person-1")
        whole = [words_of(manager.get(path)) for path in paths]
        reader = pages.browser()
        session = pages.house.sessions.begin(_ref(pages), narrow.clock.now)
        reader.client.headers["cookie"] = f"{cookies.SESSION}={session.token}"
        assert [words_of(reader.get(path)) for path in paths] == own
    assert all(one != other for one, other in zip(whole, own, strict=True))


def test_what_became_theirs_is_walked_through_with_its_past(narrow: CommandLine) -> None:
    narrow.on(dt.date(2025, 10, 1))
    narrow.done("audit", "plan", "--kind", "audit", "--title", "Front door", "--subgroup", "S2")
    narrow.on(dt.date(2025, 11, 3))
    narrow.done("role", "place", "RO3", "--subgroup", "S1")
    narrow.done("audit", "hand-over", "AU1", "--subgroup", "S1")
    narrow.on(dt.date(2025, 12, 1))
    narrow.done("action", "note-progress", "A1", "--note", "Now it is theirs")
    with served(narrow) as pages:
        reader = pages.signed_in(_ref(pages))
        months = words_of(reader.get("/charts"))
        assert "31 Oct 2025 1 0 0 1 2" in months
        whole = words_of(reader.get("/replay?step=event&from=2025-03-01"))
        since = words_of(reader.get("/replay?step=event&from=2025-10-02"))
        of_subgroup = words_of(reader.get("/replay?step=event&from=2025-10-02&subgroup=S1"))
        for told in (whole, since, of_subgroup):
            assert "Now it is theirs" in told
            assert "1 red 1 amber" in told
        # On the page of a day on which it was not theirs it is not there, as ever.
        assert "Train every school" not in reader.get("/board?at=2025-10-01")
        assert "Train every school" in reader.get("/board")


def test_an_item_of_another_subgroup_is_nothing_to_filter_by(narrow: CommandLine) -> None:
    with served(narrow) as pages:
        manager = pages.signed_in("person-1")
        made = manager.give(
            "/do/audit/plan",
            kind="audit",
            title="Elsewhere",
            subgroup="subgroup-2",
            themes="what is theirs alone",
        )
        assert made.status_code == 303
        reader = pages.signed_in(_ref(pages))
        assert "Elsewhere" not in reader.get("/audits")
        for path in ("/themes", "/charts"):
            assert "is theirs alone" in manager.get(path)
            assert "is theirs alone" not in reader.get(path)
        assert reader.get("/replay?audit=AU1", 404) == reader.get("/replay?audit=AU77", 404)


def _reader(pages: Pages, path: str) -> str:
    return pages.signed_in(_ref(pages)).get(path)


def _ref(pages: Pages) -> str:
    directory = pages.partnership.view().all("directory")
    return next(ref for ref, row in directory.items() if row.get("name") == "Example Reader")
