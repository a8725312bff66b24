"""What emails say or said about each date, kept with the state of the world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

from events.email import ReminderItem
from tests.notifications.simulation.state import State, Word


def planned(
    state: State, email: str, person: str, items: Iterable[ReminderItem], on: dt.date
) -> State:
    """Return the state once an email was planned."""
    words = dict(state.words)
    for one in items:
        date = (one.item, one.target_on)
        word = Word(email, person, one.role, one.rule, on)
        words[date] = (*words.get(date, ()), word)
    return replace(state, words=words)


def dropped(state: State, email: str, item: str, target_on: dt.date, rule: str) -> State:
    """Return the state once something was taken out of an email."""
    date = (item, target_on)
    left = tuple(one for one in state.words[date] if (one.email, one.rule) != (email, rule))
    return replace(state, words={**state.words, date: left})


def left(state: State, email: str, on: dt.date, *, is_refused: bool = False) -> State:
    """Return the state once an email was sent, refused for good, or is uncertain."""
    return _changed(
        state,
        lambda word: word.email == email,
        lambda word: replace(word, left=on, is_refused=is_refused),
    )


def never_taken(state: State, email: str) -> State:
    """Return the state once an email was given up, and can be planned anew."""
    return _changed(
        state, lambda word: word.email == email, lambda word: replace(word, counts=False)
    )


def can_be_reached(state: State, person: str) -> State:
    """Return the state once somebody can be reached: what was refused can be said again."""
    return _changed(
        state,
        lambda word: word.is_refused and word.person == person,
        lambda word: replace(word, counts=False),
    )


def _changed(state: State, which: Callable[[Word], bool], change: Callable[[Word], Word]) -> State:
    words = {
        date: tuple(change(one) if which(one) else one for one in said)
        for date, said in state.words.items()
    }
    return replace(state, words=words)
