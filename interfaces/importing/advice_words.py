"""Advice on the wording of a document's actions: each piece once, with the lines it concerns."""

from __future__ import annotations

from collections.abc import Iterator

from interfaces.importing.counting import some
from interfaces.importing.proposal import Proposal, RowProposal


def advice_told(proposal: Proposal, *, whole: bool) -> Iterator[str]:
    """Tell the advice on what is new; only how much there is unless `whole`."""
    advised = [one for one in proposal.rows if one.advice]
    if not advised:
        return
    lines: dict[str, list[RowProposal]] = {}
    for one in advised:
        for advice in one.advice:
            lines.setdefault(advice.message, []).append(one)
    pieces, actions = some(len(lines), "piece"), some(len(advised), "action")
    hint = ":" if whole else "; --verbose lists it."
    yield f"Advice on the wording, which stops nothing: {pieces} on {actions}{hint}"
    if whole:
        for message, rows in sorted(lines.items(), key=lambda pair: -len(pair[1])):
            yield f"  {message}"
            yield f"    {_places(rows)}"


def _places(rows: list[RowProposal]) -> str:
    """Name the lines, sheet by sheet: "lines 2, 5 and 9"."""
    by_sheet: dict[str | None, list[str]] = {}
    for one in rows:
        by_sheet.setdefault(one.sheet, []).append(_place(one))
    return "; ".join(
        f"{f'{sheet}, ' if sheet else ''}{'line' if len(places) == 1 else 'lines'} {_all(places)}"
        for sheet, places in by_sheet.items()
    )


def _place(one: RowProposal) -> str:
    return f"{one.row.line} ({one.row.reference})" if one.row.reference else str(one.row.line)


def _all(places: list[str]) -> str:
    *others, last = places
    return f"{', '.join(others)} and {last}" if others else last
