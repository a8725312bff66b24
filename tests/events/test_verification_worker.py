from __future__ import annotations

import io
import os
import pickle
import signal
from contextlib import closing
from pathlib import Path

import pytest

from events.log import EventLog
from events.stored_rows import Source
from events.verification import source_of
from events.verification_rows import Range, RangeReport, read_and_check
from events.verification_worker import Worker, serve
from tests.events.logs import ORIGIN, append, note

KNOWN = {b"action.progress_noted": 1}
RANGE = Range(0, 3, ORIGIN, KNOWN)


def served(source: Source, *ranges: Range) -> list[RangeReport | str]:
    reports = io.BytesIO()
    serve(io.BytesIO(b"".join(map(pickle.dumps, (source, *ranges)))), reports)
    reports.seek(0)
    return [pickle.load(reports) for _ in ranges]  # noqa: S301


def test_a_worker_reports_what_its_parent_would_find(log: EventLog) -> None:
    append(log, "action-1", note(), note(), note())
    source = source_of(log.engine)
    with closing(source.open()) as rows:
        mine = read_and_check(RANGE, rows)
    assert mine.fault is None
    assert served(source, RANGE, RANGE) == [mine, mine]
    with closing(Worker(source)) as worker:
        assert worker.check(RANGE) == worker.check(RANGE) == mine


def test_a_worker_tells_what_it_stumbled_over(tmp_path: Path, sqlite_url: str) -> None:
    nowhere = Source("sqlite3", (str(tmp_path / "empty.sqlite3"),), {})
    assert sqlite_url
    assert served(nowhere, RANGE) == ["OperationalError: no such table: log_head"]
    with (
        closing(Worker(nowhere)) as worker,
        pytest.raises(ChildProcessError, match="no such table"),
    ):
        worker.check(RANGE)


def test_a_worker_that_was_killed_is_noticed(log: EventLog) -> None:
    append(log, "action-1", note(), note(), note())
    with closing(Worker(source_of(log.engine))) as worker:
        worker.check(RANGE)
        os.kill(worker.process_id, signal.SIGKILL)
        with pytest.raises(ChildProcessError, match="it was killed"):
            worker.check(RANGE)
        with pytest.raises(ChildProcessError, match="it was killed"):
            worker.check(RANGE)


def test_a_database_that_is_out_of_reach_is_no_fault_of_an_event(log: EventLog) -> None:
    rows = source_of(log.engine).open()
    rows.close()
    with pytest.raises(Exception, match="closed"):
        read_and_check(RANGE, rows)
