"""The history of one thing: a sentence for every event, who did it, when, and what they wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from events.refs import category_of, quoted
from projections.civil_days import civil_day, day_true
from projections.evidence_files import files_of
from projections.lateness import lateness
from projections.names import Names, refs_in
from projections.projection import Row
from projections.scrutiny_facts import remarks_on
from projections.sentence_parts import MOVED_TO
from projections.store import View
from projections.timeline import Told, timeline
from projections.true_on import ViewTrueOn
from workflow.refusals import NotFound


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event as people read it.

    `recorded_at` is an instant in UTC; `recorded_on` and `happened_on` are civil days in London.
    `late`: it was recorded on a later day than it happened; `lateness` says how much. `words` are
    the free texts, each with its label. `ref` is the thing the event belongs to: the thing asked
    for, an email about it, a remark on it, or a file that is evidence of it.
    """

    position: int
    ref: str
    type: str
    recorded_at: dt.datetime
    recorded_on: dt.date
    happened_on: dt.date
    late: bool
    actor: str
    who: str
    sentence: str
    words: tuple[tuple[str, str], ...]

    @property
    def lateness(self) -> str | None:
        """Say how long after it happened it was recorded; None if it was not late."""
        return lateness(self.happened_on, self.recorded_on)

    def as_json(self) -> Row:
        """Return the line as plain values."""
        return {
            "position": self.position,
            "ref": self.ref,
            "type": self.type,
            "recorded_at": self.recorded_at.isoformat(timespec="microseconds"),
            "recorded_on": self.recorded_on.isoformat(),
            "happened_on": self.happened_on.isoformat(),
            "late": self.late,
            "days_late": max(0, (self.recorded_on - self.happened_on).days),
            "actor": quoted(self.actor),
            "who": self.who,
            "sentence": self.sentence,
            "words": [{"label": label, "text": text} for label, text in self.words],
        }


def history(view: View, ref: str) -> tuple[HistoryLine, ...]:
    """Return what happened to a thing, and to its files; emails and remarks that speak of it.

    `ref` is a stream, or a finding of an audit. The order is that of the log; in a view of what was
    true, that in which things took effect. Names are as known in the view. Raises `NotFound`.
    """
    stream, _, finding = ref.partition("/")
    lines = list(_with_dates_before(timeline(view, stream)))
    if finding:
        lines = [told for told in lines if ref in refs_in(told.sentence)]
    if not lines:
        raise NotFound(ref)
    lines += _emails_about(view, ref)
    lines += (told for remark, _ in remarks_on(view, ref) for told in timeline(view, remark))
    lines += (told for file, _ in files_of(ref, view) for told in timeline(view, file))
    lines.sort(key=_order(view))
    names = Names(view, dt.date.min)
    return tuple(line_of(told, names) for told in lines)


def _order(view: View) -> Callable[[Told], tuple[dt.date, int]]:
    if isinstance(view, ViewTrueOn):
        return lambda told: (view.day_of(told.recorded), told.recorded.position)
    return lambda told: (dt.date.min, told.recorded.position)


def _with_dates_before(lines: Iterable[Told]) -> Iterator[Told]:
    """Yield what is told in order; a moved target date is told with the date before it."""
    before: str | None = None
    for told in lines:
        if before is not None and told.sentence.startswith(MOVED_TO):
            onwards = told.sentence.removeprefix(MOVED_TO)
            yield replace(told, sentence=f"moved the target date from {before} to{onwards}")
        else:
            yield told
        before = told.target or before


def _emails_about(view: View, ref: str) -> Iterator[Told]:
    for key in view.under("reminders_of", f"{ref}/"):
        about, _, email = key.rpartition("/")
        if about != ref:
            continue
        for told in timeline(view, email):
            others = {one for one in refs_in(told.sentence) if category_of(one) != "person"}
            # What was taken out of the email before it left may be another item of the same email.
            if not others or ref in others:
                yield told


def line_of(told: Told, names: Names) -> HistoryLine:
    """Return what is told of an event as people read it."""
    recorded = told.recorded
    recorded_on = civil_day(recorded.recorded_at)
    happened_on = day_true(recorded)
    return HistoryLine(
        recorded.position,
        quoted(recorded.stream),
        recorded.event.type_name,
        recorded.recorded_at,
        recorded_on,
        happened_on,
        happened_on < recorded_on,
        recorded.actor,
        names.called(recorded.actor),
        names.resolved(told.sentence),
        told.words,
    )
