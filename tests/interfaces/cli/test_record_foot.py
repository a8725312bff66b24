from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path
from zlib import crc32

import pytest

from events.database import open_engine
from events.log import EventLog
from interfaces.bootstrap import system_clock
from tests.events.tampering import tamper
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine

REPORTS = [
    ("board",),
    ("show", "A1"),
    ("history", "A1"),
    ("explain", "A1", "date"),
    ("directory",),
    ("waiting",),
    ("replay", "A1"),
    ("ask", "moved"),
    ("ask", "silent"),
    ("ask", "without-evidence"),
    ("ask", "verified-by"),
    ("ask", "not-reminded"),
]
PAST = ("--at", "2025-03-02")


@pytest.fixture
def grown(empty: CommandLine) -> tuple[CommandLine, str]:
    """Give a record that grew since its head was named, on both databases; and that name."""
    return grown_since_named(empty)


def grown_since_named(line: CommandLine) -> tuple[CommandLine, str]:
    line.on(dt.date(2025, 3, 1))
    line.done("init")
    signed = str(line.answer("checkpoint")["record"])
    a_small_plan(line)
    line.done("meeting", "record", "--title", "Executive board", "--held-on", "2.4.25")
    return line, signed


def last_line(text: str) -> str:
    return text.rstrip("\n").rpartition("\n")[2]


def test_every_report_ends_with_the_state_of_the_record_that_it_shows(
    grown: tuple[CommandLine, str],
) -> None:
    line, _ = grown
    now = line.answer("checkpoint")["record"]
    for words in REPORTS:
        assert last_line(line.done(*words)) == now, words


def test_a_report_of_a_past_day_names_the_head_that_was_signed_on_it(
    grown: tuple[CommandLine, str],
) -> None:
    line, signed = grown
    for words in (("board",), ("directory",), ("waiting",), ("show", "RO1"), ("ask", "moved")):
        assert last_line(line.done(*words, *PAST)) == signed, words
    assert last_line(line.done("board", "--true-on", "2025-03-01", *PAST)) == signed


def test_a_comparison_names_both_states(grown: tuple[CommandLine, str]) -> None:
    line, signed = grown
    now = line.answer("checkpoint")["record"]
    assert line.done("diff", "--from", "2025-03-02").splitlines()[-2:] == [signed, now]
    papers = line.answer("board", "--at", "M1")["position"]
    first, second = line.done("ask", "since-papers", "M1").splitlines()[-2:]
    assert first.startswith(f"Record {papers} · ")
    assert second == now


def test_what_is_remembered_of_the_tree_is_not_believed(tmp_path: Path, sqlite_url: str) -> None:
    line, signed = grown_since_named(CommandLine(tmp_path, sqlite_url))
    while line.answer("checkpoint")["size"] < 64:
        line.done("action", "note-progress", "A2", "--note", "More", "--as", "PE2")
    (cache,) = tmp_path.rglob("tree.cache")
    falsify_the_first_32(cache)
    assert last_line(line.done("board", *PAST)) == signed


def falsify_the_first_32(cache: Path) -> None:
    """Change the node over the first 32 leaves, below the one that the tree's root is made of."""
    whole = bytearray(cache.read_bytes())
    header = struct.Struct(">18sQI")
    form, blocks, _ = header.unpack_from(whole)
    assert blocks == 4
    whole[header.size + blocks * 32] ^= 1
    whole[: header.size] = header.pack(form, blocks, crc32(whole[header.size :]))
    cache.write_bytes(whole)


def test_where_the_record_does_not_hold_the_line_says_so(tmp_path: Path, sqlite_url: str) -> None:
    line, _ = grown_since_named(CommandLine(tmp_path, sqlite_url))
    engine = open_engine(sqlite_url)
    log = EventLog(engine, system_clock)
    tamper(log, "UPDATE events SET leaf = ? WHERE position = 3", bytes(32))
    log.close()
    engine.dispose()
    for cache in tmp_path.rglob("tree.cache"):
        cache.unlink()
    foot = last_line(line.done("board", *PAST))
    assert "does NOT hold. Run 'goldthread verify'" in foot
