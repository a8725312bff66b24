"""Files that are replaced whole, so that a power cut leaves the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a file that its owner alone may read, safe on the disk before this returns."""
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def put_in_place(fresh: Path, path: Path, aside: Path) -> Path | None:
    """Let one file take the place of another, at once. Returns where the other one is kept.

    `aside`: where the other one goes. It may be there already, from a time that was cut short.
    """
    kept = None
    if path.exists():
        aside.unlink(missing_ok=True)
        os.link(path, aside)
        kept = aside
    _sync(fresh)
    fresh.replace(path)
    if kept is not None:
        kept.chmod(0o400)
    sync_folder(path.parent)
    return kept


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are safe on the disk."""
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
