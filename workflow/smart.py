"""Advice on making an action SMART. It never blocks: who writes the plan decides.

English is read by a few plain rules, so the advice can miss; its words leave room for that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class AdviceCode(StrEnum):
    """What a piece of advice is about."""

    NO_LEAD = "no_lead"
    NO_DATE = "no_date"
    NO_MEASURE = "no_measure"
    VAGUE_VERB = "vague_verb"
    TELLING_ONLY = "telling_only"
    SEVERAL_ACTIONS = "several_actions"


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice: a code for programs and kind words for people."""

    code: AdviceCode
    message: str


_WHO = "Who would do what differently?"
_FOUND = "What would be found out, and for which decision?"
_DECIDED = "What would be decided, and by whom?"
_END = "What would be there at the end that is not there now?"
# Verbs whose end nobody can see, each with a question that leads to a better one.
_VAGUE = {
    "be aware": _WHO,
    "consider": _DECIDED,
    "continue": _END,
    "embed": "Where would one see it, and how often?",
    "encourage": _WHO,
    "enhance": "From what to what?",
    "ensure": "What would be done, so that it happens?",
    "explore": _FOUND,
    "further develop": _END,
    "improve": "From what to what?",
    "look at": _DECIDED,
    "monitor": "What would be looked at, how often, and what would follow from it?",
    "promote": _WHO,
    "raise awareness": _WHO,
    "strengthen": "From what to what?",
    "support": "What would be given, and to whom?",
    "understand": _FOUND,
    "work towards": _END,
}
# Verbs that begin an action and are hardly ever nouns.
_CLEAR = (
    "agree|amend|analyse|appoint|arrange|ask|build|circulate|clarify|collate|collect|commission"
    "|complete|conduct|create|deliver|design|develop|disseminate|engage|establish|evaluate|facilitate|hold"
    "|identify|implement|introduce|invite|launch|make|organise|prepare|present|produce|provide"
    "|publish|put|refresh|revise|roll out|send|undertake|update|write"
)
# Verbs that are nouns as often: they count as verbs at the start, or before an article.
_DOUBLE = "audit|brief|check|measure|plan|record|report|review|run|set|share|support|test|train"
_OBJECT = r"(?:the|a|an|its|their|our|all|any|each|every|how|whether|that|this|these|with)"

_FIRST_VERB = rf"(?:{'|'.join(_VAGUE)}|{_CLEAR}|{_DOUBLE})\b"
_NEXT_VERB = (
    rf"(?:(?:{'|'.join(verb for verb in _VAGUE if verb != 'support')}|{_CLEAR})\b"
    rf"|(?:{_DOUBLE}) {_OBJECT}\b)"
)
# The verb stands first, or after who is to do it; a later "to" only says what it is for.
_IS_TO = r"\b(?:to|should|must|will|shall)\b"
_SUBJECT = re.compile(rf"\A(?!{_FIRST_VERB})(?:(?!{_IS_TO}).)*{_IS_TO} (?={_FIRST_VERB})")
_NEXT = re.compile(rf"(?:;|,| and| then){{1,3}} (?:to |also )?(?={_NEXT_VERB})")
_VAGUE_START = re.compile(rf"({'|'.join(_VAGUE)})\b")

_TELLING = re.compile(
    r"\b(?:train(?:ed|ing)?|e-?learning|newsletters?|bulletins?|briefings?|webinars?|leaflets?"
    r"|posters?|conferences?|awareness|circulated?|cascaded?|disseminated?)\b"
)
_CHANGING = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|process(?:es)?|protocols?|pathways?|strateg(?:y|ies)"
    r"|audit(?:s|ed)?|check(?:s|ed)?|supervision|templates?|forms?|standards?|frameworks?"
    r"|systems?|measures?|evaluate[ds]?|observations?|dip samples?)\b"
)


def advise(text: str, leads: int, due: dt.date | None, measure: str | None) -> tuple[Advice, ...]:
    """Give advice on the words of an action, its count of leads, its due date and its measure.

    An empty tuple means that nothing was found to better.
    """
    return (*_on_bounds(leads, due, measure), *_on_words(" ".join(text.lower().split())))


def _on_bounds(leads: int, due: dt.date | None, measure: str | None) -> Iterator[Advice]:
    if leads < 1:
        yield Advice(
            AdviceCode.NO_LEAD,
            "Nobody leads this yet. Name a role, so that somebody is asked how it goes.",
        )
    if due is None:
        yield Advice(
            AdviceCode.NO_DATE,
            "It has no date. If the work has no end, think of what will have been reached by its "
            "next review.",
        )
    if not (measure or "").strip():
        yield Advice(
            AdviceCode.NO_MEASURE,
            "It does not say how you will know that it worked. Name something that can be counted "
            "or seen, and where it will be looked for.",
        )


def _on_words(text: str) -> Iterator[Advice]:
    deeds = _deeds(text)
    vague = next((start[1] for deed in deeds if (start := _VAGUE_START.match(deed))), None)
    if vague:
        yield Advice(
            AdviceCode.VAGUE_VERB,
            f'"{vague.capitalize()}" has no end that anybody can see. {_VAGUE[vague]}',
        )
    if _TELLING.search(text) and not _CHANGING.search(text):
        yield Advice(
            AdviceCode.TELLING_ONLY,
            "It seems to rest on telling or training people alone. What else would make the new "
            "way the easy one, and who would check that practice has changed?",
        )
    # "Review and update the policy" is one deed with two verbs; the first has no object.
    if sum(" " in deed for deed in deeds) > 1:
        yield Advice(
            AdviceCode.SEVERAL_ACTIONS,
            "It seems to hold more than one action. Each on its own line can have its own lead, "
            "date and status.",
        )


def _deeds(text: str) -> list[str]:
    """Split the words of an action into what is to be done, each part from its verb on."""
    return [deed.strip() for deed in _NEXT.split(_SUBJECT.sub("", text, count=1))]
