from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from events.merkle import EMPTY_ROOT, leaf_hash, root_of
from events.proofs import consistency_proof, extends, includes, inclusion_proof

LEAVES = [leaf_hash(b"record %d" % number) for number in range(65)]
ROOTS = [root_of(LEAVES[:size]) for size in range(66)]
SIZES = range(1, 65)


def flipped(node: bytes) -> bytes:
    return bytes([node[0] ^ 1]) + node[1:]


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_of_a_tree_is_proved_to_be_in_it(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(index, LEAVES[:size])
        assert includes(LEAVES[index], index, size, proof, ROOTS[size])


@pytest.mark.parametrize("size", SIZES)
def test_a_tree_is_proved_to_extend_each_of_its_beginnings(size: int) -> None:
    for old_size in range(size + 1):
        proof = consistency_proof(old_size, LEAVES[:size])
        assert extends((old_size, ROOTS[old_size]), (size, ROOTS[size]), proof)


@given(st.data())
def test_no_other_leaf_place_size_root_or_proof_passes_for_inclusion(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 64))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, LEAVES[:size])
    leaf, root = LEAVES[index], ROOTS[size]
    other = data.draw(st.integers(-1, 65).filter(lambda at: at != index))
    assert not includes(flipped(leaf), index, size, proof, root)
    assert not includes(leaf, other, size, proof, root)
    assert not includes(leaf, index, size, proof, flipped(root))
    for wrong in tampered(proof, data):
        assert not includes(leaf, index, size, wrong, root)


@given(st.data())
def test_no_other_root_or_proof_passes_for_consistency(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 64))
    old_size = data.draw(st.integers(1, size - 1))
    proof = consistency_proof(old_size, LEAVES[:size])
    old, new = (old_size, ROOTS[old_size]), (size, ROOTS[size])
    assert not extends((old_size, flipped(old[1])), new, proof)
    assert not extends(old, (size, flipped(new[1])), proof)
    assert not extends(new, old, proof)
    for wrong in tampered(proof, data):
        assert not extends(old, new, wrong)


def tampered(proof: Sequence[bytes], data: st.DataObject) -> list[list[bytes]]:
    wrong = [[*proof, LEAVES[0]], [LEAVES[0], *proof]]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        wrong += [
            [*proof[:at], flipped(proof[at]), *proof[at + 1 :]],
            [*proof[:at], *proof[at + 1 :]],
        ]
    return wrong


def test_every_log_extends_the_empty_one() -> None:
    assert extends((0, EMPTY_ROOT), (7, ROOTS[7]), [])
    assert not extends((0, ROOTS[1]), (7, ROOTS[7]), [])
    assert not extends((0, EMPTY_ROOT), (7, ROOTS[7]), [LEAVES[0]])


def test_the_same_tree_needs_no_proof() -> None:
    assert extends((7, ROOTS[7]), (7, ROOTS[7]), [])
    assert not extends((7, ROOTS[7]), (7, ROOTS[6]), [])
    assert not extends((7, ROOTS[7]), (7, ROOTS[7]), [LEAVES[0]])


@pytest.mark.parametrize("index", [-1, 7])
def test_a_leaf_that_is_not_there_cannot_be_proved(index: int) -> None:
    with pytest.raises(IndexError, match="a tree of 7 leaves has none at"):
        inclusion_proof(index, LEAVES[:7])


@pytest.mark.parametrize("old_size", [-1, 8])
def test_a_size_that_never_was_cannot_be_proved(old_size: int) -> None:
    with pytest.raises(ValueError, match="a tree of 7 leaves never had"):
        consistency_proof(old_size, LEAVES[:7])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21, 64])
def test_another_implementation_proves_inclusion_by_the_same_path(size: int) -> None:
    tree = InmemoryTree(algorithm="sha256")
    for number in range(size):
        tree.append_entry(b"record %d" % number)
    for index in range(size):
        path = [bytes.fromhex(node) for node in tree.prove_inclusion(index + 1).serialize()["path"]]
        assert path[1:] == inclusion_proof(index, LEAVES[:size])
