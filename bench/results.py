"""What a measurement found, and the table in which all of it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench.timing import Rates


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table.

    `score` is what the goal speaks of: a ratio, a rate or a size. With `at_most` the goal is an
    upper bound. Without a goal the line is there to be read beside the others.
    """

    work: str
    database: str
    ours: str
    theirs: str
    score: float
    unit: str
    goal: float | None = None
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Tell whether the goal is met; a line without a goal has nothing to miss."""
        if self.goal is None:
            return True
        return self.score <= self.goal if self.at_most else self.score >= self.goal

    def verdict(self) -> str:
        """Return "met", or by how much the goal is missed."""
        if self.goal is None:
            return ""
        if self.met:
            return "met"
        return f"missed by {abs(self.score - self.goal) / self.goal:.0%}"

    def wanted(self) -> str:
        """Return the goal as people read it."""
        if self.goal is None:
            return "-"
        return f"{'≤' if self.at_most else '≥'} {_figure(self.goal)} {self.unit}"

    def reached(self) -> str:
        """Return the score as people read it."""
        return f"{_figure(self.score)} {self.unit}"


def beside(
    work: str, database: str, rates: Rates, unit: str, *, goal: float | None = None
) -> Result:
    """Return the line of a work that both sides did."""
    ours, theirs = f"{rates.ours:,.0f} {unit}", f"{rates.theirs:,.0f} {unit}"
    return Result(work, database, ours, theirs, rates.ratio, "×", goal)


def print_table(results: Iterable[Result]) -> None:
    """Print every line, widest first column included, whatever the width of the terminal."""
    table = Table("work", "database", "ours", "theirs", "reached", "goal", "")
    for one in results:
        table.add_row(
            one.work,
            one.database,
            one.ours,
            one.theirs,
            one.reached(),
            one.wanted(),
            one.verdict(),
            style=None if one.met else "bold",
        )
    Console(width=150).print(table)


def _figure(number: float) -> str:
    return f"{number:,.2f}" if number < 100 else f"{number:,.0f}"
