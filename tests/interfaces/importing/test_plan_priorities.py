from __future__ import annotations

from interfaces.importing.plan_priorities import place_priorities
from interfaces.importing.proposal import PriorityProposal, PriorityState
from tests.interfaces.importing.made_plans import plan_row

NEW, SAME, RETITLED = PriorityState.NEW, PriorityState.SAME, PriorityState.RETITLED


def placed(
    *named: tuple[str | None, int | None], recorded: dict[int, str] | None = None
) -> list[PriorityProposal]:
    rows = [plan_row("Do it", priority=name, priority_number=number) for name, number in named]
    return [*place_priorities(rows, recorded or {}).values()]


def test_a_new_plan_keeps_the_numbers_of_the_document() -> None:
    assert placed(("Neglect", 2), ("The system", 5), ("Neglect", 2)) == [
        PriorityProposal(2, "Neglect", NEW),
        PriorityProposal(5, "The system", NEW),
    ]


def test_without_numbers_they_are_numbered_in_order() -> None:
    assert [one.number for one in placed(("Neglect", None), ("The system", None))] == [1, 2]


def test_two_priorities_with_one_number_both_find_a_place() -> None:
    assert [(one.number, one.title) for one in placed(("Neglect", 1), ("The system", 1))] == [
        (1, "Neglect"),
        (2, "The system"),
    ]


def test_a_number_that_cannot_be_one_is_replaced() -> None:
    assert [one.number for one in placed(("Neglect", 0))] == [1]


def test_rows_without_a_priority_need_none() -> None:
    assert placed((None, None)) == []


def test_a_name_that_the_plan_has_keeps_its_number_there() -> None:
    found = placed(("NEGLECT ", 3), recorded={1: "Neglect", 3: "The system"})
    assert found == [PriorityProposal(1, "Neglect", SAME)]


def test_another_name_for_a_number_is_its_new_title() -> None:
    recorded = {1: "Neglect", 2: "Exploitation"}
    assert placed(("Neglect", 1), ("Exploitation and violence", 2), recorded=recorded) == [
        PriorityProposal(1, "Neglect", SAME),
        PriorityProposal(2, "Exploitation and violence", RETITLED, "Exploitation"),
    ]


def test_a_bare_number_says_nothing_against_the_title() -> None:
    assert placed(("Priority 2", 2), recorded={2: "Neglect"}) == [
        PriorityProposal(2, "Neglect", SAME)
    ]


def test_a_number_whose_title_the_document_still_names_is_not_taken_from_it() -> None:
    found = placed(("Neglect", 2), ("The system", 1), recorded={1: "Neglect"})
    assert found == [
        PriorityProposal(1, "Neglect", SAME),
        PriorityProposal(2, "The system", NEW),
    ]
