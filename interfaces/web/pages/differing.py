"""What changed on the board between two days or meetings."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query, Response

from interfaces.web.choices import choices_of
from interfaces.web.past.compared import Clock, compared, since_last_met
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.found_or_told import found_or_told
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visiting
from projections.board_filter import BoardFilter

MOST_SHOWN: Final = 200
"""So many items are shown of those that are new, that changed and that are gone."""

pages: Final = Pages()


@pages.get("/changes", READER)
@of_history
def changes(
    visit: Visiting,
    *,
    from_: Annotated[str, Query(alias="from")] = "",
    to: str = "",
    clock: str = "known",
    plan: str = "",
    subgroup: str = "",
    lead: str = "",
) -> Response:
    """Show what became of each item between two days; since the last meeting if none is given."""
    first = from_ or since_last_met(visit)
    filters = BoardFilter(subgroup=subgroup or None, lead=lead or None, plan=plan or None)
    which: Clock = "true" if clock == "true" else "known"
    found, told = found_or_told(lambda: compared(visit, first, to, filters, which))
    return visit.page(
        "changes.html",
        status=422 if told else 200,
        shows=[found.before, found.after] if found is not None else (),
        told=told,
        compared=found,
        asked={"from": first, "to": to, "clock": clock, "plan": plan}
        | {"subgroup": subgroup, "lead": lead},
        choices=choices_of(visit),
        most=MOST_SHOWN,
    )
