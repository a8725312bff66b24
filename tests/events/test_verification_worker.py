from __future__ import annotations

import gc
import io
import os
import pickle
import runpy
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from events.action import ActionRecommendationAnswered, ActionStarted
from events.catalogue import registered
from events.database import sqlite_driver
from events.log import EventLog
from events.origins import Origins
from events.record import RECORD_STREAM, TextErased
from events.stored_rows import RowValues, Source, SqliteRows
from events.verification import source_of
from events.verification_batches import read_and_check
from events.verification_rows import Range, RangeReport, check_thoroughly
from events.verification_worker import Worker, serve
from tests.events.logs import ORIGIN, append, new_log, note
from tests.events.tampering import tamper

KNOWN = {"action.progress_noted": 1}
RANGE = Range(0, 3, Origins(ORIGIN), KNOWN)


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


def test_a_worker_runs_as_a_program(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    append(log, "action-1", note(), note(), note())
    reports = io.BytesIO()
    jobs = io.BytesIO(pickle.dumps(source_of(log.engine)) + pickle.dumps(RANGE))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(jobs))
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(reports))
    monkeypatch.delitem(sys.modules, "events.verification_worker")
    try:
        runpy.run_module("events.verification_worker", run_name="__main__")
    finally:
        gc.enable()
    assert pickle.loads(reports.getvalue()).fault is None  # noqa: S301


def test_a_worker_tells_what_it_stumbled_over(tmp_path: Path) -> None:
    nowhere = Source("sqlite3", (str(tmp_path / "empty.sqlite3"),), {})
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


class Faltering(SqliteRows):
    """Rows that can be read one by one only, as on a disk that falters for a moment."""

    @override
    def batches(self, after: int, until: int) -> Iterator[Sequence[RowValues]]:
        message = f"the disk faltered after {after}"
        raise OSError(message)

    @override
    def raw(self, after: int, until: int) -> Sequence[RowValues]:
        if until - after > 1:
            message = f"the disk faltered after {after}"
            raise OSError(message)
        return super().raw(after, until)


def test_rows_that_can_be_read_one_by_one_are_in_order(sqlite_url: str) -> None:
    with new_log(sqlite_url) as log:
        append(log, "action-1", note(), note(), note())
        source = source_of(log.engine)
        with closing(source.open()) as rows:
            wanted = read_and_check(RANGE, rows)
        connection = sqlite_driver().connect(*source.arguments)
        with closing(Faltering(connection)) as faltering:
            assert read_and_check(RANGE, faltering) == wanted


def test_the_quick_check_and_the_thorough_one_report_the_same(log: EventLog) -> None:
    append(log, "action-1", ActionStarted(), note(), note())
    append(log, "action-2", note(), ActionRecommendationAnswered(recommendation="recommendation-1"))
    tamper(log, "UPDATE events SET texts = NULL WHERE position = 3")
    said = TextErased(position=3, fields=("note",), authority="The board.", reason="A name.")
    append(log, RECORD_STREAM, said)
    asked = Range(
        0, 6, Origins(ORIGIN), {cls.type_name: cls.schema_version for cls in registered()}
    )
    with closing(source_of(log.engine).open()) as rows:
        quick, thorough = read_and_check(asked, rows), check_thoroughly(asked, rows)
    assert quick == thorough
    assert quick.missing == [(3, ("note",))]
    assert quick.erasures == [(6, 3, ("note",))]
    assert quick.streams == {"action-1": (1, 1), "action-2": (4, 1), "log-1": (6, 1)}
