"""Holding the files that are evidence against the hashes in the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from events.canonical import decode
from events.fault_finding import Fault
from events.refs import quoted
from events.stored_rows import Rows

# A range of names, since the index is of names: '.' is the character after '-'.
_ADDED: Final = (
    "SELECT position, body FROM events WHERE stream > 'evidence-' AND stream < 'evidence.'"
    " AND version = 1 ORDER BY position"
)
_ERASED: Final = (
    "SELECT position, body FROM events WHERE stream = 'log-1' AND type = 'log.file_erased'"
    " ORDER BY position"
)
_HASHES: Final = "SELECT sha256 FROM evidence_file ORDER BY sha256"
_CONTENT: Final = "SELECT content FROM evidence_file WHERE sha256 = {0}"


@dataclass(frozen=True, slots=True)
class FileReport:
    """How many files are kept as they were handed in, and what is wrong with the others."""

    kept: int = 0
    faults: tuple[Fault, ...] = ()


NOT_LOOKED_AT: Final = FileReport()
"""Where there are no files, or something else is wrong."""


def check_files(rows: Rows, size: int) -> FileReport:
    """Check every file that the first events of a log name, once these are known to be sound.

    One that was erased may be gone. Of what was appended meanwhile nothing is missed, and nothing
    is a fault.
    """
    added = [(position, decode(_bytes(body))) for position, body in rows.ask(_ADDED)]
    erased = {decode(_bytes(body))["data"]["evidence"] for _, body in rows.ask(_ERASED)}
    standing = [(at, record) for at, record in added if record["stream"] not in erased]
    wrong = {
        digest: _what_is_wrong(rows, digest)
        for digest in {record["data"]["sha256"] for _, record in standing}
    }
    named = [
        Fault(at, f"its file, {quoted(record['stream'])}, {what}")
        for at, record in standing
        if at <= size and (what := wrong[record["data"]["sha256"]])
    ]
    strays = list(_strays(rows, wrong.keys()))
    return FileReport(sum(not what for what in wrong.values()), (*named, *strays))


def _what_is_wrong(rows: Rows, digest: str) -> str:
    found = rows.ask(_CONTENT, (digest,))
    if not found:
        return "is not stored any more, and no event erased it"
    is_right = sha256(_bytes(found[0][0])).hexdigest() == digest
    return "" if is_right else "was changed: it is not the one that was handed in"


def _strays(rows: Rows, named: Any) -> Iterator[Fault]:  # noqa: ANN401 - keys of a dictionary
    for (stored,) in rows.ask(_HASHES):
        digest = _bytes(stored).decode(errors="replace")
        if digest not in named:
            what = f"a file is stored that was erased, or that no event names: {digest}"
            yield Fault(0, what)


def _bytes(value: Any) -> bytes:  # noqa: ANN401 - as the driver gives it
    """Return what is stored, of whatever kind it was made by tampering."""
    return value.encode() if isinstance(value, str) else bytes(value)
