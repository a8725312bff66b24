from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.log import EventLog
from events.merkle import EMPTY_ROOT, leaf_hash, root_of
from events.proofs import consistency_proof, extends, includes, inclusion_proof
from events.tree import BLOCK_LEAVES, BlockNodes, LeavesMissing, LogTree
from events.tree_cache import TreeDiffers, tree_of
from tests.events.bare_leaves import BareLeaves
from tests.events.logs import append, note
from tests.events.tampering import tamper

LEAVES = [leaf_hash(b"record %d" % number) for number in range(400)]
ROOTS = [root_of(LEAVES[:size]) for size in range(401)]


def a_log() -> BareLeaves:
    return BareLeaves(LEAVES)


@pytest.mark.parametrize("size", [0, 1, 2, 15, 16, 17, 31, 32, 33, 255, 256, 257, 400])
def test_the_tree_of_a_log_gives_the_root_and_the_proofs_that_its_leaves_give(size: int) -> None:
    tree = LogTree.of(a_log(), size)
    assert tree.root() == ROOTS[size]
    proofs = tree.inclusion_proofs(range(size))
    assert proofs == [inclusion_proof(index, LEAVES[:size]) for index in range(size)]
    for old_size in range(size + 1):
        assert tree.consistency_proof(old_size) == consistency_proof(old_size, LEAVES[:size])


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 399))
def test_a_remembered_tree_that_grew_gives_the_same(one: int, other: int, index: int) -> None:
    before, size = sorted((one, other))
    nodes = LogTree.of(a_log(), before).nodes
    remembered = BlockNodes.from_bytes(nodes.blocks, nodes.to_bytes())
    log = a_log()
    tree = LogTree.of(log, size, remembered)
    assert tree.root() == ROOTS[size]
    assert log.asked <= size - before + BLOCK_LEAVES
    if index < size:
        (proof,) = tree.inclusion_proofs([index])
        assert includes(LEAVES[index], index, size, proof, ROOTS[size])
    proof = tree.consistency_proof(before)
    assert extends((before, ROOTS[before]), (size, ROOTS[size]), proof)


@pytest.mark.parametrize("size", [0, 1, 16, 33, 256, 400])
def test_the_root_of_every_earlier_size_is_known(size: int) -> None:
    remembered = LogTree.of(a_log(), size // BLOCK_LEAVES * BLOCK_LEAVES).nodes
    tree = LogTree.of(a_log(), size, remembered)
    assert [tree.root_at(earlier) for earlier in range(size + 1)] == ROOTS[: size + 1]
    for other in (-1, size + 1):
        with pytest.raises(ValueError, match=f"a tree of {size} leaves had no {other}"):
            tree.root_at(other)


def test_one_proof_reads_one_block_of_leaves() -> None:
    remembered = LogTree.of(a_log(), 400).nodes
    log = a_log()
    LogTree.of(log, 400, remembered).inclusion_proofs([77])
    assert log.asked == BLOCK_LEAVES


def test_nodes_of_a_longer_log_than_there_is_are_not_used() -> None:
    remembered = LogTree.of(a_log(), 400).nodes
    assert LogTree.of(a_log(), 100, remembered).root() == ROOTS[100]


def test_a_leaf_that_no_tree_has_and_a_size_that_it_never_had_are_refused() -> None:
    tree = LogTree.of(a_log(), 20)
    for index in (-1, 20):
        with pytest.raises(IndexError):
            tree.inclusion_proofs([index])
    with pytest.raises(ValueError, match="never had 21"):
        tree.consistency_proof(21)


@pytest.fixture
def long_log(log: EventLog) -> EventLog:
    append(log, "action-1", *[note(f"Note {number}.") for number in range(100)])
    return log


def head_of(log: EventLog) -> tuple[int, bytes]:
    head = log.head()
    return head.size, head.frontier.root()


def test_a_tree_is_remembered_in_its_file(long_log: EventLog, tmp_path: Path) -> None:
    cache = tmp_path / "tree.cache"
    tree = tree_of(long_log, head_of(long_log), cache)
    written = cache.read_bytes()
    assert tree_of(long_log, head_of(long_log), cache).inclusion_proofs(
        [3, 99]
    ) == tree.inclusion_proofs([3, 99])
    assert cache.read_bytes() == written
    append(long_log, "action-1", *[note() for _ in range(40)])
    assert tree_of(long_log, head_of(long_log), cache).root() == head_of(long_log)[1]
    assert len(cache.read_bytes()) > len(written)


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "foreign", "folder"])
def test_a_damaged_file_costs_time_and_nothing_else(
    long_log: EventLog, tmp_path: Path, damage: str
) -> None:
    cache = tmp_path / "tree.cache"
    tree_of(long_log, head_of(long_log), cache)
    held = bytearray(cache.read_bytes())
    held[-1] ^= 1
    match damage:
        case "cut":
            cache.write_bytes(cache.read_bytes()[:-7])
        case "flipped":
            cache.write_bytes(held)
        case "empty":
            cache.write_bytes(b"")
        case "foreign":
            cache.write_bytes(b"x" * 500)
        case _:
            cache.unlink()
            cache.mkdir()
    assert tree_of(long_log, head_of(long_log), cache).root() == head_of(long_log)[1]


def test_a_file_that_was_made_for_another_log_is_found_out(
    long_log: EventLog, tmp_path: Path
) -> None:
    cache = tmp_path / "tree.cache"
    tree_of(a_log(), (400, ROOTS[400]), cache)
    assert tree_of(long_log, head_of(long_log), cache).root() == head_of(long_log)[1]
    tree_of(a_log(), (96, ROOTS[96]), cache)
    assert tree_of(long_log, head_of(long_log), cache).root() == head_of(long_log)[1]


def test_leaves_that_are_not_those_of_the_head_are_told(long_log: EventLog, tmp_path: Path) -> None:
    tamper(long_log, "UPDATE events SET leaf = body WHERE position = 50")
    with pytest.raises(TreeDiffers, match="goldthread verify"):
        tree_of(long_log, head_of(long_log), tmp_path / "tree.cache")


def test_an_entry_that_is_missing_is_named(long_log: EventLog, tmp_path: Path) -> None:
    head, cache = head_of(long_log), tmp_path / "tree.cache"
    tree_of(long_log, head, cache)
    tamper(long_log, "DELETE FROM events WHERE position = 50")
    with pytest.raises(LeavesMissing) as problem:
        tree_of(long_log, head, cache, afresh=True)
    assert problem.value.position == 50
    with pytest.raises(LeavesMissing, match="position 50"):
        tree_of(long_log, head, cache).inclusion_proofs([48])


def test_the_root_of_no_leaves_is_the_empty_root(log: EventLog, tmp_path: Path) -> None:
    assert tree_of(log, head_of(log), tmp_path / "tree.cache").root() == EMPTY_ROOT


def test_nodes_of_another_length_than_their_number_are_refused() -> None:
    with pytest.raises(ValueError, match="take 96 bytes, not 64"):
        BlockNodes.from_bytes(2, bytes(64))
