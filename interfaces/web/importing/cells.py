"""The cells of a row as a page shows them: what they say, what is wrong with it, and the mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from interfaces.documents.columns import PlanField
from interfaces.documents.corrections import Correction, written
from interfaces.documents.document import PlanRow, Problem, Severity
from interfaces.web.importing.asked import name_of

_ALWAYS: Final = (PlanField.ACTION, PlanField.TARGET_DATE, PlanField.LEAD)
_LONG: Final = frozenset(
    {PlanField.ACTION, PlanField.MEASURE, PlanField.PROGRESS, PlanField.RECOMMENDATION}
)
_OTHER_NAMES: Final = {"measure": PlanField.MEASURE}
"""How a problem may call a field otherwise than its column is called."""

_HINTS: Final = {
    PlanField.LEAD: "A role; several are divided by a semicolon.",
    PlanField.TARGET_DATE: "Such as 31 March 2026, March 2026, or ongoing.",
}


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell that can be corrected. `kind`: text, line, or choice among `options`."""

    name: str
    label: str
    kind: str
    value: str
    hint: str = ""
    problems: tuple[Problem, ...] = ()
    options: tuple[str, ...] = ()
    suggests_roles: bool = False

    @property
    def is_wrong(self) -> bool:
        """Tell whether something has to be mended here."""
        return any(one.severity is Severity.BAD for one in self.problems)


def cells_of(
    row: PlanRow,
    number: int,
    given: Correction | None,
    problems: Sequence[Problem],
    priorities: Sequence[str],
) -> tuple[CellShown, ...]:
    """Return the cells of a row of the document that can be corrected, with what was given."""
    found = by_field(problems)
    cells = dict(given.cells) if given else {}
    return tuple(
        CellShown(
            name_of(of, number),
            of.value.capitalize(),
            _kind(of, priorities),
            cells.get(of, written(row, of)),
            _HINTS.get(of, ""),
            found.get(of, ()),
            _options(of, priorities, cells.get(of, written(row, of))),
            suggests_roles=of is PlanField.LEAD,
        )
        for of in _shown(found, cells, priorities)
    )


def by_field(problems: Sequence[Problem]) -> dict[PlanField, tuple[Problem, ...]]:
    """Return the problems by the cell that they stand against."""
    found: dict[PlanField, tuple[Problem, ...]] = {}
    for problem in problems:
        of = _field(problem.field)
        if of is not None:
            found[of] = (*found.get(of, ()), problem)
    return found


def elsewhere(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems of a row that stand against no cell of it."""
    return tuple(one for one in problems if _field(one.field) is None)


def _shown(
    found: Mapping[PlanField, tuple[Problem, ...]],
    cells: Mapping[PlanField, str],
    priorities: Sequence[str],
) -> Iterator[PlanField]:
    for of in (*_ALWAYS, *(one for one in PlanField if one not in _ALWAYS)):
        if of in _ALWAYS or of in cells or of in found or (of is PlanField.PRIORITY and priorities):
            yield of


def _kind(of: PlanField, priorities: Sequence[str]) -> str:
    if of is PlanField.PRIORITY and priorities:
        return "choice"
    return "text" if of in _LONG else "line"


def _options(of: PlanField, priorities: Sequence[str], value: str) -> tuple[str, ...]:
    if of is not PlanField.PRIORITY:
        return ()
    return tuple(dict.fromkeys((*priorities, *([value] if value else []))))


def _field(name: str) -> PlanField | None:
    try:
        return _OTHER_NAMES.get(name) or PlanField(name)
    except ValueError:
        return None
