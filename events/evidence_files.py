"""The bytes of evidence: a table beside the events that keeps each file once, under its SHA-256.

They are stored in the transaction of the event that names them, so that one is never there without
the other, and leave only when an event says by whose authority. Triggers refuse everything else.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final, Protocol

from events.sessions import Change, Insert, Row

FILES: Final = Insert("evidence_file", (("sha256", "text"), ("content", "bytea")))

TAKE_FILE_AWAY: Final = "DELETE FROM evidence_file WHERE sha256 = ?"

_IS_STORED: Final = "SELECT 1 FROM evidence_file WHERE sha256 = ?"
_CONTENT: Final = "SELECT content FROM evidence_file WHERE sha256 = ?"


class Asks(Protocol):
    """A reader of the log, or a transaction."""

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run a statement that reads; `?` stands for a parameter."""


class FileDiffers(RuntimeError):
    """What is stored under a hash are not the bytes that were handed in, or none are."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            "What is stored of this file is not what was handed in, so it is not given out. Run"
            " 'goldthread verify': it names every file that is missing or was changed."
        )


def is_stored(asked: Asks, digest: str) -> bool:
    """Tell whether the bytes of a hash are stored."""
    return bool(asked.query(_IS_STORED, (digest,)))


def storing(asked: Asks, content: bytes) -> Change:
    """Return the change that stores some bytes; an empty one where they are stored already."""
    digest = sha256(content).hexdigest()
    return Change(FILES, [] if is_stored(asked, digest) else [(digest, content)])


def content_of(asked: Asks, digest: str) -> bytes:
    """Return the bytes of a hash, compared with it. Raises `FileDiffers`."""
    rows = asked.query(_CONTENT, (digest,))
    content = bytes(rows[0][0]) if rows and not isinstance(rows[0][0], str) else b""
    if sha256(content).hexdigest() != digest:
        raise FileDiffers(digest)
    return content
