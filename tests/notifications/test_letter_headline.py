from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from notifications.letter_digest import DigestSection, line_of
from notifications.letter_headline import headline
from notifications.letter_item import LetterItem, Section
from notifications.rules import Occasion
from tests.notifications.letter_samples import DAY, DIGEST, ITEM, changed, overdue

DECISION = changed(kind="decision", section=Section.DECISION, occasion=Occasion.DECISION)
OF_OTHERS = changed(kind="decision", section=Section.ATTENTION, occasion=Occasion.DECISION)
ADDRESS = changed(kind="address", section=Section.ATTENTION, occasion=Occasion.ADDRESS)
VACANCY = changed(kind="role", section=Section.ATTENTION, occasion=Occasion.VACANCY)
CLOCK = changed(kind="deadline", occasion=Occasion.CLOCK)
RE_AUDIT = changed(kind="re-audit", occasion=Occasion.RE_AUDIT, section=Section.UPCOMING)
SECRET = "See the child A. N. at home"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((ITEM,), "1 action due by 9 December"),
        ((ITEM, changed(target_on=DAY)), "2 actions due by 9 December"),
        ((overdue(),), "1 action overdue"),
        ((overdue(occasion=Occasion.REVIEW),), "1 review overdue"),
        ((overdue(occasion=Occasion.REVIEW), overdue()), "2 items overdue"),
        ((changed(kind="recommendation"), ITEM), "2 items due by 9 December"),
        ((overdue(), changed(kind="recommendation")), "1 item overdue, 1 due by 9 December"),
        ((changed(target_on=dt.date(2025, 1, 3)),), "1 action due by 3 January"),
        ((changed(target_on=dt.date(2025, 12, 1)),), "1 action due by 1 December 2025"),
        ((CLOCK,), "1 deadline due by 9 December"),
        ((RE_AUDIT, RE_AUDIT), "2 re-audits due by 9 December"),
        ((DECISION,), "1 decision waits for you"),
        ((DECISION, DECISION), "2 decisions wait for you"),
        ((OF_OTHERS,), "1 request waits for a decision"),
        (
            (OF_OTHERS, OF_OTHERS, DECISION),
            "1 decision waits for you, 2 requests wait for a decision",
        ),
        ((ADDRESS,), "1 address refused"),
        ((ADDRESS, VACANCY, VACANCY), "1 address refused, 2 vacant roles"),
        ((overdue(), DECISION), "1 action overdue, 1 decision waits for you"),
    ],
)
def test_the_headline_counts_what_there_is(items: tuple[LetterItem, ...], said: str) -> None:
    assert headline(items, (), DAY) == said


@pytest.mark.parametrize(
    ("items", "digests", "said"),
    [
        ((), (DIGEST,), "Digest for the week of 25 November 2024"),
        ((), (DIGEST, DIGEST), "2 digests"),
        ((ITEM,), (DIGEST,), "1 action due by 9 December, 1 digest"),
        ((ITEM,), (DIGEST, DIGEST), "1 action due by 9 December, 2 digests"),
    ],
)
def test_a_digest_is_counted_after_what_is_due(
    items: tuple[LetterItem, ...], digests: tuple[DigestSection, ...], said: str
) -> None:
    assert headline(items, digests, DAY) == said


def test_no_words_of_people_stand_in_a_headline() -> None:
    kinds = (ITEM, overdue(), DECISION, ADDRESS, VACANCY, CLOCK, RE_AUDIT)
    items = [replace(item, text=SECRET, standing=SECRET, why=SECRET, facts=()) for item in kinds]
    digest = replace(
        DIGEST, title=SECRET, paragraphs=((SECRET, (line_of(SECRET),)),), switch_off=line_of(SECRET)
    )

    assert headline(items, (digest,), DAY) == headline(kinds, (DIGEST,), DAY)
