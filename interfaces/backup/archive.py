"""A backup's one file: a zip of the manifest and the copy of the database."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EINVAL
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final

from interfaces.backup.refusing import BadBackup
from interfaces.backup.whole_files import sync_folder

_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError),
    RuntimeError,  # What zipfile raises for methods and passwords that it does not know.
)
_MANIFEST: Final = "manifest.note"
_RECORD: Final = "record"
_MOST_MANIFEST_BYTES: Final = 100_000
_CHUNK_BYTES: Final = 1 << 20
_QUICKLY: Final = 1
"""Of zip's levels the one that keeps up with the disk."""


def write_archive(out: Path, record: Path, note_of: Callable[[str, int], str]) -> None:
    """Write a backup, whole or not at all. `note_of`: the manifest for a hash and a length."""
    with record.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    note = note_of(digest, record.stat().st_size)
    fresh = out.with_name(f"{out.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=_QUICKLY
        ) as zipped:
            zipped.writestr(_MANIFEST, note)
            zipped.write(record, _RECORD)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(out)
    sync_folder(out.parent)


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that was opened. `note`: its manifest, as stored."""

    path: Path
    note: str
    zipped: zipfile.ZipFile

    def unpack(self, to: Path, digest: str, length: int) -> None:
        """Write the copy of the database to a new file. Raises `BadBackup` if it is another."""
        found, written = sha256(), 0
        descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(descriptor, "wb") as file,
            _telling_damage(self.path),
            self.zipped.open(_RECORD) as packed,
        ):
            while written <= length and (chunk := packed.read(_CHUNK_BYTES)):
                file.write(chunk)
                found.update(chunk)
                written += len(chunk)
        if (found.hexdigest(), written) != (digest, length):
            raise _damaged(self.path, "its content is not the one that was backed up")


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """Open a backup. Raises `BadBackup` for what is none, `OSError`."""
    with path.open("rb") as file:
        with _telling_damage(path):
            zipped = zipfile.ZipFile(file)
            with zipped.open(_MANIFEST) as packed:
                note = packed.read(_MOST_MANIFEST_BYTES).decode()
        with zipped:
            yield Archive(path, note, zipped)


@contextmanager
def _telling_damage(path: Path) -> Iterator[None]:
    """Say of a file that cannot be unpacked that it is no backup, or was damaged."""
    try:
        yield
    except _DAMAGE as problem:
        raise _damaged(path, problem) from problem
    except OSError as problem:
        # A directory of the zip that was damaged may point to before the beginning of the file.
        if problem.errno != EINVAL:
            raise
        raise _damaged(path, problem) from problem


def _damaged(path: Path, what: object) -> BadBackup:
    return BadBackup(f"{path} is no backup, or was damaged: {what}. Take another copy of it.")
