"""What the things of a preview are, in few words: what references alone do not tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from events.refs import category_of
from notifications.preview import Coming
from notifications.short_names import ShortNames
from projections.projection import Row
from projections.store import View

MOST_OF_A_TEXT: Final = 50
"""So many characters of what a thing is are shown."""

_MODELS: Final = {"action": "actions", "recommendation": "recommendations", "audit": "audits"}


def texts_of(coming: Coming, view: View) -> Mapping[str, str]:
    """Return what each thing of a preview is called, by its reference."""
    items = {
        item.subject.item
        for report in coming.days
        for email in report.emails
        for item in email.items
    }
    found = {item: _text(item, view) for item in items}
    names = ShortNames(found.values())
    return {item: names.short(text, MOST_OF_A_TEXT) for item, text in found.items()}


def _text(item: str, view: View) -> str:
    stream, _, clock = item.partition("/clock-")
    row: Row = view.get(_MODELS.get(category_of(item), "directory"), stream) or {}
    if clock:
        return str(row["clocks"][clock]["title"])
    return str(row.get("text") or row.get("title") or row.get("name") or "")
