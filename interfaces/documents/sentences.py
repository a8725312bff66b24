"""Enough of the grammar of reports to tell a recommendation from an answer, or to say "unsure"."""

from __future__ import annotations

import re

_FINITE = frozenset(
    ("is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "would", "can",
     "could", "may", "might", "remains", "continues", "includes", "contains")
)  # fmt: skip
_NOT_VERBS = frozenset(
    ("a", "all", "an", "any", "both", "children", "date", "each", "every", "families", "her", "him",
     "his", "it", "its", "more", "most", "other", "our", "partners", "school", "schools", "some",
     "that", "the", "their", "them", "these", "this", "those", "us", "what", "which", "who", "you",
     "your")
)  # fmt: skip
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘\"'])")
_TASK = re.compile(r"^(?P<body>.+?),?\s+(?:(?:should|must|needs? to)\s+|to\s+)(?P<verb>[a-z]+)\b")
_LONGEST_BODY_WORDS = 15
_CLOSING = "\"'”’)]"


def ends_as_sentence(text: str) -> bool:
    """Whether a paragraph comes to its end, or was torn off."""
    return text.rstrip(_CLOSING).endswith((".", "!", "?", ":", ";"))


def starts_midway(text: str) -> bool:
    """Whether a paragraph begins with a small letter: the rest of another one."""
    return text[:1].islower()


def has_finite_verb(text: str) -> bool:
    """Whether one of the commonest finite verbs stands in the text."""
    return any(word.strip(",;:()") in _FINITE for word in text.split())


def reads_as_recommendation(text: str) -> bool:
    """Whether a paragraph asks a named body to do something ("The CSCP to seek ...").

    True only when sure: the body has a name in capitals or an acronym, and no finite verb.
    """
    match = _TASK.match(first_sentence(text))
    if match is None or match["verb"] in _NOT_VERBS or match["verb"].endswith("ing"):
        return False
    words = match["body"].split()
    named = any(word[0].isupper() for word in words[1:]) or words[0][:2].isupper()
    return named and len(words) <= _LONGEST_BODY_WORDS and not has_finite_verb(match["body"])


def reads_as_answer(text: str) -> bool:
    """Whether a paragraph reports on something, in its first sentence; True only when sure."""
    return not reads_as_recommendation(text) and has_finite_verb(first_sentence(text))


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]
