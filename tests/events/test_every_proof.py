"""All proofs of all trees up to 256 leaves, beside the RFC's definition and others' vectors."""

from __future__ import annotations

import pytest
from pymerkle import InmemoryTree

from events.merkle import EMPTY_ROOT, leaf_hash, root_of
from events.proofs import consistency_path, extends, includes, inclusion_path
from events.tree import LogTree
from interfaces.proof.verify_pack import Head, is_extended, is_included
from tests.events.bare_leaves import BareLeaves
from tests.events.rfc6962 import Definition

MOST = 256
ENTRIES = [b"record %d" % number for number in range(MOST)]
RFC = Definition(ENTRIES)
LOG = BareLeaves([leaf_hash(entry) for entry in ENTRIES])

PUBLISHED_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The entries of the test vectors of the Certificate Transparency project, with their roots."""

PUBLISHED_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
_96A2 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_5F08 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_6B47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_BC1A = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_CA85 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_0EBC = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
PUBLISHED_INCLUSION = {
    (0, 1): [],
    (0, 8): [_96A2, _5F08, _6B47],
    (5, 8): [_BC1A, _CA85, PUBLISHED_ROOTS[3]],
    (2, 3): [PUBLISHED_ROOTS[1]],
    (1, 5): [PUBLISHED_ROOTS[0], _5F08, _BC1A],
}
"""By leaf (from 0) and size."""

PUBLISHED_CONSISTENCY = {
    (1, 1): [],
    (1, 8): [_96A2, _5F08, _6B47],
    (6, 8): [_0EBC, _CA85, PUBLISHED_ROOTS[3]],
    (2, 5): [_5F08, _BC1A],
}
"""By old and new size."""


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_inclusion_proof_is_that_of_the_rfc_and_passes_in_both_verifiers(size: int) -> None:
    root = RFC.mth(0, size)
    proofs = LogTree.of(LOG, size).inclusion_proofs(range(size))
    head = Head("example.org/record", size, root)
    for index, proof in enumerate(proofs):
        assert proof == RFC.path(index, 0, size)
        assert includes(leaf_hash(ENTRIES[index]), index, size, proof, root)
        assert is_included(ENTRIES[index], index + 1, head, proof)


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_consistency_proof_is_that_of_the_rfc_and_passes_in_both_verifiers(size: int) -> None:
    tree, root = LogTree.of(LOG, size), RFC.mth(0, size)
    head = Head("example.org/record", size, root)
    for old_size in range(1, size + 1):
        old_root = RFC.mth(0, old_size)
        proof = tree.consistency_proof(old_size)
        assert proof == ([] if old_size == size else RFC.proof(old_size, size))
        assert extends((old_size, old_root), (size, root), proof)
        assert is_extended(Head(head.origin, old_size, old_root), head, proof)


@pytest.mark.parametrize("size", [2, 3, 5, 8, 33, 100, 255])
def test_no_proof_of_another_place_or_size_passes_in_either_verifier(size: int) -> None:
    tree, root = LogTree.of(LOG, size), RFC.mth(0, size)
    head = Head("example.org/record", size, root)
    for index, proof in enumerate(tree.inclusion_proofs(range(size))):
        for other in {0, index - 1, index + 1, size - 1, size, 2 * size} - {index}:
            assert not includes(leaf_hash(ENTRIES[index]), other, size, proof, root)
            assert not is_included(ENTRIES[index], other + 1, head, proof)
    for old_size in range(1, size):
        proof, old_root = tree.consistency_proof(old_size), RFC.mth(0, old_size)
        for other in {0, old_size - 1, old_size + 1, size, size + 1} - {old_size}:
            assert not extends((other, old_root), (size, root), proof)
            assert not is_extended(Head(head.origin, other, old_root), head, proof)
        for wrong in ([], proof[:-1], proof[1:], [*proof, root]):
            assert not extends((old_size, old_root), (size, root), wrong)
            assert not is_extended(Head(head.origin, old_size, old_root), head, wrong)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 100, 255, 256])
def test_another_library_proves_inclusion_by_the_same_paths(size: int) -> None:
    tree = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES[:size]:
        tree.append_entry(entry)
    ours = LogTree.of(LOG, size).inclusion_proofs(range(size))
    for index, proof in enumerate(ours):
        path = tree.prove_inclusion(index + 1).serialize()["path"]
        assert [bytes.fromhex(node) for node in path][1:] == proof


def test_the_published_roots_and_proofs_of_certificate_transparency_are_ours() -> None:
    leaves = [leaf_hash(entry) for entry in PUBLISHED_ENTRIES]
    log = BareLeaves(leaves)
    assert root_of([]) == EMPTY_ROOT
    for size, root in enumerate(PUBLISHED_ROOTS, start=1):
        assert root_of(leaves[:size]).hex() == LogTree.of(log, size).root().hex() == root
    for (index, size), path in PUBLISHED_INCLUSION.items():
        (proof,) = LogTree.of(log, size).inclusion_proofs([index])
        assert [node.hex() for node in proof] == path
    for (old_size, size), nodes in PUBLISHED_CONSISTENCY.items():
        proof = LogTree.of(log, size).consistency_proof(old_size)
        assert [node.hex() for node in proof] == nodes


def test_a_proof_in_a_log_of_any_size_is_no_longer_than_its_height() -> None:
    for size in (10**6, 2**40, 2**40 + 1, 2**53):
        for index in (0, 1, size // 3, size - 1):
            assert len(inclusion_path(index, size)) <= (size - 1).bit_length()
            assert len(consistency_path(index + 1, size)) <= (size - 1).bit_length() + 1
