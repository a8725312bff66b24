"""Prints the catalogue of event types, or renews it in a document: `python -m events [FILE]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from events.documentation import describe, renewed


def main(arguments: Sequence[str]) -> None:
    """Print the catalogue; with a file, write it below the mark in that file instead."""
    match arguments:
        case []:
            sys.stdout.write(describe())
        case [name]:
            path = Path(name)
            path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
