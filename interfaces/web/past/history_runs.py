"""The history of a thing as its page shows it: emails in a row fold into one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from projections.history import HistoryLine
from workflow.civil_dates import format_date

_WENT_WRONG: Final = frozenset({"email.failed", "email.uncertain"})
"""What may have kept an email from arriving: it is not folded away."""


@dataclass(frozen=True, slots=True)
class Run:
    """One line of another kind, or all the lines of emails that follow one another."""

    is_email: bool
    lines: tuple[HistoryLine, ...]

    @property
    def is_folded(self) -> bool:
        """Tell whether one line stands for all of them until somebody opens it."""
        return self.is_email and len(self.lines) > 1

    @property
    def is_open(self) -> bool:
        """Tell whether something went wrong with one of the emails, so that all are shown."""
        return any(line.type in _WENT_WRONG for line in self.lines)

    @property
    def words(self) -> str:
        """Say how many emails they are, and of which days: "2 emails, 1 April to 7 April 2025"."""
        count = len({line.ref for line in self.lines})
        days = sorted(line.recorded_on for line in self.lines)
        first, last = format_date(days[0]), format_date(days[-1])
        when = last if first == last else f"{first} to {last}"
        return f"{'An email' if count == 1 else f'{count} emails'}, {when}"


def runs_of(lines: Iterable[HistoryLine], kind: str) -> tuple[Run, ...]:
    """Return the lines of a thing of a kind in runs. Those of an email itself are told in full."""
    return tuple(_runs(lines, kind))


def _runs(lines: Iterable[HistoryLine], kind: str) -> Iterator[Run]:
    together = groupby(lines, key=lambda line: kind != "email" and line.type.startswith("email."))
    for is_email, some in together:
        if is_email:
            yield Run(is_email, tuple(some))
        else:
            yield from (Run(is_email, (line,)) for line in some)
