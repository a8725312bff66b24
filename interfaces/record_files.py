"""The files of a record that need no line in the configuration: they stand beside the signed head.

What they hold is held against something that is worth trust, wherever there is such a thing.
"""

from __future__ import annotations

from pathlib import Path

from interfaces.settings import FileSettings


def tree_cache(files: FileSettings) -> Path:
    """Return the file that remembers the tree; deleting it costs nothing but time."""
    return files.high_water.with_name("tree.cache")


def held_folder(files: FileSettings) -> Path:
    """Return the folder of the heads that others hold."""
    return files.high_water.with_name("held")


def erasures_file(files: FileSettings) -> Path:
    """Return the file that notes what was erased, for a backup that is older than that."""
    return files.high_water.with_name("erasures.jsonl")


def last_look(files: FileSettings) -> Path:
    """Return the file that tells what the last look at the record found."""
    return files.high_water.with_name("last-look.json")


def restore_journal(files: FileSettings) -> Path:
    """Return the file that stands there while a restored record is put in place."""
    return files.high_water.with_name("restore.json")


def web_secret(files: FileSettings) -> Path:
    """Return the file that holds the secret with which links to the pages are signed."""
    return files.high_water.with_name("web.secret")


def sample_mark(files: FileSettings) -> Path:
    """Return the file that says a record is a sample, and when its story ended."""
    return files.high_water.with_name("sample.txt")
