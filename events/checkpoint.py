"""Checkpoints: the head of the log as a C2SP tlog-checkpoint, the text that is signed and held.

See https://c2sp.org/tlog-checkpoint. Three lines: the log's origin, the number of events in
decimal, the root of the tree in base 64.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from events.merkle import HASH_BYTES

_SHORT_DIGITS = 16
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NotACheckpoint(ValueError):
    """Some text is not a checkpoint."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"This is not a checkpoint of a log: {what}. Ask for it once more.")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at some moment: whose it is, how many events it had, and the root of its tree."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """Return the three lines, each ended by a newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def of_text(cls, text: str) -> Checkpoint:
        """Read the lines, leaving extensions after the third alone. Raises `NotACheckpoint`."""
        lines = text.split("\n")
        if lines.pop() or "" in lines or len(lines) < len(cls.__slots__):
            raise NotACheckpoint("it takes three lines, each ended by a newline")
        origin, size, root = lines[:3]
        if not _SIZE.fullmatch(size):
            raise NotACheckpoint(f"'{size}' is not a number of events")
        return cls(origin, int(size), _read_root(root))


def fingerprint(root: bytes) -> str:
    """Return a root as short words to read out over the telephone: `ab12 cd34 …`, eight of them.

    Half of the hash: enough to compare two copies, never to be stored instead of the root.
    """
    return _in_fours(root.hex()[:HASH_BYTES])


def short_fingerprint(root: bytes) -> str:
    """Return the first 64 bits of a root as four words, `ab12 cd34 ef56 7890`.

    For the foot of an email, a report or an export, where it stands beside the size. Whoever kept
    it can tell later whether the log still had that head.
    """
    return _in_fours(root.hex()[:_SHORT_DIGITS])


def record_line(size: int, root: bytes) -> str:
    """Return the one line that names a head: `Record 1234 · ab12 cd34 ef56 7890`."""
    return f"Record {size} · {short_fingerprint(root)}"


def _in_fours(digits: str) -> str:
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _read_root(line: str) -> bytes:
    try:
        root = base64.b64decode(line, validate=True)
    except binascii.Error as problem:
        raise NotACheckpoint(f"'{line}' is not a hash in base 64") from problem
    if len(root) != HASH_BYTES or base64.b64encode(root).decode() != line:
        raise NotACheckpoint(f"'{line}' is not a hash of {HASH_BYTES} bytes in base 64")
    return root
