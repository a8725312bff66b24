"""Charts of where everything stands: colours over time, slippage, load per role, themes."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.web.charts.stacked import STACKED, stacked
from interfaces.web.figures import load, months_counted, often, slippage
from interfaces.web.past.worked_out import worked_out
from interfaces.web.policies import READER, Pages
from interfaces.web.recurring import recurring
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/charts", READER)
@of_history
def charts(visit: Visiting) -> Response:
    """Show the charts of what the visitor sees, as at the moment of the visit."""
    months = worked_out(visit, "Charts", "months", months_counted)
    lines = visit.board().lines
    themes = recurring(visit.moment.view.all("themes"), visit.view)
    return visit.page(
        "charts_page.html",
        over_time=stacked(months, evenly=True),
        slippage=slippage(lines),
        load=load(lines),
        themes=often(themes),
        tones={colour.value: colour.value.capitalize() for colour in reversed(STACKED)},
    )
