"""What a replay says of itself: from when, until when, through what, and in which steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from events.refs import quoted
from interfaces.bootstrap import Partnership
from interfaces.moments import Moment, day_named
from projections.board_filter import Named
from projections.names import Names
from projections.projection import Row
from projections.replay import Grain
from projections.sentence_parts import listed
from workflow.civil_dates import format_date

_STEPS: Final = {
    Grain.EVENT: "event by event",
    Grain.DAY: "day by day",
    Grain.MEETING: "from meeting to meeting",
}


@dataclass(frozen=True, slots=True)
class Through:
    """What a replay walks through: one thing with what belongs to it, or what is somebody's.

    Both None: everything.
    """

    ref: str | None
    whose: Named | None

    def words(self, names: Names) -> str:
        """Say it, to follow a comma: "of A1", "of the lead Head of Practice"."""
        if self.ref is not None:
            return f"of {quoted(self.ref)}"
        if self.whose is None:
            return "of everything"
        told = {"lead": self.whose.leads, "subgroup": self.whose.subgroups}
        called = (
            f"of the {kind} {listed(names.called(ref) for ref in sorted(refs))}"
            for kind, refs in told.items()
            if refs
        )
        return ", ".join(called)

    def as_json(self) -> Row:
        """Return it as plain values; what is not asked for is null."""
        whose = self.whose
        leads, subgroups = (whose.leads, whose.subgroups) if whose else (None, None)
        return {
            "ref": quoted(self.ref) if self.ref else None,
            "lead": sorted(map(quoted, leads)) if leads else None,
            "subgroup": sorted(map(quoted, subgroups)) if subgroups else None,
        }


def heading(
    partnership: Partnership,
    from_: str | None,
    ends: tuple[Moment, Moment],
    to: str | None,
    through: Through,
    grain: Grain,
) -> str:
    """Return the first line of a replay. `from_` and `to`: as they were asked for, if they were."""
    first, last = ends
    of = through.words(Names(last.view, last.on))
    since = "" if from_ is None else f" {_began(partnership, from_, first)}"
    until = _named(partnership, to, last)
    return f"What happened{since} until {until}, {of}, {_STEPS[grain]}, as it became known"


def _began(partnership: Partnership, words: str, first: Moment) -> str:
    """Say where it begins: a day is walked through from its morning, a meeting is a state."""
    _, meeting = day_named(partnership, words, "--from")
    return f"{'from' if meeting is None else 'since'} {_named(partnership, words, first)}"


def _named(partnership: Partnership, words: str | None, moment: Moment) -> str:
    on = format_date(moment.on)
    meeting = None if words is None else day_named(partnership, words, "--to")[1]
    return on if meeting is None else f"{quoted(meeting.ref)}, {meeting.title}, on {on}"
