from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from jinja2 import UndefinedError
from typing_extensions import override

import notifications
from events.action import ActionProgressNoted, TargetDateMoved
from notifications.addresses import one_line, usable_address
from notifications.letter_facts import LetterItem, Section
from notifications.letters import (
    REMINDER,
    Letter,
    Letterhead,
    RecordMark,
    UnfitLetter,
    facts_for_template,
    headline,
    render,
    write_letter,
)
from notifications.reminding import remind
from notifications.rules import DEFAULT_RULES, Occasion
from tests.notifications.letterboxes import Letterbox, worker
from tests.notifications.records import (
    CO_LEAD_ROLE,
    LEAD_ROLE,
    House,
    add_action,
    new_record,
    target,
)

DAY = dt.date(2024, 12, 2)
TEMPLATES = Path(notifications.__file__).parent / "templates"
HEAD = Letterhead("Example Partnership", "remind@example.org")
ITEM = LetterItem(
    item="action-12",
    kind="action",
    ref="A12",
    section=Section.SOON,
    occasion=Occasion.TARGET,
    target_on=dt.date(2024, 12, 9),
    text="Share the pathway with every school",
    source="Plan for 2024, priority 1: Everybody knows the pathway",
    date="9.12.24 (due 9 December 2024)",
    standing="due in 5 working days",
    moved="first 30.9.24 (due 30 September 2024); moved once, 70 days later in all",
    role="Lead for practice",
    is_lead=True,
    co_leads=("Lead for training",),
    last_update="none yet",
    needed="Start the work and say so.",
    next_steps="If nothing changes, you are told again on 10 December 2024.",
    why="you hold the role of Lead for practice, which leads it",
    link=None,
)
NASTY = st.text(min_size=1).map(
    lambda words: f"{words}\r\nBcc: spy@example.org\n<x@example.org>\0{words}"
)


def a_letter(*items: LetterItem, name: str = "Person 1") -> Letter:
    return Letter(
        "<gt-4f2a@example.org>",
        name,
        "person1@example.org",
        items or (ITEM,),
        DAY,
        dt.datetime(2024, 12, 2, 8, 0, tzinfo=dt.UTC),
        RecordMark(29, "a36041a5a1daab8e"),
        "manager@example.org",
    )


def changed(**fields: object) -> LetterItem:
    return LetterItem(**{**{name: getattr(ITEM, name) for name in ITEM.__slots__}, **fields})


def read(message: EmailMessage | bytes) -> EmailMessage:
    """Read a message as a mail program does, from its bytes."""
    found = email.message_from_bytes(bytes(message), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with new_record(sqlite_url) as begun:
        yield begun


def delivered(house: House) -> EmailMessage:
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")
    letterbox = Letterbox()
    worker(house, letterbox).deliver(DAY)
    return read(letterbox.taken[0][1])


def test_every_folder_of_templates_is_complete_with_a_one_line_subject() -> None:
    folders = [folder for folder in TEMPLATES.iterdir() if folder.is_dir()]

    assert [folder.name for folder in folders] == [REMINDER]
    for folder in folders:
        assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}
        assert len((folder / "subject.txt").read_text().strip().splitlines()) == 1


def test_a_template_that_names_something_unknown_fails_loudly() -> None:
    facts = facts_for_template(a_letter(), HEAD)
    del facts["partnership"]

    with pytest.raises(UndefinedError):
        render(REMINDER, facts)


@pytest.mark.parametrize(
    "partnership",
    [
        "Northshire, Southshire and Westshire",
        "& and Partnership Northshire",
        "Safeguarding Children Partnership of Northshire, Southshire and the Isles of the West",
        "N" * 120,
        "Partneriaeth Diogelu Plant G\N{LATIN SMALL LETTER W WITH CIRCUMFLEX}yr a'r Cylch",
        "\N{LATIN CAPITAL LETTER A WITH DIAERESIS}" * 120,
        "\N{CJK UNIFIED IDEOGRAPH-5150}\N{CJK UNIFIED IDEOGRAPH-7AE5} " * 40,
    ],
)
@pytest.mark.parametrize("overdue", [1, 12])
def test_a_subject_begins_on_its_first_line_and_keeps_to_the_columns(
    partnership: str, overdue: int
) -> None:
    items = [changed(section=Section.OVERDUE)] * overdue + [changed(section=Section.SOON)]
    letter, sender = a_letter(*items), replace(HEAD, partnership=partnership)
    raw = bytes(write_letter(letter, sender))
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    begins = next(number for number, line in enumerate(head) if line.startswith(b"Subject:"))
    ends = next(n for n in range(begins + 1, len(head)) if not head[n].startswith(b" "))
    lines = head[begins:ends]

    assert lines[0].startswith(b"Subject: ")
    assert all(line.strip() and line.isascii() for line in lines)
    assert lines[0] != b"Subject: "
    longest = 78 if " " in partnership or not partnership.isascii() else 998
    assert max(map(len, lines)) <= longest
    whole = render(REMINDER, facts_for_template(letter, sender))
    assert read(raw)["Subject"] == whole["subject.txt"]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_no_partnerships_name_folds_away_the_first_line_of_a_subject(partnership: str) -> None:
    raw = bytes(write_letter(a_letter(), replace(HEAD, partnership=partnership)))

    assert b"Subject: \r\n" not in raw
    assert b"Subject:\r\n" not in raw


def test_a_subject_of_two_lines_is_refused() -> None:
    facts = {**facts_for_template(a_letter(), HEAD), "partnership": "Example\nBcc: spy"}

    with pytest.raises(UnfitLetter, match="one line"):
        render(REMINDER, facts)


def test_an_email_tells_everything_that_a_lead_needs(house: House) -> None:
    add_action(house, 1, "September 2024", lead_roles=(LEAD_ROLE, CO_LEAD_ROLE))
    house.tell(
        "action-1",
        TargetDateMoved(target=target("November 2024"), reason="More schools."),
        ActionProgressNoted(note="Half of the schools have it."),
    )
    add_action(house, 2, "December 2024")

    message = delivered(house)

    assert message["Subject"] == "1 action overdue, 1 due by 31 December 2024: Example Partnership"
    assert message["To"] == "Person 1 <person1@example.org>"
    assert message["From"] == "Example Partnership <remind@example.org>"
    assert message["Reply-To"] == "person4@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["References"] == "<action-1@example.org> <action-2@example.org>"
    assert re.fullmatch(r"<gt-[0-9a-f]{32}@example\.org>", message["Message-ID"])
    for kind in ("plain", "html"):
        text = " ".join(part(message, kind).split())
        for words in (
            "A1",
            "overdue by 1 working day",
            "Share the pathway with every school",
            "Plan for 2024, priority 1: Everybody knows the pathway",
            "November 2024 (due 30 November 2024)",
            "first September 2024 (due 30 September 2024); moved once, 61 days later in all",
            "Lead for practice",
            "Lead for training",
            "2 December 2024",
            "you and the chair of the subgroup are told on 6 December 2024",
            "After that the business manager is told on 20 December 2024.",
            "you hold the role of Lead for practice, which leads it",
            "Reply to this email",
            "Record at position",
        ):
            assert words in text
        assert text.upper().index("OVERDUE") < text.upper().index("UPCOMING")


def test_a_subject_holds_nothing_sensitive(house: House) -> None:
    add_action(house, 1, "December 2024", text="See the child A. N. at home")

    assert delivered(house)["Subject"] == "1 action due by 31 December 2024: Example Partnership"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((ITEM,), "1 action due by 9 December 2024"),
        ((ITEM, changed(target_on=DAY)), "2 actions due by 9 December 2024"),
        ((changed(section=Section.OVERDUE),), "1 action overdue"),
        ((changed(kind="recommendation"), ITEM), "2 items due by 9 December 2024"),
        (
            (changed(section=Section.OVERDUE), changed(kind="recommendation")),
            "1 item overdue, 1 due by 9 December 2024",
        ),
    ],
)
def test_the_headline_counts_what_is_overdue_and_what_is_due(
    items: tuple[LetterItem, ...], said: str
) -> None:
    assert headline(items) == said


@given(NASTY, NASTY, NASTY)
def test_nothing_in_a_name_or_title_can_add_a_header_or_a_recipient(
    name: str, partnership: str, text: str
) -> None:
    letter = a_letter(changed(text=text, role=text, source=text), name=name)
    plain = read(write_letter(a_letter(), HEAD))

    message = read(write_letter(letter, Letterhead(partnership, "remind@example.org")))

    assert message.keys() == plain.keys()
    assert [address.addr_spec for address in message["To"].addresses] == ["person1@example.org"]
    assert [address.addr_spec for address in message["From"].addresses] == ["remind@example.org"]
    assert message["Bcc"] is None


@given(st.text())
def test_words_for_a_header_are_one_plain_line(words: str) -> None:
    line = one_line(words)

    assert len(line.splitlines()) <= 1
    assert line.isprintable() or not line
    assert not {"<", ">"} & set(line)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "nobody",
        "a@b@example.org",
        "lead@example.org\nBcc: x@example.org",
        "lead@example.org>",
        "lead @example.org",
        "léad@example.org",
    ],
)
def test_what_cannot_be_written_to_is_no_address(address: str | None) -> None:
    assert usable_address(address) is None


def test_an_address_of_another_script_is_written_to_in_its_plain_form() -> None:
    assert usable_address("lead@exämple.example.org") == "lead@xn--exmple-cua.example.org"


def test_words_from_people_are_shown_as_words_in_html() -> None:
    message = write_letter(a_letter(changed(text="<script>alert(1)</script> & <b>")), HEAD)

    html = part(read(message), "html")
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in html


def test_a_message_is_plain_ascii_in_short_lines_whatever_it_says() -> None:
    written = bytes(write_letter(a_letter(changed(text="“Wörds” ● " * 200)), HEAD))

    assert written.isascii()
    assert all(len(line) <= 998 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_the_same_letter_is_the_same_bytes() -> None:
    assert bytes(write_letter(a_letter(), HEAD)) == bytes(write_letter(a_letter(), HEAD))


def test_html_is_marked_up_for_those_who_listen() -> None:
    seen = _Outline()
    seen.feed(part(read(write_letter(a_letter(changed(section=Section.OVERDUE)), HEAD)), "html"))

    assert seen.language == "en-GB"
    assert seen.headings == ["h1", "h2", "h3", "h2"]
    assert seen.open == []
    assert not {"table", "img", "script"} & seen.tags


def test_links_are_given_where_there_are_pages() -> None:
    link = "https://record.example.org/action-12"

    message = read(write_letter(a_letter(changed(link=link)), HEAD))

    assert f'<a href="{link}"' in part(message, "html")
    assert link in part(message, "plain")
    assert "Open the page" in part(message, "plain")


def test_deadlines_ahead_come_as_a_calendar_file() -> None:
    overdue = changed(item="action-1", target_on=dt.date(2024, 11, 30), section=Section.OVERDUE)

    message = read(write_letter(a_letter(ITEM, overdue), HEAD))

    (attached,) = list(message.iter_attachments())
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_filename() == "deadlines.ics"
    (entry,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert str(entry["uid"]) == "action-12@example.org"
    assert entry.decoded("dtstart") == dt.date(2024, 12, 9)
    assert entry["sequence"] == 29


def test_without_a_deadline_ahead_nothing_is_attached() -> None:
    overdue = changed(target_on=dt.date(2024, 11, 30), section=Section.OVERDUE)

    assert list(read(write_letter(a_letter(overdue), HEAD)).iter_attachments()) == []


class _Outline(HTMLParser):
    """The headings, the language and the unclosed tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.language: str | None = None
        self.headings: list[str] = []
        self.open: list[str] = []
        self.tags: set[str] = set()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
