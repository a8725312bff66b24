"""A browser without a screen: it keeps cookies, fills forms in, and says where it comes from."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path
from typing import Any, Final

from httpx2 import Response
from starlette.routing import BaseRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from interfaces.bootstrap import Partnership
from interfaces.web.application import application, house_of
from interfaces.web.house import House
from interfaces.web.pages.signing_in import ANY_BROWSER
from interfaces.web.past.at_work import AtWork
from interfaces.web.signing_in.tickets import Purpose, Ticket

PATIENCE_SECONDS: Final = 60.0
"""A machine on which much else runs works slowly; what a test asks for is waited for."""

ADDRESS: Final = "https://record.example.org"
OURS: Final = {"sec-fetch-site": "same-origin", "origin": ADDRESS}


@dataclass
class Pages:
    """The pages of one record, served in this process."""

    partnership: Partnership
    folder: Path
    house: House = field(init=False)

    def __post_init__(self) -> None:
        self.serve_as(self.partnership)

    def serve_as(self, partnership: Partnership) -> None:
        """Serve the record anew, such as with other settings."""
        self.partnership = partnership
        patient = AtWork(time.monotonic, PATIENCE_SECONDS)
        self.serve_house(replace(house_of(partnership, ADDRESS), at_work=patient))

    def serve_house(self, house: House) -> None:
        """Serve the pages as a house has them, such as with other bounds."""
        self.house = house
        self._served = application(house)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Return every route that is served."""
        return self._served.routes

    @property
    def served(self) -> ASGIApp:
        """Return the application itself."""
        return self._served

    def browser(self) -> Browser:
        """Return a new browser, in which nobody is signed in."""
        return Browser(self, TestClient(self._served, base_url=ADDRESS, follow_redirects=False))

    def signed_in(self, person: str) -> Browser:
        """Return a browser in which somebody is signed in."""
        browser = self.browser()
        answer = browser.post(f"/sign-in/{self.letters(person)}")
        assert answer.status_code == 303
        return browser

    def letters(self, person: str, *, minutes: int = 15, browser: str = ANY_BROWSER) -> str:
        """Return a ticket that signs somebody in."""
        until = int(self.partnership.clock().timestamp()) + minutes * 60
        return self.house.signer.write(Ticket(Purpose.SIGN_IN, person, browser, until))

    def emails(self) -> list[str]:
        """Return the text of every email that left, in order."""
        files = sorted(self.folder.joinpath("outbox").glob("*.eml"))
        read = (message_from_bytes(file.read_bytes(), policy=default) for file in files)
        return [one.get_body(("plain",)).get_content() for one in read]  # type: ignore[union-attr]


@dataclass
class Browser:
    """One browser. `path`: the page that it shows."""

    pages: Pages
    client: TestClient

    def get(self, path: str, status: int = 200) -> str:
        """Return a page."""
        answer = self.client.get(path, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:2000]}"
        return answer.text

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Response:
        """Send a form of ours."""
        return self.client.post(path, data=data or {}, headers={**OURS, **headers})

    def give(self, path: str, **fields: str) -> Response:
        """Fill a command's form in as it was shown, and send it."""
        shown = self.get(path)
        return self.post(path, {**hidden_fields(shown), **fields})

    def forget(self) -> None:
        """Forget every cookie."""
        self.client.cookies.clear()


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def words_of(page: str) -> str:
    """Return the words of a page, without its marks."""
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>|<head>.*?</head>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
