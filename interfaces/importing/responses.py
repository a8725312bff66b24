"""The tables of recommendations and of areas for development, with what was done about them."""

from __future__ import annotations

from collections.abc import Iterator

from interfaces.documents.cell_text import shortened
from interfaces.documents.document import Document, Problem, ResponseRow, ResponseTable
from interfaces.importing.plan_proposing import LONGEST
from interfaces.importing.proposal import RecommendationProposal
from interfaces.importing.recorded import Recorded
from interfaces.importing.wording import text_key

ReadResponses = tuple[tuple[RecommendationProposal, ...], tuple[Problem, ...]]


def propose_recommendations(document: Document, recorded: Recorded) -> ReadResponses:
    """Every recommendation of the document, and the problems with those that cannot be stored.

    One is the same as another if its source and its words are; the source names the heading and
    the document, so that next year's answer to the same heading is another one.
    """
    there = {
        (text_key(one.source), text_key(one.text)): one.ref
        for one in recorded.recommendations
        if one.source is not None
    }
    found: dict[tuple[str, str], RecommendationProposal] = {}
    problems: list[Problem] = []
    for table in document.responses:
        source = f"{table.heading} — {document.source}"
        for row in table.rows:
            key = text_key(source), text_key(row.text)
            wrong = list(_problems(row, table))
            problems += wrong
            if key not in found and not wrong:
                ref = there.get(key)
                found[key] = _proposal(row, table, source, document.source, ref)
    return tuple(found.values()), tuple(problems)


def _proposal(
    row: ResponseRow, table: ResponseTable, source: str, document: str, ref: str | None
) -> RecommendationProposal:
    """An answer shows that it was taken on; without one nothing is claimed."""
    return RecommendationProposal(
        line=row.line,
        text=row.text,
        source=source,
        note=_note(row, table, document),
        accepted=bool(row.narrative),
        ref=ref,
        sheet=table.sheet,
    )


def _note(row: ResponseRow, table: ResponseTable, document: str) -> str | None:
    """What the document says, as published.

    The difference made is told of the heading as a whole: it is what the document says, not
    impact that somebody has shown, and changes no status.
    """
    parts = [f"As published in {document}:\n{row.narrative}"] if row.narrative else []
    if table.impact:
        parts.append(
            f"“What difference has it made?”, as published in {document} for “{table.heading}”"
            f" as a whole:\n{table.impact}"
        )
    return "\n\n".join(parts) or None


def _problems(row: ResponseRow, table: ResponseTable) -> Iterator[Problem]:
    if not row.text:
        what, mend = "The row has no recommendation in it.", "Write it in, or leave the row out."
        yield Problem(row.line, "recommendation", "", what, mend, sheet=table.sheet)
    names = ("recommendation", row.text), ("answer", row.narrative + (table.impact or ""))
    for name, words in names:
        # Room for the words "as published" that come before an answer.
        if len(words) > LONGEST - 1_000:
            what = "It is too long to be stored in one piece."
            mend = "Shorten it, and keep the long version as a document of its own."
            value = shortened(words)
            yield Problem(row.line, name, value, what, mend, sheet=table.sheet)
