"""The history of a thing folds emails that follow one another, unless one went astray."""

from __future__ import annotations

import datetime as dt

from interfaces.web.past.history_runs import Run, runs_of
from projections.history import HistoryLine


def _line(type_name: str, day: int, ref: str = "A1") -> HistoryLine:
    at = dt.datetime(2025, 3, day, 8, tzinfo=dt.UTC)
    on = at.date()
    late = False
    return HistoryLine(day, ref, type_name, at, on, on, late, "system", "Goldthread", "did", ())


EMAILS = (
    _line("email.sent", 7, "E2"),
    _line("email.planned", 7, "E2"),
    _line("email.sent", 3, "E1"),
    _line("email.planned", 3, "E1"),
)


def _folded(runs: tuple[Run, ...]) -> list[bool]:
    return [run.is_folded for run in runs]


def test_emails_that_follow_one_another_are_one_line_that_says_how_many() -> None:
    note = _line("action.progress_noted", 8)
    runs = runs_of((note, note, *EMAILS, note), "action")
    assert _folded(runs) == [False, False, True, False]
    assert runs[2].words == "2 emails, 3 March 2025 to 7 March 2025"
    assert not runs[2].is_open


def test_one_email_says_its_day() -> None:
    (run,) = runs_of(EMAILS[2:], "action")
    assert run.words == "An email, 3 March 2025"


def test_what_went_astray_is_shown_at_once() -> None:
    (run,) = runs_of((_line("email.failed", 3, "E1"), EMAILS[3]), "action")
    assert run.is_folded
    assert run.is_open


def test_an_email_tells_its_own_story_line_by_line() -> None:
    assert _folded(runs_of(EMAILS[:2], "email")) == [False, False]
