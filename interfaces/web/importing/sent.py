"""What came with the form of an import: its fields, and the document, chosen or carried."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from interfaces.web.importing.carried import (
    DOCUMENT,
    MOST_DOCUMENT_BYTES,
    NAME,
    Carried,
    NoDocument,
)
from interfaces.web.refused_requests import Unreadable
from interfaces.web.sent_forms import is_no_text, require_utf8
from interfaces.web.typed_words import Typed, keep_typed

FILE: Final = "file"

_MOST_FIELDS: Final = 8_000
"""Seven cells of each of the most rows that a page takes, and a thousand for everything else."""

_MOST_PART_BYTES: Final = 4_000_000
"""A document of the largest size, packed as badly as can be, as letters."""


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

    def out_of_sight(self) -> Typed:
        """Return everything as hidden fields, the document among them if there is any."""
        hidden = [(name, str(value)) for name, value in self.fields.multi_items()]
        with suppress(NoDocument):
            if self.chosen is not None:
                hidden += self.carried().fields
        return Typed(hidden=tuple(hidden))

    def line(self, name: str) -> str:
        """Return one field; empty where there is none."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def lines(self, name: str) -> list[str]:
        """Return every value of a field."""
        return [value for value in self.fields.getlist(name) if isinstance(value, str)]


async def read_import(request: Request) -> SentImport:
    """Read the form of an import. Raises `Unreadable` for what no browser sends."""
    require_utf8(request)
    form = await request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_MOST_PART_BYTES)
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
    sent = SentImport(fields, file)
    keep_typed(request, sent.out_of_sight)
    return sent


Sent = Annotated[SentImport, Depends(read_import)]
"""A parameter of a route: what came with the form of an import."""
