from __future__ import annotations

from notifications.letter_item import LetterItem, Section
from notifications.letter_parts import MOST_CHARACTERS, MOST_IN_FULL, parts_of
from notifications.letters import write_letter
from notifications.rules import Occasion
from tests.notifications.letter_samples import HEAD, ITEM, a_letter, changed, overdue, part, read

LINK = "https://record.example.org/action-12"


def late(number: int, **fields: str) -> list[LetterItem]:
    return [overdue(ref=f"A{n}", item=f"action-{n}", **fields) for n in range(1, number + 1)]


def test_up_to_a_limit_everything_is_told_in_full_in_its_order() -> None:
    items = late(MOST_IN_FULL)
    (found,) = parts_of(items)

    assert [item.ref for item in found.items] == [item.ref for item in items]
    assert found.named == ()


def test_beyond_it_each_thing_is_named_with_how_it_stands_and_what_it_is() -> None:
    (found,) = parts_of(late(MOST_IN_FULL + 12))

    assert len(found.items) == MOST_IN_FULL
    assert len(found.named) == 12
    assert found.named[0].words == (
        "A41: overdue by 1 working day. Share the pathway with every school"
    )


def test_what_is_long_overdue_does_not_push_out_what_waits_for_a_decision() -> None:
    waiting = changed(ref="A90", section=Section.DECISION, occasion=Occasion.DECISION)
    soon = [changed(ref=f"A{number}") for number in range(70, 73)]
    overdue_part, soon_part, decision_part = parts_of([*late(60), *soon, waiting])

    assert [item.ref for item in soon_part.items] == ["A70", "A71", "A72"]
    assert [item.ref for item in decision_part.items] == ["A90"]
    assert len(overdue_part.items) == MOST_IN_FULL - 4
    assert len(overdue_part.items) + len(overdue_part.named) == 60


def test_many_words_leave_room_for_fewer_things_but_always_for_the_first() -> None:
    wordy = late(3, text="word " * (MOST_CHARACTERS // 8))
    (found,) = parts_of(wordy)
    assert [item.ref for item in found.items] == ["A1"]
    assert [one.words[:3] for one in found.named] == ["A2:", "A3:"]

    (alone,) = parts_of(late(1, text="x" * (MOST_CHARACTERS + 1)))
    assert len(alone.items) == 1


def test_nothing_is_lost_in_text_or_page_and_more_can_be_had() -> None:
    letter = a_letter(*late(52))
    for kind in ("plain", "html"):
        body = part(read(write_letter(letter, HEAD)), kind)
        assert all(f"A{number}: overdue" in body for number in range(1, 53))
        assert "And 12 more:" in body
        said = " ".join(body.split())
        assert "To be told everything of what is only named above, reply with its" in said


def test_what_is_only_named_has_its_page_where_there_are_pages() -> None:
    letter = a_letter(*late(41, link=LINK))
    plain, page = (part(read(write_letter(letter, HEAD)), kind) for kind in ("plain", "html"))

    assert f'<a class="link" href="{LINK}">A41: overdue by 1 working day.' in page
    assert f"    {LINK}" in plain.splitlines()
    assert "Everything of what is only named above stands on its page." in page


def test_whoever_keeps_the_record_looks_up_the_rest_there() -> None:
    letter = a_letter(*late(41), reply_to="person1@example.org")

    assert "'goldthread show' and a reference tell everything" in " ".join(
        part(read(write_letter(letter, HEAD)), "plain").split()
    )


def test_a_reason_that_all_things_of_a_part_share_is_said_once_with_the_role() -> None:
    letter = a_letter(*late(3))
    (found,) = parts_of(letter.items)
    assert found.why == ITEM.why
    assert all("Your role" not in {fact.label for fact in item.facts} for item in found.items)

    for kind in ("plain", "html"):
        body = part(read(write_letter(letter, HEAD)), kind)
        assert body.count("You get these because") == 1
        assert "You get this because" not in body


def test_reasons_that_differ_stand_with_each_thing_and_so_does_the_role() -> None:
    (found,) = parts_of([*late(1), overdue(why="you cover for the role of Lead for training")])

    assert found.why is None
    assert all("Your role" in {fact.label for fact in item.facts} for item in found.items)


def test_a_role_that_the_reason_does_not_name_is_told_of_each_thing() -> None:
    (found,) = parts_of(late(2, why="you are next in line"))

    assert found.why == "you are next in line"
    assert all("Your role" in {fact.label for fact in item.facts} for item in found.items)
