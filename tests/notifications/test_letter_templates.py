from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import notifications
from notifications.letter_digest import DigestSection, Piece, line_of, words_of
from notifications.letter_item import Answer, Section, UpdateLink
from notifications.letter_templates import COLUMNS, PARTS, folded, render
from notifications.letters import REMINDER, facts_for_template, write_letter
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

TEMPLATES = Path(notifications.__file__).parent / "templates"
LINK = "https://record.example.org/action-12"


def both(message: bytes) -> tuple[str, str]:
    """Return text and page of a message with every run of white space as one space."""
    found = read(message)
    plain, page = (" ".join(part(found, kind).split()) for kind in ("plain", "html"))
    return plain, page


def test_every_folder_of_templates_is_complete_with_a_one_line_subject() -> None:
    folders = [folder for folder in TEMPLATES.iterdir() if folder.is_dir()]

    assert REMINDER in [folder.name for folder in folders]
    for folder in folders:
        whole = {path.name for path in folder.iterdir() if not path.name.startswith("_")}
        assert whole == set(PARTS)
        assert len((folder / "subject.txt").read_text().strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["partnership", "digests", "parts", "answers", "mark"])
def test_a_template_that_names_something_unknown_fails_loudly(name: str) -> None:
    facts = facts_for_template(a_letter(), HEAD)
    del facts[name]

    with pytest.raises(UndefinedError):
        render(REMINDER, facts)


def test_text_and_page_say_the_same_of_an_item() -> None:
    for body in both(write_letter(a_letter(), HEAD)):
        for words in (
            "A12: due in 5 working days",
            "Share the pathway with every school",
            "You get this because you hold the role of Lead for practice, which leads it.",
            "Please reply to this email with the reference",
            "Your reply goes to the business manager",
            "cannot be switched off",
            "The attached deadlines.ics has the dates ahead.",
            "Record 29 · a360 41a5 a1da ab8e",
            "That number says how the record stood when this was written,",
        ):
            assert words in body
        for fact in ITEM.facts:
            assert fact.label in body
            assert fact.text in body


def test_the_parts_stand_in_the_order_of_their_urgency() -> None:
    waiting = changed(section=Section.DECISION, occasion=Occasion.DECISION)
    upcoming, amiss = changed(section=Section.UPCOMING), changed(section=Section.ATTENTION)
    letter = a_letter(amiss, waiting, upcoming, ITEM, overdue(), digests=(DIGEST,))

    for body in both(write_letter(letter, HEAD)):
        shouted = body.upper()
        said = [*(section.value.upper() for section in Section), DIGEST.title.upper()]
        # Its headline names what is overdue as well, so the last place of each counts.
        places = [shouted.rindex(words) for words in said]
        assert places == sorted(places)


def test_links_are_given_where_there_are_pages() -> None:
    plain, page = both(write_letter(a_letter(changed(link=LINK)), HEAD))

    assert f'href="{LINK}"' in page
    assert f"Open it: {LINK}" in plain
    assert "Please open the page" in plain
    assert "Please open the page" in page


def test_the_link_to_report_by_says_until_when_it_works() -> None:
    report = UpdateLink("https://record.example.org/update/x7Kq", dt.date(2024, 12, 5))

    for body in both(write_letter(a_letter(changed(link=LINK, update_link=report)), HEAD)):
        assert report.address in body
        assert "this link works once, until Thursday 5 December" in body


def test_words_from_people_are_shown_as_words_on_the_page() -> None:
    words = "<script>alert(1)</script> & <b>"
    digest = (("<i>", (line_of("<u>"),)),)
    letter = a_letter(
        changed(text=words, link='https://record.example.org/"><script>'),
        digests=(DigestSection("subgroup-1", words, "2024", digest, line_of(words)),),
    )

    _, page = both(write_letter(letter, HEAD))
    assert not [tag for tag in ("<script", "<i>", "<u>", "<b>") if tag in page]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page


def test_a_digest_stands_below_what_is_due_and_says_how_to_switch_it_off() -> None:
    for body in both(write_letter(a_letter(digests=(DIGEST,)), HEAD)):
        below = body.upper().index(DIGEST.title.upper())
        assert body.index("which leads it.") < below < body.upper().index("HOW TO ANSWER")
        for words in ("For the week of 25 November 2024.", "A3 was confirmed.", "Late"):
            assert words in body
        assert words_of(DIGEST.switch_off) in body


def test_a_reference_in_a_digest_leads_to_its_page_where_there_is_one() -> None:
    line = (Piece("A5", "https://record.example.org/action-5"), Piece(" (Share it): due soon"))
    digest = replace(DIGEST, paragraphs=(("Late", (line,)),), switch_off=line)
    plain, page = both(write_letter(a_letter(digests=(digest,)), HEAD))

    assert "- A5 (Share it): due soon https://record.example.org/action-5" in plain
    linked = '<a class="link" href="https://record.example.org/action-5">A5</a> (Share it): due'
    assert page.count(linked) == 2


def test_a_digest_alone_asks_for_nothing_and_does_not_say_that_it_cannot_be_switched_off() -> None:
    for body in both(write_letter(a_letter(items=(), digests=(DIGEST,)), HEAD)):
        assert "No deadline of yours is in this email." in body
        assert "cannot be switched off" not in body
        assert "deadlines.ics" not in body


def test_the_text_keeps_to_its_columns_and_leaves_addresses_whole() -> None:
    long = "https://record.example.org/" + "a" * 90
    letter = a_letter(changed(text="word " * 60, link=long), digests=(DIGEST,))
    lines = part(read(write_letter(letter, HEAD)), "plain").splitlines()

    assert [line for line in lines if len(line) > COLUMNS] == [f"  Open it: {long}"]
    assert "\n\n\n" not in "\n".join(lines)


def test_lines_are_folded_with_an_indent_of_their_own() -> None:
    words = "Last update: " + "word " * 20

    assert folded(words, 4, 2).splitlines()[0].startswith("  Last update: word")
    assert folded(words, 4, 2).splitlines()[1].startswith("    word")
    assert folded("one\n\ntwo") == "one\ntwo"


def test_who_decides_is_told_how_to_answer() -> None:
    waiting = changed(section=Section.DECISION, occasion=Occasion.DECISION, answer=Answer.DECISION)
    words = "say whether you approve it or decline it, and why."

    assert all(words in body for body in both(write_letter(a_letter(ITEM, waiting), HEAD)))
    assert not any(words in body for body in both(write_letter(a_letter(), HEAD)))


def test_whoever_gets_the_answers_is_not_told_to_answer_themselves() -> None:
    letter = a_letter(reply_to="Person1@example.org")

    for body in both(write_letter(letter, HEAD)):
        assert "Answers come to you, so please enter in the record yourself" in body
        assert "Your reply goes to" not in body
        assert "eply to this email" not in body
