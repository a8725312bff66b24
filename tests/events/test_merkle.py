from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from events.merkle import EMPTY_ROOT, Frontier, leaf_hash, node_hash, root_of, subtree_roots

LEAVES = [leaf_hash(b"record %d" % number) for number in range(130)]


def test_the_hashes_are_those_of_rfc_6962() -> None:
    assert sha256(b"").digest() == EMPTY_ROOT == root_of([])
    assert leaf_hash(b"body") == sha256(b"\x00body").digest()
    assert node_hash(b"l" * 32, b"r" * 32) == sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()


@pytest.mark.parametrize("size", range(130))
def test_the_frontier_has_the_root_of_the_whole_tree(size: int) -> None:
    frontier = Frontier().extend(LEAVES[:size])
    assert frontier.size == size
    assert frontier.root() == root_of(LEAVES[:size])
    assert frontier.roots == subtree_roots(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, 65))
def test_another_implementation_computes_the_same_root(size: int) -> None:
    tree = InmemoryTree(algorithm="sha256")
    for number in range(size):
        tree.append_entry(b"record %d" % number)
    assert tree.get_root() == root_of(LEAVES[:size])


@given(st.lists(st.integers(0, 40), max_size=6))
def test_a_tree_may_grow_in_any_steps(steps: list[int]) -> None:
    frontier = Frontier()
    for step in steps:
        leaves = [
            leaf_hash(b"%d" % number) for number in range(frontier.size, frontier.size + step)
        ]
        frontier = frontier.extend(leaves)
    whole = [leaf_hash(b"%d" % number) for number in range(sum(steps))]
    assert frontier == Frontier().extend(whole)
    assert frontier.root() == root_of(whole)
    assert Frontier.from_bytes(frontier.size, frontier.to_bytes()) == frontier


@pytest.mark.parametrize("stored", [b"", b"x" * 31, b"x" * 33, b"x" * 96])
def test_a_stored_frontier_that_does_not_fit_its_size_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="a tree of 5 leaves has 2 subtrees"):
        Frontier.from_bytes(5, stored)
