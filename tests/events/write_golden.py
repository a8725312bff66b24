"""Writes the golden files that are missing: `python -m tests.events.write_golden`.

A golden file is a record as some release stored it. It stays in the tests for good, so that every
later release is shown to read it; this program never writes over one.
"""

from __future__ import annotations

from pathlib import Path

import events.every_type  # noqa: F401  It fills the catalogue.
from events.catalogue import Event, registered
from tests.events.samples import sample, sealed

FOLDER = Path(__file__).parent / "golden"


def body_path(folder: Path, name: str, version: int) -> Path:
    return folder / f"{name}.v{version}.body.json"


def texts_path(folder: Path, name: str, version: int) -> Path:
    return folder / f"{name}.v{version}.texts.json"


def write_missing(folder: Path) -> list[Path]:
    """Write the files that are missing, for the current version of each type; return them."""
    made = [path for cls in registered() for path in _write(folder, cls)]
    return sorted(made)


def _write(folder: Path, cls: type[Event]) -> list[Path]:
    body = body_path(folder, cls.type_name, cls.schema_version)
    if body.exists():
        return []
    row = sealed(sample(cls))
    made = [body]
    if row.texts is not None:
        made.append(texts_path(folder, cls.type_name, cls.schema_version))
        with made[-1].open("xb") as file:
            file.write(row.texts)
    with body.open("xb") as file:
        file.write(row.body)
    return made


if __name__ == "__main__":
    for path in write_missing(FOLDER):
        print(path.name)  # noqa: T201
