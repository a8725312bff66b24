"""Remarks of the scrutineer: listed, and shown under the board of the day they speak of."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.cli.stories import NEXT_MEETING, a_small_plan
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import words_of
from tests.interfaces.web.conftest import served

RED = "Half of the board was red."
WHY = "Why was nobody told?"


@pytest.fixture
def remarked(cli: CommandLine) -> CommandLine:
    """Give a small plan with a remark on an action, and one on the board of a day."""
    a_small_plan(cli)
    cli.done("remark", "add", "--on", "A1", "--words", WHY, "--as", "PE8")
    cli.on(NEXT_MEETING + dt.timedelta(days=1))
    cli.done("remark", "add", "--as-at", "2025-05-01", "--words", RED, "--as", "PE8")
    return cli


def test_remarks_are_listed_with_what_they_are_on(remarked: CommandLine) -> None:
    first, second = remarked.answer("remarks")["remarks"]
    assert (first["ref"], first["about"], first["words"]) == ("RM1", "A1", WHY)
    assert (second["about"], second["made_on"]) == ("the board as at 1 May 2025", "2025-09-25")
    text = remarked.done("remarks")
    assert "RM2, on the board as at 1 May 2025" in text
    assert f"25 September 2025: {RED}" in text
    assert [one["ref"] for one in remarked.answer("remarks", "--on", "A1")["remarks"]] == ["RM1"]
    assert "There are none." in remarked.done("remarks", "--at", "2025-05-01")


def test_a_withdrawn_remark_stays_readable(remarked: CommandLine) -> None:
    remarked.done("remark", "withdraw", "RM1", "--reason", "They were.", "--as", "PE8")
    assert remarked.answer("remarks")["remarks"][0]["withdrawn"] == "They were."
    assert f"{WHY} Withdrawn since: They were." in " ".join(remarked.done("remarks").split())


def test_a_remark_on_the_board_of_a_day_stands_under_it(remarked: CommandLine) -> None:
    for clock in ("--at", "--true-on"):
        assert RED in remarked.done("board", clock, "2025-05-01")
        assert remarked.answer("board", clock, "2025-05-01")["remarks"][0]["ref"] == "RM2"
    assert RED not in remarked.done("board")
    assert RED not in remarked.done("board", "--at", "2025-05-02")


def test_it_stands_under_the_page_of_that_day_too(remarked: CommandLine) -> None:
    with served(remarked) as pages:
        manager = pages.signed_in("person-1")
        assert RED in words_of(manager.get("/board?at=2025-05-01"))
        assert RED not in words_of(manager.get("/board"))


def test_a_page_lists_them_the_latest_first(remarked: CommandLine) -> None:
    remarked.done("remark", "withdraw", "RM1", "--reason", "They were.", "--as", "PE8")
    with served(remarked) as pages:
        page = pages.signed_in("person-8").get("/remarks")
        shown = words_of(page)
        assert shown.index(RED) < shown.index(WHY)
        assert "RM2 , on the board as at 1 May 2025" in shown
        assert "withdrawn: They were." in shown
        assert 'href="/do/remark/add"' in page
        manager = pages.signed_in("person-1")
        assert "No remark was made yet." in manager.get("/remarks?at=2025-05-01")
        assert 'href="/do/remark/add"' not in manager.get("/remarks")
