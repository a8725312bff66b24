"""What an address asks of the board: which lines, in which order, which page of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, cast, get_args
from urllib.parse import parse_qsl

from fastapi import Depends

from events.recommendation import Colour
from events.refs import order_of
from interfaces.web.visit import Visit
from projections.board import Board
from projections.board_filter import BoardFilter
from projections.board_lines import BoardLine, Kind

LINES_AT_MOST: Final = 200
"""So many lines stand on one page."""

_LONGEST: Final = 9
"""A number of more digits is no page's."""

_URGENCY: Final = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.GREY, Colour.BLUE)
_BY: Final[dict[str, Callable[[BoardLine], Any]]] = {
    "ref": lambda line: order_of(line.ref),
    "colour": lambda line: _URGENCY.index(line.brag.colour),
    "what": lambda line: line.text.casefold(),
    "leads": lambda line: line.leads[0].title.casefold() if line.leads else None,
    "date": lambda line: line.due,
    "update": lambda line: line.last_update_on,
}
"""What each column sorts by; a line without it comes last, in either direction."""

COLUMNS: Final = tuple(_BY)
"""The names of what can be sorted by."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """The heading of a column. `order` is empty unless the lines are sorted by it."""

    path: str
    order: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as it stands in the address; empty where nothing is.

    `sort` is the name of a column, with a minus before it for the other direction. `several`: the
    lines are shown to be chosen from; `takes_all`: with every one chosen beforehand.
    """

    plan: str = ""
    subgroup: str = ""
    lead: str = ""
    brag: str = ""
    kind: str = ""
    words: str = ""
    sort: str = ""
    page: int = 1
    several: bool = False
    takes_all: bool = False

    @property
    def query(self) -> dict[str, str]:
        """Return it as the parts of an address, without the page."""
        several = {"several": "yes"} if self.several else {}
        return {**self.narrowing, "brag": self.brag, "sort": self.sort, **several}

    @property
    def narrowing(self) -> dict[str, str]:
        """Return what narrows the lines down, other than the colour."""
        return {
            "words": self.words,
            "lead": self.lead,
            "subgroup": self.subgroup,
            "plan": self.plan,
            "kind": self.kind,
        }

    @property
    def filters(self) -> BoardFilter:
        """Return which lines are asked for, of whatever colour and words."""
        kind = cast("Kind", self.kind) if self.kind in get_args(Kind) else None
        return BoardFilter(
            self.subgroup or None, self.lead or None, plan=self.plan or None, kind=kind
        )

    @property
    def is_sorted(self) -> bool:
        """Tell whether the lines come in the order of a column."""
        return self.sort.removeprefix("-") in _BY

    def speaks_of(self, line: BoardLine) -> bool:
        """Tell whether a line holds every word that is looked for."""
        if not self.words:
            return True
        told = f"{line.quoted} {line.text} {' '.join(lead.title for lead in line.leads)}".casefold()
        return all(word in told for word in self.words.casefold().split())

    def in_order(self, lines: Sequence[BoardLine]) -> list[BoardLine]:
        """Return the lines in the order that is asked for."""
        by = _BY.get(self.sort.removeprefix("-"))
        if by is None:
            return list(lines)
        known = [line for line in lines if by(line) is not None]
        known.sort(key=by, reverse=self.sort.startswith("-"))
        return [*known, *(line for line in lines if by(line) is None)]

    def sortings(self, link: Callable[..., str]) -> dict[str, Sorting]:
        """Return the headings of the columns: a second look at the same one turns it round."""
        return {name: self._sorting(name, link) for name in _BY}

    def _sorting(self, name: str, link: Callable[..., str]) -> Sorting:
        orders = {name: "ascending", f"-{name}": "descending"}
        sort = f"-{name}" if self.sort == name else name
        return Sorting(link("/board", **{**self.query, "sort": sort}), orders.get(self.sort, ""))


def asked_for(  # noqa: PLR0913, PLR0917 - as many as the address has parts
    plan: str = "",
    subgroup: str = "",
    lead: str = "",
    brag: str = "",
    kind: str = "",
    words: str = "",
    sort: str = "",
    page: int = 1,
    several: str = "",
) -> Asked:
    """Read an address. What it says that there is not, such as a colour, asks for nothing."""
    colour = brag if brag in set(Colour) else ""
    return Asked(
        plan,
        subgroup,
        lead,
        colour,
        kind,
        words,
        sort,
        max(page, 1),
        several=several in {"yes", "all"},
        takes_all=several == "all",
    )


def asked_in(query: str) -> Asked:
    """Read what a form remembers of the board on which it stood, with its lines to choose from."""
    known = {one.name for one in fields(Asked)} - {"page", "several", "takes_all"}
    parts = dict(parse_qsl(query))
    page = parts.get("page", "")
    return asked_for(
        **{name: words for name, words in parts.items() if name in known},
        page=int(page) if page.isascii() and page.isdigit() and len(page) < _LONGEST else 1,
        several="yes",
    )


Asking = Annotated[Asked, Depends(asked_for)]
"""A parameter of a route: what its address asks of the board."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is on a board of what was asked for: the lines, in order.

    `board` is of every colour and all words; `counts` are of the lines of every colour.
    """

    board: Board
    counts: dict[Colour, int]
    lines: list[BoardLine]


def found_on_board(visit: Visit, asked: Asked) -> Found:
    """Return what is asked for of the board of a visit. Raises `NothingCalled`."""
    board = visit.board(asked.filters)
    speaking = [line for line in board.lines if asked.speaks_of(line)]
    lines = asked.in_order(speaking)
    if asked.brag:
        lines = [line for line in lines if line.brag.colour == asked.brag]
    return Found(board, _counts_of(speaking), lines)


def _counts_of(lines: Iterable[BoardLine]) -> dict[Colour, int]:
    """Return how many lines have each colour."""
    counts = dict.fromkeys(Colour, 0)
    for line in lines:
        counts[line.brag.colour] += 1
    return counts
