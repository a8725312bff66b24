"""Commands about files that are evidence."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.evidence import FileHash, FileKind
from events.refs import EvidencedRef, EvidenceRef
from workflow.command import Command, Words, command

FileName = Annotated[str, Field(min_length=1, max_length=200)]
"""What a file is called, without the folders that it came from."""


@command("evidence", "add", opens=True, with_file=True)
class AddEvidence(Command):
    """Hand in a file that shows what was done on an action or a recommendation."""

    to: Annotated[EvidencedRef, Field(description="What it is evidence of, such as A12 or R7.")]
    note: Annotated[
        Words | None, Field(description="What it shows; no child's name.", max_length=2_000)
    ] = None
    name: Annotated[FileName, Field(description="What the file is called.")]
    kind: Annotated[FileKind, Field(description="What it is by its content.")]
    size_bytes: Annotated[int, Field(ge=1, description="How large it is.")]
    sha256: Annotated[FileHash, Field(description="The hash of its bytes.")]


@command("evidence", "withdraw")
class WithdrawEvidence(Command):
    """Take back a file that is no evidence after all; it stays in the record until it is erased."""

    evidence: Annotated[EvidenceRef, Field(description="The file, such as EV3.")]
    reason: Annotated[Words, Field(description="Why; no child's name.")]


EvidenceCommand: TypeAlias = AddEvidence | WithdrawEvidence
