"""Lists for programs: searched, sorted, in pages, as at any day, and with the record's line."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest

from interfaces.moments import moment_given
from interfaces.record_foot import record_lines
from interfaces.web.board_asked import COLUMNS
from interfaces.web.signing_in.personal_tokens import Reach
from tests.interfaces.cli.stories import MEETING, NEXT_MEETING
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages
from tests.interfaces.web.conftest import served
from tests.interfaces.web.test_api import Program, program
from tests.interfaces.web.test_boards import _order
from workflow.action_commands import CreateAction

MANAGER, CHAIR, SCRUTINEER = "person-1", "person-2", "person-8"
PAST = "2025-05-01"


@pytest.fixture
def met(cli: CommandLine) -> CommandLine:
    """Return a small plan with two meetings of the board, of which the later was cancelled."""
    for day in (MEETING, NEXT_MEETING):
        cli.done("meeting", "record", "--title", f"Board {day.year}", "--held-on", day.isoformat())
    cli.done("meeting", "cancel", "M2", "--reason", "Nobody came.")
    return cli


def _with_more(pages: Pages, count: int) -> None:
    for number in range(count):
        wanted = {"text": f"Do {number % 3}", "lead_roles": ("role-2",), "target": "May 2026"}
        command = CreateAction.model_validate({**wanted, "plan": "plan-1", "priority": 1})
        pages.partnership.ledger.execute(command, actor=MANAGER)


def _all_of(reader: Program, path: str, of: str, limit: int) -> list[Any]:
    found, asked = [], f"{path}{'&' if '?' in path else '?'}limit={limit}"
    answer = reader.get(asked)
    while True:
        assert len(answer[of]) <= limit
        found += answer[of]
        if answer["next"] is None:
            return found
        answer = reader.get(f"{asked}&after={answer['next']}")


def test_a_board_in_pages_has_every_line_once_in_the_order_of_the_page(pages: Pages) -> None:
    _with_more(pages, 7)
    browser, reader = pages.signed_in(MANAGER), program(pages, MANAGER)
    for sort in ("", *COLUMNS, *(f"-{one}" for one in COLUMNS)):
        shown = _order(browser.get(f"/board?sort={sort}"))
        found = _all_of(reader, f"/board?sort={sort}", "lines", 4)
        assert [line["ref"] for line in found] == shown, sort
        assert len(set(shown)) == 9


def test_a_board_is_searched_and_counted_as_on_the_page(pages: Pages) -> None:
    reader = program(pages, MANAGER)
    found = reader.get("/board?words=FILES+audit")
    assert [line["ref"] for line in found["lines"]] == ["A2"]
    assert sum(found["counts"].values()) == 1
    assert reader.get("/board?words=files&brag=blue")["lines"] == []
    assert sum(reader.get("/board?words=files&brag=blue")["counts"].values()) == 1
    reader.get("/board?sort=luck", 422)
    reader.get("/board?brag=mauve", 422)


def test_from_a_line_that_is_not_there_any_more_nothing_goes_on(pages: Pages) -> None:
    reader = program(pages, MANAGER)
    told = reader.get("/board?words=files&after=A1", 422)
    assert "Begin with the first page" in told["fields"]["after"]
    reader.get("/board?after=nonsense", 404)


def test_the_board_as_a_file_is_that_of_the_page(pages: Pages) -> None:
    reader, asked = program(pages, MANAGER), "?words=files&sort=-date"
    told = reader.browser.client.get(f"/api/v1/board.csv{asked}", headers=reader.headers)
    shown = pages.signed_in(MANAGER).client.get(f"/board.csv{asked}")
    assert told.content == shown.content
    assert told.headers["content-disposition"] == shown.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(told.content.decode("utf-8-sig"))))
    assert rows[0]["Reference"] == "A2"


def test_what_changed_names_the_record_of_both_days(pages: Pages) -> None:
    reader = program(pages, MANAGER)
    told = reader.get(f"/changes?from={PAST}")
    lines = [
        record_lines(pages.partnership, moment_given(pages.partnership, at, None))
        for at in (PAST, None)
    ]
    assert [[told["record_from"]], [told["record_to"]]] == lines
    shown = pages.signed_in(MANAGER).get(f"/changes?from={PAST}")
    assert told["record_from"] in shown
    assert told["record_to"] in shown


def test_what_changed_is_narrowed_by_both_clocks_and_comes_in_pages(pages: Pages) -> None:
    reader = program(pages, MANAGER)
    every = _all_of(reader, "/changes?from=2025-04-01", "differences", 1)
    assert [one["ref"] for one in every] == ["A1", "A2"]
    only = reader.get("/changes?from=2025-04-01&lead=RO2")["differences"]
    assert [one["ref"] for one in only] == ["A2"]
    assert reader.get("/changes?from=2025-04-01&clock=true")["from"] == "2025-04-01"
    assert reader.get(f"/changes?from=2025-04-01&at={PAST}")["to"] == PAST
    assert reader.get("/changes")["from"] == "2025-08-25"  # A month, since nobody met.
    reader.get("/changes?from=2025-05-02&to=2025-05-01", 422)


def test_meetings_are_listed_with_those_that_were_cancelled(met: CommandLine) -> None:
    with served(met) as pages:
        reader = program(pages, CHAIR)
        found = _all_of(reader, "/meetings", "meetings", 1)
        assert [(one["ref"], one["status"], one["reason"]) for one in found] == [
            ("M2", "cancelled", "Nobody came."),
            ("M1", "held", None),
        ]
        assert reader.get(f"/meetings?at={PAST}")["meetings"] == []


def test_the_pack_of_the_next_meeting_is_of_the_board_or_a_subgroup(met: CommandLine) -> None:
    with served(met) as pages:
        reader = program(pages, CHAIR)
        pack = reader.get("/meetings/next")
        assert pack["meeting"] is None
        assert pack["previous"]["ref"] == "M1"
        assert pack["record"] == reader.get("/board")["record"]
        assert {line["ref"] for line in pack["live"]} == {"A1", "A2"}
        own = reader.get("/meetings/next?subgroup=S1")
        assert {line["ref"] for line in own["live"]} == {"A2"}
        assert own["previous"] is None
        assert reader.get("/meetings/next?subgroup=S99", 404) == reader.get("/things/A98", 404)


def test_reminders_to_come_are_those_of_the_page(cli: CommandLine) -> None:
    cli.on(dt.date(2025, 12, 1))
    with served(cli) as pages:
        size = pages.partnership.log.head().size
        told = program(pages, MANAGER, Reach.READ).get("/reminders/coming")
        assert (told["everybody"], told["from"], told["to"]) == (True, "2025-12-01", "2025-12-31")
        items = [item for day in told["days"] for one in day["emails"] for item in one["items"]]
        assert {"A2"} <= {item["ref"] for item in items}
        shown = pages.signed_in(MANAGER).get("/reminders/coming")
        assert all(item["when"] in shown for item in items)
        assert pages.partnership.log.head().size == size
        program(pages, MANAGER).get(f"/reminders/coming?at={PAST}", 404)


def test_reminders_say_whose_they_are_and_who_is_left_out(pages: Pages) -> None:
    told = program(pages, MANAGER).get("/reminders")
    assert (told["everybody"], told["emails"]) == (True, [])
    shown = pages.signed_in(MANAGER).get("/reminders")
    assert all(words in shown for words in told["left_out"])


def test_remarks_are_listed_and_stand_on_the_board_of_their_day(cli: CommandLine) -> None:
    for on in ("--on", "A1"), ("--as-at", PAST):
        cli.done("remark", "add", "--words", f"Of {on[1]}", *on, "--as", "PE8")
    with served(cli) as pages:
        reader = program(pages, CHAIR)
        remarks = _all_of(reader, "/remarks", "remarks", 1)
        assert [one["words"] for one in remarks] == [f"Of {PAST}", "Of A1"]
        assert [one["words"] for one in reader.get(f"/board?at={PAST}")["remarks"]] == [
            f"Of {PAST}"
        ]
        assert reader.get("/board")["remarks"] == []


def test_a_history_comes_in_pages(pages: Pages) -> None:
    reader = program(pages)
    every = reader.get("/things/A2/history")
    assert every["next"] is None
    assert _all_of(reader, "/things/A2/history", "events", 2) == every["events"]
    assert len(every["events"]) > 2


def test_the_directory_comes_in_pages_and_says_who_acts(pages: Pages) -> None:
    reader = program(pages)
    found = _all_of(reader, "/directory", "entries", 4)
    assert found == reader.get("/directory")["entries"]
    (role,) = (one for one in found if one["ref"] == "RO2")
    assert len(role["acting"]) == 1
    assert role["open_items"] == 1


def test_a_program_learns_what_it_may_begin(pages: Pages) -> None:
    manager, scrutineer = (program(pages, one).get("/commands") for one in (MANAGER, SCRUTINEER))
    assert {"action/create", "meeting/record"} <= {one["command"] for one in manager["commands"]}
    assert manager["imports"] is True
    assert {one["command"] for one in scrutineer["commands"]} == {"remark/add"}
    assert scrutineer["imports"] is False


def test_advice_on_the_wording_is_given_as_on_the_page(pages: Pages) -> None:
    advice = program(pages).get("/things/A1")["advice"]
    assert advice
    shown = pages.signed_in(CHAIR).get("/A1")
    assert all(one["message"] in shown for one in advice)


def test_one_switches_ones_own_digests_by_a_command(pages: Pages) -> None:
    chair = program(pages)
    body = {"person": CHAIR, "digest": "weekly"}
    assert chair.post("/commands/person/switch-off-digest", body).status_code == 200
    (own,) = (one for one in chair.get("/directory")["entries"] if one["ref"] == "PE2")
    assert own["digests_off"] == ["weekly"]
    other = {**body, "person": MANAGER}
    assert chair.post("/commands/person/switch-off-digest", other).status_code == 403


def test_every_answer_about_a_moment_carries_the_line_of_the_record(pages: Pages) -> None:
    head = record_lines(pages.partnership, moment_given(pages.partnership, None, None))
    reader = program(pages, MANAGER)
    for path in (
        *("/plans", "/programme", "/themes", "/colours", "/reminders", "/needs", "/waiting"),
        *("/replay", "/directory", "/meetings", "/meetings/next", "/remarks", "/things/A1"),
        *("/things/A1/history", "/things/A1/evidence", "/board", "/reminders/coming"),
    ):
        assert [reader.get(path)["record"]] == head, path


def test_what_waits_comes_in_pages(pages: Pages) -> None:
    chair, manager = program(pages), program(pages, MANAGER)
    report = {"action": "action-2", "what_we_did": "Read all.", "evidence": "The report."}
    assert chair.post("/commands/action/submit", report).status_code == 200
    asked = {"item": "action-1", "target": "31 March 2026", "reason": "Too few hands."}
    more_time = {**asked, "progress": "Half is done."}
    assert manager.post("/commands/extension/request", more_time).status_code == 200
    found = _all_of(chair, "/waiting", "waiting", 1)
    assert {one["ref"] for one in found} == {"A1", "A2"}
    assert found == chair.get("/waiting")["waiting"]
