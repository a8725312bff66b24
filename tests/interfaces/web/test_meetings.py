"""Meeting packs and what changed between two days."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.cli.stories import MEETING, NEXT_MEETING
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages, words_of
from tests.interfaces.web.conftest import served

MANAGER, CHAIR = "person-1", "person-2"


@pytest.fixture
def met(cli: CommandLine) -> CommandLine:
    """Return a small plan with two meetings of the board, after which A2 was submitted."""
    for day in (MEETING, NEXT_MEETING):
        cli.done("meeting", "record", "--title", f"Board {day.year}", "--held-on", day.isoformat())
    cli.on(NEXT_MEETING + dt.timedelta(days=30))
    cli.done("action", "submit", "A2", "--what-we-did", "Read all", "--evidence", "Report",
             "--as", "PE2")  # fmt: skip
    return cli


def test_without_meetings_it_is_said_how_to_begin(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert "Record one with the button above" in manager.get("/meetings")
    assert "No meeting was recorded before it" in words_of(manager.get("/meetings/next"))


def test_the_pack_of_a_meeting_is_as_it_stood_then(met: CommandLine) -> None:
    with served(met) as pages:
        manager = pages.signed_in(MANAGER)
        first, second = manager.get("/meetings/M1"), words_of(manager.get("/meetings/M2"))
        assert "October 2025" not in first
        assert "Given since the last meeting" in second
        assert "Since Board 2025 on 2 April 2025" in second
        assert "reported done" not in second
        assert "reported done" in words_of(manager.get("/meetings/next"))


def test_a_subgroup_has_a_pack_of_its_own(met: CommandLine) -> None:
    with served(met) as pages:
        page = pages.signed_in(CHAIR).get("/meetings/next?subgroup=S1")
        assert ">A2<" in page
        assert ">A1<" not in page


def test_what_is_no_meeting_is_nothing(met: CommandLine) -> None:
    with served(met) as pages:
        manager = pages.signed_in(MANAGER)
        for path in ("/meetings/M9", "/meetings/A1", "/meetings/next?subgroup=S99"):
            manager.get(path, 404)


def test_what_changed_is_told_item_by_item(met: CommandLine) -> None:
    with served(met) as pages:
        manager = pages.signed_in(MANAGER)
        shown = words_of(manager.get("/changes?from=M1&to=M2"))
        assert "target date moved from May 2025 to October 2025 (+5 months)" in shown
        assert "target date moved" not in words_of(manager.get("/changes?from=M1&to=M2&lead=RO2"))
        assert "Nothing changed" in manager.get("/changes?from=2025-10-01&to=2025-10-02")


def test_what_cannot_be_compared_is_said(met: CommandLine) -> None:
    with served(met) as pages:
        manager = pages.signed_in(MANAGER)
        assert "Swap the two" in manager.get("/changes?from=2025-09-01&to=2025-05-01", 422)
        assert "still to come" in manager.get("/changes?from=2030-01-01", 422)


def test_a_page_of_the_past_compares_nothing_later(met: CommandLine) -> None:
    with served(met) as pages:
        shown = words_of(pages.signed_in(MANAGER).get("/changes?from=2025-04-01&at=2025-05-01"))
        assert "Between 1 April 2025 and 1 May 2025: 1 item changed" in shown
        assert "October 2025" not in shown


def test_every_page_can_be_shown_as_it_stood_in_the_papers_of_a_meeting(
    cli: CommandLine, pages: Pages
) -> None:
    cli.done("meeting", "record", "--title", "Board, June", "--held-on", "2025-06-02")
    manager = pages.signed_in(MANAGER)
    page = manager.get("/board?plan=P1&at=2025-05-01")
    assert 'href="/board?plan=P1&amp;at=M1"' in page
    shown = words_of(manager.get("/board?plan=P1&at=M1"))
    assert "You are looking at the past" in shown
    assert "Board, June" in shown
