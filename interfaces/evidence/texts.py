"""Plain text and tables of text: nothing that a program would take for something else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from interfaces.documents.text_bytes import text_of
from interfaces.documents.unreadable import UnreadableDocument

_UNNAMED: Final = Path("text")
_OTHERS: Final = (
    *("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<?php", "<!--"),
    *("%pdf-", "{\\rtf", "#!", "mime-version:"),
)
"""How other things begin that are written in letters: pages, drawings, programs."""


def is_plain_text(content: bytes) -> bool:
    """Tell whether some bytes are text that a person wrote, and no page, drawing or program."""
    try:
        text = text_of(_UNNAMED, content)
    except UnreadableDocument:
        return False
    begins = text.lstrip("\ufeff \t\n\f\v")[:64].lower()
    return bool(begins) and not begins.startswith(_OTHERS)
