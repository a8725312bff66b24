"""The board: sorted, in pages, as a file, and several items told of at once."""

from __future__ import annotations

import csv
import datetime as dt
import re
from io import StringIO
from typing import Any

from interfaces.web.board_asked import LINES_AT_MOST, Asked
from interfaces.web.board_file import board_file
from interfaces.web.shown import link_to
from projections.board import board
from projections.board_lines import BoardLine
from tests.interfaces.web.browsing import Pages, hidden_fields, words_of
from workflow.action_commands import CreateAction

MANAGER, CHAIR, SCRUTINEER = "person-1", "person-2", "person-8"
SEVERAL = "/board?several=yes"


def _order(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a href="[^"]*">([^<]+)<', page)


def _lines(pages: Pages) -> tuple[BoardLine, ...]:
    partnership = pages.partnership
    return board(partnership.view(), partnership.today, partnership.calendar).lines


def test_without_a_word_the_lines_stand_under_their_priorities(pages: Pages) -> None:
    shown = pages.signed_in(MANAGER).get("/board")
    assert _order(shown) == ["A1", "A2"]
    assert "Plan 2025: priority 1, Neglect" in words_of(shown)


def test_a_heading_sorts_by_its_column_and_back(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert _order(manager.get("/board?sort=date")) == ["A1", "A2"]
    assert _order(manager.get("/board?sort=-date")) == ["A2", "A1"]
    assert _order(manager.get("/board?sort=what")) == ["A2", "A1"]
    shown = manager.get("/board?sort=date")
    assert 'aria-sort="ascending"' in shown
    assert "sort=-date" in shown


def test_what_has_nothing_to_be_sorted_by_comes_last_in_both_directions(pages: Pages) -> None:
    known, unknown = _lines(pages)
    lines = [unknown._replace(due=None), known]
    for sort in ("date", "-date"):
        assert [line.ref for line in Asked(sort=sort).in_order(lines)] == [known.ref, unknown.ref]


def test_what_an_address_says_that_there_is_not_asks_for_nothing(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    shown = manager.get("/board?sort=nonsense&brag=mauve&kind=idea&page=99")
    assert _order(shown) == ["A1", "A2"]


def test_the_counts_are_of_what_is_shown_in_every_colour(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    everything = re.findall(r"<strong>(\d+)</strong>", manager.get("/board?words=files"))
    assert sum(map(int, everything)) == 1
    red = re.findall(r"<strong>(\d+)</strong>", manager.get("/board?words=files&brag=red"))
    assert red == everything


def test_a_long_board_comes_in_pages(pages: Pages) -> None:
    for number in range(LINES_AT_MOST):
        wanted = {"text": f"Do {number}", "lead_roles": ("role-2",), "target": "May 2026"}
        command = CreateAction.model_validate({**wanted, "plan": "plan-1", "priority": 1})
        pages.partnership.ledger.execute(command, actor=MANAGER)
    manager = pages.signed_in(MANAGER)
    first, second = manager.get("/board"), manager.get("/board?page=2")
    assert len(_order(first)) == LINES_AT_MOST
    assert _order(second) == ["A201", "A202"]
    assert "page=2" in first
    assert "Page 2 of 2" in words_of(second)


def test_the_file_holds_every_line_that_matches(pages: Pages) -> None:
    answer = pages.signed_in(MANAGER).client.get("/board.csv?words=school")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment;")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    *rows, heading, line = rows
    assert heading["Reference"].endswith(": the board as at today, 24 September 2025")
    assert line["Reference"].startswith("Record ")
    assert [row["Reference"] for row in rows] == ["A1"]
    assert rows[0]["Due"] == "2025-10-31"
    assert rows[0]["First target date as written"] == "May 2025"


def test_no_text_of_the_file_is_taken_for_a_formula(pages: Pages) -> None:
    line = _lines(pages)[0]
    for words in ('=HYPERLINK("https://x")', "+1", "-1", "@SUM(A1)", "\tx", "\rx"):
        rows = list(csv.DictReader(StringIO(board_file([line._replace(text=words)]).decode(), "")))
        assert rows[0]["What"] == f"'{words}"


def test_a_number_below_nothing_stays_a_number(pages: Pages) -> None:
    line = _lines(pages)[0]._replace(slippage_days=-3, due=dt.date(2025, 3, 1))
    rows = list(csv.DictReader(StringIO(board_file([line]).decode("utf-8-sig"))))
    assert rows[0]["Slippage in days"] == "-3"


def test_several_items_are_told_of_at_once(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    filled = {**hidden_fields(manager.get(SEVERAL)), "on": ["A1", "A2"], "note": "On the agenda."}
    answer = manager.post("/board/several", filled)
    assert answer.status_code == 200
    assert "2 of 2 recorded" in words_of(answer.text)
    assert [line.latest_note for line in _lines(pages)] == ["On the agenda."] * 2


def test_several_that_are_sent_twice_are_told_once(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    filled = {**hidden_fields(manager.get(SEVERAL)), "on": ["A1", "A2"], "note": "Once."}
    answers = [manager.post("/board/several", filled) for _ in range(2)]
    assert ["2 of 2 recorded" in words_of(answer.text) for answer in answers] == [True, True]
    assert [line.notes for line in _lines(pages)] == [1, 2]


def test_of_several_each_is_answered_for(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    filled = {**hidden_fields(chair.get(SEVERAL)), "on": ["A1", "A2", "A99"], "note": "Mine alone."}
    shown = chair.post("/board/several", filled).text
    assert "1 of 3 recorded" in words_of(shown)
    assert "may not" in words_of(shown)
    assert "PE2" not in words_of(shown)
    assert "There is nothing called so" in words_of(shown)
    assert ">Mine alone.</textarea>" in shown
    # It stands there with the reason, to be sent again only by whoever ticks it all the same.
    assert re.search(r'type="checkbox" name="on" value="A1" aria-describedby="why-A1"', shown)
    assert 'name="on" value="A2"' not in shown


def test_several_without_a_choice_or_a_word_lose_nothing(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    hidden = hidden_fields(manager.get(SEVERAL))
    none_chosen = manager.post("/board/several", {**hidden, "note": "Of what?"})
    assert none_chosen.status_code == 422
    assert ">Of what?</textarea>" in none_chosen.text
    assert "Choose A1" in none_chosen.text
    no_words = manager.post("/board/several", {**hidden, "on": ["A1"], "note": " "})
    assert no_words.status_code == 422
    assert 'value="A1" checked' in no_words.text


def test_only_what_somebody_may_tell_of_can_be_chosen(pages: Pages) -> None:
    shown = pages.signed_in(CHAIR).get(SEVERAL)
    assert "Choose A2" in shown
    assert "Choose A1" not in shown
    scrutineer = pages.signed_in(SCRUTINEER)
    assert "several" not in scrutineer.get("/board")
    assert "Choose A" not in scrutineer.get(SEVERAL)


def test_of_a_past_day_nothing_can_be_chosen(pages: Pages) -> None:
    shown = pages.signed_in(MANAGER).get("/board?several=yes&at=2025-06-30")
    assert "Choose A" not in shown
    assert "Change several" not in shown


def test_a_very_long_list_ends_with_a_way_to_the_board(pages: Pages) -> None:
    line, _ = _lines(pages)
    macros: Any = pages.house.templates.get_template("macros.html").module
    table = macros.table([line] * 201, link_to({}), "Actions", rest={"plan": "P1"})
    assert table.count("<tr>") == 201
    assert "The first 200 of 201" in table
    assert 'href="/board?plan=P1"' in table
    assert "The first" not in macros.table([line] * 200, link_to({}), "Actions")
