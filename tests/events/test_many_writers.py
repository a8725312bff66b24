from __future__ import annotations

from events.log import EventLog
from events.verification import verify_log
from tests.events.many_writers import Premise, tail, writing_processes


def test_a_reader_that_tails_the_log_sees_every_committed_event_once_and_in_order(
    log: EventLog, database_url: str
) -> None:
    premise = Premise()
    with writing_processes(database_url, premise) as writers:
        seen = tail(log, writers)
    written = [writer.result() for writer in writers]
    committed = {event_id for done in written for event_id in done.committed}
    rolled_back = sum(done.rolled_back for done in written)
    print(f"{premise}: {len(committed)} committed, {rolled_back} rolled back, {len(seen)} seen")  # noqa: T201

    assert rolled_back > premise.writers
    assert all(done.committed for done in written)
    assert [position for position, _ in seen] == list(range(1, len(committed) + 1))
    assert {event_id for _, event_id in seen} == committed
    assert len({event_id for _, event_id in seen}) == len(seen)
    assert verify_log(log.engine).fault is None
