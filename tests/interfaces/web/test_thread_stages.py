"""The golden thread in stages: what hangs where, and what is said to be missing."""

from __future__ import annotations

from dataclasses import replace

from interfaces.web.thread_stages import Stage, strands_of
from projections.items import Item
from projections.thread import Level, ThreadStep


def _item(kind: str, *steps: tuple[int, Level, str | None, str | None]) -> Item:
    thread = tuple(
        ThreadStep(depth, level, ref, "Words", said) for depth, level, ref, said in steps
    )
    return Item("X1", kind, "Title", "open", 1, None, (), (), thread)


def _gaps(strand: tuple[Stage, ...]) -> list[str]:
    return [stage.name for stage in strand if stage.is_gap]


WHOLE: tuple[tuple[int, Level, str | None, str | None], ...] = (
    (0, "audit", "AU1", "monitoring"),
    (1, "finding", "AU1/F1", "agreed"),
    (2, "recommendation", "R1", "impact_shown"),
    (3, "action", "A1", "complete"),
    (4, "evidence", None, "given"),
    (3, "impact", None, "shown"),
)


def test_a_whole_thread_is_one_line_without_a_gap() -> None:
    (strand,) = strands_of(_item("recommendation", *WHOLE))
    names = [stage.name for stage in strand]
    assert names == ["Audit", "Finding", "Recommendation", "Action", "Evidence", "Impact"]
    assert _gaps(strand) == []
    assert [stage.missing for stage in strand] == [""] * 6


def test_missing_evidence_and_impact_are_said() -> None:
    (strand,) = strands_of(_item("recommendation", *WHOLE[:4]))
    assert _gaps(strand) == ["Evidence", "Impact"]
    assert all(stage.missing for stage in strand[4:])


def test_evidence_that_counts_no_longer_leaves_the_gap_open() -> None:
    former = (4, "evidence", None, "former")
    (strand,) = strands_of(_item("recommendation", *WHOLE[:4], former))  # type: ignore[arg-type]
    assert _gaps(strand) == ["Evidence", "Impact"]
    assert strand[4].missing


def test_a_reason_why_there_is_no_evidence_stands_in_its_gap() -> None:
    reason = (4, "evidence", None, "none")
    (strand,) = strands_of(_item("recommendation", *WHOLE[:4], reason))  # type: ignore[arg-type]
    assert "Evidence" in _gaps(strand)
    assert strand[4].missing == ""


def test_each_recommendation_of_an_audit_has_a_line_of_its_own() -> None:
    second = ((1, "finding", "AU1/F2", "agreed"), (2, "recommendation", "R2", "proposed"))
    strands = strands_of(_item("audit", *WHOLE, *second))  # type: ignore[arg-type]
    assert [[step.ref for step in strand[1].steps] for strand in strands] == [
        ["AU1/F1"],
        ["AU1/F2"],
    ]
    assert all(strand[0].holds("AU1") for strand in strands)


def test_two_recommendations_of_one_finding_have_two_lines() -> None:
    strands = strands_of(_item("audit", *WHOLE, (2, "recommendation", "R2", "proposed")))
    assert len(strands) == 2
    assert strands[1][1].holds("AU1/F1")


def test_several_findings_may_lead_to_one_recommendation() -> None:
    steps = (WHOLE[0], WHOLE[1], (1, "finding", "AU1/F2", "agreed"), WHOLE[2])
    (strand,) = strands_of(_item("recommendation", *steps))  # type: ignore[arg-type]
    assert strand[1].name == "Findings"
    assert len(strand[1].steps) == 2


def test_a_finding_leads_only_to_what_came_from_it() -> None:
    strength = ThreadStep(1, "finding", "AU1/F1", "Words", "agreed", asks_nothing=True)
    waiting = ThreadStep(1, "finding", "AU1/F2", "Words", "disputed")
    settled = ThreadStep(1, "finding", "AU1/F3", "Words", "agreed", no_recommendation="Law changed")
    leading = ThreadStep(1, "finding", "AU1/F4", "Words", "agreed")
    audit, _, *onwards = _item("audit", *WHOLE).thread
    thread = (audit, strength, waiting, settled, leading, *onwards)
    strands = strands_of(replace(_item("audit"), thread=thread))
    assert [[one.ref for one in strand[1].steps] for strand in strands] == [
        ["AU1/F4"],
        ["AU1/F2"],
        ["AU1/F3"],
        ["AU1/F1"],
    ]
    assert [_gaps(strand) for strand in strands] == [[], ["Recommendation"], ["Recommendation"], []]
    assert [len(strand) for strand in strands] == [6, 3, 3, 2]
    assert strands[2][2].missing == "None is needed: Law changed"


def test_one_recommendation_of_two_findings_of_an_audit_has_one_line() -> None:
    again = ((1, "finding", "AU1/F2", "agreed"), *WHOLE[2:])
    (strand,) = strands_of(_item("audit", *WHOLE, *again))
    assert [one.ref for one in strand[1].steps] == ["AU1/F1", "AU1/F2"]
    assert [one.ref for one in strand[3].steps] == ["A1"]


def test_a_recommendation_of_an_audit_itself_says_that_no_finding_is_named() -> None:
    alone = (1, "recommendation", "R2", "proposed")
    strands = strands_of(_item("audit", *WHOLE, alone))  # type: ignore[arg-type]
    assert strands[1][1].missing == "No finding is named."


def test_an_action_that_answers_nothing_says_so_and_needs_no_impact() -> None:
    (strand,) = strands_of(_item("action", (0, "action", "A1", "in_progress")))
    assert [stage.name for stage in strand] == ["Recommendation", "Action", "Evidence"]
    assert strand[0].missing == "It answers no recommendation."


def test_what_belongs_to_no_thread_has_no_line() -> None:
    assert strands_of(_item("person")) == ()
    assert strands_of(replace(_item("audit", WHOLE[0]), ref="AU1")) == ()
