"""A log may go on under another origin, in one way; every misuse of that is found and named."""

from __future__ import annotations

from typing import cast

import orjson
import pytest
from sqlalchemy.exc import DatabaseError

from events.action import ActionStarted
from events.checkpoint import Checkpoint
from events.continuing import take_origin
from events.log import EventLog
from events.origins import Continuation, Origins, continuations_in, origins_of
from events.record import RECORD_STREAM, LogContinued
from events.recorded import Recorded
from events.signing import checkpoint_of
from events.verification import verify_log
from tests.events.logs import ORIGIN, append, note
from tests.events.tampering import tamper
from tests.events.test_verification import fault, fill, forge, rewrite_tree

NEW = f"{ORIGIN}/2025-03-31-ab12cd34"
NEWER = f"{ORIGIN}/2025-04-01-99887766"
LOST = "ab" * 32


@pytest.fixture(autouse=True)
def short_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verify four rows at a time, so that a small log has seams."""
    for module in ("verification", "verification_tally"):
        monkeypatch.setattr(f"events.{module}.RANGE_ROWS", 4)


def say(
    log: EventLog, old_origin: str = ORIGIN, old_size: int = 30, stream: str = RECORD_STREAM
) -> Recorded:
    """Append the event that continues a log, whatever the log's origin is."""
    event = LogContinued(
        kept_origin=old_origin,
        old_origin=old_origin,
        old_size=old_size,
        old_root=LOST,
        reason="The disk broke.",
    )
    return append(log, stream, event)[0]


def continue_as(log: EventLog, origin: str = NEW, old_origin: str = ORIGIN) -> Recorded:
    take_origin(log, origin)
    return say(log, old_origin)


class TestContinued:
    @pytest.mark.parametrize("kept", [1, 3, 4, 5, 7, 8])
    def test_a_log_that_was_continued_holds(self, log: EventLog, kept: int) -> None:
        fill(log, kept)
        continue_as(log)
        fill(log, 6)
        verdict = verify_log(log.engine)
        assert verdict.fault is None
        assert verdict.origin == NEW
        assert verdict.root == log.head().frontier.root()
        assert verdict.continued == (
            Continuation(kept + 1, NEW, ORIGIN, ORIGIN, 30, bytes.fromhex(LOST)),
        )

    def test_a_log_may_be_continued_again(self, log: EventLog) -> None:
        fill(log, 5)
        continue_as(log)
        fill(log, 5)
        continue_as(log, NEWER, NEW)
        fill(log, 5)
        verdict = verify_log(log.engine)
        assert verdict.holds
        assert [one.position for one in verdict.continued] == [6, 12]
        assert origins_of(log) == Origins(NEWER, verdict.continued)
        carried = [orjson.loads(row.body)["origin"] for row in log.stored()]
        assert carried == [ORIGIN] * 5 + [NEW] * 6 + [NEWER] * 6

    def test_nobody_else_gets_past_the_guard(self, log: EventLog) -> None:
        fill(log, 2)
        continue_as(log)
        with log.engine.connect() as connection, pytest.raises(DatabaseError):
            connection.exec_driver_sql("UPDATE log_head SET origin = 'example.org/other'")
        assert log.head().origin == NEW


class TestMisuse:
    def test_a_renaming_that_fails_leaves_name_and_guard(self, log: EventLog) -> None:
        with pytest.raises(DatabaseError):
            take_origin(log, cast("str", None))
        assert log.head().origin == ORIGIN
        with pytest.raises(DatabaseError), log.engine.connect() as connection:
            connection.exec_driver_sql("UPDATE log_head SET origin = 'example.org/other'")

    @pytest.mark.parametrize("body", [b"no JSON", b"[]", b"{}", b'{"data": 1}'])
    def test_what_is_no_continuation_is_left_out(self, body: bytes) -> None:
        assert continuations_in([(3, body), (4, None)]) == ()

    def test_a_head_that_was_renamed_alone(self, log: EventLog) -> None:
        fill(log, 6)
        take_origin(log, NEW)
        assert fault(log) == (1, f"it comes from another log, '{ORIGIN}'")

    def test_events_under_a_new_origin_without_a_continuation(self, log: EventLog) -> None:
        fill(log, 6)
        take_origin(log, NEW)
        fill(log, 2)
        assert fault(log) == (1, f"it comes from another log, '{ORIGIN}'")

    def test_a_continuation_that_keeps_the_origin(self, log: EventLog) -> None:
        fill(log, 6)
        say(log)
        position, what = fault(log)
        assert position == 7
        assert "an origin that was used before" in what

    def test_a_return_to_an_origin_that_was_left(self, log: EventLog) -> None:
        fill(log, 3)
        continue_as(log)
        continue_as(log, ORIGIN, NEW)
        position, what = fault(log)
        assert position == 5
        assert "an origin that was used before" in what

    def test_a_continuation_of_another_log(self, log: EventLog) -> None:
        fill(log, 3)
        continue_as(log)
        continue_as(log, NEWER, "example.org/other")
        position, what = fault(log)
        assert position == 5
        assert "'example.org/other', which is not the origin before it" in what

    def test_a_first_continuation_of_another_log(self, log: EventLog) -> None:
        fill(log, 3)
        continue_as(log, NEW, "example.org/other")
        assert fault(log) == (1, f"it comes from another log, '{ORIGIN}'")

    def test_a_continuation_that_lost_nothing(self, log: EventLog) -> None:
        fill(log, 6)
        take_origin(log, NEW)
        say(log, old_size=6)
        position, what = fault(log)
        assert position == 7
        assert "a head of 6 entries was lost, but 6 were kept" in what

    def test_a_continuation_of_nothing(self, log: EventLog) -> None:
        take_origin(log, NEW)
        say(log)
        assert fault(log) == (1, "it continues a record of which nothing was kept")

    def test_a_continuation_in_another_stream(self, log: EventLog) -> None:
        fill(log, 6)
        take_origin(log, NEW)
        say(log, stream="action-1")
        assert fault(log) == (1, f"it comes from another log, '{ORIGIN}'")

    def test_a_continuation_in_another_stream_under_the_same_origin(self, log: EventLog) -> None:
        fill(log, 6)
        say(log, stream="action-1")
        assert fault(log) == (7, "it continues the record, but does not say of which head")

    def test_a_continuation_that_names_no_head(self, log: EventLog) -> None:
        fill(log, 6)
        continue_as(log)
        forge(log, 7, lambda record: record["data"].update(old_root="short"))
        assert fault(log)[0] == 1

    def test_a_head_that_took_its_old_name_back(self, log: EventLog) -> None:
        fill(log, 3)
        continue_as(log)
        take_origin(log, ORIGIN)
        assert fault(log) == (0, f"its origin is not '{NEW}', which the log took at 4")

    def test_an_event_of_the_old_origin_after_the_new_one(self, log: EventLog) -> None:
        fill(log, 3)
        continue_as(log)
        fill(log, 5)
        forge(log, 6, lambda record: record.update(origin=ORIGIN))
        assert fault(log) == (6, f"it comes from another log, '{ORIGIN}'")

    def test_an_event_of_the_new_origin_before_it(self, log: EventLog) -> None:
        fill(log, 5)
        continue_as(log)
        forge(log, 3, lambda record: record.update(origin=NEW))
        assert fault(log) == (3, f"it comes from another log, '{NEW}'")

    def test_a_continuation_that_was_taken_out(self, log: EventLog) -> None:
        fill(log, 5)
        continue_as(log)
        tamper(log, "DELETE FROM events WHERE position = 6")
        rewrite_tree(log)
        assert fault(log) == (1, f"it comes from another log, '{ORIGIN}'")

    def test_a_continuation_whose_columns_hide_it(self, log: EventLog) -> None:
        fill(log, 5)
        continue_as(log)
        tamper(log, "UPDATE events SET type = 'action.started' WHERE position = 6")
        assert fault(log)[0] == 1


class TestHeldHeads:
    def continued(self, log: EventLog) -> tuple[Checkpoint, Checkpoint]:
        """Return a head of what was kept, and one of what was lost."""
        fill(log, 5)
        kept = checkpoint_of(log)
        continue_as(log)
        fill(log, 5)
        return kept, Checkpoint(ORIGIN, 30, bytes.fromhex(LOST))

    def test_a_head_of_what_was_kept_is_extended(self, log: EventLog) -> None:
        kept, _ = self.continued(log)
        assert verify_log(log.engine, held=kept).holds
        assert verify_log(log.engine, held=checkpoint_of(log)).holds
        wrong = Checkpoint(ORIGIN, 5, b"\0" * 32)
        assert not verify_log(log.engine, held=wrong).holds

    def test_a_head_of_what_was_lost_is_not(self, log: EventLog) -> None:
        _, lost = self.continued(log)
        found = verify_log(log.engine, held=lost).fault
        assert found
        assert found.position == 6
        assert "was continued without the 30 events of the checkpoint" in found.what

    def test_where_a_head_belongs(self, log: EventLog) -> None:
        kept, lost = self.continued(log)
        origins = origins_of(log)
        assert origins.place_of(kept) == "within"
        assert origins.place_of(checkpoint_of(log)) == "within"
        assert origins.place_of(lost) == "lost"
        assert origins.place_of(Checkpoint(ORIGIN, 6, lost.root)) == "lost"
        assert origins.place_of(Checkpoint("example.org/other", 3, lost.root)) == "another_log"

    def test_a_backup_from_before_an_earlier_continuation_names_the_later_origin(
        self, log: EventLog
    ) -> None:
        fill(log, 5)
        take_origin(log, NEWER)
        said = LogContinued(
            kept_origin=ORIGIN, old_origin=NEW, old_size=30, old_root=LOST, reason="A flood."
        )
        append(log, RECORD_STREAM, said)
        assert verify_log(log.engine).holds
        origins = origins_of(log)
        assert origins.place_of(Checkpoint(NEW, 30, bytes.fromhex(LOST))) == "lost"
        assert origins.place_of(Checkpoint(ORIGIN, 9, bytes.fromhex(LOST))) == "lost"
        assert origins.place_of(Checkpoint(ORIGIN, 5, bytes.fromhex(LOST))) == "within"

    def test_a_head_after_a_second_continuation(self, log: EventLog) -> None:
        self.continued(log)
        append(log, "action-9", ActionStarted(), note())
        before = checkpoint_of(log)
        continue_as(log, NEWER, NEW)
        assert verify_log(log.engine, held=before).holds
        assert origins_of(log).at(3) == ORIGIN
        assert origins_of(log).at(6) == NEW
        assert origins_of(log).at(before.size + 1) == NEWER
