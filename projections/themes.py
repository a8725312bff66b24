"""The read model "themes": under which themes which audits and recommendations stand, since when.

A row's key is `<theme>/<ref>`, so that `View.under("themes", "neglect/")` tells how often a theme
came up, without one row that grows with every audit. Rows under `/<audit>` keep what to take away
when an audit's themes are settled anew.
"""

from __future__ import annotations

from typing import Final

from events.audit import AuditPlanned, AuditThemesSet
from events.recommendation import RecommendationProposed
from events.recorded import Recorded
from projections.civil_days import true_on
from projections.projection import Projection, Rows

THEMES: Final = Projection("themes", version=1)


@THEMES.on(AuditPlanned)
def _planned(rows: Rows, event: AuditPlanned, recorded: Recorded) -> None:
    rows.put(f"/{recorded.stream}", {"on": true_on(recorded), "themes": list(event.themes)})
    _stand(rows, event.themes, recorded.stream, true_on(recorded))


@THEMES.on(AuditThemesSet)
def _themes_set(rows: Rows, event: AuditThemesSet, recorded: Recorded) -> None:
    before = rows.get(f"/{recorded.stream}") or {"on": true_on(recorded), "themes": []}
    for theme in before["themes"]:
        if theme not in event.themes:
            rows.delete(f"{theme}/{recorded.stream}")
    # An audit looked at its themes from the day on which it was planned, however late it was told.
    _stand(rows, event.themes, recorded.stream, before["on"])
    rows.put(f"/{recorded.stream}", {**before, "themes": list(event.themes)})


@THEMES.on(RecommendationProposed)
def _proposed(rows: Rows, event: RecommendationProposed, recorded: Recorded) -> None:
    _stand(rows, event.themes, recorded.stream, true_on(recorded))


def _stand(rows: Rows, themes: tuple[str, ...], ref: str, on: str) -> None:
    for theme in themes:
        rows.put(f"{theme}/{ref}", {"theme": theme, "ref": ref, "on": on})
