"""What one command came to: its events, by the id under which it was given."""

from __future__ import annotations

from typing import Final

from events.reading import Reader
from events.recorded import Recorded, unseal_all

_COMMANDED: Final = "SELECT body, texts FROM events WHERE command_id = ? ORDER BY position"


def events_commanded(reader: Reader, command_id: str) -> list[Recorded]:
    """Return the events that were recorded under the id of a command, in order; none for none."""
    return list(unseal_all(reader.query(_COMMANDED, (command_id,))))
