from __future__ import annotations

import pytest

from interfaces.documents.sentences import reads_as_answer, reads_as_recommendation


@pytest.mark.parametrize(
    "text",
    [
        "The CSCP to seek assurances that schools are ready.",
        "NHSE, and relevant providers of NHSE care, to review how they respond.",
        "West Midlands Police to report what was found.",
        "The Partnership should consider how it influences others.",
    ],
)
def test_a_body_that_is_asked_to_do_something_reads_as_a_recommendation(text: str) -> None:
    assert reads_as_recommendation(text)
    assert not reads_as_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Work is currently being undertaken in relation to this.",
        "NHSE have in post a specialist who works to place young people.",
        "Rise Children has completed an audit to understand training.",
        "There is now an update.",
    ],
)
def test_a_report_of_what_was_done_reads_as_an_answer(text: str) -> None:
    assert reads_as_answer(text)
    assert not reads_as_recommendation(text)


@pytest.mark.parametrize(
    "text",
    [
        "The CSCP make representation to the Panel about this.",
        "Teams review their plans whilst undertaking visits.",
        "Work to improve access.",
        "A letter to the Panel.",
    ],
)
def test_what_is_neither_for_certain_is_neither(text: str) -> None:
    assert not reads_as_recommendation(text)
    assert not reads_as_answer(text)
