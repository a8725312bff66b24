"""The ways in which somebody with the database's password could change what is recorded."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from events.merkle import Frontier, leaf_hash
from events.refs import split_stream
from events.stored_rows import RawRow
from tests.events.attacked_log import COLUMNS, Attacked

CHANGEABLE = [name for name in COLUMNS if name != "position"]
HEAD_COLUMNS = ("origin", "size", "frontier", "recorded_at", "counters")


@dataclass(frozen=True)
class Tamper:
    """What was done. `touched`: positions; `first`: of the first event that is another now.

    `consistent`: leaves, columns, tree and head row were all written anew, so that only a head
    kept elsewhere can show it, where it covers the first position that changed.
    """

    touched: Sequence[int]
    first: int
    consistent: bool = False
    size: int | None = None


Way = Callable[[Attacked, random.Random], Tamper]


def a_flipped_bit(log: Attacked, chance: random.Random) -> Tamper:
    """One bit of one column of one row."""
    position, column, value = _some_value(log, chance)
    if isinstance(value, int):
        changed: object = value ^ (1 << chance.randrange(40))
    else:
        stored = bytearray(value or b"{}")
        stored[chance.randrange(len(stored))] ^= 1 << chance.randrange(8)
        changed = bytes(stored)
    log.put(column, changed, position)
    return Tamper([position], position)


def other_bytes(log: Attacked, chance: random.Random) -> Tamper:
    """Some bytes put in, taken out or replaced."""
    position, column, value = _some_value(log, chance)
    if isinstance(value, int):
        log.put(column, chance.randrange(-(2**60), 2**60), position)
        return Tamper([position], position)
    stored = value or b""
    begin = chance.randrange(len(stored) + 1)
    end = min(len(stored), begin + chance.randrange(6))
    put = chance.randbytes(chance.randrange(5))
    log.put(column, stored[:begin] + put + stored[end:], position)
    return Tamper([position], position)


def another_kind(log: Attacked, chance: random.Random) -> Tamper:
    """A value of another kind: a number for a text, a blob for a text with the same bytes."""
    position, column, value = _some_value(log, chance)
    if not log.is_sqlite:
        log.put("texts", None if log.rows[position - 1].texts else b"{}", position)
        return Tamper([position], position)
    blob_or_text = "TEXT" if column in {"body", "texts", "leaf"} else "BLOB"
    mark = chance.choice(["?", f"CAST(? AS {blob_or_text})"])
    given = chance.choice([7.5, b"\xff\x00", 0, ""]) if mark == "?" else value
    statement = f"UPDATE events SET {column} = {mark} WHERE position = ?"  # noqa: S608
    log.execute(statement, given, position)
    return Tamper([position], position)


def a_value_of_another(log: Attacked, chance: random.Random) -> Tamper:
    """The value of another row in the same column."""
    one, other = chance.sample(range(1, log.size + 1), 2)
    column = chance.choice(CHANGEABLE)
    log.put(column, getattr(log.rows[other - 1], column), one)
    return Tamper([one], one)


def two_swapped_values(log: Attacked, chance: random.Random) -> Tamper:
    """Two rows that changed one column, or everything but their positions."""
    one, other = chance.sample(range(1, log.size + 1), 2)
    columns = CHANGEABLE if chance.random() < 0.5 else [chance.choice(CHANGEABLE)]
    for column in columns:
        log.put(column, getattr(log.rows[other - 1], column), one)
        log.put(column, getattr(log.rows[one - 1], column), other)
    return Tamper([one, other], min(one, other))


def deleted_rows(log: Attacked, chance: random.Random) -> Tamper:
    """Some rows taken away; half of the time those behind them move up."""
    first = chance.randrange(1, log.size + 1)
    gone = min(chance.choice([1, 1, 1, 2, 5]), log.size - first + 1)
    past = first + gone
    log.execute("DELETE FROM events WHERE position >= ? AND position < ?", first, past)
    if chance.random() < 0.5 and log.is_sqlite and log.size - past < 300:
        log.execute("UPDATE events SET position = position - ? WHERE position >= ?", gone, past)
        return Tamper(range(first, log.size + 1), first)
    return Tamper(range(first, past), first)


def an_added_row(log: Attacked, chance: random.Random) -> Tamper:
    """A row more, before or behind all others."""
    row = log.rows[chance.randrange(log.size)]
    where = chance.choice([0, -5, log.size + 1, log.size + 1000])
    log.insert(row._replace(position=where))
    return Tamper([], max(where, 0))


def moved_rows(log: Attacked, chance: random.Random) -> Tamper:
    """A row moved elsewhere, or two that changed their positions."""
    one, other = chance.sample(range(1, log.size + 1), 2)
    if chance.random() < 0.3:
        log.put("position", log.size + chance.randrange(1, 50), one)
        return Tamper([one], one)
    for of, to in ((one, -1), (other, one), (-1, other)):
        log.put("position", to, of)
    return Tamper([one, other], min(one, other))


def a_resealed_body(log: Attacked, chance: random.Random) -> Tamper:
    """A body changed and its leaf written anew, but not the tree."""
    position = chance.randrange(1, log.size + 1)
    record = _changed(orjson.loads(log.rows[position - 1].body), chance)
    _write(log, position, record, log.rows[position - 1].texts)
    return Tamper([position], position)


def a_changed_text(log: Attacked, chance: random.Random) -> Tamper:
    """A text in other words, with another salt, gone, or one that nobody recorded."""
    position = chance.choice([row.position for row in log.rows if row.texts])
    texts = orjson.loads(log.rows[position - 1].texts or b"{}")
    name = chance.choice(sorted(texts))
    match chance.randrange(5):
        case 0:
            texts[name][1] += "."
        case 1:
            texts[name][0] = chance.randbytes(16).hex()
        case 2:
            del texts[name]
        case 3:
            texts["other"] = texts[name]
        case _:
            texts = {}
    stored = orjson.dumps(texts, option=orjson.OPT_SORT_KEYS) if texts else None
    log.put("texts", stored, position)
    return Tamper([position], position)


def a_changed_head_row(log: Attacked, chance: random.Random) -> Tamper:
    """A column of the head row, or its absence."""
    if chance.random() < 0.02:
        log.execute("DELETE FROM log_head")
        return Tamper([], 0)
    if log.is_sqlite and chance.random() < 0.02:
        log.second_head()
        return Tamper([], 0)
    column = chance.choice(HEAD_COLUMNS)
    value = log.head[column]
    if isinstance(value, int):
        log.put(column, max(0, value + chance.choice([-100, -1, 1, 64, 4000])), 1, in_head=True)
    else:
        stored = bytearray(value)
        stored[chance.randrange(len(stored))] ^= 1 << chance.randrange(7)
        log.put(column, bytes(stored), 1, in_head=True)
    return Tamper([], 0)


def a_cut_tail(log: Attacked, chance: random.Random) -> Tamper:
    """The last events taken away; mostly with the head row set back to fit."""
    gone = min(1 + _tail(log, chance, 1 / 40), log.size - 1)
    size = log.size - gone
    log.execute("DELETE FROM events WHERE position > ?", size)
    touched = range(size + 1, log.size + 1)
    if chance.random() < 0.2:
        return Tamper(touched, size + 1)
    _write_head(log, log.rows[:size])
    return Tamper(touched, size + 1, consistent=True, size=size)


def a_rewritten_tail(log: Attacked, chance: random.Random) -> Tamper:
    """Everything from some position on written anew with all hashes, and the head row to fit."""
    first = log.size - min(_tail(log, chance, 1 / 16), log.size - 2)
    records = [orjson.loads(row.body) for row in log.rows[first - 1 :]]
    texts = [row.texts for row in log.rows[first - 1 :]]
    match chance.randrange(4):
        case 0:
            records[0] = _changed(records[0], chance)
        case 1 if len(records) > 1:
            del records[0], texts[0]
        case 2 if len(records) > 1:
            other = chance.randrange(1, len(records))
            for either in (records, texts):
                either[0], either[other] = either[other], either[0]
            instants = sorted(record["recorded_at"] for record in records)
            for record, instant in zip(records, instants, strict=True):
                record["recorded_at"] = instant
        case _:
            fresh = dict(records[0], event_id=str(chance.random()), stream="action-999999")
            records.insert(0, fresh)
            texts.insert(0, texts[0])
    return _rewrite(log, first, records, texts)


def a_forged_continuation(log: Attacked, chance: random.Random) -> Tamper:
    """The tail replaced by the claim that it was lost, under an origin of the attacker's."""
    first = log.size - min(_tail(log, chance, 1 / 27), log.size - 2)
    row = log.rows[first - 1]
    record = orjson.loads(row.body)
    origin = str(record["origin"])
    root = chance.randbytes(32).hex()
    data = {"kept_origin": origin, "old_origin": origin, "old_root": root}
    record |= {
        "origin": f"{origin}/x-{root[:8]}",
        "type": "log.continued",
        "stream": "log-1",
        "schema_version": 1,
        "commitments": {},
        "data": data | {"old_size": log.size + chance.randrange(-5, 5)},
    }
    sound = record["data"]["old_size"] >= first
    done = _rewrite(log, first, [record], [None])
    log.put("origin", record["origin"].encode(), 1, in_head=True)
    return Tamper(done.touched, first, consistent=done.consistent and sound, size=first)


WAYS: dict[Way, int] = {
    a_flipped_bit: 22,
    other_bytes: 14,
    another_kind: 6,
    a_value_of_another: 8,
    two_swapped_values: 8,
    deleted_rows: 8,
    an_added_row: 3,
    moved_rows: 7,
    a_resealed_body: 8,
    a_changed_text: 6,
    a_changed_head_row: 3,
    a_cut_tail: 3,
    a_rewritten_tail: 3,
    a_forged_continuation: 1,
}


def _tail(log: Attacked, chance: random.Random, part: float) -> int:
    """Return a length, mostly short; on average such a part of the log."""
    return int(chance.expovariate(1 / (part * log.size)))


def _some_value(log: Attacked, chance: random.Random) -> tuple[int, str, Any]:
    position = chance.randrange(1, log.size + 1)
    column = chance.choice([*CHANGEABLE, "body", "body", "texts"])
    return position, column, getattr(log.rows[position - 1], column)


def _changed(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Change something of a record that is plausible in itself."""
    match chance.randrange(4):
        case 0:
            record["actor"] = f"person-{chance.randrange(1000, 2000)}"
        case 1:
            record["effective_on"] = f"20{chance.randrange(10, 30)}-01-{chance.randrange(10, 29)}"
        case 2:
            record["correlation_id"] = chance.randbytes(8).hex()
        case _:
            record["data"]["added"] = chance.randrange(1000)
    return record


def _rewrite(
    log: Attacked, first: int, records: Sequence[dict[str, Any]], texts: Sequence[bytes | None]
) -> Tamper:
    versions: dict[str, int] = {}
    for row in log.rows[: first - 1]:
        versions[row.stream.decode()] = row.version
    log.execute("DELETE FROM events WHERE position >= ?", first)
    fresh: list[RawRow] = list(log.rows[: first - 1])
    for position, (record, kept) in enumerate(zip(records, texts, strict=True), start=first):
        version = versions.get(record["stream"], 0) + 1
        versions[record["stream"]] = version
        fresh.append(_row({**record, "position": position, "version": version}, kept))
        log.insert(fresh[-1])
    _write_head(log, fresh)
    touched = range(first, max(log.size, len(fresh)) + 1)
    return Tamper(touched, first, consistent=True, size=len(fresh))


def _write_head(log: Attacked, rows: Sequence[RawRow]) -> None:
    frontier = Frontier().extend(row.leaf for row in rows)
    counters: dict[str, int] = {}
    for stream in {row.stream for row in rows}:
        category, number = split_stream(stream.decode())
        counters[category] = max(number, counters.get(category, 0))
    written = orjson.dumps(counters, option=orjson.OPT_SORT_KEYS)
    origin = orjson.loads(rows[-1].body)["origin"].encode()
    values = (origin, frontier.size, frontier.to_bytes(), rows[-1].recorded_at, written)
    for column, value in zip(HEAD_COLUMNS, values, strict=True):
        log.put(column, value, 1, in_head=True)


def _write(log: Attacked, position: int, record: dict[str, Any], texts: bytes | None) -> None:
    for column, value in zip(COLUMNS, _row(record, texts), strict=True):
        if column != "position":
            log.put(column, value, position)


def _row(record: dict[str, Any], texts: bytes | None) -> RawRow:
    body = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
    copies: list[Any] = [
        value.encode() if isinstance(value := record[name], str) else value for name in COLUMNS[:7]
    ]
    return RawRow._make([*copies, body, texts, leaf_hash(body)])
