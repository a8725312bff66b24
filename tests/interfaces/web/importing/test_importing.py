"""Importing on a page: looked at, corrected, confirmed, stored as the command line stores it."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from events.action import ActionCreated
from interfaces.documents.columns import PlanField
from tests.databases import sqlite_url
from tests.interfaces.documents.published import ANNUAL_REPORT, BOARD_PACK, published
from tests.interfaces.importing.made_plans import BASE, NEGLECT, plan_file
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Browser, Pages
from tests.interfaces.web.conftest import served
from tests.interfaces.web.importing.sheets import MANAGER, Sheet, recorded, size
from workflow.action_commands import RewordAction
from workflow.action_work_commands import NoteActionProgress
from workflow.plan_commands import ClosePlan

SOURCES = Path(__file__).parents[5] / "shared" / "sources"
ACTION, DATE, LEAD, PRIORITY = (
    PlanField.ACTION,
    PlanField.TARGET_DATE,
    PlanField.LEAD,
    PlanField.PRIORITY,
)
NEXT_YEAR = (
    (NEGLECT, "Rewrite the neglect strategies", "December 2024", "Business Manager"),
    (NEGLECT, "Draw a picture of neglect in each ward", "June 2024", "Chair of Audit Subgroup"),
    (NEGLECT, "Ask families", "31.3.26", "Independent Scrutineer"),
)
"""The small plan a year later: one action reworded, one as it was, one new, one gone."""


@pytest.fixture
def manager(pages: Pages) -> Browser:
    """Return a browser in which the business manager is signed in."""
    return pages.signed_in(MANAGER)


def made(folder: Path, rows: tuple[tuple[str, ...], ...] = BASE, **named: object) -> bytes:
    return Path(plan_file(folder, rows, **named)).read_bytes()  # type: ignore[arg-type]


def test_a_plan_is_looked_at_and_stored(pages_on_both: Pages, tmp_path: Path) -> None:
    sheet = Sheet.of(pages_on_both.signed_in(MANAGER), "plan.csv", made(tmp_path))
    before = size(pages_on_both)
    assert "3 rows 3 new" in sheet.words
    assert "December 2024 due 31 December 2024" in sheet.words
    assert "Chair of Audit Subgroup a new role" in sheet.words
    assert size(pages_on_both) == before
    told = sheet.stored()
    assert "3 actions added, 1 role created, 1 subgroup set up" in told
    assert "P2 plan" in told


@pytest.mark.parametrize("name", ["plan.csv", ANNUAL_REPORT, BOARD_PACK])
def test_what_is_stored_is_what_the_command_line_stores(
    cli: CommandLine, tmp_path: Path, name: str
) -> None:
    other = CommandLine(tmp_path / "other", sqlite_url(tmp_path / "other"))
    shutil.copytree(cli.folder, other.folder, ignore=shutil.ignore_patterns("other"))
    other.clock.now = cli.clock.now
    if name == "plan.csv":
        file = Path(plan_file(tmp_path))
    else:
        published(name)  # skips where the documents do not lie beside the project
        file = SOURCES / name
    other.done("import", str(file), "--accept-aliases")
    with served(other) as pages:
        expected = recorded(pages)
    with served(cli) as pages:
        Sheet.of(pages.signed_in(MANAGER), name, file.read_bytes()).stored()
        assert recorded(pages) == expected


def test_next_year_s_plan_tells_apart_what_is_new_changed_and_gone(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    Sheet.of(manager, "plan.csv", made(tmp_path)).stored()
    sheet = Sheet.of(manager, "next.csv", made(tmp_path, NEXT_YEAR))
    sheet.fill(plan_0="plan-2")
    sheet.check()
    assert "3 rows 1 new 1 changed 1 already there 1 action no longer in it" in sheet.words
    assert "Words: Rewrite the neglect strategy Rewrite the neglect strategies" in sheet.words
    sheet.fill(cancel="action-5")
    told = sheet.stored()
    assert "1 action added, 1 action changed, 1 action cancelled" in told
    view = pages.partnership.view()
    assert view.get("actions", "action-3")["text"] == "Rewrite the neglect strategies"  # type: ignore[index]
    assert view.get("actions", "action-5")["status"] == "cancelled"  # type: ignore[index]


def test_what_the_document_no_longer_names_stays_unless_it_is_ticked(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    Sheet.of(manager, "plan.csv", made(tmp_path)).stored()
    sheet = Sheet.of(manager, "next.csv", made(tmp_path, NEXT_YEAR))
    sheet.fill(plan_0="plan-2")
    sheet.check()
    assert "cancelled" not in sheet.stored()
    assert pages.partnership.view().get("actions", "action-5")["status"] == "not_started"  # type: ignore[index]


def test_the_year_after_gives_four_rewordings(cli: CommandLine) -> None:
    published(BOARD_PACK)
    with served(cli) as pages:
        manager = pages.signed_in(MANAGER)
        first = Sheet.of(manager, BOARD_PACK, (SOURCES / BOARD_PACK).read_bytes())
        first.stored()
        second = Sheet.of(manager, ANNUAL_REPORT, (SOURCES / ANNUAL_REPORT).read_bytes())
        assert "28 rows 4 changed 24 already there" in second.words
        assert "of its 28 actions stand in P2 already" in second.words
        assert "4 actions changed, 12 recommendations added" in second.stored()


def test_a_form_that_is_sent_twice_stores_once_and_tells_the_same(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    first, stored_size = sheet.store(), size(pages)
    again = sheet.store()
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert size(pages) == stored_size


def test_a_form_that_is_sent_four_times_at_once_stores_once(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    fields = Sheet.of(manager, "plan.csv", made(tmp_path)).fields
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: manager.post("/import/store", dict(fields)), range(4)))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(pages.partnership.view().all("actions")) == 2 + 3


def test_a_change_that_touches_nothing_of_it_is_no_conflict(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    note = NoteActionProgress(action="action-1", note="Half of them")
    pages.partnership.ledger.execute(note, actor="person-3")
    assert "3 actions added" in sheet.stored()


def test_a_record_that_changed_meanwhile_is_shown_anew_and_nothing_is_stored(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    Sheet.of(manager, "plan.csv", made(tmp_path)).stored()
    sheet = Sheet.of(manager, "next.csv", made(tmp_path, NEXT_YEAR, name="plan.csv"))
    sheet.fill(plan_0="plan-2")
    sheet.check()
    text = "Draw a map of neglect in every ward"
    reworded = RewordAction(action="action-4", text=text, reason="Clearer")
    pages.partnership.ledger.execute(reworded, actor="person-1")
    before = size(pages)
    answer = sheet.store()
    assert answer.status_code == 409
    assert "Somebody else changed the record meanwhile" in sheet.words
    assert "3 rows 1 new 2 changed" in sheet.words
    assert size(pages) == before
    assert "2 actions changed" in sheet.stored()


def test_a_correction_is_shown_before_it_is_stored(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    before = size(pages)
    sheet.correct(0, DATE, "spring 2026")
    sheet.correct(1, ACTION, "Draw a map of neglect")
    sheet.correct(2, LEAD, "Business Manager; Independent Scrutineer")
    answer = sheet.store()
    assert (answer.status_code, size(pages)) == (200, before)
    assert "Below is what your corrections come to" in sheet.words
    assert "spring 2026 due 31 May 2026" in sheet.words
    assert "3 actions added" in sheet.stored()
    made_actions = [e for _, _, e in recorded(pages)[before:] if isinstance(e, ActionCreated)]
    assert made_actions[0].target.as_written == "spring 2026"
    assert made_actions[1].text == "Draw a map of neglect"
    assert made_actions[2].lead_roles == ("role-1", "role-8")


def test_rows_that_are_left_out_are_not_stored_nor_what_only_they_need(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    sheet.fill(out="3:")
    told = sheet.stored()
    assert "Stored from plan.csv: 2 actions added. " in told
    roles = {row.get("title") for row in pages.partnership.view().all("directory").values()}
    assert "Chair of Audit Subgroup" not in roles


def test_a_lead_is_matched_to_a_role_that_is_there_and_known_from_then_on(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    sheet.match("Chair of Audit Subgroup", role="role-2")
    sheet.check()
    assert "Chair of Audit Subgroup Chair of Audit and Performance Subgroup, RO2" in sheet.words
    assert "1 role with another spelling" in sheet.stored()
    row = pages.partnership.view().get("directory", "role-2")
    assert row is not None
    assert "Chair of Audit Subgroup" in row["aliases"].values()
    again = Sheet.of(manager, "other.csv", made(tmp_path, (*BASE[1:2],), name="other.csv"))
    assert "new role" not in again.words.partition("Leave out altogether")[0].partition("Where")[2]


def test_a_lead_is_matched_to_a_new_role_of_another_title(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    sheet.match("Chair of Audit Subgroup", title="Head of Quality")
    sheet.check()
    assert "To be created: Head of Quality: lead, also spelt “Chair of Audit Subgroup”." in (
        sheet.words
    )
    assert "1 role created" in sheet.stored()
    [role] = [
        row
        for row in pages.partnership.view().all("directory").values()
        if row.get("title") == "Head of Quality"
    ]
    assert list(role["aliases"].values()) == ["Chair of Audit Subgroup"]


def test_a_plan_gets_another_title_or_is_one_that_is_there(
    manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    sheet.fill(plan_title_0="Plan 2030")
    sheet.check()
    assert "A new plan: Plan 2030" in sheet.words
    sheet.fill(plan_0="plan-1")
    sheet.check()
    assert "P1: Plan 2025" in sheet.words
    assert "The document calls the plan “plan”; P1 stays “Plan 2025”." in sheet.words
    assert "P1 Plan 2025" in sheet.stored()


def test_a_whole_kind_of_change_is_left_out(manager: Browser, tmp_path: Path) -> None:
    Sheet.of(manager, "plan.csv", made(tmp_path)).stored()
    sheet = Sheet.of(manager, "next.csv", made(tmp_path, NEXT_YEAR))
    sheet.fill(plan_0="plan-2")
    sheet.check()
    sheet.fill(without="new")
    assert "Stored from next.csv: 1 action changed." in sheet.stored()


def test_what_is_left_out_as_a_whole_leaves_no_spelling_behind(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    sheet.match("Chair of Audit Subgroup", role="role-2")
    sheet.check()
    sheet.fill(without="new")
    before = size(pages)
    assert sheet.store().status_code == 422
    assert size(pages) == before


def test_where_nothing_is_left_nothing_is_stored(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    sheet.fill(out=["2:", "3:", "4:"])
    before = size(pages)
    assert sheet.store().status_code == 422
    assert "Nothing is left to be stored" in sheet.words
    assert size(pages) == before
    assert sheet.fields["out"] == ["2:", "3:", "4:"]


def test_a_file_that_was_read_before_gives_nothing_until_it_is_asked_again(
    manager: Browser, tmp_path: Path
) -> None:
    first = Sheet.of(manager, "plan.csv", made(tmp_path))
    first.fill(out="2:")
    first.stored()
    again = Sheet.of(manager, "plan.csv", made(tmp_path))
    assert "This very file was read in before, into plan on 24 September 2025" in again.words
    again.fill(again="yes")
    again.check()
    assert "3 rows 1 new 2 already there" in again.words
    assert "1 action added" in again.stored()


def test_a_closed_plan_of_the_same_title_asks_for_another_one(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    content = made(tmp_path, name="Plan 2025.csv")
    closed = ClosePlan(plan="plan-1", reason="Its time is over")
    pages.partnership.ledger.execute(closed, actor="person-1")
    sheet = Sheet.of(manager, "Plan 2025.csv", content)
    assert sheet.answer.status_code == 422
    assert "P1" in sheet.words
    assert "--plan" not in sheet.words
    sheet.fill(plan_title_0="Plan 2026")
    sheet.check()
    assert "A new plan: Plan 2026" in sheet.words


def test_the_pages_lead_to_it_whoever_may_import_and_nobody_else(pages: Pages) -> None:
    manager, chair = pages.signed_in(MANAGER), pages.signed_in("person-2")
    for path in ("/plans", "/audits"):
        assert 'href="/import"' in manager.get(path)
        assert 'href="/import"' not in chair.get(path)
        assert 'href="/import"' not in manager.get(f"{path}?at=2025-04-01")
    manager.get("/import?at=2025-04-01", 404)
    assert manager.post("/import/check?at=2025-04-01").status_code == 404


def test_what_was_not_imported_is_told_of_nobody(pages: Pages) -> None:
    browser = pages.signed_in("person-1")
    browser.get("/import/what", 404)
    browser.get("/import/11111111-2222-4333-8444-555555555555", 404)


def test_who_was_signed_out_meanwhile_loses_nothing(manager: Browser, tmp_path: Path) -> None:
    kept = dict(manager.client.cookies)
    manager.forget()
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path))
    assert sheet.answer.status_code == 403
    assert "nothing that you wrote is lost" in sheet.words
    manager.client.cookies.update(kept)
    sheet.take(manager.post("/import", dict(sheet.fields)))
    sheet.correct(0, ACTION, "Words that took long")
    manager.forget()
    assert sheet.check().status_code == 403
    manager.client.cookies.update(kept)
    sheet.check()
    assert "Words that took long" in sheet.words


def test_a_priority_is_chosen_where_a_row_stands_under_none(
    pages: Pages, manager: Browser, tmp_path: Path
) -> None:
    rows = (("", "Draw a picture", "June 2026", "Business Manager"),)
    sheet = Sheet.of(manager, "plan.csv", made(tmp_path, rows))
    sheet.fill(plan_0="plan-1")
    sheet.check()
    assert "The plan has priorities, and this action stands under none of them" in sheet.words
    sheet.correct(0, PRIORITY, "Priority 1: Neglect")
    sheet.check()
    assert "1 row 1 new" in sheet.words
    sheet.stored()
    row = pages.partnership.view().get("actions", "action-3")
    assert row is not None
    assert row["priority"] == 1


@pytest.mark.parametrize("day", ["31 March 2026", "31 February 2026"])
def test_what_looks_like_a_childs_details_leads_to_its_row(manager: Browser, day: str) -> None:
    plan = (
        "Action,Target date,Lead\n"
        "Read ten files,31 March 2026,Audit lead\n"
        f'"Review Zeb Quill, born 12/03/2015",{day},Audit lead\n'
    )
    page = Sheet.of(manager, "plan.csv", plan.encode()).answer.text
    assert "This looks like a child’s details." in page
    assert '<a href="#row-1">Line 3, words: a date of birth' in page
    assert 'id="row-1"' in page
    assert "1 place looks like a child’s details" in page.partition('id="confirm"')[2]
