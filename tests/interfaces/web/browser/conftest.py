from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.interfaces.web.browser.record import ServedRecord, served_record

ON_CI = os.environ.get("CI") == "true"
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MILLISECONDS = 15_000
"""A machine on which much else runs answers late; a test that passes never waits so long."""

expect.set_options(timeout=PATIENCE_MILLISECONDS)

SignIn = Callable[..., Page]


class NoChromium(RuntimeError):
    """No chromium is installed: `apt-get install chromium`, or whatever brings it here."""


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Lend one real browser to the tests here. Without any they are skipped at the desk, not on CI.

    It is gone before other tests begin: as long as it stands, its event loop runs in this thread.
    """
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        if ON_CI:
            raise NoChromium(NoChromium.__doc__)
        pytest.skip(str(NoChromium.__doc__))
    with sync_playwright() as playwright:
        # A container's root has no sandbox; nothing but our own pages is opened.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedRecord]:
    """Serve the sample record. All tests share it, so each changes items of its own."""
    with served_record(tmp_path_factory.mktemp("record")) as served:
        yield served


@pytest.fixture
def sign_in(chromium: Browser, record: ServedRecord) -> Iterator[SignIn]:
    """Give what opens a browser window in which somebody is signed in, on their first page.

    Whatever a page writes to the console, or asks of another machine, fails the test.
    """
    contexts, troubles = [], []

    def open_window(person: str, width: int = 1280, height: int = 900, **asked: Any) -> Page:  # noqa: ANN401
        context = chromium.new_context(viewport={"width": width, "height": height}, **asked)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(said.text) if _is_ours(said.text) else None)
        page.on(
            "response",
            lambda one: troubles.append(f"{one.status} {one.url}") if one.status >= 500 else None,
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda one: (
                None if one.url.startswith(record.address) else troubles.append(f"asked {one.url}")
            ),
        )
        page.goto(record.link_for(person))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{record.address}/")
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert troubles == []


def _is_ours(said: str) -> bool:
    """Tell whether a word on the console is more than that a request was refused."""
    return not said.startswith("Failed to load resource: the server responded with a status of")
