"""The text of a cell, without what a conversion left in it."""

from __future__ import annotations

import html
import re

from workflow.given_values import TURNING

_PARAGRAPH_TAG = re.compile(r"</?(?:p|br|div|tr|ul|ol)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:a|b|em|font|i|li|s|span|strong|sub|sup|table|td|th|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
# Only with the semicolon: Python's own rule also turns "terms&copy" into a copyright sign.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Bounded, so that a cell full of lone marks costs no more than its length.
_BOLD = re.compile(r"\*\*(?=\S)(.{1,500}?)(?<=\S)\*\*", re.DOTALL)
_WHOLLY_ITALIC = re.compile(r"^\*(?=[^\s*])([^*]+)(?<=\S)\*$")
_ESCAPED = re.compile(r"\\([\\$*_#\[\]])")
LONGEST_LABEL = 200
"""Characters beyond which no text is looked at as a label, however often it is asked."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff" + TURNING))


def clean(raw: str) -> str:
    """The words of a cell: no tags, no markdown, single spaces.

    Paragraphs, list items and line breaks stay apart, divided by one newline each.
    """
    text = _PARAGRAPH_TAG.sub("\n", raw.translate(_INVISIBLE))
    text = _INLINE_TAG.sub("", _ITEM_TAG.sub("\n• ", text))
    text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    text = _ESCAPED.sub(r"\1", _BOLD.sub(r"\1", text))
    lines = (" ".join(line.split()) for line in re.split(r"[\n\r\v\f\u2028\u2029]", text))
    return _WHOLLY_ITALIC.sub(r"\1", "\n".join(line for line in lines if line))


def one_line(text: str) -> str:
    """The same words on one line."""
    return " ".join(text.split())


def shortened(text: str, most: int = 80) -> str:
    """At most `most` characters, cut at a word, for showing in a message."""
    line = one_line(text)
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"


def key(text: str) -> str:
    """Letters and digits alone, in lower case: equal for labels that differ in dress only.

    What stands in brackets is left out: "Target date (month)" is a target date. Empty for a
    text that is too long to be a label.
    """
    if len(text) > LONGEST_LABEL:
        return ""
    without_brackets = re.sub(r"\([^()]*\)", " ", text)
    return " ".join(re.sub(r"[\W_]+", " ", without_brackets.casefold()).split())
