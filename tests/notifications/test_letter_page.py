"""The page of an email, as it is read on phones, in Outlook, in the dark and aloud."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from notifications.letter_item import LetterItem, Section
from notifications.letters import write_letter
from notifications.rules import Occasion
from tests.notifications.letter_samples import (
    DIGEST,
    HEAD,
    ITEM,
    a_letter,
    changed,
    overdue,
    part,
    read,
)
from tests.notifications.pages import Element, Page, contrast

READABLE = 4.5
"""The least contrast of words with their ground (WCAG 2.2, 1.4.3, level AA)."""
VISIBLE = 3.0
"""The least contrast of what is seen but not read (WCAG 2.2, 1.4.11)."""
LINK = "https://record.example.org/action-12"


def everything() -> str:
    """Return a page with all there can be."""
    decision = changed(section=Section.DECISION, occasion=Occasion.DECISION)
    amiss = changed(section=Section.ATTENTION, occasion=Occasion.ADDRESS)
    linked = changed(link=LINK)
    letter = a_letter(overdue(link=LINK), linked, ITEM, decision, amiss, digests=(DIGEST,))
    return part(read(write_letter(letter, HEAD)), "html")


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(everything())


def with_words(page: Page) -> list[Element]:
    body = page.of("body")[0]
    return [one for one in body.walk() if one.text.strip()]


@pytest.mark.parametrize("dark", [False, True])
def test_all_words_can_be_read_in_the_light_and_in_the_dark(page: Page, *, dark: bool) -> None:
    pale = {
        (one.tag, tuple(one.classes), ratio)
        for one in with_words(page)
        if (
            ratio := contrast(
                page.shown(one, "color", dark=dark), page.shown(one, "background-color", dark=dark)
            )
        )
        < READABLE
    }
    assert pale == set()


@pytest.mark.parametrize("dark", [False, True])
def test_the_edge_that_marks_what_is_overdue_can_be_seen(page: Page, *, dark: bool) -> None:
    (late,) = [one for one in page.elements if "late" in one.classes]
    in_the_dark = page.rules(dark=True)[".late"]["border-left-color"]
    edge = in_the_dark if dark else late.style["border-left"]
    colour = edge.split()[-1]

    assert contrast(colour, page.shown(late, "background-color", dark=dark)) >= VISIBLE


def test_what_is_overdue_is_said_in_words_and_not_by_colour_alone(page: Page) -> None:
    (late,) = [one for one in page.elements if "late" in one.classes]

    assert "overdue" in late.all_text


def test_every_colour_of_the_light_has_one_for_the_dark(page: Page) -> None:
    colours = {"color", "background-color"}
    light, dark = page.rules(dark=False), page.rules(dark=True)
    coloured = {name: colours & rules.keys() for name, rules in light.items()}

    assert {"body", ".item", ".quiet", ".alarm", ".button"} <= {*coloured}
    assert [name for name, found in coloured.items() if not found <= {*dark.get(name, {})}] == []
    # What is written in an element itself needs a rule for the dark that stands above it.
    for one in page.elements:
        if "color" in one.style:
            assert page.shown(one, "color", dark=True) != one.style["color"]


def test_a_program_that_drops_all_rules_shows_dark_letters_on_light_ground(page: Page) -> None:
    page_without = Page(re.sub(r"<style>.*?</style>", "", everything(), flags=re.DOTALL))
    (cell,) = [one for one in page_without.elements if "page" in one.classes]
    tables = [one.attributes for one in page_without.of("table")]
    grounds = {table["bgcolor"] for table in tables if "bgcolor" in table}

    assert grounds == {"#f4f5f6", "#ffffff"}
    assert all(contrast(cell.style["color"], ground or "") >= READABLE for ground in grounds)
    assert {one.text for one in page.of("h3")} == {one.text for one in page_without.of("h3")}


def test_every_item_has_a_heading_under_that_of_its_part(page: Page) -> None:
    levels = [int(one.tag[1]) for one in page.of("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    items = [one for one in page.elements if "item" in one.classes]
    assert len(items) == 6
    assert all("h3" in {inner.tag for inner in item.walk()} for item in items)


def test_who_listens_is_told_the_language_and_no_table_of_layout(page: Page) -> None:
    html = page.of("html")[0]
    assert (html.attributes["lang"], html.attributes["dir"]) == ("en-GB", "ltr")
    assert page.of("title")[0].text == f"{page.of('h1')[0].text}: Example Partnership"
    (article,) = [one for one in page.elements if one.attributes.get("role") == "article"]
    assert article.attributes["lang"] == "en-GB"
    assert article.attributes["aria-label"] == page.of("h1")[0].text
    assert {table.attributes.get("role") for table in page.of("table")} == {"presentation"}


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(page: Page) -> None:
    loading = {"src", "srcset", "background", "action", "poster", "data"}
    running = [
        name
        for one in page.elements
        for name in one.attributes
        if name in loading or name.startswith("on")
    ]

    assert running == []
    assert page.of("script", "link", "iframe", "object", "embed", "form", "video", "base") == []
    assert not re.search(r"url\(|@import|@font-face|expression\(", everything())
    # Whatever picture may come one day needs words for those who do not see it.
    assert all(picture.attributes.get("alt") is not None for picture in page.of("img"))


def test_links_say_where_they_lead_without_what_stands_around_them(page: Page) -> None:
    links = page.of("a")

    assert [link.all_text for link in links] == ["Open A12", "Open A12"]
    assert {link.attributes["href"] for link in links} == {LINK}


def test_outlook_finds_tables_and_inline_styles_and_nothing_that_it_ignores(page: Page) -> None:
    styles = [one.style for one in page.elements]
    shown = {style.get("display") for style in styles} - {None}

    assert shown <= {"inline-block"}
    assert not {"position", "float", "grid", "flex"} & {name for style in styles for name in style}
    assert not re.search(r"\b(?:var|calc|min|clamp)\(|\brem\b", everything())
    html = everything()
    assert not re.search(r"[>+~]|:(?:not|nth|first|last)", _selectors(page))
    assert html.count("<!--[if mso]>") == html.count("<![endif]-->") == 3
    for table in page.of("table"):
        assert table.attributes["cellspacing"] == "0"
        # Each cell of an item says its own room; this is for programs that drop the rules.
        assert table.attributes["cellpadding"] == ("6" if "item" in table.classes else "0")
    # It gives inner tables letters of its own choice, unless a rule for it alone says which.
    assert "td, th, div, p, h1, h2, h3, li, a { font-family: Arial" in html


def test_a_phone_shows_it_at_its_own_width(page: Page) -> None:
    names = {
        meta.attributes.get("name"): meta.attributes.get("content") for meta in page.of("meta")
    }
    assert names["viewport"] == "width=device-width, initial-scale=1"
    assert names["color-scheme"] == names["supported-color-schemes"] == "light dark"
    assert page.rules(dark=False)[".label"]["width"] == "150px"
    widths = (one.attributes.get("width") or "" for one in page.elements)
    assert all(int(width) <= 150 for width in widths if width.isdigit())
    assert "@media only screen and (max-width: 520px)" in page.css


def size_of(*items: LetterItem) -> int:
    return len(part(read(write_letter(a_letter(*items), HEAD)), "html").encode())


def test_an_email_about_a_whole_plan_is_small() -> None:
    assert size_of(*[changed(link=LINK)] * 28) < 60_000


@pytest.mark.parametrize("words", ["Share the pathway. ", "Gwasanaethau plant a’u teuluoedd – "])
def test_no_mail_program_cuts_a_long_email_off(words: str) -> None:
    # Google's shows the first 102 kB and hides the rest behind a link.
    assert size_of(*[changed(link=LINK, text=words * 3)] * 100) < 102_000
    assert size_of(*[changed(link=LINK, text=words * 100)] * 100) < 102_000


def test_what_is_styled_for_all_says_little_in_each_item() -> None:
    one, two = (size_of(*[overdue(why=f"{number}")] * number) for number in (1, 2))
    words = sum(len(fact.label) + len(fact.text) for fact in ITEM.facts) + len(ITEM.text)

    assert two - one - words < 1_200


def _selectors(page: Page) -> str:
    return " ".join({*page.rules(dark=False), *page.rules(dark=True)} - {":root"})
