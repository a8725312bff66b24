"""Which kinds of file are taken, by the endings of their names, and what to do about others."""

from __future__ import annotations

from typing import Final

from events.evidence import FileKind

KIND_OF: Final = {
    "pdf": FileKind.PDF,
    "docx": FileKind.DOCX,
    "xlsx": FileKind.XLSX,
    "pptx": FileKind.PPTX,
    "png": FileKind.PNG,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "txt": FileKind.TXT,
    "csv": FileKind.CSV,
    "eml": FileKind.EML,
}
"""The kind that a name claims by its ending."""

ENDINGS: Final = ",".join(f".{ending}" for ending in KIND_OF)
"""What a browser lets people choose from."""

KEPT: Final = (
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), pictures (.png, .jpg), plain text"
    " (.txt), .csv, and emails saved as .eml"
)
"""What can be handed in, in words."""

MEDIA_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TXT: "text/plain",
    FileKind.CSV: "text/csv",
    FileKind.EML: "message/rfc822",
}
"""As what a file is given out."""

_OLD_OFFICE: Final = "Open it, and save it in today's form (.docx, .xlsx, .pptx) or as PDF."
_WITHOUT_MACROS: Final = "Save it without macros (.docx, .xlsx, .pptx), or as PDF."
_AS_PICTURE: Final = "Save it as .png, .jpg or PDF."
_MENDS: Final = {
    **dict.fromkeys(("doc", "xls", "ppt", "rtf", "odt", "ods", "odp", "pages"), _OLD_OFFICE),
    **dict.fromkeys(("docm", "xlsm", "pptm", "dotm", "xltm", "ppsm", "xlsb"), _WITHOUT_MACROS),
    **dict.fromkeys(("svg", "svgz", "gif", "bmp", "tif", "tiff", "webp", "heic"), _AS_PICTURE),
    **dict.fromkeys(("html", "htm", "mht", "mhtml", "xml"), "Print the page as PDF."),
    **dict.fromkeys(("zip", "7z", "rar", "gz", "tar"), "Unpack it, and add its files one by one."),
    "msg": "Save the email as .eml, or print it as PDF.",
}


_REASONS: Final = {
    **dict.fromkeys(("svg", "svgz", "html", "htm"), "a .{} file can hold programs"),
    **dict.fromkeys(("docm", "xlsm", "pptm", "xlsb"), "a .{} file can hold macros"),
}


def reason_against(ending: str) -> str:
    """Say why a file with an ending is not taken, or with none."""
    if not ending:
        return "its name does not say what it is."
    return f"{_REASONS.get(ending, 'files that end with .{} are not taken').format(ending)}."


def mend_for(ending: str) -> str:
    """Say what to do about a file whose name has an ending that is not taken."""
    return _MENDS.get(ending, "Save it as PDF.")
