"""How often somebody may ask, each for themselves, as time goes on."""

from __future__ import annotations

import pytest

from interfaces.web.pace import REMEMBERED, Pace, network_of
from interfaces.web.refusals.refused_requests import TooOften
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from tests.interfaces.web.browsing import Pages


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_times_within_so_many_seconds_and_then_again() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    for second in (0, 10, 20):
        seconds.now = second
        pace.take("one", 3, 60)
    with pytest.raises(TooOften) as refused:
        pace.take("one", 3, 60)
    assert refused.value.wait_seconds == 40
    pace.take("another", 3, 60)
    seconds.now = 60
    pace.take("one", 3, 60)
    with pytest.raises(TooOften):
        pace.take("one", 3, 60)


def test_memory_is_bounded_and_keeps_who_asked_lately() -> None:
    pace = Pace(Seconds())
    pace.take("busy", 2, 60)
    for number in range(REMEMBERED - 1):
        pace.take(str(number), 2, 60)
    pace.take("busy", 2, 60)
    for number in range(REMEMBERED - 1):
        pace.take(f"more {number}", 2, 60)
    with pytest.raises(TooOften):
        pace.take("busy", 2, 60)


def test_addresses_that_somebody_made_up_are_not_remembered(pages: Pages) -> None:
    pace = pages.house.pace
    for number in range(20):
        pages.browser().get(f"/calendar/made-up-{number}.ics", 404)
    assert not pace.remembered


def test_a_calendar_is_asked_for_so_often_and_no_oftener(pages: Pages) -> None:
    tokens = PersonalTokens(pages.partnership.engine)
    token = tokens.make("person-2", Reach.CALENDAR, 30, pages.partnership.clock())
    browser = pages.browser()
    with browser.client:
        told = [browser.client.get(f"/calendar/{token}.ics").status_code for _ in range(121)]
    assert told == [200] * 120 + [429]


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("testclient", "somewhere"),
        (None, "somewhere"),
    ],
)
def test_who_has_a_whole_network_counts_as_one(host: str | None, network: str) -> None:
    assert network_of(host) == network
