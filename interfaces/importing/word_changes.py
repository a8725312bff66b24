"""Two long texts that differ in a few words, shown by those words alone."""

from __future__ import annotations

from itertools import takewhile

_AROUND = 3
"""Words that are shown before and after what differs."""


def around_change(before: str, after: str) -> tuple[str, str]:
    """Both texts, without what they have in common at the start and the end but a few words."""
    old, new = before.split(), after.split()
    start = _in_common(old, new)
    end = _in_common(old[start:][::-1], new[start:][::-1])
    return _cut(old, start, end), _cut(new, start, end)


def _in_common(old: list[str], new: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _cut(words: list[str], start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), min(len(words) - end + _AROUND, len(words))
    left = "… " if first else ""
    right = " …" if last < len(words) else ""
    return f"{left}{' '.join(words[first:last])}{right}"
