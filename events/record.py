"""Facts about the record itself: stream `log-1`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from events.catalogue import Event, Text, event_type
from events.evidence import FileHash
from events.refs import EvidenceRef, PersonRef

OriginName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9.-]+(/[A-Za-z0-9._-]+)+$", max_length=300)
]
"""The name of a log for good: a host name and a path."""

RECORD_STREAM = "log-1"
"""The stream of the record itself; its first event is position 1."""

FORMAT_VERSION = 1
"""The version of the body's outer shape, told by the first event."""


@event_type("log.opened")
class LogOpened(Event):
    """The record of one partnership was begun."""

    partnership: Text
    format_version: Annotated[int, Field(ge=1)] = FORMAT_VERSION


@event_type("log.erasure_asked")
class ErasureAsked(Event):
    """Somebody asked that committed texts be removed for good; another one has to agree."""

    position: Annotated[int, Field(ge=1)]
    fields: tuple[str, ...]
    authority: Text
    reason: Text


@event_type("log.text_erased")
class TextErased(Event):
    """The clear value of committed texts was removed for good, under somebody's authority."""

    position: Annotated[int, Field(ge=1)]
    fields: tuple[str, ...]
    authority: Text
    reason: Text
    second_person: PersonRef | None = None


@event_type("log.file_erased")
class FileErased(Event):
    """The bytes of a file that was evidence were removed for good, under somebody's authority."""

    evidence: EvidenceRef
    sha256: FileHash
    authority: Text
    reason: Text
    second_person: PersonRef | None = None


@event_type("log.continued")
class LogContinued(Event):
    """The record goes on under a new origin, since it was restored from a backup that was too old.

    The largest head that was known is named: what it covers from this position on is lost. It is
    a head of `old_origin`; what was kept ends with an entry of `kept_origin`, which differs where
    the backup is older than an earlier continuation. This event is the first under the new origin,
    which its body carries.
    """

    kept_origin: OriginName
    old_origin: OriginName
    old_size: Annotated[int, Field(ge=2)]
    old_root: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    reason: Text
