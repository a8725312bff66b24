"""What of a board can be chosen and what can be done with it: asked of the workflow by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from interfaces.web.offering.trial import Trial
from interfaces.web.several.joint_offers import JOINT_OFFERS, NOTE, JointOffer
from interfaces.web.visit import Visit
from projections.board_lines import BoardLine
from projections.known import facts_about
from workflow.command import Command
from workflow.permission_table import TABLE
from workflow.permissions import may


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines can be chosen, by reference, and what at least one of them would take now."""

    refs: frozenset[str]
    offers: tuple[JointOffer, ...]

    @property
    def has_note(self) -> bool:
        """Tell whether some can be told of."""
        return NOTE in self.offers

    @property
    def common(self) -> tuple[JointOffer, ...]:
        """Return what people mostly come for."""
        return tuple(one for one in self.offers if one.is_common)

    @property
    def others(self) -> tuple[JointOffer, ...]:
        """Return everything else."""
        return tuple(one for one in self.offers if not one.is_common)


def choice_among(visit: Visit, lines: Sequence[BoardLine]) -> Choice:
    """Return what somebody may choose among some lines, and do with what they choose."""
    refs: set[str] = set()
    found: set[str] = set()
    for line in lines if may_choose_among(visit, lines) else ():
        trial = Trial(line.ref, visit.now, visit.circumstances)
        for offer in JOINT_OFFERS:
            kind = offer.kind_for(line.ref)
            if kind is None or (line.ref in refs and offer.path in found):
                continue
            if trial.refusal(kind) is None:
                refs.add(line.ref)
                found.add(offer.path)
    return Choice(frozenset(refs), tuple(one for one in JOINT_OFFERS if one.path in found))


def may_choose_among(visit: Visit, lines: Sequence[BoardLine]) -> bool:
    """Tell whether the table of permissions gives somebody anything to do with any of some lines.

    It is asked for every board that is shown, and so asks nothing of how the lines stand.
    """
    owners = {(line.kind, facts_about(line.ref, visit.now.get)) for line in lines}
    return any(
        may(kind, facts, visit.circumstances)
        for category, facts in owners
        for kind in _UNLIKE[category]
    )


def _unlike(category: str) -> Iterator[type[Command]]:
    """Yield one of the commands on items of a category for each row of the table."""
    seen: list[object] = []
    for offer in JOINT_OFFERS:
        kind = offer.offers[category].kind if category in offer.offers else None
        row = TABLE.get((kind.category, kind.verb)) if kind else None
        if kind and row not in seen:
            seen.append(row)
            yield kind


_UNLIKE: Final = {one: tuple(_unlike(one)) for one in ("action", "recommendation")}
"""By category of item: commands that differ in who may give them."""
