from __future__ import annotations

from events.action import ActionCreated
from notifications.passing_rows import PAGE_ROWS, keys_of, passing_rows
from tests.notifications.records import LEAD_ROLE, House, target


def test_every_row_passes_once_in_order_over_several_pages(house: House) -> None:
    created = ActionCreated(
        text="Share it", lead_roles=(LEAD_ROLE,), target=target("December 2024")
    )
    with house.ledger.transaction(actor="system") as transaction:
        for number in range(1, PAGE_ROWS + 2):
            transaction.append(f"action-{number}", 0, [created])

    with house.log.snapshot() as reader:
        passed = list(passing_rows(reader, "actions"))
        keys = keys_of(reader, "actions")

    assert len(passed) == PAGE_ROWS + 1
    assert [key for key, _ in passed] == sorted(keys)
    assert dict(passed) == house.view.all("actions")


def test_a_read_model_without_rows_passes_nothing(house: House) -> None:
    with house.log.snapshot() as reader:
        assert list(passing_rows(reader, "recommendations")) == []
        assert keys_of(reader, "recommendations") == frozenset()
