"""A log whose hashes fit is not yet one that anybody wrote."""

from __future__ import annotations

from events.log import EventLog
from events.readable import first_unreadable
from events.verification import verify_log
from tests.events.logs import append, note
from tests.events.test_verification import forge


def test_an_event_whose_data_nobody_wrote_is_found_though_every_hash_fits(log: EventLog) -> None:
    for _ in range(3):
        append(log, "action-1", note())
    told: list[tuple[int, int]] = []
    assert first_unreadable(log, 3, lambda done, of: told.append((done, of))) is None
    assert told == [(3, 3)]
    forge(log, 2, lambda record: record["data"].update(added="by hand"))
    assert verify_log(log.engine).holds
    assert first_unreadable(log, 1) is None
    found = first_unreadable(log, 3)
    assert found is not None
    assert found.position == 2
    assert "'added'" in found.what
