"""Reminders: everybody's for who oversees, and what is coming, with nothing stored."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages, words_of
from tests.interfaces.web.conftest import served

MANAGER = "person-1"


@pytest.fixture
def reminded(cli: CommandLine) -> CommandLine:
    """Return a small plan of which people were reminded in December."""
    cli.on(dt.date(2025, 12, 3))
    cli.done("remind")
    return cli


def test_an_email_is_listed_with_what_became_of_it(reminded: CommandLine) -> None:
    with served(reminded) as pages:
        manager = pages.signed_in(MANAGER)
        shown = words_of(manager.get("/reminders"))
        assert "sent" in shown
        assert "A2 31 Dec 2025" in shown
        assert "No email matches" in manager.get("/reminders?item=A99")
        assert "A2 31 Dec 2025" in words_of(manager.get("/reminders?status=sent&person=PE2"))


def test_what_is_coming_is_shown_and_not_stored(reminded: CommandLine) -> None:
    with served(reminded) as pages:
        manager = pages.signed_in(MANAGER)
        size = pages.partnership.log.head().size
        assert "5 working days before" in words_of(manager.get("/reminders/coming"))
        assert pages.partnership.log.head().size == size
        manager.get("/reminders/coming?at=2025-06-02", 404)


def test_who_was_told_nothing_yet_reads_when_that_will_be(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert "No email was planned yet" in manager.get("/reminders")
    assert "is not a day" in manager.get("/reminders?since=tomorrow", 422)
    assert "is not a reference" in manager.get("/reminders?item=neglect", 422)
    assert "Exchange the two" in manager.get("/reminders?since=2025-06-02&until=2025-06-01", 422)
