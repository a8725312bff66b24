"""What is taken of a proposal: answers to its questions, and the parts that are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from interfaces.importing.answers import Answers
from interfaces.importing.counting import counted
from interfaces.importing.proposal import Part, Proposal, Question
from interfaces.importing.refusals import OpenChoices

WITHOUT_CANCELLING = frozenset(Part) - {Part.GONE}
"""What is taken where nobody chooses: an action is never cancelled unless a person says so."""

_REASONS = {
    Part.NEW: "The record does not hold them yet.",
    Part.CHANGED: "The document prints other words, dates or leads.",
    Part.GONE: "The document does not name them. Without a yes they stay as they are.",
    Part.RECOMMENDATIONS: "They stand in tables of responses.",
}

Ask = Callable[[Question], bool]
"""Puts a question to a person and returns the answer."""


def answer_all(
    proposal: Proposal, answers: Answers, ask: Ask, propose: Callable[[Answers], Proposal]
) -> tuple[Proposal, Answers]:
    """Ask one open question after another; an answer may settle others, or raise them."""
    while proposal.open_questions:
        question = proposal.open_questions[0]
        answers = answers.also(question.key, answer=ask(question))
        proposal = propose(answers)
    return proposal, answers


def choose_parts(
    proposal: Proposal, given: frozenset[Part] | None, ask: Ask | None, *, yes: bool
) -> frozenset[Part]:
    """Which parts are stored: as given, as agreed, or as asked about.

    A document that changes no plan of the record is stored whole; one that was read before not at
    all. Raises `OpenChoices` where a person would have to be asked and `ask` is None.
    """
    if given is not None:
        return given
    if proposal.read_before:
        return frozenset()
    if yes or not proposal.compares or proposal.parts() <= {Part.GONE}:
        return WITHOUT_CANCELLING
    if ask is None:
        raise OpenChoices([*_told(proposal)])
    return frozenset(
        part for part in Part if part in proposal.parts() and ask(_asked(part, proposal))
    )


def _told(proposal: Proposal) -> Iterator[str]:
    for part in Part:
        if part in proposal.parts():
            yield counted(part, proposal)


def _asked(part: Part, proposal: Proposal) -> Question:
    what = "Cancel" if part is Part.GONE else "Take"
    asks = f"{what} the {counted(part, proposal)}?"
    return Question(f"part:{part}", asks, _REASONS[part], f"--apply {part}")
