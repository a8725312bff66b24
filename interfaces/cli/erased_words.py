"""How much was erased, in words."""

from __future__ import annotations


def erased_in_words(texts: int, files: int) -> str:
    """Say how much was erased, such as "1 file and 2 texts were"; not for nothing at all."""
    counted = ((files, "file"), (texts, "text"))
    what = " and ".join(
        f"{count} {noun}" if count == 1 else f"{count} {noun}s" for count, noun in counted if count
    )
    return f"{what} {'was' if texts + files == 1 else 'were'}"
