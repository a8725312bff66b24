"""How to answer an email: what can be said of each thing in it, and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from notifications.letter_item import Answer, LetterItem, Matter
from notifications.letter_parts import Part
from notifications.rules import Occasion

_ASKED: Final = {
    Answer.WORK: (
        "what you lead",
        "what was done, what stands in the way, or how much more time you need and why",
    ),
    Answer.CONFIRMATION: (
        "what is reported as done",
        "whether you confirm it, or what is missing",
    ),
    Answer.IMPACT: (
        "an impact to be shown",
        "what difference it made to children and families, and how that is known",
    ),
    Answer.RE_AUDIT: (
        "an audit to be done again",
        "which audit looks again, or why none is needed any more",
    ),
    Answer.CLOCK: (
        "a clock that runs",
        "on which day it was done, or why it no longer applies",
    ),
    Answer.DECISION: (
        "a request for more time",
        "whether you approve it or decline it, and why",
    ),
    Answer.DIRECTORY: (
        "an address or a role",
        "the right address, or who takes on the role",
    ),
}
"""What each answer is about, and what it says, both as parts of a sentence."""

_NOTHING_ASKED: Final = (
    "Others lead what is above, so nothing is asked of you. If you know more of it, or want"
    " something done about it, reply to this email with its reference."
)
_OF_OTHERS: Final = (
    "Of what others lead or decide nothing is asked of you; say so if you know more, or want"
    " something done."
)
_DIGEST_ALONE: Final = (
    "No deadline of yours is in this email. To decide on something, or if anything is wrong or"
    " missing, reply to it."
)
_TO_ONESELF: Final = (
    "Answers come to you, so please enter in the record yourself what was done, what stands in the"
    " way, or what was decided. Thank you."
)
_MORE: Final = {
    True: "'goldthread show' and a reference tell everything of what is only named above.",
    False: "To be told everything of what is only named above, reply with its reference.",
}
_MORE_ON_PAGES: Final = "Everything of what is only named above stands on its page."
_THANKS: Final = "Thank you."
_ENTERED: Final = "Your reply goes to the business manager, who will enter it for you."


def answer_about(matter: Matter) -> Answer:
    """Return what its reader can answer about a thing."""
    match matter.subject.occasion:
        case Occasion.DECISION:
            return Answer.DECISION if matter.can_decide else Answer.NOTHING
        case Occasion.ADDRESS | Occasion.VACANCY:
            return Answer.DIRECTORY
        case _ if matter.can_confirm:
            return Answer.CONFIRMATION
        case _ if not matter.is_the_readers:
            return Answer.NOTHING
        case Occasion.CLOCK:
            return Answer.CLOCK
        case Occasion.IMPACT:
            return Answer.IMPACT
        case Occasion.RE_AUDIT:
            return Answer.RE_AUDIT
        case _:
            return Answer.WORK


def how_to_answer(
    items: Sequence[LetterItem], *, keeps_the_record: bool, to_the_manager: bool
) -> tuple[str, ...]:
    """Return the sentences that say how to answer an email; without items it is a digest alone.

    `keeps_the_record`: answers come to the reader themselves. `to_the_manager`: they come to
    somebody else who enters them.
    """
    if keeps_the_record:
        return (_TO_ONESELF,)
    said = [*_said(items)] if items else [_DIGEST_ALONE]
    if to_the_manager:
        said.append(_ENTERED)
    if any(item.answer is not Answer.NOTHING for item in items):
        said[-1] = f"{said[-1]} {_THANKS}"
    return tuple(said)


def how_to_see_more(parts: Sequence[Part], *, keeps_the_record: bool) -> str | None:
    """Say where the rest stands of what an email only names; None where it tells all in full."""
    named = [one for part in parts for one in part.named]
    if not named:
        return None
    return _MORE_ON_PAGES if named[0].link else _MORE[keeps_the_record]


def foot(items: Sequence[LetterItem], *, keeps_the_record: bool) -> str:
    """Say why an email cannot be switched off, empty for a digest alone, which can."""
    if not items:
        return ""
    how = "hand it over in the record" if keeps_the_record else "say so in a reply"
    return (
        "It comes with the roles that you hold or cover, so it cannot be switched off. If one of"
        f" them is not yours any more, {how}."
    )


def _said(items: Sequence[LetterItem]) -> Iterator[str]:
    asked = [answer for answer in Answer if any(item.answer is answer for item in items)]
    of_others = asked[-1] is Answer.NOTHING
    mine = [_ASKED[answer] for answer in asked if answer is not Answer.NOTHING]
    reply = "Please reply to this email with the reference and a sentence or two"
    if any(item.update_link for item in items):
        reply = "Please use the links of each item above, or reply to this email with its reference"
    elif any(item.link for item in items):
        reply = "Please open the page of each item above, or reply to this email with its reference"
    if not mine:
        yield _NOTHING_ASKED
    elif len(mine) == 1:
        yield f"{reply}: {mine[0][1]}."
    else:
        yield f"{reply}."
        yield from (f"Of {about}, say {what}." for about, what in mine)
    if mine and of_others:
        yield _OF_OTHERS
