"""Which texts of a pack are shown, which are withheld, and which are erased from the record.

A withheld text is left out together with its salt, so that nobody can try guesses; the commitment
in the body still proves that there is such a text, and which one it is once somebody shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from events.canonical import encode
from events.catalogue import registered
from events.record import TextErased
from interfaces.proof.contents import PackedEvent
from interfaces.proof.refusals import TextMissing, UnknownTexts

NAMES: Final = frozenset({"alias", "email", "name", "sent_to"})
_HEADINGS: Final = frozenset({"document", "partnership", "success_measure", "text", "title"})
_KINDS: Final = ("names", "narratives", "all")
WITHHELD: Final = "[withheld]"
"""What stands in the readable history in place of a withheld text."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """What is withheld: the fields of committed texts, and the names of people in the history."""

    fields: frozenset[str] = frozenset()
    names: bool = False


NOTHING: Final = Withholding()
"""Every text is shown."""


def withholding_of(words: Sequence[str]) -> Withholding:
    """Read what is to be withheld: kinds of texts, or names of fields. Raises `UnknownTexts`."""
    every = _every_text()
    fields: set[str] = set()
    for word in words:
        match word.strip().lower():
            case "names":
                fields |= NAMES
            case "narratives":
                fields |= every - NAMES - _HEADINGS
            case "all":
                fields |= every
            case field if field in every:
                fields.add(field)
            case _:
                raise UnknownTexts(word, _KINDS, every)
    return Withholding(frozenset(fields), names=fields >= NAMES)


@dataclass(frozen=True, slots=True)
class TextLine:
    """What becomes of the texts of one event; `shown` maps a field to its salt and value."""

    position: int
    shown: dict[str, Any]
    withheld: tuple[str, ...]
    erased: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Return the line of the pack."""
        return encode(
            {
                "erased": self.erased,
                "position": self.position,
                "shown": self.shown,
                "withheld": self.withheld,
            }
        )


def text_lines(events: Sequence[PackedEvent], fields: Collection[str]) -> Iterator[TextLine]:
    """Yield a line for each event that has committed texts. Raises `TextMissing`."""
    gone = {
        (event.record["data"]["position"], field)
        for event in events
        if event.record["type"] == TextErased.type_name
        for field in event.record["data"]["fields"]
    }
    for event in events:
        promised = sorted(event.record["commitments"])
        if not promised:
            continue
        erased = tuple(field for field in promised if field not in event.texts)
        for field in erased:
            if (event.position, field) not in gone:
                raise TextMissing(event.position, field)
        shown = {name: pair for name, pair in event.texts.items() if name not in fields}
        withheld = tuple(sorted(event.texts.keys() & set(fields)))
        yield TextLine(event.position, shown, withheld, erased)


def _every_text() -> frozenset[str]:
    return frozenset().union(*(kind.text_fields for kind in registered()))
