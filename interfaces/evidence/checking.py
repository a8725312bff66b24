"""What a file is by its content: what its name claims, or it is not taken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from events.evidence import FileKind
from interfaces.evidence.emails import is_email
from interfaces.evidence.kinds import KIND_OF, mend_for, reason_against
from interfaces.evidence.names import ending_of, safe_name
from interfaces.evidence.office import require_plain_office
from interfaces.evidence.pictures import is_jpeg, is_png
from interfaces.evidence.refusing import FileRefused, FileTooLarge
from interfaces.evidence.texts import is_plain_text
from projections.handing_in import Handed
from workflow.evidence_commands import AddEvidence

_PDF: Final = b"%PDF-"
_PDF_END: Final = b"%%EOF"
_PDF_TAIL_BYTES: Final = 2_048
_MEGABYTE: Final = 1_000_000
_OFFICE: Final = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.PPTX})

_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"


def handed(
    told_name: str, content: bytes, *, to: str, note: str | None, most_megabytes: int
) -> Handed:
    """Return a file as it can be handed in. Raises `FileRefused`, `ValidationError`."""
    name = safe_name(told_name)
    if len(content) > most_megabytes * _MEGABYTE:
        raise FileTooLarge(name, most_megabytes)
    kind = kind_of(name, content)
    digest = sha256(content).hexdigest()
    size = len(content)
    return Handed(
        AddEvidence(to=to, note=note, name=name, kind=kind, size_bytes=size, sha256=digest), content
    )


def kind_of(name: str, content: bytes) -> FileKind:
    """Return what a file is, by its name and its content alike. Raises `FileRefused`."""
    if not content:
        raise FileRefused(name, "there is nothing in it.", "Look whether it was saved, and where.")
    ending = ending_of(name)
    kind = KIND_OF.get(ending)
    if kind is None:
        raise FileRefused(name, reason_against(ending), mend_for(ending))
    if kind in _OFFICE:
        _require_office_form(name, content)
        require_plain_office(name, content, kind)
    elif not _IS_ONE[kind](content):
        raise FileRefused(name, _found(ending, content), _MEND)
    elif kind in _WITHOUT_ARCHIVES and zipfile.is_zipfile(io.BytesIO(content)):
        # Two files in one: what one program shows is not what another one opens.
        raise FileRefused(name, "it is an archive as well as what it says.", _MEND)
    return kind


def _is_pdf(content: bytes) -> bool:
    return content.startswith(_PDF) and _PDF_END in content[-_PDF_TAIL_BYTES:]


_IS_ONE: Final[dict[FileKind, Callable[[bytes], bool]]] = {
    FileKind.PDF: _is_pdf,
    FileKind.PNG: is_png,
    FileKind.JPEG: is_jpeg,
    FileKind.TXT: is_plain_text,
    FileKind.CSV: is_plain_text,
    FileKind.EML: is_email,
}
_WITHOUT_ARCHIVES: Final = frozenset({FileKind.PDF, FileKind.PNG, FileKind.JPEG})
_MEND: Final = (
    "Open it in the program that made it, and save it again; changing the ending of a name does"
    " not change what a file is."
)


def _require_office_form(name: str, content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        mend = "Open it, remove any password, and save it as .docx, .xlsx, .pptx or PDF."
        raise FileRefused(name, "it has a password, or the form of an older Office.", mend)
    if _PDF in content[:1024]:
        raise FileRefused(name, "it is a PDF as well as what it says.", _MEND)


def _found(ending: str, content: bytes) -> str:
    if content.startswith(_PROGRAMS):
        return f"its name ends with .{ending}, but it is a program."
    return f"its name ends with .{ending}, but its content is not that, or is damaged."
