from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interfaces.documents.document import Document, PlanRow, PlanTable
from interfaces.importing.answers import Answers
from interfaces.importing.choosing import WITHOUT_CANCELLING
from interfaces.importing.importing import Importing
from interfaces.importing.proposal import RowState
from projections.ledger import Ledger
from tests.databases import sqlite_url
from tests.interfaces.importing.made_plans import plan_row
from tests.interfaces.importing.opened_records import MANAGER, record_of
from tests.interfaces.running import CommandLine

ACCEPTED = Answers(accept_aliases=True)
LEADS = st.sampled_from(
    [
        "Business Manager",
        "HSCP Business Manager",
        "Chair of Audit",
        "Head of Housing",
        "the Head of Housing.",
    ]
)
TEXTS = st.lists(
    st.sampled_from(["Review", "the", "multi-agency", "toolkit", "audit", "again", "publish"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@st.composite
def rows(draw: st.DrawFn) -> PlanRow:
    number = draw(st.integers(1, 3))
    return plan_row(
        draw(TEXTS),
        date=draw(st.sampled_from(["December 2024", "31.3.25", "ongoing", "Autumn 2025"])),
        leads=tuple(draw(st.lists(LEADS, min_size=1, max_size=2, unique=True))),
        priority=f"Priority no {number}",
        priority_number=number,
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder: Path = tmp_path_factory.mktemp("laws")
    line = CommandLine(folder, sqlite_url(folder))
    line.done("init")
    with record_of(line) as opened:
        yield opened.ledger


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows(), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_what_was_stored_is_found_again_in_any_order(
    ledger: Ledger, written: list[PlanRow], chance: object
) -> None:
    size = ledger.log.head().size
    title = f"Plan of record {size}"
    document = Document("plan.csv", f"{size:064x}", (PlanTable(title, tuple(written)),), (), ())
    coming = Importing(document, ledger, title)
    proposal = coming.propose(ACCEPTED)
    stored = coming.store(proposal, ACCEPTED, actor=MANAGER, parts=WITHOUT_CANCELLING)
    assert stored.added == len(proposal.plans[0].in_state(RowState.NEW))

    chance.shuffle(written)  # type: ignore[attr-defined]
    shuffled = replace(document, sha256="f" * 64, plans=(PlanTable(title, tuple(written)),))
    [plan] = Importing(shuffled, ledger, title).propose(ACCEPTED).plans
    assert {one.state for one in plan.rows} <= {RowState.SAME, RowState.REPEATED}
    assert plan.gone == ()
    assert len(plan.in_state(RowState.SAME)) == stored.added
