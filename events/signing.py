"""Signing the head of the log, never against a head that was signed before.

The high-water file holds the largest head that was ever signed. It stands outside the database, so
a database that was rolled back or rewritten gets no signature.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from events.checkpoint import Checkpoint, fingerprint
from events.merkle import EMPTY_ROOT
from events.origins import Origins, origins_of
from events.proofs import extends
from events.reading import Head, Reader
from events.signed_note import NoteRefused, SigningKey, VerifierKey, open_note
from events.tree import LeavesMissing, LogTree


class HistoryRewritten(RuntimeError):
    """The log is smaller than, or does not extend, a head that was signed before."""

    def __init__(self, signed: HighWater, head: Checkpoint, what: str) -> None:
        self.signed, self.head, self.what = signed, head, what
        super().__init__(
            f"The head of the log is not signed: {what}. Signed before: {signed.size} events,"
            f" {fingerprint(signed.root)}; now: {head.size} events, {fingerprint(head.root)}."
            " Find out who restored or changed the database before anything else is written."
        )


class BadHighWater(ValueError):
    """The high-water file cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} does not hold the head that was signed last. Restore the file from a copy;"
            " without it nothing shows that the log still extends what was signed."
        )


class KeyOfAnotherLog(ValueError):
    """A signing key is named for another log than the one that it should sign."""

    def __init__(self, name: str, origin: str) -> None:
        self.name, self.origin = name, origin
        super().__init__(
            f"The signing key is that of the record '{name}', and this one is '{origin}'. Name the"
            " file of this record's own key as key in [files] of the configuration, or restore it"
            " from its copy."
        )


@dataclass(frozen=True, slots=True)
class HighWater:
    """The largest head that was signed: how many events, and the root of their tree."""

    size: int
    root: bytes

    @classmethod
    def read(cls, path: Path) -> HighWater:
        """Read the file; the empty log when there is none yet. Raises `BadHighWater`."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            return cls(int(held["size"]), bytes.fromhex(held["root"]))
        except FileNotFoundError:
            return cls(0, EMPTY_ROOT)
        except (ValueError, TypeError, KeyError) as problem:
            raise BadHighWater(path) from problem

    def write(self, path: Path) -> None:
        """Replace the file at once: a crash leaves the old one or the new one, never half."""
        fresh = path.with_name(f"{path.name}.new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"size": self.size, "root": self.root.hex()}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)


class Signed(NamedTuple):
    """A head that was signed just now, the signed note, and the tree that it is the head of."""

    head: Checkpoint
    note: str
    tree: LogTree


def sign_head(log: Reader, key: SigningKey, high_water: Path) -> str:
    """Return the log's head as a signed note, the checkpoint that a scrutineer keeps.

    `high_water`: the file of the largest head that was signed; it is moved up before the note is
    handed out. Raises `HistoryRewritten` when the log does not extend that head, `BadHighWater`,
    `KeyOfAnotherLog`.
    """
    return sign_tree(log, key, high_water, lambda head: LogTree.of(log, head.size)).note


def sign_tree(
    log: Reader, key: SigningKey, high_water: Path, tree_of: Callable[[Head], LogTree]
) -> Signed:
    """Sign the log's head as `sign_head` does, and return the tree that it is the head of.

    `tree_of`: makes the tree up to a head, once nobody else signs. Raises `KeyOfAnotherLog` for a
    key whose name is none of the origins that the log ever had.
    """
    with _locked(high_water):
        stored = log.head()
        head = Checkpoint(stored.origin, stored.size, stored.frontier.root())
        signed = HighWater.read(high_water)
        _require_own(key, head.origin, log)
        tree = _extending_tree(signed, head, lambda: tree_of(stored))
        note = key.sign(head.to_text())
        HighWater(head.size, head.root).write(high_water)
        return Signed(head, note, tree)


def signer_of(note: str, verifier: VerifierKey, origins: Origins) -> VerifierKey:
    """Return a key under the name by which it signed a note.

    A key has its log's origin for a name, and another one from where the log was continued on: what
    it signed before stays true. Where it signed under no such name, the key itself comes back.
    """
    for name in origins.names:
        known = VerifierKey(name, verifier.public)
        with suppress(NoteRefused):
            open_note(note, known)
            return known
    return verifier


def read_signed(note: str, verifier: VerifierKey) -> Checkpoint:
    """Return the checkpoint that a signed note holds. Raises `NoteRefused`, `NotACheckpoint`."""
    return Checkpoint.of_text(open_note(note, verifier))


def checkpoint_of(log: Reader) -> Checkpoint:
    """Return the log's head as a checkpoint. Raises `NoLog`."""
    head = log.head()
    return Checkpoint(head.origin, head.size, head.frontier.root())


def _require_own(key: SigningKey, origin: str, log: Reader) -> None:
    if key.name != origin and key.name not in origins_of(log).names:
        raise KeyOfAnotherLog(key.name, origin)


def _extending_tree(signed: HighWater, head: Checkpoint, tree_of: Callable[[], LogTree]) -> LogTree:
    if head.size < signed.size:
        raise HistoryRewritten(signed, head, "the log is smaller than one that was signed before")
    try:
        tree = tree_of()
        proof = tree.consistency_proof(signed.size)
    except LeavesMissing as problem:
        raise HistoryRewritten(signed, head, "events are missing") from problem
    if not extends((signed.size, signed.root), (head.size, head.root), proof):
        raise HistoryRewritten(signed, head, "it does not extend one that was signed before")
    if tree.root() != head.root:
        raise HistoryRewritten(signed, head, "its events are not those that its head speaks of")
    return tree


@contextmanager
def _locked(high_water: Path) -> Iterator[None]:
    with high_water.with_name(f"{high_water.name}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
