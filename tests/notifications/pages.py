"""Pages of emails as a browser or a screen reader takes them apart: elements, styles, colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from typing_extensions import override

VOID: Final = {"meta", "br", "img", "hr", "link", "input"}
_DARK: Final = re.compile(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", re.DOTALL)
_MEDIA: Final = re.compile(r"@media [^{]*\{.*?\n\}", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]+)\{([^}]*)\}")


@dataclass
class Element:
    """An element with what stands in it. `text`: its own words, without those of its children."""

    tag: str
    attributes: dict[str, str | None]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def classes(self) -> list[str]:
        """Return the names of its classes."""
        return (self.attributes.get("class") or "").split()

    @property
    def style(self) -> dict[str, str]:
        """Return its inline style."""
        return _declarations(self.attributes.get("style") or "")

    @property
    def all_text(self) -> str:
        """Return its words and those of everything in it."""
        return self.text + "".join(child.all_text for child in self.children)

    def walk(self) -> Iterator[Element]:
        """Yield it and everything in it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()


class Page(HTMLParser):
    """A page; every element is closed by its own end."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = self.root
        self.css = ""
        self.feed(html)
        self.close()
        assert self._open is self.root, f"{self._open.tag} is never closed"

    @property
    def elements(self) -> list[Element]:
        """Return every element in the order of the page."""
        return list(self.root.walk())[1:]

    def of(self, *tags: str) -> list[Element]:
        """Return the elements of some kinds."""
        return [one for one in self.elements if one.tag in tags]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Element(tag, dict(attrs), self._open)
        self._open.children.append(found)
        if tag not in VOID:
            self._open = found

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self._open.tag == tag, f"{tag} closes {self._open.tag}"
        assert self._open.parent is not None
        self._open = self._open.parent

    @override
    def handle_data(self, data: str) -> None:
        if self._open.tag == "style":
            self.css += data
        else:
            self._open.text += data

    def rules(self, *, dark: bool) -> dict[str, dict[str, str]]:
        """Return how each kind of element, and each class with its ".", looks."""
        css = _DARK.findall(self.css)[0] if dark else _MEDIA.sub("", self.css)
        found: dict[str, dict[str, str]] = {}
        for selectors, rules in _RULE.findall(css):
            for selector in selectors.split(","):
                declared = _declarations(rules.replace("!important", ""))
                found.setdefault(selector.strip(), {}).update(declared)
        return found

    def shown(self, element: Element, what: str, *, dark: bool) -> str:
        """Return the colour of an element's words or ground, its own or what shines through.

        Rules for the dark are all important, so they stand above what is written in the element.
        """
        light_rules, dark_rules = self.rules(dark=False), self.rules(dark=True) if dark else {}
        at: Element | None = element
        while at is not None:
            for rules in (_of(at, dark_rules), at.style, _of(at, light_rules)):
                if what in rules:
                    return rules[what]
            at = at.parent
        message = f"nothing gives <{element.tag}> a {what}"
        raise AssertionError(message)


def _of(element: Element, rules: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return what rules say of an element; those for its classes stand above its kind."""
    found = dict(rules.get(element.tag, {}))
    for name, declared in rules.items():
        if name.removeprefix(".") in element.classes and name.startswith("."):
            found.update(declared)
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    found = re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", colour.lower())
    assert found, f"{colour!r} is not written as #rrggbb"
    parts = (int(part, 16) / 255 for part in found.groups())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _declarations(style: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in style.split(";") if ":" in pair)
    return {name.strip(): value.strip() for name, _, value in pairs}
