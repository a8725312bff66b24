"""Looking at a page as everybody does: what axe finds, what is too wide, what is too small."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js")
RULES: Final = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What differs on a dark phone: colours, and what the narrower page shows and how large.
    "dark": ["wcag2aa", "wcag21aa", "wcag22aa"],
}
NARROWEST: Final = 320
"""1,280 pixels at a zoom of 400 %: what WCAG 1.4.10 asks for."""
TOO_WIDE: Final = """() => {
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.right > innerWidth + 1 && !one.closest(".scroll, .hidden, .skip") && box.width > 1;
  });
  return wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
}"""
TOO_SMALL: Final = """() => [...document.querySelectorAll(
  "button, .button, summary, select, textarea, input:not([type=hidden], [type=checkbox])"
)].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.height < 43;
}).map((one) => one.outerHTML.slice(0, 160))"""


def found_by_axe(page: Page, scheme: str) -> list[str]:
    """Return what axe finds wrong with the page that is shown."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    asked = {"runOnly": RULES[scheme], "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("(asked) => axe.run(document, asked)", asked)
    return [
        f"{broken['id']}: {node['failureSummary']} {node['html'][:200]}"
        for broken in found["violations"]
        for node in broken["nodes"][:3]
    ]


def open_all(page: Page) -> None:
    """Open whatever can be opened on a page."""
    page.evaluate(
        "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
    )
