from __future__ import annotations

from dataclasses import replace

import pytest

from interfaces.importing.answers import Answers
from interfaces.importing.applying import apply, work_in
from interfaces.importing.choosing import WITHOUT_CANCELLING
from interfaces.importing.proposal import Part
from interfaces.importing.refusals import BadRows, OpenQuestions, RecordMoved
from tests.interfaces.importing.made_plans import BASE, NEGLECT, plan_file
from tests.interfaces.importing.opened_records import MANAGER, importing, record_of
from tests.interfaces.running import CommandLine
from workflow.plan_commands import AdoptPlan
from workflow.role_commands import CreateRole

ACCEPTED = Answers(accept_aliases=True)
NEARLY = (NEGLECT, "Train every school nurse", "June 2025", "HSCP Business Manager")


def test_a_retry_stores_nothing_a_second_time(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        proposal = importing(partnership, plan_file(begun.folder)).propose(ACCEPTED)
        assert apply(partnership.ledger, proposal, actor=MANAGER).added == 3
        size = partnership.log.head().size
        again = apply(partnership.ledger, proposal, actor=MANAGER)
        assert (again.already, again.added) == (True, 0)
        assert partnership.log.head().size == size


def test_an_import_is_one_command_and_ends_with_the_document(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        before = partnership.log.head().size
        proposal = importing(partnership, plan_file(begun.folder)).propose(ACCEPTED)
        apply(partnership.ledger, proposal, actor=MANAGER)
        stored = [one for one in partnership.log.read() if one.position > before]
        assert len({one.command_id for one in stored}) == 1
        assert {one.actor for one in stored} == {MANAGER}
        last = stored[-1].event.model_dump()
        assert (last["document"], last["sha256"], last["rows"]) == (
            "plan.csv",
            proposal.sha256,
            3,
        )


def test_other_choices_are_another_command(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        file = plan_file(begun.folder, [NEARLY])
        ids = set()
        for answer in (True, False):
            answers = Answers({"same-role:hscpbusinessmanager": answer})
            proposal = importing(partnership, file, f"Plan {answer}").propose(answers)
            apply(partnership.ledger, proposal, actor=MANAGER)
            *_, last = partnership.log.read()
            ids.add(last.command_id)
        assert len(ids) == 2


def test_nothing_is_stored_while_a_question_is_open(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        proposal = importing(partnership, plan_file(begun.folder, [NEARLY])).propose(Answers())
        with pytest.raises(OpenQuestions, match="HSCP Business Manager"):
            apply(partnership.ledger, proposal, actor=MANAGER)
        assert partnership.log.head().size == proposal.position


def test_nothing_is_stored_while_a_row_is_bad(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        file = plan_file(begun.folder, [(NEGLECT, "", "June 2025", "Business Manager")])
        proposal = importing(partnership, file).propose(ACCEPTED)
        with pytest.raises(BadRows, match="One thing in the document"):
            apply(partnership.ledger, proposal, actor=MANAGER)


def test_a_change_elsewhere_meanwhile_is_no_hindrance(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        coming = importing(partnership, plan_file(begun.folder))
        proposal = coming.propose(ACCEPTED)
        partnership.ledger.execute(CreateRole(title="Head of Housing"), actor=MANAGER)
        with pytest.raises(RecordMoved):
            apply(partnership.ledger, proposal, actor=MANAGER)
        stored = coming.store(proposal, ACCEPTED, actor=MANAGER, parts=WITHOUT_CANCELLING)
        assert stored.added == 3


def test_a_change_that_matters_stops_the_import(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        coming = importing(partnership, plan_file(begun.folder), "Our plan")
        proposal = coming.propose(ACCEPTED)
        partnership.ledger.execute(AdoptPlan(title="Our plan"), actor=MANAGER)
        size = partnership.log.head().size
        with pytest.raises(RecordMoved, match="Import the document again"):
            coming.store(proposal, ACCEPTED, actor=MANAGER, parts=WITHOUT_CANCELLING)
        assert partnership.log.head().size == size


def test_progress_is_told_item_by_item(begun: CommandLine) -> None:
    told: list[int] = []
    with record_of(begun) as partnership:
        proposal = importing(partnership, plan_file(begun.folder)).propose(ACCEPTED)
        apply(partnership.ledger, proposal, actor=MANAGER, told=told.append)
        assert work_in(proposal, WITHOUT_CANCELLING) == len(BASE)
    assert told == [1, 2, 3]


def test_a_proposal_compared_again_is_the_same(begun: CommandLine) -> None:
    with record_of(begun) as partnership:
        coming = importing(partnership, plan_file(begun.folder))
        assert coming.propose(ACCEPTED) == coming.propose(ACCEPTED)
        first = coming.propose(ACCEPTED)
        coming.store(first, ACCEPTED, actor=MANAGER, parts=frozenset({Part.NEW}))
        second = replace(coming, again=True).propose(ACCEPTED)
        assert second.parts() == frozenset()
