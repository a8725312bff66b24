"""What an email says about each thing, gathered from the read models and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from events.refs import category_of, quoted
from notifications.audiences import Audiences
from notifications.fair_start import FairStart
from notifications.letter_answers import answer_about
from notifications.letter_audits import audit_in_words, clock_in_words
from notifications.letter_directory import address_in_words, vacancy_in_words
from notifications.letter_item import (
    Answer,
    Desk,
    Fact,
    LetterItem,
    Matter,
    Section,
    UpdateLink,
    Words,
)
from notifications.letter_next import ReallyTold, next_steps
from notifications.letter_standing import section_of, standing
from notifications.letter_why import why
from notifications.letter_work import decision_in_words, work_in_words
from notifications.looking import Looked, StillDue
from notifications.rules import Occasion
from notifications.subjects_of_digests import DIGESTS
from notifications.told_days import tellings_of
from projections.projection import MissingRow, Row
from projections.store import View

_MODELS: Final = {
    "action": "actions",
    "recommendation": "recommendations",
    "audit": "audits",
    "person": "directory",
    "role": "directory",
}


def letter_items(looked: Looked, view: View, desk: Desk) -> tuple[LetterItem, ...]:
    """Put everything of which an email reminds into words, in the order of the email.

    Raises `MissingRow` where a thing has no row, which no rebuilt read model allows.
    """
    items = [
        _letter_item(_matter(still, view, looked.audiences, desk))
        for still in looked.due
        if still.subject.occasion not in DIGESTS
    ]
    order = list(Section)
    return tuple(sorted(items, key=lambda item: (order.index(item.section), item.target_on)))


def _matter(still: StillDue, view: View, audiences: Audiences, desk: Desk) -> Matter:
    return Matter(still, _row_of(view, still.subject.item), view, audiences, desk)


def _row_of(view: View, item: str) -> Row:
    row = view.get(_MODELS[category_of(item)], item.partition("/")[0])
    if row is None:
        raise MissingRow(item)
    return row


def _letter_item(matter: Matter) -> LetterItem:
    subject, desk = matter.subject, matter.desk
    words, answer = _in_words(matter), answer_about(matter)
    return LetterItem(
        item=subject.item,
        kind=words.kind,
        ref=quoted(subject.item),
        section=section_of(subject, desk.day, desk.calendar, decides=_decides(matter)),
        occasion=subject.occasion,
        target_on=subject.target_on,
        standing=standing(subject, desk.day, desk.calendar, decides=_decides(matter)),
        text=words.text,
        facts=(
            *words.facts,
            Fact("Still needed", words.needed),
            Fact("What happens next", _next(matter)),
        ),
        answer=answer,
        why=why(matter.told, subject, matter.still.rule, matter.directory),
        link=desk.page_of(subject.item),
        update_link=_update_link(matter, desk) if answer is Answer.WORK else None,
    )


def _decides(matter: Matter) -> bool:
    return matter.can_confirm if matter.subject.is_claim else matter.can_decide


def _in_words(matter: Matter) -> Words:
    match matter.subject.occasion:
        case Occasion.TARGET | Occasion.REVIEW:
            return work_in_words(matter)
        case Occasion.IMPACT if category_of(matter.subject.item) == "audit":
            return audit_in_words(matter)
        case Occasion.IMPACT:
            return work_in_words(matter)
        case Occasion.RE_AUDIT:
            return audit_in_words(matter)
        case Occasion.CLOCK:
            return clock_in_words(matter)
        case Occasion.DECISION:
            return decision_in_words(matter)
        case Occasion.ADDRESS:
            return address_in_words(matter)
        case Occasion.VACANCY:
            return vacancy_in_words(matter)
        case Occasion.WEEKLY_DIGEST | Occasion.MONTHLY_DIGEST:
            message = f"a {matter.subject.occasion} is a part of an email, and no item of it"
            raise ValueError(message)


def _next(matter: Matter) -> str:
    subject, desk = matter.subject, matter.desk
    really, ahead = ReallyTold(subject, matter.audiences), desk.ladder.ahead(subject)
    keys, tellings = _Held(matter.view), tellings_of(matter.view)
    start = FairStart(matter.audiences, keys, tellings, desk.calendar)
    if waiting := start.next_step(subject, desk.ladder.triggered(subject)):
        ahead = tuple(sorted((*ahead, waiting), key=lambda step: step[0]))
    return next_steps(ahead, matter.told, really)


@dataclass(frozen=True, slots=True)
class _Held:
    """The keys of reminders that are held, each looked up when it is asked for."""

    view: View

    def __contains__(self, key: object) -> bool:
        return self.view.get("reminder_keys", str(key)) is not None


def _update_link(matter: Matter, desk: Desk) -> UpdateLink | None:
    """Return the link by which the reader reports on their work."""
    if desk.update_links is None:
        return None
    return desk.update_links(matter.told.person, matter.subject.item, desk.day)
