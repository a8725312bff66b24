"""What is kept of the past for one person is told to nobody else, nor once they may see other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Final, TypeVar

import pytest
from starlette.requests import Request
from typing_extensions import override

from interfaces.web.past.kept_past import KeptPast
from interfaces.web.seeing.seen import for_whom
from interfaces.web.signing_in import cookies
from interfaces.web.visit import Visit
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Browser, Pages, words_of
from tests.interfaces.web.conftest import served

MANAGER, OF_FIRST, OF_SECOND = "person-1", "person-9", "person-10"
PATHS: Final = (
    "/charts",
    "/replay?step=event",
    "/replay?step=event&stage=1",
    "/replay?from=2025-06-01",
)
OTHERS_ACTION, OWN_ACTION = "Train every school", "Audit case files"

Found = TypeVar("Found")


class Counted(KeptPast):
    """Keeps, and tells how often something had to be found."""

    found = 0

    @override
    def kept(self, asked: Hashable, find: Callable[[], Found]) -> Found:
        def counted() -> Found:
            self.found += 1
            return find()

        return super().kept(asked, counted)


@pytest.fixture
def line(cli: CommandLine) -> CommandLine:
    """Return the small plan with a reader of the first subgroup, and one of the second."""
    cli.on(dt.date(2025, 11, 3))
    for number, subgroup in ((9, "S1"), (10, "S2")):
        address = f"reader{number}@example.org"
        cli.done("person", "register", "--name", f"Reader {number}", "--email", address)
        grant(cli, f"PE{number}", subgroup)
    return cli


@pytest.fixture
def pages(line: CommandLine) -> Iterator[Pages]:
    with served(line) as found:
        yield found


def grant(line: CommandLine, person: str, subgroup: str) -> None:
    given = ("--access", "reader", "--subgroup", subgroup)
    line.done("person", "grant-access", person, *given)


def revoke(line: CommandLine, person: str, subgroup: str) -> None:
    given = ("--access", "reader", "--subgroup", subgroup)
    line.done("person", "revoke-access", person, *given)


def browser(pages: Pages, person: str) -> Browser:
    found = pages.browser()
    session = pages.house.sessions.begin(person, pages.partnership.clock())
    found.client.headers["cookie"] = f"{cookies.SESSION}={session.token}"
    return found


def told(pages: Pages, person: str) -> tuple[str, ...]:
    """Return what somebody is told by the pages as they are served."""
    asking = browser(pages, person)
    return tuple(words_of(asking.get(path)) for path in PATHS)


def told_afresh(line: CommandLine, person: str) -> tuple[str, ...]:
    """Return what somebody is told where nothing was kept for anybody."""
    with served(line) as fresh:
        return told(fresh, person)


def counting(pages: Pages) -> Counted:
    kept = Counted()
    pages.serve_house(replace(pages.house, kept_past=kept))
    return kept


def test_nothing_that_is_kept_for_one_is_told_to_another(line: CommandLine, pages: Pages) -> None:
    people = (OF_FIRST, OF_SECOND, MANAGER)
    own = {person: told_afresh(line, person) for person in people}
    assert len(set(own.values())) == len(people)
    for person in (OF_FIRST, OF_SECOND, OF_FIRST, MANAGER, OF_SECOND):
        assert told(pages, person) == own[person], person


def test_for_whom_it_is_goes_by_person_by_day_and_by_the_whole_directory(
    line: CommandLine, pages: Pages
) -> None:
    def whose(person: str) -> Hashable:
        session = pages.house.sessions.begin(person, pages.partnership.clock())
        request = Request({"type": "http", "path": "/", "query_string": b"", "headers": []})
        return for_whom(Visit(pages.house, request, session))

    line.done("person", "register", "--name", "Reader 11", "--email", "reader11@example.org")
    grant(line, "PE11", "S1")
    assert whose(MANAGER) is None
    assert whose(OF_FIRST) == whose(OF_FIRST)
    assert len({whose(one) for one in (OF_FIRST, "person-11", OF_SECOND, MANAGER)}) == 4
    before = whose(OF_FIRST)
    grant(line, "PE11", "S2")
    changed = whose(OF_FIRST)
    assert changed != before
    line.on(dt.date(2025, 11, 4))
    assert whose(OF_FIRST) not in {before, changed}
    assert whose(MANAGER) is None


def test_it_is_kept_for_who_may_still_see_the_same(line: CommandLine, pages: Pages) -> None:
    kept = counting(pages)
    first = told(pages, OF_FIRST)
    once = kept.found
    assert once == 3  # the months, and the walks from the beginning and from a day
    assert told(pages, OF_FIRST) == first
    assert kept.found == once
    assert told(pages, OF_SECOND) != first
    assert kept.found == 2 * once
    line.done("person", "grant-access", "PE8", "--access", "reader")
    assert told(pages, OF_FIRST) == told_afresh(line, OF_FIRST)
    assert kept.found == 3 * once


def test_a_permission_that_was_taken_back_takes_what_was_kept_with_it(
    line: CommandLine, pages: Pages
) -> None:
    before = told(pages, OF_FIRST)
    assert any(OWN_ACTION in words for words in before)
    revoke(line, "PE9", "S1")
    reader = browser(pages, OF_FIRST)
    assert {reader.client.get(path).status_code for path in PATHS} == {404}
    grant(line, "PE9", "S2")
    after = told(pages, OF_FIRST)
    assert after == told_afresh(line, OF_FIRST)
    assert not [words for words in after if OWN_ACTION in words]
    revoke(line, "PE9", "S2")
    grant(line, "PE9", "S1")
    again = told(pages, OF_FIRST)
    assert again == told_afresh(line, OF_FIRST)
    assert not [words for words in again if OTHERS_ACTION in words]


def test_what_comes_by_a_role_or_a_day_is_not_kept_beyond_it(
    line: CommandLine, pages: Pages
) -> None:
    kept = counting(pages)
    narrow = told(pages, OF_FIRST)
    # The chair's role is placed in the first subgroup: what it leads is theirs as well.
    line.done("role", "place", "RO3", "--subgroup", "S1")
    wider = told(pages, OF_FIRST)
    assert wider != narrow
    assert wider == told_afresh(line, OF_FIRST)
    line.done("role", "place", "RO3", "--subgroup", "S2")
    assert told(pages, OF_FIRST) == told_afresh(line, OF_FIRST)
    found = kept.found
    line.done("role", "appoint", "RO4", "--person", "PE9", "--from-on", "2025-11-10")
    assert told(pages, OF_FIRST) == told_afresh(line, OF_FIRST)
    assert kept.found > found
    line.on(dt.date(2025, 11, 10))
    all_of_it = told(pages, OF_FIRST)
    assert all_of_it == told_afresh(line, OF_FIRST)
    charts, of_manager = (
        words.partition("How many items")[2] for words in (all_of_it[0], told(pages, MANAGER)[0])
    )
    assert charts == of_manager
