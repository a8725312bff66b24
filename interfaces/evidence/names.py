"""What a file is called once it came from somebody else's machine."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 150
"""So long a name stays in a list without being cut, and in any file system."""

_NAMELESS: Final = "file"
# Controls, and the marks that turn the direction of writing: "fdp.exe" would read as "exe.pdf".
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FOR_FOLDERS: Final = re.compile(r"[/\\:]")
_NOT_IN_NAMES: Final = re.compile(r'[<>"|?*]')


def safe_name(told: str) -> str:
    """Return the last part of a path as a name that is one line, and harmless in any folder.

    Nothing of it leads anywhere: neither folders, nor dots at the beginning, nor what is not seen.
    """
    last = _FOR_FOLDERS.split(told)[-1]
    seen = (" " if one in "\t\r\n" else one for one in unicodedata.normalize("NFC", last))
    plain = "".join(one for one in seen if unicodedata.category(one) not in _UNSEEN)
    tidy = " ".join(_NOT_IN_NAMES.sub("_", plain).split()).strip(". ")
    return _shortened(tidy) if tidy else _NAMELESS


def ending_of(name: str) -> str:
    """Return the ending of a name in small letters, without its dot; empty where it has none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _shortened(name: str) -> str:
    if len(name) <= MOST_CHARACTERS:
        return name
    ending = ending_of(name)
    tail = f".{ending}" if 0 < len(ending) <= len("jpeg") else ""
    return name[: MOST_CHARACTERS - len(tail)].rstrip(". ") + tail
