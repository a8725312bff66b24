"""What came with the form of an import: its fields, and the document, chosen or carried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from interfaces.web.files.file_paths import MOST_IMPORT_BYTES
from interfaces.web.importing.carried import DOCUMENT, MOST_DOCUMENT_BYTES, NAME, Carried
from interfaces.web.refusals.refused_requests import TooLarge, Unreadable
from interfaces.web.sent_forms import is_no_text, require_utf8

FILE: Final = "file"

MOST_FIELDS: Final = 8_000
"""Seven cells of each of the most rows that a page takes, and a thousand for everything else."""

LONGEST_CELL: Final = 100_000
"""Longer texts are not even looked at; no cell of a record takes a fifth of it."""


_IMPORTS: Final = frozenset({"/import", "/import/check", "/import/store"})


def is_import(path: str) -> bool:
    """Tell whether a form of an import is sent to this address."""
    return path in _IMPORTS


@dataclass(frozen=True, slots=True)
class SentImport:
    """`fields`: what was filled in. `chosen`: the file that was chosen, if any."""

    fields: FormData
    chosen: tuple[str, bytes] | None = None

    def carried(self) -> Carried:
        """Return the document. Raises `NoDocument`."""
        if self.chosen is not None:
            return Carried.of_file(*self.chosen)
        if not self.line(DOCUMENT):
            return Carried.of_file("", b"")
        return Carried.of_letters(self.line(NAME), self.line(DOCUMENT))

    def line(self, name: str) -> str:
        """Return one field; empty where there is none."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def lines(self, name: str) -> list[str]:
        """Return every value of a field."""
        return [value for value in self.fields.getlist(name) if isinstance(value, str)]


class CellTooLong(TooLarge):
    """A text in a form is longer than any cell is; `fields` are all that came with it."""

    def __init__(self, fields: FormData) -> None:
        self.fields = fields
        super().__init__(LONGEST_CELL)


async def read_import(request: Request) -> SentImport:
    """Read the form of an import. Raises `CellTooLong`, `Unreadable` for what no browser sends."""
    require_utf8(request)
    try:
        form = await request.form(
            max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_IMPORT_BYTES
        )
    except HTTPException as problem:
        raise Unreadable from problem
    chosen = form.get(FILE)
    file = None
    if isinstance(chosen, UploadFile) and chosen.filename:
        file = chosen.filename, await chosen.read(MOST_DOCUMENT_BYTES + 1)
    # Whatever was put aside while it came in goes at once, not when somebody tidies up.
    await form.close()
    fields = FormData(
        [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    )
    words = (one for pair in fields.multi_items() for one in pair)
    if any(is_no_text(one) for one in (*words, *(file[:1] if file else ()))):
        raise Unreadable
    if too_long(fields):
        raise CellTooLong(fields)
    sent = SentImport(fields, file)
    # Whoever is refused afterwards gets back what they corrected.
    request.state.sent = sent
    return sent


def too_long(fields: FormData) -> list[tuple[str, str]]:
    """Return the texts of a form that are longer than any cell is."""
    return [
        (name, words)
        for name, words in fields.multi_items()
        if isinstance(words, str) and name != DOCUMENT and len(words) > LONGEST_CELL
    ]


Sent = Annotated[SentImport, Depends(read_import)]
"""A parameter of a route: what came with the form of an import."""
