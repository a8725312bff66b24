"""What a digest is made from: two views of the record, and what was recorded in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from events.reading import Reader
from events.recorded import Recorded
from events.refs import category_of, quoted
from notifications.audiences import Audiences
from notifications.digest_period import Period
from notifications.directory import Directory
from notifications.letter_digest import Line, Piece, line_of
from notifications.letter_item import Desk
from notifications.short_names import ShortNames
from notifications.subject import Subject
from notifications.subjects import lasting_subjects
from notifications.subjects_of_digests import audience_of, subgroups_of
from projections.digest_headings import MOVING, Moves, moves
from projections.digest_moves import MoveWords
from projections.names import Names
from projections.projection import Row
from projections.store import View, ViewOfThen, ViewOfToday
from workflow.action_state import ActionStatus
from workflow.recommendation_state import RecommendationStatus

MOST_TEXT: Final = 80
"""So many characters of what a thing is called are shown: enough to know which one it is."""


AWAITS_IMPACT: Final = frozenset({"verified", "impact_due", "impact_not_shown"})
"""The statuses after which nobody has to tell how the work goes: it is done."""


CLAIMED: Final = frozenset({ActionStatus.SUBMITTED.value, RecommendationStatus.IMPLEMENTED.value})
"""The statuses of work that is said to be done, and waits to be confirmed."""


@dataclass(frozen=True)
class DigestSight:
    """What was known as a period began, what is known now, and the events of the period.

    `audiences` knows who is who on the day, and who is told what.
    """

    period: Period
    before: View
    now: View
    events: Sequence[Recorded]
    audiences: Audiences
    desk: Desk

    @classmethod
    def through(cls, reader: Reader, period: Period, audiences: Audiences, desk: Desk) -> Self:
        """Look at a period through a snapshot of the log."""
        after, until = reader.position_at(period.began_at), reader.position_at(period.ended_at)
        events = list(reader.read(after, until))
        before = ViewOfThen(reader, after)
        return cls(period, before, ViewOfToday(reader), events, audiences, desk)

    @property
    def day(self) -> dt.date:
        """Return the day on which it is told."""
        return self.desk.day

    @property
    def directory(self) -> Directory:
        """Return who is who."""
        return self.audiences.directory

    @cached_property
    def rows(self) -> dict[str, dict[str, Row]]:
        """Return every action, recommendation and audit as it stands, by read model."""
        return {model: self.now.all(model) for model in MOVING.values()}

    @cached_property
    def work(self) -> dict[str, Row]:
        """Return every action and recommendation as it stands."""
        return {**self.rows["actions"], **self.rows["recommendations"]}

    @cached_property
    def work_before(self) -> dict[str, Row]:
        """Return every action and recommendation as it stood when the period began."""
        return {**self.before.all("actions"), **self.before.all("recommendations")}

    @cached_property
    def names(self) -> Names:
        """Return what people call things."""
        return Names(self.now, self.day)

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Return every date of which somebody is reminded."""

        def rows_of(model: str, under: str = "") -> Iterable[tuple[str, Row]]:
            return ((key, row) for key, row in self.rows[model].items() if key.startswith(under))

        return tuple(lasting_subjects(rows_of, self.desk.calendar, set()))

    @cached_property
    def moved(self) -> Moves:
        """Return what happened to each thing in the period, by heading."""
        return moves(self.events)

    @cached_property
    def words(self) -> MoveWords:
        """Return who puts into words what happened."""
        return MoveWords(self.before, self.now, self.names)

    @cached_property
    def _short_names(self) -> ShortNames:
        rows = (row for some in self.rows.values() for row in some.values())
        return ShortNames(row.get("text") or row["title"] for row in rows)

    def is_of(self, item: str, subgroup: str) -> bool:
        """Tell whether an action, recommendation or audit matters to a subgroup."""
        return subgroup in self._subgroups(item, self.row_of(item))

    def was_of(self, item: str, subgroup: str) -> bool:
        """Tell whether a thing mattered to a subgroup as the period began."""
        row = self.before.get(MOVING[category_of(item)], item)
        return row is not None and subgroup in self._subgroups(item, row)

    def row_of(self, item: str) -> Row:
        """Return the row of a thing as it stands; of a clock, that of its audit."""
        stream = item.partition("/")[0]
        return self.rows[MOVING[category_of(stream)]][stream]

    def line(self, item: str, says: str) -> Line:
        """Say something of a thing: "A12 (Share the pathway): due on 3 March 2025"."""
        row = self.row_of(item)
        text: str = row["title"] if "title" in row else row["text"]
        name = self._short_names.short(text, MOST_TEXT).rstrip(".")
        return (self.named(item), Piece(f" ({name}){says}"))

    def named(self, item: str) -> Piece:
        """Return the reference of a thing, which leads to its page."""
        return Piece(quoted(item), self.desk.page_of(item))

    def how_to_see(self, item: str, command: str = "") -> Line:
        """Say how to see what a paragraph leaves out: on a page, by a reply, or by a command.

        `command`: for those who can give it.
        """
        if page := self.desk.page_of(item):
            return (Piece("see "), Piece("them all", page))
        by_command = f", or run 'goldthread {command}'" if command else ""
        return line_of(f"ask in a reply{by_command}")

    def _subgroups(self, item: str, row: Row) -> set[str]:
        commissioners = {}
        audit = row.get("audit")
        if audit is not None:
            commissioners[audit] = self.rows["audits"][audit]["subgroup"]
        return subgroups_of(audience_of(item, row, commissioners), self.directory)
