"""The document on its way between the dry run and the confirmation: in the form itself.

Nothing of it is kept on the server. What comes back is read anew, like any file that is chosen.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from interfaces.documents.document import Document
from interfaces.documents.headings import Renamed
from interfaces.documents.reading import document_of

MOST_DOCUMENT_BYTES: Final = 2_000_000
"""What a page takes; real documents have a few hundred kilobytes. The command line takes more."""

MOST_ROWS: Final = 1_000
"""So many rows stand on a page that can be corrected."""

DOCUMENT: Final = "document"
NAME: Final = "name"
"""The fields of a form in which a document is carried."""

_FOLDER: Final = re.compile(r".*[\\/]")
_LONGEST_NAME: Final = 200
_TORN: Final = "The document did not come with the form. Choose it once more."


class NoDocument(ValueError):
    """There is no document that can be read: none was chosen, or it is not for a page."""


@dataclass(frozen=True)
class Carried:
    """A document as it was sent: the name of its file, and its bytes."""

    name: str
    content: bytes

    @classmethod
    def of_file(cls, name: str, content: bytes) -> Carried:
        """Take a file that was chosen. Raises `NoDocument`."""
        plain = _FOLDER.sub("", name)
        if not plain:
            message = "Choose a document first: csv, tsv, xlsx, or the text of a report (txt)."
            raise NoDocument(message)
        if not plain.isprintable() or len(plain) > _LONGEST_NAME:
            message = "The name of the file cannot be written down; rename it, and choose it again."
            raise NoDocument(message)
        if len(content) > MOST_DOCUMENT_BYTES:
            raise NoDocument(_too_large(plain))
        return cls(plain, content)

    @classmethod
    def of_letters(cls, name: str, letters: str) -> Carried:
        """Take the document that a form carried. Raises `NoDocument`."""
        unpacking = zlib.decompressobj()
        try:
            packed = b64decode(letters, altchars=b"-_", validate=True)
            content = unpacking.decompress(packed, MOST_DOCUMENT_BYTES + 1)
        except (ValueError, zlib.error) as problem:
            raise NoDocument(_TORN) from problem
        if not unpacking.eof and len(content) <= MOST_DOCUMENT_BYTES:
            raise NoDocument(_TORN)
        return cls.of_file(name, content)

    @cached_property
    def letters(self) -> str:
        """Return the document as a form carries it."""
        return urlsafe_b64encode(zlib.compress(self.content)).decode("ascii")

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the fields of a form that carry it."""
        return (NAME, self.name), (DOCUMENT, self.letters)

    def document(self, renamed: Renamed | None = None) -> Document:
        """Read it, with some headings as others. Raises `UnreadableDocument`, `NoDocument`."""
        document = document_of(self.name, self.content, renamed)
        rows = sum(len(plan.rows) for plan in document.plans)
        rows += sum(len(table.rows) for table in document.responses)
        if rows > MOST_ROWS:
            message = (
                f"{self.name} has {rows:,} rows, and a page shows {MOST_ROWS:,} at most. Divide it,"
                " or take it in with the command line: goldthread import."
            )
            raise NoDocument(message)
        return document


def _too_large(name: str) -> str:
    return (
        f"{name} is larger than {MOST_DOCUMENT_BYTES // 1_000_000} MB. Copy the plan alone into a"
        " new file, or take it in with the command line: goldthread import."
    )
