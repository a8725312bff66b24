"""Files that come together: each is looked at, and either all of them can be kept or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from interfaces.evidence.bounds import FileBounds
from interfaces.evidence.checking import handed
from interfaces.evidence.names import safe_name
from interfaces.evidence.refusing import (
    FileRefused,
    FileTooLarge,
    TooManyFiles,
    TooMuchTogether,
)
from projections.handing_in import FilesRefused, Handed

_MEGABYTE: Final = 1_000_000

Named = tuple[str, bytes]
"""A file as it came: what it is called, and what is in it."""


def all_handed(
    files: Sequence[Named], bounds: FileBounds, *, to: str, note: str | None
) -> tuple[Handed, ...]:
    """Return files as they can be handed in. `note`: what they show, said of each.

    Raises `ValidationError`, or a `Refusal` that names every file that cannot be kept.
    """
    _require_bounds(files, bounds)
    found: dict[str, Handed] = {}
    refused: list[FileRefused] = []
    for name, content in files:
        try:
            one = handed(name, content, to=to, note=note, most_megabytes=bounds.most_megabytes)
        except FileRefused as refusal:
            refused.append(refusal)
            continue
        same = found.setdefault(one.command.sha256, one)
        if same is not one:
            reason = f"it is the very same file as “{same.command.name}”."
            refused.append(FileRefused(one.command.name, reason, "Choose it once."))
    if refused:
        others = [one.command.name for one in found.values()]
        raise refused[0] if len(files) == 1 else FilesRefused(refused, others)
    return tuple(found.values())


def _require_bounds(files: Sequence[Named], bounds: FileBounds) -> None:
    """Check what can be told without looking in: of more than that nothing was kept to look at."""
    if len(files) > bounds.most_files:
        raise TooManyFiles(len(files))
    if sum(len(content) for _, content in files) <= bounds.together_megabytes * _MEGABYTE:
        return
    most_bytes = bounds.most_megabytes * _MEGABYTE
    large = [safe_name(name) for name, content in files if len(content) > most_bytes]
    if not large:
        raise TooMuchTogether([safe_name(name) for name, _ in files], bounds.together_megabytes)
    raise FilesRefused([FileTooLarge(name, bounds.most_megabytes) for name in large], ())
