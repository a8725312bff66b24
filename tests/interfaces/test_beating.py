from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from interfaces.beating import beating
from notifications.heartbeat import Heart, beats
from notifications.heartbeat_table import create_heartbeat_table
from notifications.outcomes import Outcome
from notifications.scheduler import StopAsked
from notifications.ticking import Ticked
from tests.notifications.records import MORNING, House, SetClock, opened


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    """Open a database in which there is nothing but the table of the heartbeat."""
    with opened(sqlite_url, SetClock()) as made:
        with made.log.engine.connect() as connection:
            create_heartbeat_table(connection)
        yield made


def go_on() -> bool:
    return False


def test_a_tick_beats_and_is_told_in_one_line(house: House) -> None:
    def tick(_stop: StopAsked) -> Ticked:
        return Ticked(None, Counter({Outcome.SENT: 2, Outcome.PUT_OFF: 1}))

    with capture_logs() as lines:
        beating(tick, Heart(house.log, house.clock))(go_on)

    did = "sent: 2; not taken yet, tried again later: 1"
    assert [(line["event"], line["log_level"], line["did"]) for line in lines] == [
        ("tick", "info", did)
    ]
    assert beats(house.log)[0].did == did


def test_a_tick_with_nothing_to_do_is_told_softly(house: House) -> None:
    with capture_logs() as lines:
        beating(lambda _stop: Ticked(), Heart(house.log, house.clock))(go_on)
    assert [(line["log_level"], line["did"]) for line in lines] == [("debug", "nothing was due")]
    assert beats(house.log)[0].did is None


def test_between_the_emails_of_a_long_tick_it_beats_too(house: House) -> None:
    seen = []

    def tick(stop: StopAsked) -> Ticked:
        for _ in range(3):
            house.clock.goes_on(minutes=10)
            assert not stop()
            seen.append(beats(house.log)[0].silent_for(house.clock.now).total_seconds())
        return Ticked()

    beating(tick, Heart(house.log, house.clock))(go_on)
    assert seen == [0, 0, 0]


def test_who_asks_the_worker_to_stop_is_heard_through_it(house: House) -> None:
    def tick(stop: StopAsked) -> Ticked:
        assert stop()
        return Ticked()

    beating(tick, Heart(house.log, house.clock))(lambda: True)


def test_a_tick_that_fails_is_noted_and_goes_on_failing(house: House) -> None:
    def tick(_stop: StopAsked) -> Ticked:
        house.clock.goes_on(minutes=1)
        raise ConnectionError

    heart = Heart(house.log, house.clock)
    with pytest.raises(ConnectionError):
        beating(tick, heart)(go_on)
    (beat,) = beats(house.log)
    assert (beat.problem, beat.last_beat_at) == ("ConnectionError", MORNING)
