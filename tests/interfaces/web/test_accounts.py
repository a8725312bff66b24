"""Signing in with an account of a provider: whom it vouches for, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from joserfc.jwk import OctKey, RSAKey

from interfaces.web.signing_in.connected import ConnectedAccounts
from interfaces.web.signing_in.openid import Account
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import ADDRESS, Browser, Pages
from tests.interfaces.web.provider import CLIENT, Provider, provider_at_work

CHAIR = "person-2"
FROM_OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def provider(pages: Pages) -> Iterator[Provider]:
    """Serve pages that know a provider of accounts."""
    with provider_at_work() as provider:
        settings = pages.partnership.settings
        told = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT}
        web = settings.web.model_copy(update=told)
        known = settings.model_copy(update={"web": web})
        pages.serve_as(replace(pages.partnership, settings=known))
        provider.now = int(pages.partnership.clock().timestamp())
        yield provider


def journey(browser: Browser, provider: Provider, begin: str = "/account/sign-in") -> Any:  # noqa: ANN401
    """Go to the provider and back; return what the pages answer."""
    sent = browser.client.get(begin, headers=FROM_OURS)
    assert sent.status_code == 303
    return browser.client.get(provider.sends_back(sent.headers["location"]))


def connected(pages: Pages, provider: Provider) -> None:
    accounts = ConnectedAccounts(pages.partnership.engine)
    assert accounts.connect(
        Account(provider.issuer, provider.subject), CHAIR, pages.partnership.clock()
    )


def test_an_account_that_was_connected_signs_its_person_in(
    pages: Pages, provider: Provider
) -> None:
    chair = pages.signed_in(CHAIR)
    assert journey(chair, provider, "/account/connect").headers["location"] == "/you"
    elsewhere = pages.browser()
    answer = journey(elsewhere, provider, "/account/sign-in?to=/A2")
    assert answer.headers["location"] == "/A2"
    elsewhere.get("/A2")
    assert chair.post("/account/disconnect").status_code == 303
    assert journey(pages.browser(), provider).status_code == 403


def test_an_account_that_nobody_connected_signs_nobody_in(pages: Pages, provider: Provider) -> None:
    provider.claims = {"email": "audit.chair@example.org", "email_verified": True}
    answer = journey(pages.browser(), provider)
    assert answer.status_code == 403
    assert "not connected" in answer.text


def test_an_account_belongs_to_one_person(pages: Pages, provider: Provider) -> None:
    connected(pages, provider)
    manager = pages.signed_in("person-1")
    answer = journey(manager, provider, "/account/connect")
    assert "connected with somebody else" in answer.text


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else"},
        {"iss": "https://login.example.org"},
        {"exp": 1},
        {"sub": ""},
    ],
)
def test_a_token_that_does_not_hold_signs_nobody_in(
    pages: Pages, provider: Provider, claims: dict[str, Any]
) -> None:
    connected(pages, provider)
    provider.claims = claims
    assert journey(pages.browser(), provider).status_code == 403


def test_a_token_of_another_key_signs_nobody_in(pages: Pages, provider: Provider) -> None:
    connected(pages, provider)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert journey(pages.browser(), provider).status_code == 403


def test_a_token_signed_with_a_shared_secret_signs_nobody_in(
    pages: Pages, provider: Provider
) -> None:
    connected(pages, provider)
    provider.signs_with = OctKey.import_key("s" * 64)  # type: ignore[assignment]
    provider.algorithm = "HS256"
    assert journey(pages.browser(), provider).status_code == 403


def test_an_answer_comes_back_once_and_to_the_browser_that_asked(
    pages: Pages, provider: Provider
) -> None:
    connected(pages, provider)
    browser, other = pages.browser(), pages.browser()
    asked = browser.client.get("/account/sign-in").headers["location"]
    back = provider.sends_back(asked)
    assert other.client.get(back).status_code == 403
    journey_cookie = browser.client.cookies["__Host-journey"]
    assert browser.client.get(back).status_code == 303
    browser.client.cookies.set("__Host-journey", journey_cookie)
    again = provider.sends_back(asked)
    assert browser.client.get(again).status_code == 403


def test_a_state_of_another_journey_signs_nobody_in(pages: Pages, provider: Provider) -> None:
    connected(pages, provider)
    browser = pages.browser()
    back = provider.sends_back(browser.client.get("/account/sign-in").headers["location"])
    assert browser.client.get(f"{back}x").status_code == 403


@pytest.mark.parametrize(
    ("issuer", "status"), [("https://login.example.org", 403), ("", 303), (None, 303)]
)
def test_an_answer_that_names_another_provider_is_not_taken(
    pages: Pages, provider: Provider, issuer: str | None, status: int
) -> None:
    connected(pages, provider)
    browser = pages.browser()
    back = provider.sends_back(browser.client.get("/account/sign-in").headers["location"])
    named = "" if issuer is None else f"&iss={issuer or provider.issuer}"
    assert browser.client.get(f"{back}{named}").status_code == status


def test_the_same_subject_of_another_provider_is_somebody_else(
    pages: Pages, provider: Provider
) -> None:
    accounts, now = ConnectedAccounts(pages.partnership.engine), pages.partnership.clock()
    before = Account("https://login.example.org/before", provider.subject)
    assert accounts.connect(before, CHAIR, now)
    assert journey(pages.browser(), provider).status_code == 403
    assert accounts.connect(Account(provider.issuer, provider.subject), "person-1", now)
    assert accounts.person_of(before) == CHAIR


def test_an_account_of_somebody_who_left_signs_nobody_in(
    pages: Pages, provider: Provider, cli: CommandLine
) -> None:
    connected(pages, provider)
    cli.done("person", "leave", "PE2", "--last-day-on", "2025-09-23")
    answer = journey(pages.browser(), provider)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers or "goldthread=" not in answer.headers["set-cookie"]


def test_somebody_else_who_signed_in_meanwhile_gets_no_account(
    pages: Pages, provider: Provider
) -> None:
    browser = pages.signed_in(CHAIR)
    asked = browser.client.get("/account/connect", headers=FROM_OURS).headers["location"]
    assert browser.post(f"/sign-in/{pages.letters('person-1')}").status_code == 303
    assert browser.client.get(provider.sends_back(asked)).status_code == 403
    assert ConnectedAccounts(pages.partnership.engine).count_of("person-1") == 0


@pytest.mark.parametrize(
    ("headers", "leads"),
    [
        (FROM_OURS, True),
        ({"referer": f"{ADDRESS}/you"}, True),
        ({"sec-fetch-site": "cross-site", "referer": f"{ADDRESS}/you"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"referer": f"{ADDRESS}.elsewhere.example.org/"}, False),
        ({"referer": "https://elsewhere.example.org/"}, False),
        ({}, False),
    ],
)
def test_no_other_site_begins_to_connect_an_account(
    pages: Pages, provider: Provider, headers: dict[str, str], *, leads: bool
) -> None:
    sent = pages.signed_in(CHAIR).client.get("/account/connect", headers=headers)
    assert sent.headers["location"].startswith(provider.issuer if leads else "/you")


@pytest.mark.parametrize(
    "known",
    [{"issuer": "https://login.example.org"}, {"token_endpoint": "ftp://127.0.0.1/token"}],
)
def test_a_provider_that_is_not_the_one_configured_is_not_used(
    pages: Pages, provider: Provider, known: dict[str, str]
) -> None:
    provider.known = known
    answer = pages.browser().client.get("/account/sign-in")
    assert answer.status_code == 403
    assert "cannot be reached" in answer.text


def test_without_a_provider_there_is_no_such_page(pages: Pages) -> None:
    pages.browser().get("/account/sign-in", 404)
