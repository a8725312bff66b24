"""A scoped view in which many rows are judged together is the one judged row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Final

import pytest

from events.directory import Access, Office
from interfaces.web.seeing import judging
from interfaces.web.seeing.person_outlines import outline_of
from interfaces.web.seeing.sight import seen_by
from projections.board import board
from projections.known import KnownFrom, facts_about
from projections.projection import Row
from projections.store import View, ViewInMemory
from projections.true_on import ViewTrueOn
from tests.interfaces.web.browsing import Pages
from tests.interfaces.web.people import X_ROLE, X, Y
from tests.interfaces.web.two_sides import two_sides
from workflow.circumstances import Circumstances
from workflow.permissions import SubjectFacts, may_read
from workflow.person_commands import GrantAccess, RecordLeaving, RegisterPerson
from workflow.role_commands import AppointHolder, PlaceRole

ITEMS: Final = ("actions", "recommendations", "audits", "meetings", "remarks", "evidence")
OTHERS: Final = ("evidence_of", "plans", "directory", "reminders", "remarks_of", "themes")
READERS: Final = {
    "person-9": "the lead, who sees all",
    "person-12": "a reader of a subgroup",
    "person-13": "a reader of an agency",
    "person-14": "a manager of a subgroup",
    "person-15": "a lead of an agency",
    "person-17": "nobody any more",
    "person-18": "a reader of two, who leaves",
}
DAYS: Final = (dt.date(2025, 3, 2), dt.date(2025, 3, 10), dt.date(2025, 3, 11))
"""Before anybody was appointed, the day of the record, and the day after somebody left."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Serve the record of two sides, on which a role and what it leads went to the other side."""
    with two_sides(tmp_path_factory.mktemp("sides"), closed=False) as served:
        today, execute = served.partnership.today, served.partnership.ledger.execute
        execute(RegisterPerson(name="Person 18"), actor="person-1")
        for side in (X, Y):
            more = GrantAccess(person="person-18", access=Access.READER, subgroup=side.subgroup)
            execute(more, actor="person-1")
        execute(PlaceRole(role=X_ROLE, subgroup=Y.subgroup, agency=Y.agency), actor="person-1")
        cover = AppointHolder(role=X_ROLE, person="person-10", from_on=today)
        execute(cover, actor="person-1")
        execute(RecordLeaving(person="person-18", last_day_on=today), actor="person-1")
        yield served


def views_of(pages: Pages) -> Iterator[View]:
    """Yield what stands, what was known at some positions, and what was true on some days."""
    partnership = pages.partnership
    size = partnership.log.head().size
    yield partnership.view()
    yield pages.house.kept.view()
    yield from (partnership.view_at(position) for position in (*range(0, size, 17), size))
    for day in DAYS[:2]:
        yield ViewTrueOn(partnership.log, day, size)


@pytest.mark.parametrize("most_one_by_one", [0, 2, judging.MOST_ONE_BY_ONE])
def test_what_is_judged_together_is_what_is_judged_row_by_row(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, most_one_by_one: int
) -> None:
    monkeypatch.setattr(judging, "MOST_ONE_BY_ONE", most_one_by_one)
    told: set[tuple[str, int]] = set()
    for view in views_of(pages):
        rows = {model: view.all(model) for model in (*ITEMS, *OTHERS)}
        plain = ViewInMemory(view.position, rows)
        for person, day in product(READERS, DAYS):
            asker = circumstances_of(pages, person, day)
            seen = seen_by(view, asker)
            for model in (*ITEMS, *OTHERS):
                expected = row_by_row(plain, asker, model)
                assert seen.all(model) == expected, (view, person, day, model)
                told.add((person, len(expected)))
            for ref in (X.things["action"], "person-10"):
                model = "directory" if ref.startswith("person") else "actions"
                found = row_by_row(plain, asker, model).get(ref)
                assert seen.get(model, ref) == found
                assert seen.under(model, ref) == under(row_by_row(plain, asker, model), ref)
    # Whoever reads of one side saw none, some and all of a model: it was judged either way.
    assert {count for person, count in told if person == "person-12"} > {0, 1, 2}


def test_a_board_judged_together_is_that_of_rows_that_were_judged_alone(pages: Pages) -> None:
    calendar, boards = pages.partnership.calendar, set()
    for view, person in product(views_of(pages), READERS):
        rows = {model: view.all(model) for model in (*ITEMS, *OTHERS)}
        plain = ViewInMemory(view.position, rows)
        asker = circumstances_of(pages, person, DAYS[1])
        alone = {model: row_by_row(plain, asker, model) for model in (*ITEMS, *OTHERS)}
        expected = board(ViewInMemory(view.position, alone), DAYS[1], calendar)
        assert board(seen_by(view, asker), DAYS[1], calendar) == expected
        boards.add(tuple(line.ref for line in expected.lines))
    assert len(boards) > 2


def row_by_row(plain: View, asker: Circumstances, model: str) -> dict[str, Row]:
    """Return what somebody may read of a model, each row looked at by itself."""
    if may_read(SubjectFacts(), asker):
        return plain.all(model)
    rows = plain.all(model)
    if model == "plans":
        return rows
    if model == "directory":
        return {key: outline_unless_known(plain, asker, key, row) for key, row in rows.items()}
    if model not in (*ITEMS, "evidence_of"):
        return {}
    return {key: row for key, row in rows.items() if reads(plain, asker, key)}


def outline_unless_known(plain: View, asker: Circumstances, key: str, row: Row) -> Row:
    if row["kind"] != "person" or key == asker.actor:
        return row
    office = Office.BUSINESS_MANAGER.value
    known = any(reads(plain, asker, ref) for ref in (key, *row["roles"])) or any(
        plain.all("directory")[role]["office"] == office for role in row["roles"]
    )
    return row if known else outline_of(row)


def reads(plain: View, asker: Circumstances, key: str) -> bool:
    return may_read(facts_about(key, plain.get), asker)


def under(rows: dict[str, Row], prefix: str) -> dict[str, Row]:
    return {key: row for key, row in rows.items() if key.startswith(prefix)}


def circumstances_of(pages: Pages, person: str, day: dt.date) -> Circumstances:
    directory = pages.house.kept.view()
    known = KnownFrom(directory.get, day, directory.all)
    return Circumstances(day, person, pages.partnership.calendar, known)
