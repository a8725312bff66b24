from __future__ import annotations

from collections import Counter

from events.recorded import format_instant
from projections.streams import TOGETHER, events_by_stream, instants_of
from tests.projections.ledgers import furnish, new_ledger

ACTIONS = TOGETHER + 3


def test_more_streams_than_one_statement_takes_are_read_whole(database_url: str) -> None:
    with new_ledger(database_url) as ledger:
        furnish(ledger, ACTIONS)
        log, size = ledger.log, ledger.log.head().size
        wanted = [f"action-{number}" for number in range(1, ACTIONS + 2)]
        found = events_by_stream(log, wanted, until=size)
        assert Counter(map(len, found.values())) == {2: ACTIONS, 0: 1}
        assert found["action-7"] == log.read_stream("action-7")
        assert not any(events_by_stream(log, wanted, until=0).values())


def test_when_entries_were_recorded_is_looked_up_for_those_that_there_are(
    database_url: str,
) -> None:
    with new_ledger(database_url) as ledger:
        furnish(ledger, ACTIONS)
        recorded = [
            one for one in ledger.log.read() if one.stream.startswith("action-") and one.version > 1
        ]
        there = {(one.stream, one.version): format_instant(one.recorded_at) for one in recorded}
        assert len(there) == ACTIONS
        asked = [*there, ("action-1", 0), ("action-1", 3), ("action-9999", 1)]
        assert instants_of(ledger.log, asked) == there
        assert instants_of(ledger.log, []) == {}
