"""Importing for programs: what a page shows and stores, in JSON."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from interfaces.web.api.importing_answers import Imported
from interfaces.web.signing_in.personal_tokens import Reach
from tests.interfaces.importing.made_plans import plan_file
from tests.interfaces.web.browsing import Pages
from tests.interfaces.web.importing.sheets import MANAGER, size
from tests.interfaces.web.test_api import Program, program
from workflow.action_commands import RewordAction
from workflow.plan_commands import AdoptPlan


@pytest.fixture
def manager(pages: Pages) -> Program:
    """Return a program of the business manager."""
    return program(pages, MANAGER)


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    """Return a small plan as a program sends it."""
    content = Path(plan_file(tmp_path)).read_bytes()
    return {"name": "plan.csv", "content": b64encode(content).decode()}


def test_a_dry_run_is_stored_as_it_was_seen_and_once(
    pages: Pages, manager: Program, document: dict[str, Any]
) -> None:
    before = size(pages)
    seen = manager.post("/import/dry-run", document).json()
    assert [row["due"] for row in seen["plans"][0]["rows"]] == [
        "2024-12-31",
        "2024-06-30",
        "2025-03-31",
    ]
    assert size(pages) == before
    body = {**document, "seen": seen["seen"]}
    first = manager.post("/import", body, idempotency_key="our plan")
    assert first.status_code == 200, first.text
    # No document of which an import is known beforehand is drawn: this holds the description here.
    Imported.model_validate(first.json(), extra="forbid")
    assert first.json()["plans"] == ["P2"]
    assert first.json()["stored"][0] == {"what": "3 actions added", "refs": ["A3", "A4", "A5"]}
    after = size(pages)
    again = manager.post("/import", body, idempotency_key="our plan").json()
    assert again == {**first.json(), "repeated": True}
    assert size(pages) == after


def test_what_is_asked_of_it_is_what_a_page_asks(
    pages: Pages, manager: Program, document: dict[str, Any]
) -> None:
    asked = {
        **document,
        "corrections": [{"line": 2, "field": "target date", "words": "spring 2026"}],
        "left_out": [{"line": 4}],
        "roles": {"Chair of Audit Subgroup": "RO2"},
        "plans": {"plan": "P1"},
    }
    seen = manager.post("/import/dry-run", asked).json()
    assert seen["plans"][0]["ref"] == "P1"
    assert seen["plans"][0]["rows"][0]["due"] == "2026-05-31"
    assert seen["plans"][0]["rows"][1]["leads"] == [
        {"title": "Chair of Audit and Performance Subgroup", "ref": "RO2"}
    ]
    told = manager.post("/import", {**asked, "seen": seen["seen"]}).json()
    assert told["stored"][0]["what"] == "2 actions added"
    assert len(pages.partnership.view().all("actions")) == 4


def test_a_column_of_another_name_is_read(manager: Program) -> None:
    content = b64encode(b"Action,Date of truth,Lead\nTrain,June 2026,Business Manager\n").decode()
    asked: dict[str, Any] = {"name": "plan.csv", "content": content}
    assert manager.post("/import/dry-run", asked).json()["plans"][0]["rows"][0]["due"] is None
    asked["columns"] = [{"line": 1, "heading": "Date of truth", "field": "target date"}]
    seen = manager.post("/import/dry-run", asked).json()
    assert seen["plans"][0]["rows"][0]["due"] == "2026-06-30"
    assert seen["problems"] == []


def test_a_record_that_changed_is_a_conflict_and_nothing_is_stored(
    pages: Pages, manager: Program, document: dict[str, Any]
) -> None:
    asked = {**document, "plans": {"plan": "P1"}}
    seen = manager.post("/import/dry-run", asked).json()["seen"]
    text = "Publish who does what"
    reworded = RewordAction(action="action-2", text=text, reason="Clearer")
    pages.partnership.ledger.execute(reworded, actor=MANAGER)
    before = size(pages)
    answer = manager.post("/import", {**asked, "seen": seen})
    assert answer.status_code == 409
    assert size(pages) == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"content": "no base64!"}, "not in base64"),
        ({"name": "plan.pdf"}, "end in .pdf"),
        ({"cancel": ["nothing"]}, "nothing"),
        ({"roles": {"Chair of Audit Subgroup": "RO99"}, "unknown": 1}, "unknown"),
        ({"plans": {"plan": "P99"}}, "P99"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_field(
    manager: Program, document: dict[str, Any], given: dict[str, Any], told: str
) -> None:
    answer = manager.post("/import/dry-run", {**document, **given})
    assert answer.status_code == 422
    assert told in answer.text


def test_who_may_not_import_finds_nothing_there(pages: Pages, document: dict[str, Any]) -> None:
    chair = program(pages, "person-2")
    for path, body in (("/import/dry-run", document), ("/import", {**document, "seen": "x"})):
        assert chair.post(path, body).status_code == 404
    reader = program(pages, MANAGER, Reach.READ)
    assert reader.post("/import/dry-run", document).status_code == 403


def test_a_question_about_a_name_is_answered_by_its_role_or_refused(
    pages: Pages, manager: Program, tmp_path: Path
) -> None:
    rows = (("", "Train", "June 2026", "EXA Business Manager"),)
    content = Path(plan_file(tmp_path, rows, "new.csv")).read_bytes()
    asked: dict[str, Any] = {"name": "new.csv", "content": b64encode(content).decode()}
    pages.partnership.ledger.execute(AdoptPlan(title="new"), actor=MANAGER)
    seen = manager.post("/import/dry-run", asked).json()["seen"]
    refused = manager.post("/import", {**asked, "seen": seen})
    assert refused.status_code == 422
    assert "the same role as" in refused.json()["detail"]
    answered = {**asked, "roles": {"EXA Business Manager": "RO1"}}
    seen = manager.post("/import/dry-run", answered).json()["seen"]
    assert manager.post("/import", {**answered, "seen": seen}).status_code == 200
