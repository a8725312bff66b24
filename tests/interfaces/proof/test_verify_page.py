"""The page that says how to check a pack: its example is right, and so is what it says of ours."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from events.canonical import encode
from events.checkpoint import Checkpoint
from events.merkle import leaf_hash
from events.proofs import consistency_proof, inclusion_proof
from events.recorded import commitment
from events.signed_note import SigningKey, VerifierKey, open_note
from interfaces.proof import verify_pack
from interfaces.proof.archive import FORMAT
from interfaces.proof.verify_pack import Head, is_extended, is_included, read_key, read_note
from tests.interfaces.proof.packs import Files
from tests.interfaces.proof.worked_example import BODIES, ORIGIN, SALT, TEXT, example

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "verify.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
GIVEN = {line[:24].strip(): line[24:] for line in BLOCKS[0].splitlines()}
LEAVES = [leaf_hash(body) for body in BODIES]


def steps(name: str) -> list[bytes]:
    return [bytes.fromhex(value) for key, value in GIVEN.items() if key.startswith(f"{name}, step")]


@pytest.mark.parametrize("name", sorted(example()))
def test_each_value_of_the_example_is_what_the_definitions_give(name: str) -> None:
    assert GIVEN[name] == example()[name]


def test_the_example_gives_nothing_else() -> None:
    assert GIVEN.keys() == example().keys()


def test_our_own_functions_give_the_same_values() -> None:
    assert commitment(bytes.fromhex(SALT), TEXT) == GIVEN["commitment"]
    assert [leaf.hex() for leaf in LEAVES] == [GIVEN[f"leaf {at}"] for at in range(1, 6)]
    assert inclusion_proof(2, LEAVES) == steps("inclusion of 3")
    assert consistency_proof(3, LEAVES) == steps("consistency 3")


def test_both_readers_accept_the_example() -> None:
    note, line = BLOCKS[1], GIVEN["key.txt"]
    assert open_note(note, VerifierKey.of_text(line)).endswith(GIVEN["head, line 3"] + "\n")
    head = read_note(note, [read_key(line)], "it")
    assert head == Head(ORIGIN, 5, bytes.fromhex(GIVEN["root of 5"]))
    assert is_included(BODIES[2], 3, head, steps("inclusion of 3"))
    old = Head(ORIGIN, 3, bytes.fromhex(GIVEN["root of 3"]))
    assert is_extended(old, head, steps("consistency 3"))


def test_our_signature_over_the_same_head_is_the_same(tmp_path: Path) -> None:
    secret = f"PRIVATE+KEY+{ORIGIN}+{GIVEN['key id']}+"
    path = tmp_path / "signing.key"

    path.write_text(secret + base64.b64encode(b"\x01" + bytes(range(32))).decode())
    head = Checkpoint(ORIGIN, 5, bytes.fromhex(GIVEN["root of 5"]))
    assert SigningKey.load(path).sign(head.to_text()) == BLOCKS[1]


def test_the_page_names_every_file_of_a_pack_and_the_form_of_its_lines(files: Files) -> None:
    assert all(f"`{name}`" in PAGE for name in files)
    assert encode({"format": FORMAT, "subject": "audit-3"}).decode() in PAGE
    assert files["pack.json"] == encode({"format": FORMAT, "subject": "audit-1"}) + b"\n"


def test_the_page_names_the_bounds_of_the_verifier() -> None:
    assert f"{verify_pack.MOST_BYTES >> 20} MiB in all" in PAGE
    assert f"{verify_pack.MOST_LINE >> 20} MiB in a line" in PAGE
    assert f"{verify_pack.MOST_LINES:,} lines in a file" in PAGE
    assert f"more than {verify_pack.MOST_DEPTH} deep" in PAGE
    assert f"more than {verify_pack.MOST_STEPS} steps" in PAGE
