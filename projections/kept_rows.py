"""The read models of today, kept in memory by who asks for them again and again.

A row that stands is read and parsed once; whoever asks next reads only those that changed since,
whoever wrote them.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from events.log import EventLog
from events.reading import Reader
from events.recorded import Recorded
from projections.projection import Row
from projections.store import ViewOfToday
from projections.tables import CHANGED_ROWS
from projections.versions import read_row

KEPT: Final = frozenset({"actions", "audits", "directory", "meetings", "plans", "recommendations"})
"""The models that are kept: what every page asks for. Others grow for as long as emails leave."""


@dataclass(slots=True)
class _Model:
    """The rows of one model as they stood when the log had `size` records."""

    size: int = 0
    generation: int = -1
    rows: dict[str, Row] = field(default_factory=dict)


class KeptRows:
    """The read models of one record, for every thread that shows them."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._models: dict[str, _Model] = {}
        self._turn = threading.Lock()

    def view(self) -> KeptView:
        """Return the read models as they stand at this moment, or a little later."""
        head = self._log.head()
        return KeptView(self, self._log, head.size, head.generation)

    def rows(self, model: str, size: int, generation: int) -> dict[str, Row]:
        """Return the rows of a model by key, sorted; known as of `size` records or later.

        Nobody may change what is returned.
        """
        with self._turn:
            kept = self._models.setdefault(model, _Model())
            if kept.size < size or kept.generation != generation:
                with self._log.snapshot() as reader:
                    self._models[model] = kept = _renewed(kept, model, reader)
            return kept.rows


class KeptView:
    """What stands now (see `View`), from rows that are kept.

    A model that was asked for once stays as it was: what rests on the directory, such as who may
    read what, rests on one and the same.
    """

    def __init__(self, kept: KeptRows, log: EventLog, size: int, generation: int) -> None:
        self._kept, self._log = kept, log
        self._size, self._generation = size, generation
        self._asked: dict[str, dict[str, Row]] = {}

    @property
    def position(self) -> int:
        """See `View.position`."""
        return self._size

    def get(self, model: str, key: str) -> Row | None:
        """See `View.get`."""
        if model not in KEPT:
            return ViewOfToday(self._log).get(model, key)
        return self.rows(model).get(key)

    def all(self, model: str) -> dict[str, Row]:
        """See `View.all`."""
        return dict(self.rows(model)) if model in KEPT else ViewOfToday(self._log).all(model)

    def under(self, model: str, prefix: str) -> dict[str, Row]:
        """See `View.under`."""
        return ViewOfToday(self._log).under(model, prefix)

    def events_of(self, stream: str) -> Sequence[Recorded]:
        """See `View.events_of`."""
        return self._log.read_stream(stream)

    def rows(self, model: str) -> dict[str, Row]:
        """Return the rows of a kept model themselves: the same object while none has changed."""
        if model not in self._asked:
            found = self._kept.rows(model, self._size, self._generation)
            # Another thread may have asked meanwhile: what it got stays.
            self._asked.setdefault(model, found)
        return self._asked[model]


def _renewed(kept: _Model, model: str, reader: Reader) -> _Model:
    """Return a model as a reader sees it; rows that stand as before are the same objects."""
    head = reader.head()
    is_same = kept.generation == head.generation
    known = kept.size if is_same else 0
    found = sorted(reader.query(CHANGED_ROWS, (known, model)), key=lambda row: row[0])
    rows: dict[str, Row] = {}
    for key, stored in found:
        rows[key] = kept.rows[key] if stored is None else read_row(stored)
    is_same = is_same and rows.keys() == kept.rows.keys()
    if is_same and all(stored is None for _, stored in found):
        rows = kept.rows
    return _Model(head.size, head.generation, rows)
