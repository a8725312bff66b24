from __future__ import annotations

from notifications.short_names import ShortNames

PLAN = [
    "Harbour Partnership to train every school",
    "Harbour Partnership to publish its protocol",
    "Harbour Partnership to hear children",
    "Fill the chair",
]


def test_what_most_texts_begin_with_is_left_out() -> None:
    names = ShortNames(PLAN)

    assert names.short(PLAN[0], 40) == "…train every school"
    assert names.short("Fill the chair", 40) == "Fill the chair"


def test_what_only_some_begin_with_stays() -> None:
    names = ShortNames([*PLAN, "Read it", "Write it", "Say it"])

    assert names.short(PLAN[0], 60) == PLAN[0]


def test_a_text_alone_keeps_its_words_and_is_cut_between_two() -> None:
    assert ShortNames(PLAN[:1]).short(PLAN[0], 30) == "Harbour Partnership to train…"
    assert ShortNames(PLAN[:2]).short(PLAN[0], 60) == PLAN[0]


def test_white_space_makes_no_difference() -> None:
    names = ShortNames([text.replace(" ", "\n ") for text in PLAN])

    assert names.short("Harbour  Partnership\nto hear children", 40) == "…hear children"
    assert ShortNames([]).short("Read it", 40) == "Read it"


def test_the_same_text_twice_counts_once() -> None:
    assert ShortNames([PLAN[0]] * 5).short(PLAN[0], 60) == PLAN[0]
