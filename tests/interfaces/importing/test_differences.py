from __future__ import annotations

import pytest

from interfaces.documents.document import PlanRow
from interfaces.importing.differences import differences
from interfaces.importing.proposal import Difference, Field, Lead
from interfaces.importing.recorded import RecordedAction
from tests.interfaces.importing.made_plans import plan_row, recorded_action
from workflow.target_dates import read_target_date

MANAGER = Lead("Business Manager", "role-1")
TITLES = {"role-1": "Business Manager", "role-2": "Head of Housing"}


def found(
    row: PlanRow, action: RecordedAction, *leads: Lead, priority: int | None = 1
) -> list[Difference]:
    return [*differences(row, leads or (MANAGER,), priority, action, TITLES)]


def test_the_same_row_differs_in_nothing() -> None:
    assert found(plan_row("Do it"), recorded_action("Do it")) == []


def test_other_spaces_are_no_difference() -> None:
    assert found(plan_row("Do it"), recorded_action("Do\n it")) == []


@pytest.mark.parametrize("now", ["Dec 2024", "by December 2024", "Dec-24"])
def test_the_same_date_in_other_words_is_no_difference(now: str) -> None:
    assert found(plan_row("Do it", date=now), recorded_action("Do it")) == []


def test_another_date_is_shown_with_what_both_mean() -> None:
    [one] = found(plan_row("Do it", date="March 2025"), recorded_action("Do it"))
    assert one == Difference(
        Field.TARGET_DATE,
        "December 2024 (due 31 December 2024)",
        "March 2025 (due 31 March 2025)",
    )


def test_a_day_is_not_the_month_that_ends_on_it() -> None:
    [one] = found(plan_row("Do it", date="31.12.2024"), recorded_action("Do it"))
    assert one.field is Field.TARGET_DATE


def test_the_original_date_is_not_put_back_where_the_record_moved_it() -> None:
    original = read_target_date("December 2024").model_dump(mode="json", exclude_none=True)
    action = recorded_action("Do it", date="March 2025", original_target=original)
    [one] = found(plan_row("Do it"), action)
    assert one.kept == "The document prints the original date; the record has moved it since."


def test_other_leads_are_shown_by_their_titles() -> None:
    housing = Lead("Head of Housing", "role-2")
    [one] = found(plan_row("Do it"), recorded_action("Do it"), MANAGER, housing)
    assert one == Difference(Field.LEADS, "Business Manager", "Business Manager, Head of Housing")


def test_the_order_of_leads_counts_nothing() -> None:
    action = recorded_action("Do it", lead_roles=("role-2", "role-1"))
    assert found(plan_row("Do it"), action, MANAGER, Lead("Head of Housing", "role-2")) == []


def test_a_measure_is_a_difference_but_its_absence_is_not() -> None:
    [one] = found(plan_row("Do it", measure="Ten of ten"), recorded_action("Do it"))
    assert one == Difference(Field.MEASURE, "", "Ten of ten")
    action = recorded_action("Do it", success_measure="Ten of ten")
    assert found(plan_row("Do it"), action) == []


def test_another_priority_is_a_difference_but_its_absence_is_not() -> None:
    [one] = found(plan_row("Do it"), recorded_action("Do it"), priority=2)
    assert one == Difference(Field.PRIORITY, "1", "2")
    assert found(plan_row("Do it"), recorded_action("Do it"), priority=None) == []


def test_progress_is_a_difference_until_it_was_told() -> None:
    row = plan_row("Do it", progress="Half done")
    [one] = found(row, recorded_action("Do it"))
    assert one.field is Field.PROGRESS
    told = recorded_action("Do it", latest_note="As published in plan.csv: Half done")
    assert found(row, told) == []


@pytest.mark.parametrize("status", ["complete", "cancelled"])
def test_what_has_ended_stays_as_it_was(status: str) -> None:
    [one] = found(plan_row("Do it all"), recorded_action("Do it", status=status))
    assert one.kept == f"A1 is {status}, so it stays as it was."
