"""Words that stand where a target date should and name none: why each is refused, and its mend.

Nothing here guesses. Where a reader would have to choose between two days, the words are sent
back with both named.
"""

from __future__ import annotations

import re

from workflow.civil_dates import NotADate
from workflow.date_words import DAY, MONTH, SEASON, YEAR

_EXAMPLES = '"December 2024", "31.12.2024", "Autumn 2024", "Q1 2025/26" or "ongoing"'
_ONE_DAY = 'Write the last day on which it is still in time, such as "31 December 2024".'


def refuse_vague(tidied: str) -> NotADate:
    """Say why the words are no target date, as exactly as they allow; the caller raises it.

    `tidied`: lower case, single spaces, plain hyphens, no "by" in front.
    """
    for pattern, reason, mend in _VAGUE:
        found = pattern.fullmatch(tidied)
        if found:
            named = {name: (words or "").title() for name, words in found.groupdict().items()}
            return NotADate(reason.format(**named), mend.format(**named))
    return NotADate("it names no date that is known here", f"Write it such as {_EXAMPLES}.")


def _vague(pattern: str, reason: str, mend: str) -> tuple[re.Pattern[str], str, str]:
    return re.compile(pattern), reason, mend


_VAGUE: tuple[tuple[re.Pattern[str], str, str], ...] = (
    _vague(
        r"(?:by|on|due|-)?",
        "it is blank",
        f"Agree with the lead by when it will be done and write it such as {_EXAMPLES}.",
    ),
    _vague(
        r"(?:a ?s ?a ?p|as soon as (?:possible|practicable)|now|urgent(?:ly)?"
        r"|(?:with )?immediate(?:ly)?(?: effect)?)",
        "it says how urgent the work is, not when it is due",
        f"Agree a date with the lead. {_ONE_DAY}",
    ),
    _vague(
        r"(?:t ?b ?[acd]|to be (?:confirmed|agreed|decided|determined|advised|arranged|set)"
        r"|n ?/? ?a|not applicable|none|unknown|pending|date|\?+)",
        "no date has been agreed yet",
        'Agree a date with the lead, or write "ongoing" if the work has no end.',
    ),
    _vague(
        r"(?:fully |now |partly |partially )?"
        r"(?:completed?|done|finished|closed|achieved|implemented|actioned|delivered)\b.*",
        "that is a status, not a date",
        "Give the date on which it was completed as the target date, and set the status complete.",
    ),
    _vague(
        r"(?:work )?(?:in progress|not (?:yet )?started|started|under ?way|open|overdue|on track"
        r"|on hold|delayed|blocked|outstanding)\b.*",
        "that is a status, not a date",
        f"Set the status by itself, and give the date by which it is to be done. {_ONE_DAY}",
    ),
    _vague(
        r"on ?-? ?going\b.+|.+\bon ?-? ?going",
        'it says more than "ongoing"',
        'Write "ongoing" alone (it is then reviewed every 60 working days), or only the date.',
    ),
    _vague(
        rf"(?:mid|middle)(?: ?- ?| of | )(?P<month>{MONTH}[ -]?{YEAR})",
        "the middle of a month is no single day",
        'Write a day, such as "15 {month}", or "{month}" for the last day of the month.',
    ),
    _vague(
        rf"(?:early|late|start of|beginning of|the (?:start|beginning) of)(?: ?- ?| )"
        rf"(?P<month>{MONTH}[ -]?{YEAR})",
        "it names part of a month and no day",
        'Write the day that is meant, or "{month}" for the last day of the month.',
    ),
    _vague(
        r"(?:mid|middle|early|late|(?:the )?(?:start|beginning))\b.*",
        "it names part of a period and no day",
        _ONE_DAY,
    ),
    _vague(
        r"(?P<year>[0-9]{4})",
        "it names a year and no month",
        'Ask which month is meant and write it, such as "March {year}" or "December {year}".',
    ),
    _vague(
        r"(?:(?:the )?end(?: of)?(?: the)? )?(?P<from>[0-9]{4}) ?[/-] ?(?P<to>[0-9]{4}|[0-9]{2})",
        "it does not say which part of the year, nor which kind of year",
        'Ask which month is meant and write it, such as "March 2025", a quarter such as '
        '"Q4 {from}/{to}", or "financial year {from}/{to}" for its 31 March.',
    ),
    _vague(
        rf"(?P<month>{MONTH})",
        "it names a month and no year",
        'Write the year too, such as "{month} 2025".',
    ),
    _vague(
        rf"(?:the )?{DAY}[ -]?(?:of )?{MONTH}",
        "it names a day and no year",
        'Write the year too, such as "31 December 2025".',
    ),
    _vague(
        rf"(?P<season>{SEASON})",
        "it names a season and no year",
        'Write the year too, such as "{season} 2025"; a winter has two, such as "Winter 2025/26".',
    ),
    _vague(
        r"(?:q|qtr|quarter) ?(?P<quarter>[0-9])",
        "it names a quarter and no year",
        'Write the year too, such as "Q{quarter} 2025/26" for the financial year.',
    ),
    _vague(
        r"[0-9]{1,2} ?[./-] ?[0-9]{1,2}",
        "it has two numbers where a date has three",
        'Write the day, the month and the year, such as "31.12.2025", or a month in words, such as '
        '"December 2025".',
    ),
    _vague(
        r".*\b(?:term|half-?term|easter|christmas|holidays?)\b.*",
        "the days of school terms and holidays are not known here",
        'Write the last day that is meant, such as "18 December 2025".',
    ),
    _vague(
        r"(?:annual(?:ly)?|bi-?annual(?:ly)?|yearly|quarterly|monthly|weekly|termly|regular(?:ly)?"
        r"|(?:each|every)\b.*)",
        "it says how often and not by when",
        'Write the next date on which it is due, or "ongoing" for work without an end.',
    ),
    _vague(
        r"(?:before|after|following|from|within|in [0-9]+|next|this|until|once|when|subject to)"
        r"\b.*",
        "it depends on another day",
        f"Work out the day that is meant. {_ONE_DAY}",
    ),
    _vague(
        r".*[0-9].*(?:\band\b|&|;|\bor\b).*[0-9].*",
        "it seems to hold more than one date",
        "Write the last one, or enter one action for each date.",
    ),
)
