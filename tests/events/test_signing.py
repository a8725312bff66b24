from __future__ import annotations

from pathlib import Path

import pytest

from events.continuing import take_origin
from events.log import EventLog
from events.merkle import EMPTY_ROOT, Frontier, leaf_hash
from events.origins import origins_of
from events.record import RECORD_STREAM, LogContinued
from events.signed_note import SigningKey
from events.signing import (
    BadHighWater,
    HighWater,
    HistoryRewritten,
    KeyOfAnotherLog,
    checkpoint_of,
    read_signed,
    sign_head,
    signer_of,
)
from tests.events.logs import ORIGIN, append, new_log, note
from tests.events.tampering import tamper

KEY = SigningKey.generate(ORIGIN)


@pytest.fixture
def high_water(tmp_path: Path) -> Path:
    return tmp_path / "high-water.json"


def test_a_signed_head_is_the_head_of_the_log(log: EventLog, high_water: Path) -> None:
    append(log, "action-1", note(), note())
    checkpoint = read_signed(sign_head(log, KEY, high_water), KEY.verifier)
    assert checkpoint == checkpoint_of(log)
    assert (checkpoint.origin, checkpoint.size) == (ORIGIN, 2)
    assert HighWater.read(high_water) == HighWater(2, checkpoint.root)


def test_a_key_that_is_named_for_another_log_signs_nothing(log: EventLog, high_water: Path) -> None:
    append(log, "action-1", note())
    with pytest.raises(KeyOfAnotherLog, match=r"of the record 'example\.org/another'"):
        sign_head(log, SigningKey.generate("example.org/another"), high_water)
    assert not high_water.exists()


def test_a_key_under_a_name_that_the_log_had_before_signs(log: EventLog, high_water: Path) -> None:
    append(log, "action-1", note())
    kept = LogContinued(
        kept_origin=ORIGIN, old_origin=ORIGIN, old_size=9, old_root="ab" * 32, reason="A flood."
    )
    take_origin(log, f"{ORIGIN}/2")
    append(log, RECORD_STREAM, kept)
    signed = read_signed(sign_head(log, KEY, high_water), KEY.verifier)
    assert (signed.origin, signed.size) == (f"{ORIGIN}/2", 2)
    head = sign_head(log, SigningKey(f"{ORIGIN}/2", KEY.private), high_water)
    for one in (sign_head(log, KEY, high_water), head):
        signer = signer_of(one, KEY.verifier, origins_of(log))
        assert read_signed(one, signer) == signed
    stranger = SigningKey.generate(ORIGIN)
    assert signer_of(head, stranger.verifier, origins_of(log)) == stranger.verifier


def test_an_empty_log_can_be_signed(log: EventLog, high_water: Path) -> None:
    checkpoint = read_signed(sign_head(log, KEY, high_water), KEY.verifier)
    assert (checkpoint.size, checkpoint.root) == (0, EMPTY_ROOT)


def test_a_log_that_grew_is_signed_again_and_so_is_one_that_stood_still(
    log: EventLog, high_water: Path
) -> None:
    for _ in range(9):
        append(log, "action-1", note())
        first, second = sign_head(log, KEY, high_water), sign_head(log, KEY, high_water)
        assert first == second
    assert HighWater.read(high_water).size == 9


def test_a_smaller_log_is_not_signed(log: EventLog, high_water: Path) -> None:
    append(log, "action-1", note())
    HighWater(2, Frontier().extend([leaf_hash(b"1"), leaf_hash(b"2")]).root()).write(high_water)
    with pytest.raises(HistoryRewritten, match="smaller than one that was signed") as refusal:
        sign_head(log, KEY, high_water)
    assert (refusal.value.signed.size, refusal.value.head.size) == (2, 1)
    assert HighWater.read(high_water).size == 2


def test_a_log_that_was_written_anew_is_not_signed(
    log: EventLog, high_water: Path, tmp_path: Path
) -> None:
    append(log, "action-1", note("What happened."))
    sign_head(log, KEY, high_water)
    (tmp_path / "other").mkdir()
    with new_log(f"sqlite:///{tmp_path}/other/log.sqlite3") as other:
        append(other, "action-1", note("What somebody wishes had happened."), note())
        with pytest.raises(HistoryRewritten, match="does not extend"):
            sign_head(other, KEY, high_water)
    append(log, "action-1", note())
    sign_head(log, KEY, high_water)


def test_a_log_that_lost_events_is_not_signed(log: EventLog, high_water: Path) -> None:
    append(log, "action-1", note(), note())
    tamper(log, "DELETE FROM events WHERE position = 1")
    with pytest.raises(HistoryRewritten, match="events are missing"):
        sign_head(log, KEY, high_water)
    assert not high_water.exists()


def test_a_log_whose_leaves_are_not_those_of_its_head_is_not_signed(
    log: EventLog, high_water: Path
) -> None:
    append(log, "action-1", note(), note())
    tamper(log, "UPDATE events SET leaf = body WHERE position = 1")
    with pytest.raises(HistoryRewritten, match="are not those that its head speaks of"):
        sign_head(log, KEY, high_water)


@pytest.mark.parametrize(
    "words",
    ["", "[]", "{}", '{"size": 1}', '{"size": "many", "root": ""}', '{"size": 1, "root": 5}'],
)
def test_a_broken_high_water_file_stops_the_signing(
    log: EventLog, high_water: Path, words: str
) -> None:
    high_water.write_text(words)
    with pytest.raises(BadHighWater, match="Restore the file"):
        sign_head(log, KEY, high_water)
    assert high_water.read_text() == words
