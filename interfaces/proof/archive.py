"""Writing a pack: a plain zip file, put in its place at once."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

FORMAT: Final = "goldthread pack 1"
VERIFIER: Final = "verify_pack.py"


def verifier() -> bytes:
    """Return the file that checks packs, as it is put into each of them."""
    return files("interfaces.proof").joinpath(VERIFIER).read_bytes()


def lines(rows: Iterable[bytes]) -> bytes:
    """Return some rows as the lines of one file."""
    return b"".join(row + b"\n" for row in rows)


def write_archive(out: Path, contents: Mapping[str, bytes], made_at: dt.datetime) -> None:
    """Write the files of a pack; a crash leaves what was there before. Raises `OSError`."""
    fresh = out.with_name(f"{out.name}.new")
    stamp = made_at.timetuple()[:6]
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                entry = zipfile.ZipInfo(name, stamp)
                entry.external_attr = 0o644 << 16
                # Hashes hardly shrink: more than the least effort is wasted on them.
                least = 1 if name == "proofs.jsonl" else 6
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED, least)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
