from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.letter_digest import line_of
from notifications.letter_templates import UnfitLetter, render
from notifications.letters import (
    MOST_REFERENCES,
    REMINDER,
    Letterhead,
    facts_for_template,
    write_letter,
)
from tests.notifications.letter_samples import (
    DIGEST,
    HEAD,
    ITEM,
    a_letter,
    changed,
    overdue,
    read,
)

NASTY = st.text(min_size=1).map(
    lambda words: f"{words}\r\nBcc: spy@example.org\n<x@example.org>\0{words}"
)


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
@pytest.mark.parametrize("late", [1, 12])
def test_a_subject_begins_on_its_first_line_and_keeps_to_the_columns(
    partnership: str, late: int
) -> None:
    letter = a_letter(*[overdue()] * late, ITEM)
    sender = replace(HEAD, partnership=partnership)
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


@given(NASTY, NASTY, NASTY)
def test_nothing_in_a_name_or_title_can_add_a_header_or_a_recipient(
    name: str, partnership: str, text: str
) -> None:
    digest = replace(DIGEST, title=text, switch_off=line_of(text))
    letter = a_letter(changed(text=text, why=text), name=name, digests=(digest,))
    plain = read(write_letter(a_letter(digests=(DIGEST,)), HEAD))

    message = read(write_letter(letter, Letterhead(partnership, "remind@example.org")))

    assert message.keys() == plain.keys()
    assert [address.addr_spec for address in message["To"].addresses] == ["person1@example.org"]
    assert [address.addr_spec for address in message["From"].addresses] == ["remind@example.org"]
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "name", ['O"Neil', "Doe, John (he/him)", "a@b.example.org", "Ś" * 200, "\r\nBcc: x", '"', "\\"]
)
def test_a_name_is_shown_and_never_read_as_an_address(name: str) -> None:
    message = read(write_letter(a_letter(name=name), HEAD))

    (to,) = message["To"].addresses
    assert to.addr_spec == "person1@example.org"
    assert "Bcc" not in message


def test_an_email_says_that_a_program_wrote_it_and_where_answers_go() -> None:
    message = read(write_letter(a_letter(), HEAD))

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "manager@example.org"
    assert message["Message-ID"] == "<gt-4f2a@example.org>"
    assert message["Date"].datetime == dt.datetime(2024, 12, 2, 8, 0, tzinfo=dt.UTC)


def test_without_anybody_to_answer_no_reply_address_is_given() -> None:
    assert "Reply-To" not in read(write_letter(a_letter(reply_to=None), HEAD))


def test_every_item_is_named_once_so_that_emails_about_it_stand_together() -> None:
    clock = changed(item="audit-3/clock-1")
    message = read(write_letter(a_letter(ITEM, ITEM, clock, digests=(DIGEST,)), HEAD))

    assert message["References"] == (
        "<action-12@example.org> <audit-3/clock-1@example.org> <subgroup-1@example.org>"
    )


def test_few_items_are_named_where_an_email_has_very_many() -> None:
    items = [changed(item=f"action-{number}") for number in range(1, 100)]
    message = read(write_letter(a_letter(*items), HEAD))

    assert len(message["References"].split()) == MOST_REFERENCES


def test_a_message_is_plain_ascii_in_short_lines_whatever_it_says() -> None:
    words = "“Wörds” ● " * 200
    letter = a_letter(changed(text=words, why=words), digests=(replace(DIGEST, title=words),))
    written = bytes(write_letter(letter, HEAD))

    assert written.isascii()
    assert b"\n" not in written.replace(b"\r\n", b"")
    body = written.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 78


def test_the_same_letter_is_the_same_bytes() -> None:
    letter = a_letter(ITEM, overdue(item="action-2"), digests=(DIGEST,))

    assert bytes(write_letter(letter, HEAD)) == bytes(write_letter(letter, HEAD))
