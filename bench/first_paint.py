"""How soon a browser on a slow line shows the board, with nothing of it in its cache.

The line is the one that page audits call slow 4G: 150 ms there and back, 1.6 Mbit/s, as chromium
makes it up itself, so no packet leaves the machine.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from interfaces.web.signing_in.cookies import SESSION

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
SLOW_LINE: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 // 8,
    "uploadThroughput": 750_000 // 8,
}
_PAINTED: Final = """() => new Promise(resolve => new PerformanceObserver(
    seen => resolve(seen.getEntriesByName("first-contentful-paint")[0].startTime)
).observe({type: "paint", buffered: true}))"""


def first_paints(port: int, cookie: str, rounds: int) -> Sequence[float] | None:
    """Return the seconds to the first paint of the board in each round; None without a browser."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        return None
    with _browser(path) as browser:
        return [_first_paint(browser, f"http://localhost:{port}", cookie) for _ in range(rounds)]


@contextmanager
def _browser(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A container's root has no sandbox; nothing but our own pages is opened.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _first_paint(browser: Browser, address: str, cookie: str) -> float:
    context = browser.new_context()
    host = address.removeprefix("http://").partition(":")[0]
    context.add_cookies(
        [{"name": SESSION, "value": cookie, "domain": host, "path": "/", "secure": True}]
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", dict(SLOW_LINE))
    answer = page.goto(f"{address}/board")
    assert answer is not None
    assert answer.ok, answer.status
    assert page.title().startswith("Board"), page.title()
    milliseconds: float = page.evaluate(_PAINTED)
    context.close()
    return milliseconds / 1_000
