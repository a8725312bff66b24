"""Living through many years, one seed after the other."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from structlog.testing import capture_logs

from tests.notifications.simulation.databases import Databases, databases_at
from tests.notifications.simulation.year import DAYS, Told, Year


@dataclass(frozen=True, slots=True)
class Failed:
    """A year in which something happened that must never happen."""

    seed: int
    database: str
    what: str

    @property
    def replay(self) -> str:
        """Return the command that tells its story."""
        return (
            f"python -m tests.notifications.simulation --seed {self.seed}"
            f" --database {self.database} --trace"
        )


def live(
    seed: int, databases: Databases, story: list[str] | None = None, days: int = DAYS
) -> Told | Failed:
    """Live through one year, or its first days. `story` takes what happens, step by step."""
    try:
        with capture_logs(), databases.fresh() as url:
            return Year(seed, url, days, story.append if story is not None else _untold).run()
    except Exception as problem:  # noqa: BLE001 - whatever it was, the next seed is another story
        return Failed(seed, databases.name, f"{type(problem).__name__}: {problem}")


def live_lot(seeds: Sequence[int], address: str | None) -> list[Told | Failed]:
    """Live through some years on databases of their own, in a process of its own.

    `address`: of a PostgreSQL server; None for SQLite.
    """
    with closing(databases_at(address)) as databases:
        return [live(seed, databases) for seed in seeds]


def _untold(_: str) -> None:
    """Tell nobody."""
