"""Heads of the log that somebody else holds: a file each, in a folder outside the database.

The folder is a memory aid and protects nothing: whoever can rewrite the record can empty it. What
protects is the copy that the other keeps. A head that is handed back is entered here so that each
verification looks whether the log still extends it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from events.checkpoint import Checkpoint, NotACheckpoint
from events.origins import Origins
from events.proofs import extends
from events.signed_note import NotAKey, NoteRefused, VerifierKey, open_note
from events.tree import LogTree

_FILE = re.compile(r"[0-9]{10,}-[0-9a-f]{16}-[1-9][0-9]*\.json")


class BadHeldHead(ValueError):
    """A file among the heads that others hold cannot be believed."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            f"{path} is no head that somebody holds ({why}). Somebody or something changed it: ask"
            " whoever holds the head for their copy, remove the file, and enter the copy with"
            " 'goldthread held add'."
        )


@dataclass(frozen=True, slots=True)
class HeldHead:
    """A signed head that somebody keeps. `holder`: who, in their words; `added_on`: civil date."""

    checkpoint: Checkpoint
    note: str
    verifier: VerifierKey
    added_on: dt.date
    holder: str | None = None

    @classmethod
    def of_note(
        cls, note: str, verifier: VerifierKey, added_on: dt.date, holder: str | None = None
    ) -> HeldHead:
        """Read a signed note. Raises `NoteRefused`, `NotACheckpoint`."""
        checkpoint = Checkpoint.of_text(open_note(note, verifier))
        return cls(checkpoint, note, verifier, added_on, holder)


def add_held(folder: Path, held: HeldHead) -> bool:
    """Keep a head; False when the same one of the same holder is kept already.

    Raises `BadHeldHead` for what is in the folder, `OSError`.
    """
    there = held_heads(folder)
    if any((one.checkpoint, one.holder) == (held.checkpoint, held.holder) for one in there):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = held.checkpoint
    name = f"{checkpoint.size:010}-{checkpoint.root.hex()[:16]}"
    path = folder / f"{name}-{len(list(folder.glob(f'{name}-*.json'))) + 1}.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(_plain(held), indent=1, ensure_ascii=False) + "\n", "utf-8")
    fresh.replace(path)
    return True


def held_heads(folder: Path) -> list[HeldHead]:
    """Return the heads that are kept, the smallest first. Raises `BadHeldHead`."""
    if not folder.is_dir():
        return []
    paths = sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name))
    return sorted(map(_read, paths), key=lambda one: one.checkpoint.size)


@dataclass(frozen=True, slots=True)
class NotExtended:
    """A head that the log does not extend. `sound`: up to where it extends a smaller head.

    `how`: the head is of another log, or has more events than there are, or other ones.
    """

    head: Checkpoint
    sound: int
    how: Literal["another_log", "cut_short", "rewritten"]


def first_not_extended(
    tree: LogTree, origins: Origins, heads: Iterable[Checkpoint]
) -> NotExtended | None:
    """Return the smallest head that a log with that tree does not extend, None if it does all.

    Heads of entries that a restore lost, as the log itself says, are left out. The proof is held
    against both roots, so that the tree's lower nodes need not be trusted.
    """
    new = (tree.size, tree.root())
    sound = 0
    for head in sorted(heads, key=lambda one: one.size):
        place = origins.place_of(head)
        if place == "another_log":
            return NotExtended(head, sound, "another_log")
        if place == "lost":
            continue
        if head.size > tree.size:
            return NotExtended(head, tree.size, "cut_short")
        if not extends((head.size, head.root), new, tree.consistency_proof(head.size)):
            return NotExtended(head, sound, "rewritten")
        sound = head.size
    return None


def _plain(held: HeldHead) -> dict[str, Any]:
    return {
        "added_on": held.added_on.isoformat(),
        "from": held.holder,
        "key": held.verifier.to_text(),
        "note": held.note,
    }


def _read(path: Path) -> HeldHead:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        verifier = VerifierKey.of_text(plain["key"])
        holder = plain["from"]
        if not isinstance(holder, str | None):
            raise BadHeldHead(path, "'from' is not a text")
        added_on = dt.date.fromisoformat(plain["added_on"])
        return HeldHead.of_note(plain["note"], verifier, added_on, holder)
    except (NoteRefused, NotACheckpoint, NotAKey) as problem:
        raise BadHeldHead(path, problem.what) from problem
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        if isinstance(problem, BadHeldHead):
            raise
        raise BadHeldHead(path, "it cannot be read") from problem
