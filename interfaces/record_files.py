"""The files of a record that need no line in the configuration: they stand beside the signed head.

They are worth no trust: what they hold is always held against something that is.
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
