from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from events.values import Precision, TargetDate
from workflow.civil_dates import MONTHS, WEEKDAYS
from workflow.target_dates import (
    REVIEW_EVERY_DAYS,
    UnclearTargetDate,
    describe,
    format_date,
    read_target_date,
)

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def refusal(words: str) -> UnclearTargetDate:
    with pytest.raises(UnclearTargetDate) as refused:
        read_target_date(words)
    assert refused.value.words == words
    return refused.value


# ------------------------------------------------------------------ what is accepted


@pytest.mark.parametrize(
    ("words", "precision", "earliest", "due"),
    [
        ("December 2024", "month", "2024-12-01", "2024-12-31"),
        ("Dec 2024", "month", "2024-12-01", "2024-12-31"),
        ("Dec. 2024", "month", "2024-12-01", "2024-12-31"),
        ("Sept 2024", "month", "2024-09-01", "2024-09-30"),
        ("Dec-24", "month", "2024-12-01", "2024-12-31"),
        ("Dec '24", "month", "2024-12-01", "2024-12-31"),
        ("Dec 24", "month", "2024-12-01", "2024-12-31"),
        ("12/2024", "month", "2024-12-01", "2024-12-31"),
        ("2025-02", "month", "2025-02-01", "2025-02-28"),
        ("February 2024", "month", "2024-02-01", "2024-02-29"),
        ("end of December 2024", "month", "2024-12-01", "2024-12-31"),
        ("by end December 2024", "month", "2024-12-01", "2024-12-31"),
        ("By the end of December 2024.", "month", "2024-12-01", "2024-12-31"),
        ("by 05.12.2018", "day", "2018-12-05", "2018-12-05"),
        ("31.12.18", "day", "2018-12-31", "2018-12-31"),
        ("31.3.19", "day", "2019-03-31", "2019-03-31"),
        ("11.04.2019", "day", "2019-04-11", "2019-04-11"),
        ("31/12/2025", "day", "2025-12-31", "2025-12-31"),
        ("31 / 12 / 2025", "day", "2025-12-31", "2025-12-31"),
        ("2025-12-31", "day", "2025-12-31", "2025-12-31"),
        ("31 December 2025", "day", "2025-12-31", "2025-12-31"),
        ("31-Dec-25", "day", "2025-12-31", "2025-12-31"),
        ("31st December 2025", "day", "2025-12-31", "2025-12-31"),
        ("28 th November 24", "day", "2024-11-28", "2024-11-28"),
        ("the 1st of May 2025", "day", "2025-05-01", "2025-05-01"),
        ("December 31, 2025", "day", "2025-12-31", "2025-12-31"),
        ("Wednesday 31 December 2025", "day", "2025-12-31", "2025-12-31"),
        ("Wed, 31/12/2025", "day", "2025-12-31", "2025-12-31"),
        ("Due: no later than 31 March 2025", "day", "2025-03-31", "2025-03-31"),
        ("Spring 2024", "season", "2024-03-01", "2024-05-31"),
        ("Summer 2024", "season", "2024-06-01", "2024-08-31"),
        ("Autumn 2024", "season", "2024-09-01", "2024-11-30"),
        ("Winter 2024/25", "season", "2024-12-01", "2025-02-28"),
        ("Winter 2023-2024", "season", "2023-12-01", "2024-02-29"),
        ("Winter 2099/00", "season", "2099-12-01", "2100-02-28"),
        ("Q1 2025/26", "quarter", "2025-04-01", "2025-06-30"),
        ("Quarter 1 2025-26", "quarter", "2025-04-01", "2025-06-30"),
        ("Qtr 2 of financial year 2025/2026", "quarter", "2025-07-01", "2025-09-30"),
        ("Q3 25/26", "quarter", "2025-10-01", "2025-12-31"),
        ("2025/26 Q4", "quarter", "2026-01-01", "2026-03-31"),
        ("financial year 2025/26", "year", "2025-04-01", "2026-03-31"),
        ("2025/26 FY", "year", "2025-04-01", "2026-03-31"),
        ("by the end of 2025", "year", "2025-01-01", "2025-12-31"),
        ("July to September 2025", "range", "2025-07-01", "2025-09-30"),
        ("June - August 2025", "range", "2025-06-01", "2025-08-31"),
        ("June–August 2025", "range", "2025-06-01", "2025-08-31"),
        ("Nov-24 - Jan-25", "range", "2024-11-01", "2025-01-31"),
        ("November 2024 to January 2025", "range", "2024-11-01", "2025-01-31"),
        ("1-5 July 2025", "range", "2025-07-01", "2025-07-05"),
        ("1st to 5th July 2025", "range", "2025-07-01", "2025-07-05"),
        ("28 June - 3 July 2025", "range", "2025-06-28", "2025-07-03"),
        ("20 December 2024 to 5 January 2025", "range", "2024-12-20", "2025-01-05"),
        ("01.07.2025 - 05.08.2025", "range", "2025-07-01", "2025-08-05"),
    ],
)
def test_words_of_one_meaning_are_read_as_it(
    words: str, precision: str, earliest: str, due: str
) -> None:
    target = read_target_date(words)
    assert (target.precision, target.earliest, target.due) == (
        Precision(precision),
        day(earliest),
        day(due),
    )
    assert target.latest == target.due
    assert target.review_every_days is None
    assert target.as_written == words


@pytest.mark.parametrize("words", ["ongoing", "on-going", "on going", "On–Going.", "ONGOING"])
def test_ongoing_has_no_due_date_and_a_review_every_60_working_days(words: str) -> None:
    target = read_target_date(words)
    assert target.precision is Precision.ONGOING
    assert (target.earliest, target.latest, target.due) == (None, None, None)
    assert target.review_every_days == REVIEW_EVERY_DAYS == 60


@pytest.mark.parametrize("dash", "‐‑‒–—−-")  # noqa: RUF001 - the very characters that are meant
def test_every_kind_of_dash_joins_a_range(dash: str) -> None:
    assert read_target_date(f"June {dash} August 2025").due == dt.date(2025, 8, 31)


def test_the_words_are_kept_as_written_with_their_white_space_collapsed() -> None:
    assert read_target_date("  By \t end of\u00a0DECEMBER\n2024. ").as_written == (
        "By end of DECEMBER 2024."
    )


def test_characters_of_no_width_do_not_hide_a_date() -> None:
    assert read_target_date("31\u200b.12.\u00ad18\ufeff").due == dt.date(2018, 12, 31)


# ------------------------------------------------------------------ what is asked about


@pytest.mark.parametrize(
    ("words", "reason", "mend"),
    [
        ("", "it is blank", '"ongoing"'),
        (" \n", "it is blank", '"December 2024"'),
        ("by", "it is blank", '"December 2024"'),
        ("ASAP", "how urgent", "Agree a date with the lead"),
        ("a.s.a.p.", "how urgent", "Agree a date with the lead"),
        ("As soon as possible", "how urgent", "Agree a date with the lead"),
        ("TBC", "no date has been agreed", "Agree a date with the lead"),
        ("n/a", "no date has been agreed", "Agree a date with the lead"),
        ("?", "no date has been agreed", "Agree a date with the lead"),
        ("fully completed", "that is a status", "date on which it was completed"),
        ("Completed 05.12.18", "that is a status", "set the status complete"),
        ("in progress", "that is a status", "by which it is to be done"),
        ("2025", "a year and no month", '"March 2025" or "December 2025"'),
        ("2024/25", "which part of the year", '"Q4 2024/25"'),
        ("end of 2024-25", "which part of the year", '"financial year 2024/25"'),
        ("2011-12", "December 2011 or the year 2011/12", '"December 2011"'),
        ("December", "a month and no year", '"December 2025"'),
        ("31 December", "a day and no year", '"31 December 2025"'),
        ("Autumn", "a season and no year", '"Autumn 2025"'),
        ("Q3", "a quarter and no year", '"Q3 2025/26"'),
        ("12/24", "two numbers", '"December 2025"'),
        ("mid-March 2025", "middle of a month", '"15 March 2025", or "March 2025"'),
        ("early March 2025", "part of a month", '"March 2025" for the last day'),
        ("late 2025", "part of a period", "last day"),
        ("31 February 2025", "February 2025 has 28 days", "from 1 to 28 February 2025"),
        ("31/02/2024", "February 2024 has 29 days", "from 1 to 29 February 2024"),
        ("0.1.2025", "January 2025 has 31 days", "from 1 to 31 January 2025"),
        ("31 April - 3 May 2025", "April 2025 has 30 days", "from 1 to 30 April 2025"),
        ("13.13.2025", "there is no month 13", "day first"),
        ("13/2025", "there is no month 13", "day first"),
        ("2025-13-01", "there is no month 13", "day first"),
        ("12/31/2025", "month before the day", '"31 December 2025"'),
        ("01/07/2025 - 12/31/2025", "month before the day", '"31 December 2025"'),
        ("Monday 31 December 2025", "is a Wednesday, not a Monday", '"31 December 2025"'),
        ("Thurs 31.12.25", "is a Wednesday, not a Thursday", '"31 December 2025"'),
        ("Winter 2024", "ends in February 2024", '"Winter 2023/24" or "Winter 2024/25"'),
        ("Winter 2024/26", "2024 and 26 are not two years", '"2024/25"'),
        ("Autumn 2024/25", "autumn lies within one year", '"Autumn 2024" or "Autumn 2025"'),
        ("Autumn term 2024", "school terms", "last day"),
        ("Q1 2025", "January 2025 to March 2025 (calendar year)", '"Q1 2025/26"'),
        ("2025 Q4", "January 2026 to March 2026 (financial year)", '"Q4 2025/26"'),
        ("Q5 2025/26", "there is no quarter 5", "from 1 to 4"),
        ("Q0 2025", "there is no quarter 0", "from 1 to 4"),
        ("November to January 2025", "names only one", '"November 2024 to January 2025"'),
        ("28 Dec - 3 Jan 2025", "names only one", '"December 2024 to January 2025"'),
        ("September 2025 to July 2025", "ends before it begins", "earlier end first"),
        ("5-1 July 2025", "ends before it begins", "earlier end first"),
        ("quarterly", "how often", '"ongoing"'),
        ("every six weeks", "how often", '"ongoing"'),
        ("before December 2024", "depends on another day", "last day"),
        ("within 6 weeks", "depends on another day", "last day"),
        ("31.12.18 and 31.3.19", "more than one date", "one action for each date"),
        ("ongoing, review March 2025", 'more than "ongoing"', '"ongoing" alone'),
        ("31.12.99", "1999 or 2099", "in full"),
        ("31.12.1999", "outside 2000 to 2100", "Check the year"),
        ("December 2101", "outside 2000 to 2100", "Check the year"),
        ("Winter 2100/01", "outside 2000 to 2100", "Check the year"),
        ("x" * 81, "longer than 80 characters", "progress note"),
        ("after the storm", "depends on another day", "last day"),
        ("hello", "names no date", '"December 2024"'),
        ("١٢/٢٠٢٤", "names no date", '"December 2024"'),
    ],
)
def test_words_of_no_single_meaning_are_sent_back_with_a_mend(
    words: str, reason: str, mend: str
) -> None:
    refused = refusal(words)
    assert reason in refused.reason
    assert mend in refused.mend


def test_the_message_says_what_was_written_what_is_wrong_and_what_to_do() -> None:
    assert str(refusal("31 February 2025")) == (
        'The target date "31 February 2025" is not clear: February 2025 has 28 days. Write a day '
        'from 1 to 28 February 2025, or only "February 2025" for its last day.'
    )


def test_a_long_text_is_shortened_in_the_message_and_whole_in_the_field() -> None:
    refused = refusal("word " * 200)
    assert len(refused.words) == 1000
    assert len(str(refused)) < 250


@pytest.mark.parametrize(
    "words",
    [
        *("Winter 2024", "Q1 2025", "2025 Q4", "mid-March 2025", "early March 2025", "2025", "Q3"),
        *("31 February 2025", "12/31/2025", "Monday 31 December 2025", "November to January 2025"),
        *("2024/25", "Autumn 2024/25", "2011-12", "December", "Autumn", "31 December", ""),
    ],
)
def test_every_date_that_a_mend_proposes_can_itself_be_read(words: str) -> None:
    proposed = re.findall(r'"([^"]+)"', refusal(words).mend)
    assert proposed
    for proposal in proposed:
        assert read_target_date(proposal).as_written == proposal


# ------------------------------------------------------------------ how it is shown


def test_the_words_stand_beside_the_date_that_they_are_taken_to_mean() -> None:
    assert describe(read_target_date("Dec-24")) == "Dec-24 (due 31 December 2024)"
    assert describe(read_target_date("31.12.24")) == "31.12.24 (due 31 December 2024)"
    assert describe(read_target_date("31 December 2024")) == "31 December 2024"


def test_ongoing_is_shown_with_its_review() -> None:
    shown = describe(read_target_date("ongoing"))
    assert shown == "ongoing (reviewed every 60 working days)"


# ------------------------------------------------------------------ laws


def ways_of_writing(d: dt.date) -> list[str]:
    month = MONTHS[d.month - 1]
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(d.day % 10 * (d.day not in (11, 12, 13)), "th")
    return [
        f"{d:%d.%m.%Y}",
        f"{d:%d/%m/%Y}",
        f"{d:%d-%m-%Y}",
        f"{d.day}.{d.month}.{d.year}",
        d.isoformat(),
        format_date(d),
        f"{d.day} {month[:3]} {d.year}",
        f"{d.day}-{month[:3]}-{d.year}",
        f"{d.day}{suffix} {month} {d.year}",
        f"{d.day}{suffix} of {month}, {d.year}",
        f"{month} {d.day}, {d.year}",
        f"{WEEKDAYS[d.weekday()]} {d.day} {month} {d.year}",
        f"{WEEKDAYS[d.weekday()][:3]}, {d:%d/%m/%Y}",
        f"by {format_date(d).upper()}.",
    ]


@given(DAYS)
@example(dt.date(2024, 2, 29))
@example(dt.date(2025, 12, 11))
def test_a_day_written_in_any_accepted_way_reads_back_to_itself(d: dt.date) -> None:
    for words in ways_of_writing(d):
        target = read_target_date(words)
        assert (target.precision, target.earliest, target.due) == (Precision.DAY, d, d), words


@given(st.dates(dt.date(2000, 1, 1), dt.date(2059, 12, 31)))
def test_a_day_with_a_short_year_reads_back_to_itself(d: dt.date) -> None:
    for words in (
        f"{d:%d.%m.%y}",
        f"{d.day}/{d.month}/{d:%y}",
        f"{d.day} {MONTHS[d.month - 1]} {d:%y}",
    ):
        assert read_target_date(words).due == d, words


@pytest.mark.parametrize("year", [2000, 2024, 2025, 2100])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_due_on_its_last_day(year: int, month: int) -> None:
    name = MONTHS[month - 1]
    for words in (f"{name} {year}", f"{name[:3]} {year}", f"{month}/{year}", f"end {name} {year}"):
        target = read_target_date(words)
        assert target.precision is Precision.MONTH
        assert target.earliest == dt.date(year, month, 1)
        assert target.due is not None
        assert (target.due + dt.timedelta(days=1)).day == 1
        assert (target.due.year, target.due.month) == (year, month)


def read_or_ask(words: str) -> TargetDate | UnclearTargetDate:
    try:
        return read_target_date(words)
    except UnclearTargetDate as refused:
        return refused


TOKENS = st.sampled_from(
    [
        *("31", "29", "0", "1st", "13", "2025", "1999", "99", "'24", "2025/26", "Q1", "q9", "7"),
        *("Feb", "december", "Autumn", "winter", "Mon", "Friday", "FY", "financial year", "term"),
        *("end of", "by", "on", "mid", "the", "of", "to", "-", "–", "/", ".", ",", "and", "from"),
        *("ongoing", "ASAP", "completed", " ", "'", ";", "before", "quarter", "{x}", "٣", "st"),
    ]
)


@given(
    st.one_of(st.text(), st.lists(TOKENS, max_size=7).map(" ".join), st.lists(TOKENS).map("".join))
)
def test_no_text_is_met_with_anything_but_a_date_or_a_question(words: str) -> None:
    answer = read_or_ask(words)
    if isinstance(answer, UnclearTargetDate):
        assert answer.reason
        assert answer.mend.endswith(".")
        return
    target = answer
    assert (target.due is None) == (target.precision is Precision.ONGOING)
    if target.earliest and target.latest:
        assert dt.date(2000, 1, 1) <= target.earliest <= target.latest <= dt.date(2100, 12, 31)
        assert target.due == target.latest
        again = read_target_date(target.as_written)
        assert again == target


@pytest.mark.skipif(not SOURCES.exists(), reason="the real documents are not beside the project")
@pytest.mark.parametrize("name", ["annual-report-2024-25.txt", "scrutiny-board-pack-2025-01.txt"])
def test_every_target_date_of_the_real_plan_is_read_as_a_month(name: str) -> None:
    text = (SOURCES / name).read_text(encoding="utf-8")
    cells = re.findall(r"\t((?:June|July|September|December|March) 202[45])\t", text)
    assert len(cells) == 28
    assert {read_target_date(cell).precision for cell in cells} == {Precision.MONTH}
