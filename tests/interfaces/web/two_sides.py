"""The record of two sides, made once and closed: whoever gets as far as storing gets an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text

from interfaces.command_fields import Shape, shape_of, subject_field
from interfaces.web.signing_in import cookies
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from tests.databases import sqlite_url
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Browser, Pages
from tests.interfaces.web.conftest import served
from tests.interfaces.web.people import PEOPLE, Side, Somebody, fill
from workflow.command import Command

_CLOSED: Final = (
    "CREATE TRIGGER closed BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'closed'); END"
)
_OPTIONAL: Final = {"lead_role", "subgroup", "agency", "addressed_to", "on"}
"""What decides whose it is going to be that a command begins, though it can be left out."""

_WORDS: Final = {"target": "31 March 2026", "sha256": "0" * 64, "clock": "rapid_review"}


@contextmanager
def two_sides(folder: Path, *, closed: bool) -> Iterator[Pages]:
    """Serve the record of two sides. `closed`: nothing can be stored in it any more."""
    line = CommandLine(folder, sqlite_url(folder))
    line.on(dt.date(2025, 3, 3))
    line.done("init")
    with served(line) as pages:
        fill(pages.partnership)
    line.on(dt.date(2025, 3, 10))
    if closed:
        engine = create_engine(line.url)
        with engine.begin() as connection:
            connection.execute(text(_CLOSED))
        engine.dispose()
    with served(line) as pages:
        yield pages


def browsers_of(pages: Pages) -> dict[str, Browser]:
    """Return a browser of everybody, in which they were signed in when they still could be."""
    return {name: _browser_of(pages, one) for name, one in PEOPLE.items()}


def _browser_of(pages: Pages, somebody: Somebody) -> Browser:
    browser = pages.browser()
    if somebody.person is not None:
        session = pages.house.sessions.begin(somebody.person, pages.partnership.clock())
        browser.client.headers["cookie"] = f"{cookies.SESSION}={session.token}"
    return browser


def token_of(pages: Pages, somebody: Somebody) -> str:
    """Return a personal token with which somebody's programs may do what they may."""
    tokens = PersonalTokens(pages.partnership.engine)
    return tokens.make(str(somebody.person), Reach.WRITE, 30, pages.partnership.clock())


def filled(kind: type[Command], side: Side) -> dict[str, str | list[str]]:
    """Return a form of a command in which everything refers to one side."""
    about = subject_field(kind)
    return {
        name: _value(name, shape_of(field), side)
        for name, field in kind.model_fields.items()
        if name != about and (field.is_required() or (kind.opens and name in _OPTIONAL))
    }


def _value(name: str, shape: Shape, side: Side) -> str | list[str]:
    if shape.categories:
        category = "role" if "role" in shape.categories else shape.categories[0]
        ref = side.things["action" if name == "on" else category]
        return [ref] if shape.is_many else ref
    if shape.is_choice:
        return next(iter(shape.kind))  # type: ignore[call-overload,no-any-return]
    if shape.kind is dt.date:
        return "2025-03-10"
    words = "1" if shape.kind is int else _WORDS.get(name, f"words of {name}")
    return [words] if shape.is_many else words
