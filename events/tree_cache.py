"""Remembering the tree of a log in a file, so that a proof does not read every leaf again.

The file is worth no trust and needs none: a tree that comes out of it is held against the head of
the log, and every proof against the root that it proves. Deleting it costs nothing but time.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final
from zlib import crc32

from events.reading import Reader
from events.tree import BlockNodes, LogTree, Progress

_FORM: Final = b"goldthread tree 1\n"
_HEADER: Final = struct.Struct(f">{len(_FORM)}sQI")
"""Form, number of blocks, and a checksum against accidents of what follows."""


class TreeDiffers(RuntimeError):
    """The leaves that are stored are not those of the head of the log."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(
            f"The {size} entries of the record are not those that its head speaks of, so nothing"
            " can be proved. Run 'goldthread verify', which names what is wrong."
        )


def tree_of(
    log: Reader,
    head: tuple[int, bytes],
    cache: Path,
    *,
    afresh: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> LogTree:
    """Return the tree of a log up to a head, a size and a root, and remember it.

    `afresh`: every leaf is read, whatever was remembered. Raises `TreeDiffers` when the leaves that
    are stored do not have that root, `LeavesMissing`.
    """
    size, root = head
    nodes = None if afresh else _remembered(cache)
    before = nodes.blocks if nodes is not None else 0
    tree = LogTree.of(log, size, nodes, progress)
    if tree.root() != root and before:
        before = 0
        tree = LogTree.of(log, size, None, progress)
    if tree.root() != root:
        raise TreeDiffers(size)
    if afresh or tree.nodes.blocks != before:
        _remember(tree.nodes, cache)
    return tree


def _remembered(cache: Path) -> BlockNodes | None:
    try:
        held = cache.read_bytes()
        form, blocks, checksum = _HEADER.unpack_from(held)
        stored = memoryview(held)[_HEADER.size :]
        fits = form == _FORM and crc32(stored) == checksum
        return BlockNodes.from_bytes(blocks, stored) if fits else None
    except (OSError, struct.error, ValueError):
        return None


def _remember(nodes: BlockNodes, cache: Path) -> None:
    stored = nodes.to_bytes()
    header = _HEADER.pack(_FORM, nodes.blocks, crc32(stored))
    fresh = cache.with_name(f"{cache.name}.new")
    try:
        fresh.write_bytes(header + stored)
        fresh.replace(cache)
    except OSError:
        # Whoever may only read the record's folder still gets the proof.
        return
