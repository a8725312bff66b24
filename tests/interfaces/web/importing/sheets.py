"""The page of a dry run as a browser without script sends it back, field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from httpx2 import Response
from typing_extensions import override

from events.recorded import Recorded
from interfaces.documents.columns import PlanField
from interfaces.web.importing.asked import name_of
from tests.interfaces.web.browsing import OURS, Browser, Pages, words_of

MANAGER: Final = "person-1"


class _Form(HTMLParser):
    """The fields of the form of a page that belongs to an import."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._is_inside = False
        self._select = self._area = ""
        self._words: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = given["action"].startswith("/import")
        elif not self._is_inside:
            return
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self._keep(given["name"], given.get("value", "on"))
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and self._is_first_or_chosen(given):
            self.fields[self._select] = [given["value"]] if "value" in given else []
            self._words = [] if "value" not in given else ["chosen"]
        elif tag == "textarea":
            self._area, self._words = given["name"], []

    @override
    def handle_data(self, data: str) -> None:
        if self._area:
            self._words.append(data)
        elif self._select and self.fields.get(self._select) == []:
            self.fields[self._select] = [data]

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self._keep(self._area, "".join(self._words).removeprefix("\n"))
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._is_inside = False

    def _is_first_or_chosen(self, given: dict[str, str]) -> bool:
        return "selected" in given or self._select not in self.fields

    def _keep(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def form_of(page: str) -> dict[str, list[str]]:
    """Return every field of the form of an import, as a browser sends it."""
    form = _Form()
    form.feed(page)
    return form.fields


@dataclass
class Sheet:
    """A dry run in a browser. `answer` is the last that came, `fields` what would be sent now."""

    browser: Browser
    answer: Response
    fields: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.take(self.answer)

    @classmethod
    def of(cls, browser: Browser, name: str, content: bytes) -> Sheet:
        """Choose a document, and look at it."""
        files = {"file": (name, content, "application/octet-stream")}
        return cls(browser, browser.client.post("/import", files=files, headers=OURS))

    @property
    def words(self) -> str:
        """Return what the page says."""
        return words_of(self.answer.text)

    def fill(self, **fields: str | list[str]) -> None:
        """Fill fields in by name, in which underscores stand for hyphens."""
        for name, value in fields.items():
            self.fields[name.replace("_", "-")] = [value] if isinstance(value, str) else value

    def correct(self, row: int, of: PlanField, words: str) -> None:
        """Fill in a cell that stands on the page."""
        assert name_of(of, row) in self.fields, f"row {row} cannot be corrected"
        self.fields[name_of(of, row)] = [words]

    def match(self, written: str, *, role: str = "", title: str = "") -> None:
        """Choose which role a lead is, or type the title of a new one."""
        found = [name for name, values in self.fields.items() if values == [written]]
        [number] = [
            name.removeprefix("spelling-") for name in found if name.startswith("spelling-")
        ]
        self.fields[f"role-{number}"], self.fields[f"role-title-{number}"] = [role], [title]

    def check(self) -> Response:
        """Press "Check again"."""
        return self.take(self.browser.post("/import/check", dict(self.fields)))

    def store(self) -> Response:
        """Press "Store it"."""
        return self.take(self.browser.post("/import/store", dict(self.fields)))

    def stored(self) -> str:
        """Press "Store it", which is done, and return what is told about it."""
        answer = self.store()
        assert answer.status_code == 303, words_of(answer.text)
        return words_of(self.browser.get(answer.headers["location"]))

    def take(self, answer: Response) -> Response:
        """Show an answer."""
        self.answer = answer
        if answer.status_code != 303:
            self.fields = form_of(answer.text)
        return answer


def recorded(pages: Pages) -> list[tuple[str, int, Any]]:
    """Return what the record holds, without what differs from one record to the next."""
    events: list[Recorded] = list(pages.partnership.log.read())
    return [(one.stream, one.version, one.event) for one in events]


def size(pages: Pages) -> int:
    """Return how much the record holds."""
    return pages.partnership.log.head().size
