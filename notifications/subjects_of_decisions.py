"""Requests for more time that wait for somebody's decision: the day of the request counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from notifications.rules import Occasion
from notifications.subject import Audience, Subject
from projections.projection import Row
from workflow.extensions import GIVEN_WITHOUT_THE_EXECUTIVE, Outcome


def of_decision(
    item: str, row: Row, audience: Audience, within: tuple[str, ...]
) -> Iterator[Subject]:
    """Yield the open request of an action's or a recommendation's row, if there is one.

    `audience`: to whom the item matters. Whoever ended the item left nothing to decide: leave
    those out before.
    """
    for asked in row["extensions"]:
        if asked["status"] == Outcome.OPEN.value:
            deciding = replace(
                audience,
                awaits_confirmation=False,
                asked_by=asked["asked_by"],
                for_executive=row["extensions_granted"] >= GIVEN_WITHOUT_THE_EXECUTIVE,
            )
            asked_on = dt.date.fromisoformat(asked["asked_on"])
            yield Subject(item, asked_on, Occasion.DECISION, deciding, within)
