"""How large what is sent to an address may be: more where files and documents are handed in."""

from __future__ import annotations

import re
from typing import Final

MOST_BODY_BYTES: Final = 1_000_000
"""A form with the longest texts that a command takes fits ten times."""

MOST_BODY_WITH_FILE_BYTES: Final = 300_000_000
"""So much is listened to of a form with a file, so that what was typed beside a file that is far
too large is not lost; no more of it is kept than what is configured."""

MOST_IMPORT_BYTES: Final = 6_000_000
"""An import holds a document, which is refused in words where it is too large, and corrections."""

_IMPORTS: Final = re.compile(r"(/api/v1)?/import(/[a-z-]+)?")
_TAKING_FILES: Final = re.compile(
    r"/do/(action|recommendation)/(note-progress|submit|report-implemented)"
    r"|/do/evidence/add|/update/[^/]+|/api/v1/things/[^/]+/evidence"
)


def is_of_import(path: str) -> bool:
    """Tell whether an address is one of those that take documents to be imported."""
    return _IMPORTS.fullmatch(path) is not None


def most_body_bytes(path: str, content_type: str) -> int:
    """Return how large a request may be, by its path and what it says to hold."""
    if is_of_import(path):
        return MOST_IMPORT_BYTES
    has_file = content_type.lower().startswith("multipart/form-data")
    takes_file = has_file and _TAKING_FILES.fullmatch(path) is not None
    return MOST_BODY_WITH_FILE_BYTES if takes_file else MOST_BODY_BYTES
