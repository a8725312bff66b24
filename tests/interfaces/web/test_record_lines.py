"""The line of the record under whatever is printed for a meeting, or taken away as a file."""

from __future__ import annotations

from events.checkpoint import record_line
from interfaces.moments import moment_given
from interfaces.record_foot import record_lines
from tests.interfaces.cli.stories import MEETING
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages, words_of
from tests.interfaces.web.conftest import served
from tests.interfaces.web.test_api import program

MANAGER = "person-1"
PAST = "2025-05-01"


def line_at(pages: Pages, at: str | None = None) -> str:
    (line,) = record_lines(pages.partnership, moment_given(pages.partnership, at, None))
    return line


def test_every_page_of_the_record_ends_with_the_state_that_it_shows(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    head = pages.partnership.log.head()
    line = record_line(head.size, head.frontier.root())
    for path in ("/", "/board", "/A1", "/P1", "/meetings", "/meetings/next", "/replay", "/themes"):
        assert line in words_of(manager.get(path)), path


def test_a_page_of_the_past_ends_with_the_line_of_then(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    now, then = line_at(pages), line_at(pages, PAST)
    for path in ("/board", "/A1", "/meetings/next", "/replay", "/changes"):
        shown = words_of(manager.get(f"{path}?at={PAST}"))
        assert then in shown, path
        assert now not in shown, path
    true = words_of(manager.get(f"/board?true-on={PAST}"))
    assert now in true


def test_what_compares_two_days_names_the_state_of_both(pages: Pages) -> None:
    shown = words_of(pages.signed_in(MANAGER).get(f"/changes?from={PAST}"))
    assert line_at(pages) in shown
    assert line_at(pages, PAST) in shown


def test_a_walk_ends_with_the_state_to_which_it_went(pages: Pages) -> None:
    shown = words_of(pages.signed_in(MANAGER).get(f"/replay?from=2025-04-01&to={PAST}"))
    assert line_at(pages, PAST) in shown
    assert line_at(pages) not in shown


def test_the_pack_of_a_meeting_ends_with_the_line_of_its_papers(cli: CommandLine) -> None:
    papers = cli.answer("board", "--at", MEETING.isoformat())
    held = ("--title", "Board", "--held-on", MEETING.isoformat())
    cli.done("meeting", "record", *held, "--papers-position", str(papers["position"]))
    with served(cli) as pages:
        shown = words_of(pages.signed_in(MANAGER).get("/meetings/M1"))
        assert str(papers["record"]) in shown
        assert line_at(pages) not in shown


def test_pages_that_show_nothing_of_the_record_have_no_line(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert "Record " not in words_of(manager.get("/A99", 404))
    assert "Record " not in words_of(pages.browser().get("/sign-in"))


def test_a_file_of_the_board_says_by_which_clock_it_goes(pages: Pages) -> None:
    client = pages.signed_in(MANAGER).client
    names = set()
    for asked, clock in (
        ("", "as at today, 24 September 2025"),
        (f"?at={PAST}", "as known at the end of 1 May 2025"),
        (f"?true-on={PAST}", "true on 1 May 2025, by what is known today"),
    ):
        answer = client.get(f"/board.csv{asked}")
        heading, line = answer.content.decode("utf-8-sig").splitlines()[-2:]
        assert clock in heading
        at = PAST if asked.startswith("?at") else None
        assert line.rstrip(",") == line_at(pages, at)
        names.add(answer.headers["content-disposition"])
    assert len(names) == 3
    size = pages.partnership.log.head().size
    assert f'attachment; filename="board-2025-09-24-record-{size}.csv"' in names
    assert f'attachment; filename="board-true-on-2025-05-01-record-{size}.csv"' in names


def test_answers_in_json_name_the_record_too(cli: CommandLine) -> None:
    signed = cli.answer("checkpoint")["record"]
    assert cli.answer("board")["record"] == signed
    assert cli.answer("replay", "A1")["record"] == signed
    past = cli.answer("board", "--at", PAST)
    assert str(past["record"]).startswith(f"Record {past['position']} · ")
    with served(cli) as pages:
        assert program(pages, MANAGER).get("/board")["record"] == signed
