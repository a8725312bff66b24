"""The tree of a whole log: any root or proof in it, without reading all leaves again.

The roots of all blocks of 16 leaves and every perfect subtree above them are remembered: four
bytes for each leaf. The leaves below are read from the log when a proof needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final

from events.merkle import EMPTY_ROOT, HASH_BYTES, node_hash
from events.proofs import Span, consistency_path, half_of, inclusion_path
from events.reading import Reader

BLOCK_LEVEL: Final = 4
BLOCK_LEAVES: Final = 1 << BLOCK_LEVEL
_PAGE_LEAVES: Final = 8_192
_LEAVES_AT_ONCE: Final = 32 * BLOCK_LEAVES

_RANGE: Final = "SELECT leaf FROM events WHERE position > ? AND position <= ? ORDER BY position"
_POSITIONS: Final = "SELECT position FROM events WHERE position > ? AND position <= ?"
_MARKS: Final = ", ".join("?" * _LEAVES_AT_ONCE)
_SOME: Final = f"SELECT position, leaf FROM events WHERE position IN ({_MARKS})"  # noqa: S608

Progress = Callable[[int, int], None]
"""Is told how many leaves are read, and of how many."""


class LeavesMissing(RuntimeError):
    """Rows of the log are gone, so that its tree cannot be computed."""

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(
            f"The entry at position {position} is missing, so nothing can be proved. Run"
            " 'goldthread verify', which names what is wrong."
        )


class BlockNodes:
    """The nodes above the blocks of a tree: in each level one hash after the other."""

    def __init__(self) -> None:
        self.levels: list[bytearray | memoryview] = [bytearray()]

    @classmethod
    def from_bytes(cls, blocks: int, stored: bytes | memoryview) -> BlockNodes:
        """Read what `to_bytes` gave for so many blocks. Raises `ValueError` for another length."""
        found = cls()
        found.levels.clear()
        whole, at = memoryview(stored), 0
        while blocks or not found.levels:
            past = at + blocks * HASH_BYTES
            found.levels.append(whole[at:past])
            at, blocks = past, blocks // 2
        if at != len(stored):
            message = f"the nodes take {at} bytes, not {len(stored)}"
            raise ValueError(message)
        return found

    def to_bytes(self) -> bytes:
        """Return the nodes of each level, the lowest first."""
        return b"".join(self.levels)

    @property
    def blocks(self) -> int:
        """Return how many blocks there are."""
        return len(self.levels[0]) // HASH_BYTES

    def node(self, level: int, index: int) -> bytes:
        """Return the root of the perfect subtree of `2 ** level` leaves at a place in its level."""
        at = index * HASH_BYTES
        return bytes(self.levels[level - BLOCK_LEVEL][at : at + HASH_BYTES])

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add some whole blocks of leaves."""
        nodes = list(leaves)
        for _ in range(BLOCK_LEVEL):
            nodes = [_pair(left + right) for left, right in zip(nodes[::2], nodes[1::2])]  # noqa: B905
        levels = [
            level if isinstance(level, bytearray) else bytearray(level) for level in self.levels
        ]
        levels[0] += b"".join(nodes)
        _rise(levels)
        self.levels = [*levels]


class LogTree:
    """The tree over the first `size` leaves of a log.

    `nodes` may be remembered from earlier, and are trusted: hold the root against one that is.
    """

    def __init__(self, log: Reader, size: int, nodes: BlockNodes) -> None:
        self.size: Final = size
        self.nodes: Final = nodes
        self._log = log
        self._leaves: dict[int, bytes] = {}
        self._known: dict[Span, bytes] = {}

    @classmethod
    def of(
        cls,
        log: Reader,
        size: int,
        nodes: BlockNodes | None = None,
        progress: Progress = lambda _done, _total: None,
    ) -> LogTree:
        """Read every leaf that no remembered node covers. Raises `LeavesMissing`."""
        found = nodes if nodes is not None and nodes.blocks * BLOCK_LEAVES <= size else BlockNodes()
        whole = size // BLOCK_LEAVES * BLOCK_LEAVES
        for after in range(found.blocks * BLOCK_LEAVES, whole, _PAGE_LEAVES):
            until = min(after + _PAGE_LEAVES, whole)
            found.extend(leaves_of(log, after, until))
            progress(until, size)
        tree = cls(log, size, found)
        rest = leaves_of(log, whole, size)
        tree._leaves |= dict(enumerate(rest, start=whole))
        return tree

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        return self.root_of((0, self.size)) if self.size else EMPTY_ROOT

    def root_at(self, size: int) -> bytes:
        """Return the root that the tree had at an earlier size. Raises `ValueError`.

        As worthy of trust as the nodes are: hold a consistency proof against it (see `extends`).
        """
        if not 0 <= size <= self.size:
            message = f"a tree of {self.size} leaves had no {size}"
            raise ValueError(message)
        if not size:
            return EMPTY_ROOT
        self._read_blocks([size - 1])
        return self.root_of((0, size))

    def inclusion_proofs(self, indexes: Sequence[int]) -> list[list[bytes]]:
        """Return the inclusion proof of each leaf, counted from 0. Raises `IndexError`."""
        paths = [inclusion_path(index, self.size) for index in indexes]
        self._read_blocks(indexes)
        return [[self.root_of(span) for span in path] for path in paths]

    def consistency_proof(self, old_size: int) -> list[bytes]:
        """Return the proof that the tree extends its first leaves. Raises `ValueError`."""
        path = consistency_path(old_size, self.size)
        self._read_blocks([old_size - 1] if path else [])
        return [self.root_of(span) for span in path]

    def root_of(self, span: Span) -> bytes:
        """Return the root of the subtree over some leaves, as it stands in a tree."""
        first, past = span
        leaves = past - first
        level = leaves.bit_length() - 1
        if leaves == 1 << level and level >= BLOCK_LEVEL and first % leaves == 0:
            return self.nodes.node(level, first >> level)
        if leaves == 1:
            return self._leaves[first]
        found = self._known.get(span)
        if found is None:
            middle = first + half_of(leaves)
            found = node_hash(self.root_of((first, middle)), self.root_of((middle, past)))
            self._known[span] = found
        return found

    def _read_blocks(self, indexes: Iterable[int]) -> None:
        """Read the leaves of the blocks in which some leaves stand."""
        blocks = sorted({index // BLOCK_LEAVES for index in indexes})
        wanted = [
            index
            for block in blocks
            for index in range(block * BLOCK_LEAVES, min((block + 1) * BLOCK_LEAVES, self.size))
            if index not in self._leaves
        ]
        for some in _in_portions(wanted):
            padded = [index + 1 for index in some] + [0] * (_LEAVES_AT_ONCE - len(some))
            rows = self._log.query(_SOME, tuple(padded))
            self._leaves |= {position - 1: bytes(leaf) for position, leaf in rows}
            missing = [index for index in some if index not in self._leaves]
            if missing:
                raise LeavesMissing(missing[0] + 1)


def leaves_of(log: Reader, after: int, until: int) -> list[bytes]:
    """Return the leaves of positions above `after` up to `until`. Raises `LeavesMissing`."""
    if after == until:
        return []
    leaves = [bytes(leaf) for (leaf,) in log.query(_RANGE, (after, until))]
    if len(leaves) != until - after:
        stored = log.query(_POSITIONS, (after, until))
        there = {position for (position,) in stored}
        gone = (position for position in range(after + 1, until + 1) if position not in there)
        raise LeavesMissing(next(gone, until))
    return leaves


def _rise(levels: list[bytearray]) -> None:
    """Compute in each level the nodes over what came to the level below."""
    two = 2 * HASH_BYTES
    level = 0
    while len(below := levels[level]) >= two:
        if level + 1 == len(levels):
            levels.append(bytearray())
        begin, end = 2 * len(levels[level + 1]), len(below) // two * two
        fresh = [_pair(below[at : at + two]) for at in range(begin, end, two)]
        levels[level + 1] += b"".join(fresh)
        level += 1


def _pair(both: bytes | bytearray) -> bytes:
    return sha256(b"\x01" + both).digest()


def _in_portions(indexes: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(indexes), _LEAVES_AT_ONCE):
        yield indexes[at : at + _LEAVES_AT_ONCE]
