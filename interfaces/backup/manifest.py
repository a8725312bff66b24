"""The manifest of a backup: what is in it, signed where the key is at hand.

Its first line is no checkpoint's, so that a signature under one never passes for the other.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, Self

from events.merkle import HASH_BYTES
from events.signed_note import NoteRefused, SigningKey, VerifierKey, open_note
from interfaces.backup.refusing import BadBackup

_FORM: Final = "goldthread backup 1"

Database = Literal["sqlite", "postgresql"]
SignedBy = Literal["us", "nobody", "unknown"]
"""Who signed a manifest: the holder of our key; nobody; that cannot be told without our key."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `size`, `root`: the head of the record in it. `recorded_at`: of its last entry; `taken_at`: when
    it was made, both instants in UTC. `sha256`, `length`: of the copy of the database, in bytes.
    """

    database: Database
    origin: str
    size: int
    root: str
    recorded_at: str
    taken_at: str
    sha256: str
    length: int

    def to_note(self, key: SigningKey | None) -> str:
        """Return the manifest as a text, signed if there is a key."""
        text = f"{_FORM}\n{json.dumps(asdict(self), sort_keys=True)}\n"
        return key.sign(text) if key is not None else text

    @classmethod
    def of_note(cls, note: str, key: SigningKey | None) -> tuple[Self, SignedBy]:
        """Read a manifest, and tell who signed it.

        Raises `BadBackup` for what is no manifest, or was signed by another key than ours.
        """
        text, blank, _ = note.partition("\n\n")
        form, _, line = text.partition("\n")
        if form != _FORM:
            raise BadBackup("This file is no backup that this release of Goldthread can read.")
        found = cls._of_line(line)
        if not blank:
            return found, "nobody"
        if key is None:
            return found, "unknown"
        _require_ours(note, found.origin, key)
        return found, "us"

    @classmethod
    def _of_line(cls, line: str) -> Self:
        try:
            found = cls(**json.loads(line))
            _require_kinds(asdict(found))
        except (ValueError, TypeError) as problem:
            raise BadBackup(f"The manifest of this backup cannot be read: {problem}.") from problem
        return found


def _require_kinds(plain: dict[str, Any]) -> None:
    for name, value in plain.items():
        wanted = int if name in {"size", "length"} else str
        if type(value) is not wanted:
            message = f"'{name}' is {value!r}"
            raise ValueError(message)
    if plain["size"] < 1 or len(bytes.fromhex(plain["root"])) != HASH_BYTES:
        message = "it names no head of a record"
        raise ValueError(message)
    if plain["database"] not in {"sqlite", "postgresql"}:
        message = f"it is of a '{plain['database']}' database"
        raise ValueError(message)


def _require_ours(note: str, origin: str, key: SigningKey) -> None:
    # The same key was known under the record's earlier origin when an older backup was made.
    public = key.verifier.public
    said = [_refused(note, VerifierKey(name, public)) for name in dict.fromkeys((key.name, origin))]
    if None not in said:
        raise BadBackup(
            "The manifest of this backup was not signed with this record's key:"
            f" {said[0]}. It may have been changed, or the key here is another. Take another"
            " backup, or the right key."
        )


def _refused(note: str, verifier: VerifierKey) -> str | None:
    try:
        open_note(note, verifier)
    except NoteRefused as problem:
        return problem.what
    return None
