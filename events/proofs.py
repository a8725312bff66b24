"""Inclusion and consistency proofs over the tree of the log (RFC 6962, 2.1.1 and 2.1.2).

An inclusion proof shows that one record belongs to a log without the other records; a consistency
proof shows that a log still begins with everything that an earlier head covered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from events.merkle import EMPTY_ROOT, node_hash, subtree_roots

Span: TypeAlias = tuple[int, int]
"""Some leaves in a row whose root is wanted: the first one, counted from 0, and the one past."""


def inclusion_path(index: int, size: int) -> list[Span]:
    """Return over which leaves the nodes of an inclusion proof stand, the lowest node first.

    Raises `IndexError` when a tree of that size has no leaf at `index`.
    """
    if not 0 <= index < size:
        message = f"a tree of {size} leaves has none at {index}"
        raise IndexError(message)
    first, past = 0, size
    path: list[Span] = []
    while past - first > 1:
        middle = first + half_of(past - first)
        if index < middle:
            path.append((middle, past))
            past = middle
        else:
            path.append((first, middle))
            first = middle
    return path[::-1]


def consistency_path(old_size: int, size: int) -> list[Span]:
    """Return over which leaves the nodes of a consistency proof stand, in the proof's order.

    Empty when the old tree is empty or the same. Raises `ValueError` for an old size beyond.
    """
    if not 0 <= old_size <= size:
        message = f"a tree of {size} leaves never had {old_size}"
        raise ValueError(message)
    first, past = 0, size if old_size else 0
    path: list[Span] = []
    while past != old_size:
        middle = first + half_of(past - first)
        if old_size <= middle:
            path.append((middle, past))
            past = middle
        else:
            path.append((first, middle))
            first = middle
    return [*([(first, past)] if first else []), *path[::-1]]


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the audit path of the leaf at `index`, counted from 0, the lowest node first.

    Raises `IndexError` when the tree has no such leaf.
    """
    return [_root(leaves[first:past]) for first, past in inclusion_path(index, len(leaves))]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a proof shows that a leaf stands at `index` in the tree of that size and root.

    Source of the procedure: RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(step, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, step)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the nodes that show that the tree over `leaves` extends its first `old_size` leaves.

    Empty when the old tree is empty or the same. Raises `ValueError` for an old size beyond.
    """
    return [_root(leaves[first:past]) for first, past in consistency_path(old_size, len(leaves))]


def extends(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that the new tree begins with the old one; each a size and a root.

    Source of the procedure: RFC 9162, 2.1.4.2.
    """
    (old_size, old_root), (new_size, new_root) = old, new
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size > new_size or not proof:
        return False
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    ours = theirs = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            ours, theirs = node_hash(step, ours), node_hash(step, theirs)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            theirs = node_hash(theirs, step)
        at, last = at >> 1, last >> 1
    return last == 0 and ours == old_root and theirs == new_root


def half_of(size: int) -> int:
    """Return how many of some leaves the left subtree holds: the largest power of two below."""
    return 1 << ((size - 1).bit_length() - 1)


def _root(leaves: Sequence[bytes]) -> bytes:
    root, *others = reversed(subtree_roots(leaves))
    for left in others:
        root = node_hash(left, root)
    return root
