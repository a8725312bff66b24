from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.documents.published import ANNUAL_REPORT, BOARD_PACK, published
from tests.interfaces.running import CommandLine

_SOURCES = Path(__file__).parents[4] / "shared" / "sources"

NOBODY_BUT_ONE = """
[directory]
agencies = []
subgroups = []
people = [{ name = "Example Manager", email = "manager@example.org" }]
roles = []
"""
DUE_DAYS = {
    "2024-06-30": 2,
    "2024-07-31": 1,
    "2024-09-30": 5,
    "2024-12-31": 10,
    "2025-03-31": 2,
    "2025-06-30": 8,
}
BOTH_ORDERS = pytest.mark.parametrize(
    ("first", "second"), [(ANNUAL_REPORT, BOARD_PACK), (BOARD_PACK, ANNUAL_REPORT)]
)


def source(name: str) -> str:
    published(name)  # skips where the documents do not lie beside the project
    return str(_SOURCES / name)


def plan_lines(cli: CommandLine) -> list[Any]:
    lines: list[Any] = cli.answer("board", "--kind", "action")["lines"]
    return lines


def size(cli: CommandLine) -> int:
    count: int = cli.answer("board")["position"]
    return count


@pytest.mark.parametrize("document", [ANNUAL_REPORT, BOARD_PACK])
def test_a_published_plan_comes_in_whole(begun: CommandLine, document: str) -> None:
    stored = begun.answer("import", source(document), "--accept-aliases")["stored"]
    assert stored["added"] == 28
    assert stored["roles"] == 1
    assert stored["aliases"] == 2
    lines = plan_lines(begun)
    assert len(lines) == 28
    assert Counter(line["priority"] for line in lines) == {1: 9, 2: 10, 3: 9}
    assert Counter(line["due"] for line in lines) == DUE_DAYS


@pytest.mark.parametrize("document", [ANNUAL_REPORT, BOARD_PACK])
def test_without_roles_in_the_record_the_eleven_spellings_become_eight_roles(
    empty: CommandLine, document: str
) -> None:
    empty.config.write_text(NOBODY_BUT_ONE, encoding="utf-8")
    empty.done("init")
    answer = empty.answer("import", source(document), "--accept-aliases")
    assert answer["stored"]["roles"] == 8
    assert {role["title"]: role["office"] for role in answer["roles"]} == {
        "Business Manager": "business_manager",
        "Chair of Audit and Performance Subgroup": "subgroup_chair",
        "Chair of Implementation Subgroup": "subgroup_chair",
        "Chair of Exploitation Subgroup": "subgroup_chair",
        "Delegated Safeguarding Partners": "delegated_partner",
        "Lead Safeguarding Partners": "executive",
        "Chair of Safeguarding Practice Review Subgroup": "subgroup_chair",
        "Chair of MASH/EH": "subgroup_chair",
    }
    assert "Chair of Audit and Performance" in empty.done("show", "RO2")
    assert "Implementation" in empty.done("show", "S2")


def test_one_row_has_two_leads_and_one_action_stands_twice(begun: CommandLine) -> None:
    begun.answer("import", source(ANNUAL_REPORT), "--accept-aliases")
    leads = [[lead["title"] for lead in line["leads"]] for line in plan_lines(begun)]
    assert ["Business Manager", "Chair of Implementation Subgroup"] in leads
    assert sum(len(titles) == 2 for titles in leads) == 1
    texts = Counter(line["text"] for line in plan_lines(begun))
    [(twice, count)] = texts.most_common(1)
    assert count == 2
    leads_of_twice = [
        lead["title"]
        for line in plan_lines(begun)
        if line["text"] == twice
        for lead in line["leads"]
    ]
    assert leads_of_twice == ["Business Manager", "Chair of Audit and Performance Subgroup"]


@pytest.mark.parametrize("document", [ANNUAL_REPORT, BOARD_PACK])
def test_importing_the_same_file_again_adds_nothing(begun: CommandLine, document: str) -> None:
    begun.answer("import", source(document), "--accept-aliases")
    before = size(begun)
    told = begun.done("import", source(document))
    assert "Nothing was added." in told
    assert "This very file was read into" in told
    assert size(begun) == before


@BOTH_ORDERS
def test_the_other_years_file_shows_just_its_rewordings(
    begun: CommandLine, first: str, second: str
) -> None:
    begun.answer("import", source(first), "--accept-aliases")
    before = size(begun)
    trial = begun.answer("import", source(second), "--dry-run")
    [plan] = trial["plans"]
    assert Counter(row["state"] for row in plan["rows"]) == {"same": 24, "changed": 4}
    assert {found["field"] for row in plan["rows"] for found in row["differences"]} == {"words"}
    assert (plan["gone"], trial["roles"], trial["aliases"]) == ([], [], [])
    assert [question["key"].partition(":")[0] for question in trial["questions"]] == ["same-plan"]
    assert size(begun) == before

    stored = begun.answer("import", source(second), "--plan", "P1", "--apply", "changed")["stored"]
    assert (stored["added"], stored["changed"], stored["recommendations"]) == (0, 4, 0)
    assert len(plan_lines(begun)) == 28
    assert Counter(line["due"] for line in plan_lines(begun)) == DUE_DAYS
    assert "Nothing was added." in begun.done("import", source(second))


@BOTH_ORDERS
def test_both_databases_show_the_same_board(
    tmp_path: Path, sqlite_url: str, postgres_url: str, first: str, second: str
) -> None:
    boards = []
    for url in (sqlite_url, postgres_url):
        folder = tmp_path / url.partition(":")[0]
        folder.mkdir()
        line = CommandLine(folder, url)
        line.done("init")
        trial = line.answer("import", source(first), "--accept-aliases", "--dry-run")
        imported = line.answer("import", source(first), "--accept-aliases")
        again = line.answer("import", source(second), "--plan", "P1", "--yes")
        # The line that names the record differs: each has hashes of its own.
        board = line.answer("board") | {"record": None}
        boards.append((trial, imported, again, board))
    assert boards[0] == boards[1]


def test_the_tables_of_responses_become_recommendations_as_published(begun: CommandLine) -> None:
    answer = begun.answer("import", source(ANNUAL_REPORT), "--accept-aliases")
    assert answer["stored"]["recommendations"] == 12
    shown = begun.answer("board", "--kind", "recommendation")["lines"]
    statuses = Counter(line["status"] for line in shown)
    # Eight have an answer; of the four others the document does not say that they were accepted.
    assert statuses == {"accepted": 8, "proposed": 4}
    history = begun.done("history", "R1")
    assert "As published in" in history
    assert "What difference has it made?" in history
