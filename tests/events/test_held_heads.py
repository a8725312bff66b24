from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from events.checkpoint import Checkpoint, NotACheckpoint, record_line, short_fingerprint
from events.held_heads import BadHeldHead, HeldHead, add_held, first_not_extended, held_heads
from events.log import EventLog
from events.origins import Origins
from events.signed_note import NoteRefused, SigningKey
from events.signing import checkpoint_of, sign_head
from events.tree import LogTree
from tests.events.logs import ORIGIN, append, note

KEY = SigningKey.generate(ORIGIN)
DAY = dt.date(2025, 3, 3)


def signed(log: EventLog, tmp_path: Path, holder: str | None = None) -> HeldHead:
    text = sign_head(log, KEY, tmp_path / "high-water.json")
    return HeldHead.of_note(text, KEY.verifier, DAY, holder)


def test_heads_are_kept_with_who_holds_them_the_smallest_first(
    log: EventLog, tmp_path: Path
) -> None:
    folder = tmp_path / "held"
    assert held_heads(folder) == []
    heads = []
    for holder in ("Independent scrutineer", None, "The council's archive"):
        append(log, "action-1", note())
        heads.append(signed(log, tmp_path, holder))
    for head in reversed(heads):
        assert add_held(folder, head)
    assert held_heads(folder) == heads


def test_the_same_head_of_the_same_holder_is_kept_once(log: EventLog, tmp_path: Path) -> None:
    folder = tmp_path / "held"
    append(log, "action-1", note())
    assert add_held(folder, signed(log, tmp_path, "A"))
    assert not add_held(folder, signed(log, tmp_path, "A"))
    assert add_held(folder, signed(log, tmp_path, "B"))
    assert [one.holder for one in held_heads(folder)] == ["A", "B"]


def test_a_note_that_is_not_signed_with_the_key_is_no_head(log: EventLog, tmp_path: Path) -> None:
    text = sign_head(log, SigningKey.generate(ORIGIN), tmp_path / "high-water.json")
    with pytest.raises(NoteRefused):
        HeldHead.of_note(text, KEY.verifier, DAY)
    with pytest.raises(NotACheckpoint):
        HeldHead.of_note(KEY.sign("Anything else.\n"), KEY.verifier, DAY)


@pytest.mark.parametrize("key", ["added_on", "from", "key", "note"])
@pytest.mark.parametrize("value", [7, "x", [], "missing"])
def test_a_file_that_was_changed_is_named_and_nothing_is_passed_over(
    log: EventLog, tmp_path: Path, key: str, value: object
) -> None:
    folder = tmp_path / "held"
    append(log, "action-1", note())
    add_held(folder, signed(log, tmp_path))
    (path,) = folder.iterdir()
    plain = json.loads(path.read_text())
    if key == "from" and value == "x":
        return
    plain = {**plain, key: value} if value != "missing" else {**plain, key: None}
    if key == "from" and value == "missing":
        plain = {}
    path.write_text(json.dumps(plain))
    with pytest.raises(BadHeldHead, match=path.name):
        held_heads(folder)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "0000000001-0123456789abcdef-1.json"
    for content in (b"", b"[]", b"\xff", b"5"):
        path.write_bytes(content)
        with pytest.raises(BadHeldHead, match="cannot be read"):
            held_heads(tmp_path)


def test_the_first_head_that_a_log_does_not_extend_is_found(log: EventLog) -> None:
    heads = []
    for _ in range(20):
        append(log, "action-1", note())
        heads.append(checkpoint_of(log))
    tree = LogTree.of(log, 20)
    assert first_not_extended(tree, Origins(ORIGIN), reversed(heads)) is None
    false = Checkpoint(ORIGIN, 9, b"\x00" * 32)
    found = first_not_extended(tree, Origins(ORIGIN), [*heads[:5], false, *heads[10:]])
    assert found is not None
    assert (found.head, found.sound, found.how) == (false, 5, "rewritten")
    too_long = Checkpoint(ORIGIN, 21, b"\x00" * 32)
    longer = first_not_extended(tree, Origins(ORIGIN), [heads[2], too_long])
    assert longer is not None
    assert (longer.sound, longer.how) == (20, "cut_short")
    other = first_not_extended(tree, Origins("example.org/other"), heads)
    assert other is not None
    assert other.how == "another_log"


def test_a_head_is_named_in_one_short_line() -> None:
    root = bytes.fromhex("ab12cd34ef567890" + "00" * 24)
    assert short_fingerprint(root) == "ab12 cd34 ef56 7890"
    assert record_line(1234, root) == "Record 1234 · ab12 cd34 ef56 7890"
