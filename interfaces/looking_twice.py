"""What looks like a child's details in a command: said before it is stored, at every door alike."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from projections.sentence_parts import listed
from workflow.command import Command
from workflow.personal_details import Detail, details_in, text_of

_NO_WORDS: Final = frozenset({"sha256"})
"""Ten digits of a hash may look like an NHS number by chance."""

_DIGITS: Final = 16


def details_told(command: Command) -> dict[str, str]:
    """Return what is to be said before a command is stored, by field; nothing for most."""
    return {name: _told(details) for name, details in details_of(command).items()}


def details_of(command: Command) -> dict[str, tuple[Detail, ...]]:
    """Return what the words of a command seem to hold of a child's details, by field."""
    return details_in(command.model_dump(exclude=set(_NO_WORDS)))


def fingerprint(text: str) -> str:
    """Return what names a text that somebody has looked at again, however it is spaced."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:_DIGITS]


def not_looked_at(command: Command, looked_at: Iterable[str]) -> dict[str, str]:
    """Return what is still to be said of a command, since nobody looked at those words again.

    `looked_at`: fingerprints of texts that somebody wants stored all the same.
    """
    seen = frozenset(looked_at)
    return {
        name: told
        for name, told in details_told(command).items()
        if fingerprint(text_of(getattr(command, name))) not in seen
    }


def _told(details: tuple[Detail, ...]) -> str:
    return (
        f"This seems to hold {listed(details)}. The record has no need of it. Take it out, or say"
        " that it is to be stored all the same."
    )
