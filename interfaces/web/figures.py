"""What the charts are drawn from: colours over time, slippage, load per role, themes."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from events.refs import quoted
from interfaces.bootstrap import Partnership
from interfaces.counting_entries import Tell, counting, untold
from interfaces.web.charts.bars import Bar, Counted, bars
from interfaces.web.charts.stacked import STACKED, Moment
from interfaces.web.past.walks import everything_seen, known_before, latest_known
from interfaces.web.recurring import Recurring
from interfaces.web.seeing.seen import for_whom, seen
from interfaces.web.visit import Visit
from projections.board_lines import BoardLine
from projections.civil_days import civil_day
from projections.replay_colours import Ahead
from projections.replay_scope import Scope
from projections.store import View

MONTHS: Final = 24
"""So many months the chart of colours goes back."""

_MONTHS_OF_A_YEAR: Final = 12
_SLIPPED: Final = (
    (0, "on its first date, or earlier"),
    (31, "up to a month later"),
    (92, "up to three months later"),
    (183, "up to half a year later"),
    (366, "up to a year later"),
)
"""Calendar days by which a date has moved at most, and the words."""

_FURTHER: Final = "more than a year later"
_MOST_BARS: Final = 25


def months_counted(visit: Visit, tell: Tell = untold) -> list[Moment]:
    """Return how many items had each colour at the end of each month until the day of the visit.

    `tell`: is told how far it is.
    """
    last = seen(visit, latest_known(visit))
    days = tuple(_month_ends(_begins_on(visit, last.on), last.on))
    scope = everything_seen(visit, last)
    ends = [visit.partnership.position_at_end_of(day) for day in days[:-1]]
    walked = list(zip(days, [*ends, last.position], strict=True))
    past, today = walked[:-1], walked[-1:]

    def before() -> tuple[Moment, ...]:
        if not past:
            return ()
        began = known_before(visit, past[0][1], scope)
        return tuple(_counted(visit.partnership, began, scope, past, tell))

    # What is counted of a part of the record is what belongs to it at the end.
    asked = ("months", for_whom(visit), scope.digest, *past)
    moments = visit.house.kept_past.kept(asked, before)
    return [*moments, *_counted(visit.partnership, last.view, scope, today)]


def _counted(
    partnership: Partnership,
    began: View,
    scope: Scope,
    days: Sequence[tuple[dt.date, int]],
    tell: Tell = untold,
) -> Iterator[Moment]:
    """Yield what is counted on each of some days, each with the last entry that was known then.

    `began`: what was known on the first of them.
    """
    position, last = days[0][1], days[-1][1]
    cadence = partnership.settings.board.cadence_days
    ahead = Ahead(began, scope, partnership.calendar, cadence)
    events = counting(scope.events(partnership.log, position, last), position, last, tell)
    coming = next(events, None)
    for day, until in days:
        while coming is not None and coming.position <= until:
            ahead.take(coming)
            coming = next(events, None)
        ahead.reach(day)
        yield Moment(day, ahead.counts())


def slippage(lines: Sequence[BoardLine]) -> tuple[Bar, ...]:
    """Draw by how much the dates of open items have moved since they were first set."""
    counts = dict.fromkeys([*(words for _, words in _SLIPPED), _FURTHER], 0)
    for line in lines:
        if not line.ended and line.slippage_days is not None:
            counts[_slipped(line.slippage_days)] += 1
    return bars([Counted(words, {"plain": count}) for words, count in counts.items()])


def load(lines: Sequence[BoardLine]) -> tuple[Bar, ...]:
    """Draw how many open items each role leads, of what colours; those that lead most first."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines:
        for lead in () if line.ended else line.leads:
            of = counts.setdefault((lead.ref, lead.title), dict.fromkeys(_tones(), 0))
            of[line.brag.colour.value] += 1
    most_first = sorted(counts.items(), key=lambda one: (-sum(one[1].values()), one[0][1]))
    return bars([Counted(title, of, quoted(ref)) for (ref, title), of in most_first[:_MOST_BARS]])


def often(themes: Sequence[Recurring]) -> tuple[Bar, ...]:
    """Draw how often each theme came up, in audits and in recommendations."""
    return bars(
        [
            Counted(one.theme, {"plain": one.audits, "grey": one.recommendations})
            for one in themes[:_MOST_BARS]
        ]
    )


def _tones() -> list[str]:
    return [colour.value for colour in reversed(STACKED)]


def _slipped(days: int) -> str:
    return next((words for most, words in _SLIPPED if days <= most), _FURTHER)


def _begins_on(visit: Visit, last: dt.date) -> dt.date:
    (opened,) = visit.partnership.log.read(after=0, until=1)
    months = last.year * _MONTHS_OF_A_YEAR + last.month - 1 - MONTHS
    back = dt.date(months // _MONTHS_OF_A_YEAR, months % _MONTHS_OF_A_YEAR + 1, 1)
    return min(max(civil_day(opened.recorded_at), back), last)


def _month_ends(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the last day of each month from that of the first day on, and in the end the last."""
    day = _month_end(first)
    while day < last:
        yield day
        day = _month_end(day + dt.timedelta(days=1))
    yield last


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
