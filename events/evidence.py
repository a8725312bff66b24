"""Facts about evidence: files that somebody hands in to show that something was done."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from events.catalogue import Event, Text, event_type
from events.refs import EvidencedRef

FileHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The SHA-256 of a file's bytes, in small hexadecimal digits."""


class FileKind(StrEnum):
    """What a file is, by its content; the value is also the ending of its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    PNG = "png"
    JPEG = "jpg"
    TXT = "txt"
    CSV = "csv"
    EML = "eml"


@event_type("evidence.added")
class EvidenceAdded(Event):
    """Somebody handed in a file as evidence of the work on an action or a recommendation.

    `name` is what the file was called, `note` what it shows. The bytes are kept beside the record
    under their `sha256`, which holds them to what was handed in.
    """

    to: EvidencedRef
    name: Text
    note: Text | None = None
    kind: FileKind
    size_bytes: Annotated[int, Field(ge=1)]
    sha256: FileHash


@event_type("evidence.withdrawn")
class EvidenceWithdrawn(Event):
    """The file is not evidence after all; it stays kept until it is erased."""

    reason: Text
