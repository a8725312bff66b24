"""Which entries have to be erased with a file: the same bytes may have been handed in elsewhere."""

from __future__ import annotations

from typing import Final

from events.erasing import FILE, Erasable, file_of
from events.reading import Reader
from events.refs import quoted
from interfaces.erasing import CannotErase, fields_still_there
from projections.projection import Row
from projections.store import ViewOfToday
from workflow.refusals import NotFound

_ERASED: Final = "The file {} was erased before."


def file_erasable(reader: Reader, evidence: str) -> Erasable:
    """Return a file as what is to be erased. Raises `NotFound`, or `CannotErase` if it is gone."""
    row = ViewOfToday(reader).get("evidence", evidence)
    if row is None:
        raise NotFound(evidence, field="file")
    if row["erased"]:
        raise CannotErase(_ERASED.format(quoted(evidence)))
    return Erasable(row["entry"], (FILE,))


def file_is_there(reader: Reader, file: Erasable) -> bool:
    """Tell whether a file was not erased yet."""
    row = _row(reader, file)
    return row is not None and not row["erased"]


def wherever_handed_in(reader: Reader, file: Erasable) -> list[Erasable]:
    """Return a file with what it was called and what it is said to show, wherever it was handed in.

    The same bytes may have been handed in several times: they go once, and for all of these.
    """
    asked = _row(reader, file)
    same = [
        row["entry"]
        for row in ViewOfToday(reader).all("evidence").values()
        if asked is not None and row["sha256"] == asked["sha256"] and not row["erased"]
    ]
    texts = [(entry, tuple(sorted(fields_still_there(reader, entry)))) for entry in same]
    return [
        *(Erasable(entry, fields) for entry, fields in texts if fields),
        *(Erasable(entry, (FILE,)) for entry in same),
    ]


def _row(reader: Reader, file: Erasable) -> Row | None:
    found = file_of(reader, file.position)
    return ViewOfToday(reader).get("evidence", found[0]) if found is not None else None
