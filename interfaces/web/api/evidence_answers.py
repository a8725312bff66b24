"""What programs are answered about files that are evidence, as the description tells it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from events.evidence import FileKind
from interfaces.web.api.answers import AsAt

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class FileTold(BaseModel):
    """A file, who added it when, and how it stands. `reason`: why it was taken back."""

    ref: str
    name: str
    note: str | None
    kind: FileKind
    size_bytes: int
    sha256: Hash
    added_by: str
    added_on: dt.date
    standing: Literal["kept", "taken back", "erased"]
    reason: str | None


class ItsFiles(AsAt):
    """The files of a thing, the earliest first, with those that were taken back or erased."""

    ref: str
    evidence: list[FileTold]


class HandedIn(BaseModel):
    """What became of a file. `repeated`: it was stored before, and now nothing was.

    `ref`, `version` and `sha256` are of the first, where several came; `refs` name all of them.
    """

    ref: str
    version: int
    sha256: Hash
    refs: list[str]
    repeated: bool
