"""Packs of a record that went on under another origin after an old backup was restored."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.canonical import Json, encode
from events.checkpoint import Checkpoint
from events.merkle import leaf_hash, root_of
from events.proofs import consistency_proof, inclusion_proof
from events.signed_note import SigningKey
from interfaces.proof.verify_pack import DoesNotHold, check, read_key
from tests.interfaces.proof.packs import Files

FIRST, SECOND, THIRD = "example.org/record", "example.org/record/2", "example.org/record/3"
KEY = SigningKey.generate(FIRST)


def records(files: Files, origins: list[str], **continued: object) -> list[dict[str, Any]]:
    """Return entries of the audit from position 1 on; where the origin changes it is told."""
    (model,) = (
        one
        for line in files["events.jsonl"].splitlines()
        if (one := json.loads(line))["stream"] == "audit-1" and one["version"] == 1
    )
    found: list[dict[str, Any]] = []
    version = 0
    for position, origin in enumerate(origins, start=1):
        record = {**model, "commitments": {}, "origin": origin, "position": position}
        if found and found[-1]["origin"] != origin:
            data = {"kept_origin": found[-1]["origin"], **continued}
            record |= {"type": "log.continued", "stream": "log-1", "version": 9, "data": data}
        else:
            version += 1
            record["version"] = version
        found.append(record)
    return found


def pack_of(made: list[dict[str, Any]], origin: str, since: Checkpoint | None = None) -> Files:
    """Return the files of a pack of all of a log."""
    bodies = [encode(record) for record in made]
    leaves = [leaf_hash(body) for body in bodies]
    proofs: list[Json] = [
        {"position": at + 1, "proof": [node.hex() for node in inclusion_proof(at, leaves)]}
        for at in range(len(leaves))
    ]
    files = Files(
        {
            "pack.json": b'{"format":"goldthread pack 1","subject":"audit-1"}\n',
            "events.jsonl": b"".join(body + b"\n" for body in bodies),
            "proofs.jsonl": b"".join(encode(line) + b"\n" for line in proofs),
            "texts.jsonl": b"",
            "checkpoint.txt": signed(Checkpoint(origin, len(leaves), root_of(leaves))),
            "key.txt": KEY.verifier.to_text().encode() + b"\n",
        }
    )
    if since is not None:
        nodes: list[Json] = [node.hex() for node in consistency_proof(since.size, leaves)]
        files["since.txt"] = signed(since)
        files["consistency.json"] = encode({"proof": nodes}) + b"\n"
    return files


def signed(head: Checkpoint) -> bytes:
    return KEY.sign(head.to_text()).encode()


def head_at(made: list[dict[str, Any]], size: int, origin: str) -> Checkpoint:
    return Checkpoint(origin, size, root_of([leaf_hash(encode(one)) for one in made[:size]]))


def test_a_record_that_was_continued_is_proved_and_that_is_told(files: Files) -> None:
    made = records(files, [FIRST] * 3 + [SECOND] * 3 + [THIRD] * 2)
    told = check(pack_of(made, THIRD, head_at(made, 3, FIRST)), None, None)
    assert any(
        "From entry 4 on the record has the name example.org/record/2" in one for one in told
    )
    assert any("From entry 7 on" in one for one in told)
    assert check(pack_of(made, THIRD, head_at(made, 6, SECOND)), None, None)


@pytest.mark.parametrize(("size", "origin"), [(4, FIRST), (3, SECOND), (2, THIRD), (7, SECOND)])
def test_an_earlier_head_under_another_name_than_it_had_then_is_refused(
    files: Files, size: int, origin: str
) -> None:
    made = records(files, [FIRST] * 3 + [SECOND] * 3 + [THIRD] * 2)
    with pytest.raises(DoesNotHold, match=r"since\.txt"):
        check(pack_of(made, THIRD, head_at(made, size, origin)), None, None)


def test_names_that_no_entry_accounts_for_are_refused(files: Files) -> None:
    made = records(files, [FIRST] * 3 + [SECOND] * 3)
    with pytest.raises(DoesNotHold, match="under which names"):
        check(pack_of(made, THIRD), None, None)
    with pytest.raises(DoesNotHold, match="comes from another record"):
        check(pack_of(records(files, [FIRST] * 3 + [SECOND], kept_origin=5), SECOND), None, None)
    foreign = records(files, [FIRST] * 3 + [SECOND] * 3)
    foreign[1]["origin"] = THIRD
    with pytest.raises(DoesNotHold, match="comes from another record"):
        check(pack_of(foreign, SECOND), None, None)


def named(origin: str) -> SigningKey:
    """Return the key under the name that a record has once it went on under that origin."""
    return SigningKey(origin, KEY.private)


def test_heads_and_keys_of_before_a_record_went_on_under_another_name_still_hold(
    files: Files,
) -> None:
    made = records(files, [FIRST] * 3 + [SECOND] * 3)
    before = head_at(made, 3, FIRST)
    pack = pack_of(made, SECOND, before)
    now = head_at(made, 6, SECOND)
    pack["checkpoint.txt"] = named(SECOND).sign(now.to_text()).encode()
    pack["key.txt"] = named(SECOND).verifier.to_text().encode() + b"\n"
    known = read_key(KEY.verifier.to_text())
    told = check(pack, known, KEY.sign(before.to_text()))
    assert any("nothing before it was rewritten" in line for line in told)
    other = read_key(named(THIRD).verifier.to_text())
    with pytest.raises(DoesNotHold, match="not named for this record"):
        check(pack, other, None)
    stranger = SigningKey.generate(FIRST)
    with pytest.raises(DoesNotHold, match="not the one that you gave"):
        check(pack, read_key(stranger.verifier.to_text()), None)
    with pytest.raises(DoesNotHold, match="is not signed with the key"):
        check(pack, None, stranger.sign(before.to_text()))
    with pytest.raises(DoesNotHold, match="is not signed with the key"):
        check(pack, None, named(THIRD).sign(before.to_text()))
    pack["checkpoint.txt"] = named(THIRD).sign(now.to_text()).encode()
    pack["key.txt"] = named(THIRD).verifier.to_text().encode() + b"\n"
    with pytest.raises(DoesNotHold, match="not named for this record"):
        check(pack, None, None)


@pytest.mark.parametrize(
    "stream", ["audit-0", "Audit-2", "audit2", "audit-02", "audit-1/finding-1", "äudit-2", ""]
)
def test_what_is_no_name_of_a_stream_is_refused(files: Files, stream: str) -> None:
    made = records(files, [FIRST] * 3)
    made[2] |= {"stream": "audit-2", "version": 1}
    assert check(pack_of(made, FIRST), None, None)
    made[2] |= {"stream": stream}
    with pytest.raises(DoesNotHold, match="entry 3 is malformed"):
        check(pack_of(made, FIRST), None, None)


def test_what_the_record_says_of_itself_belongs_into_a_pack_only_where_it_speaks_of_it(
    files: Files,
) -> None:
    made = records(files, [FIRST] * 4)
    of_itself = {"stream": "log-1", "version": 7}
    erased = {"type": "log.text_erased", "data": {"position": 2, "fields": ["note"]}}
    made[3] |= of_itself | erased
    assert check(pack_of(made, FIRST), None, None)
    for wrong in (
        {"type": "log.opened", "data": {}},
        {"type": "audit.closed", "data": {"position": 2}},
        {"data": {"position": 5, "fields": ["note"]}},
        {"data": {"fields": ["note"]}},
        {"data": {"position": [2], "fields": ["note"]}},
        {"stream": "audit-2", "version": 1},
    ):
        odd = [*made[:3], {**made[3], **wrong}]
        with pytest.raises(DoesNotHold, match="entry 4 does not belong into a pack"):
            check(pack_of(odd, FIRST), None, None)
