from __future__ import annotations

from interfaces.documents.document import (
    Document,
    ResponseKind,
    ResponseRow,
    ResponseTable,
)
from interfaces.importing.recorded import Recorded, RecordedRecommendation
from interfaces.importing.responses import propose_recommendations

EMPTY = Recorded(0, (), (), (), ())
SOURCE = "Early help — report.txt"


def document(
    *rows: tuple[str, str], impact: str | None = None, name: str = "report.txt"
) -> Document:
    table = ResponseTable(
        ResponseKind.AREA_FOR_DEVELOPMENT,
        "Early help",
        tuple(ResponseRow(line, text, answer) for line, (text, answer) in enumerate(rows, 1)),
        impact,
    )
    return Document(name, "0" * 64, (), (table,), ())


def known(text: str, source: str | None = SOURCE) -> Recorded:
    found = RecordedRecommendation("recommendation-4", text, source, answerable=True)
    return Recorded(0, (), (), (), (found,))


def test_an_answer_is_kept_as_published_and_shows_that_it_was_taken_on() -> None:
    [found], _ = propose_recommendations(document(("Fathers", "A guide.\nA group.")), EMPTY)
    assert (found.text, found.source, found.accepted) == ("Fathers", SOURCE, True)
    assert found.note == "As published in report.txt:\nA guide.\nA group."


def test_without_an_answer_nothing_is_claimed() -> None:
    [found], _ = propose_recommendations(document(("Fathers", "")), EMPTY)
    assert (found.accepted, found.note) == (False, None)


def test_the_difference_made_is_told_of_the_whole_heading() -> None:
    answered, unanswered = propose_recommendations(
        document(("Fathers", "A guide."), ("Mothers", ""), impact="More took part."), EMPTY
    )[0]
    for found in (answered, unanswered):
        assert found.note is not None
        assert found.note.endswith("for “Early help” as a whole:\nMore took part.")
    assert answered.note is not None
    assert answered.note.startswith("As published in report.txt:\nA guide.")
    assert not unanswered.accepted


def test_what_the_record_has_from_the_same_source_is_not_made_again() -> None:
    same = document(("fathers.", "A guide."))
    assert [one.ref for one in propose_recommendations(same, known("Fathers"))[0]] == [
        "recommendation-4"
    ]
    for other in (
        propose_recommendations(same, known("Fathers", "Elsewhere")),
        propose_recommendations(same, known("Fathers", None)),
        propose_recommendations(document(("Fathers", ""), name="next.txt"), known("Fathers")),
    ):
        assert [one.ref for one in other[0]] == [None]


def test_a_row_that_stands_twice_is_one() -> None:
    twice = document(("Fathers", "A guide."), ("Fathers", "A guide."))
    assert len(propose_recommendations(twice, EMPTY)[0]) == 1


def test_what_is_too_long_is_a_problem_and_not_cut() -> None:
    found, problems = propose_recommendations(document(("Fathers", "x" * 20_000)), EMPTY)
    assert found == ()
    assert [(one.line, one.field) for one in problems] == [(1, "answer")]
