"""Single days as people write them, always day first: "05.12.2018", "31st December 2025"."""

from __future__ import annotations

from workflow.civil_dates import (
    MONTHS,
    WEEKDAYS,
    NotADate,
    Period,
    format_date,
    month_number,
    real_day,
    single_day,
    within_bounds,
    year_number,
)
from workflow.date_words import DAY, GAP, MONTH, NUMBER, WEEKDAY, YEAR, Found, shape


def named_day(day: str, month: str, year: int) -> Period:
    """Read a day such as "31st" of a month named in words."""
    return single_day(real_day(year, month_number(month), int(day.rstrip("stndrh "))))


def numeric_day(day: str, month: str, year: str) -> Period:
    """Read a day in three numbers; raise `NotADate` where only month first makes sense of it."""
    d, m, y = int(day), int(month), year_number(year)
    if m > len(MONTHS) >= d:
        meant = format_date(real_day(y, d, m))
        raise NotADate(
            "it puts the month before the day, and dates are read day first",
            f'If it means {meant}, write "{meant}".',
        )
    return single_day(real_day(y, m, d))


def _numeric(found: Found) -> Period:
    return _on_weekday(found, numeric_day(found["day"], found["month"], found["year"]))


def _iso(found: Found) -> Period:
    year = within_bounds(int(found["year"]))
    return single_day(real_day(year, int(found["month"]), int(found["day"])))


def _named(found: Found) -> Period:
    return _on_weekday(found, named_day(found["day"], found["month"], year_number(found["year"])))


def _on_weekday(found: Found, period: Period) -> Period:
    """Hold the weekday that was written, if one was, against the calendar."""
    written, day = found["weekday"], period.latest
    actual = WEEKDAYS[day.weekday()]
    if written and not actual.lower().startswith(written):
        claimed = next(name for name in WEEKDAYS if name.lower().startswith(written))
        raise NotADate(
            f"{format_date(day)} is a {actual}, not a {claimed}",
            f'Check which one is right, then write only the date, such as "{format_date(day)}".',
        )
    return period


DAY_SHAPES = (
    shape(
        rf"{WEEKDAY}(?P<day>{NUMBER}) ?(?P<dot>[./-]) ?(?P<month>{NUMBER}) ?(?P=dot) ?"
        r"(?P<year>[0-9]{4}|[0-9]{2})",
        _numeric,
    ),
    shape(
        rf"(?P<year>[0-9]{{4}})(?P<dot>[./-])(?P<month>{NUMBER})(?P=dot)(?P<day>{NUMBER})",
        _iso,
    ),
    shape(
        rf"{WEEKDAY}(?:the )?(?P<day>{DAY}){GAP}(?:of )?(?P<month>{MONTH}){GAP}(?P<year>{YEAR})",
        _named,
    ),
    # The name of the month leaves no doubt, so here it may stand first.
    shape(
        rf"{WEEKDAY}(?P<month>{MONTH})[ -](?P<day>{DAY})[ -](?P<year>[0-9]{{4}})",
        _named,
    ),
)
"""Every way of writing one day."""
