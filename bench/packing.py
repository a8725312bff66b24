"""Packing one audit out of a log of a million events, with the proofs of its entries."""

from __future__ import annotations

from collections.abc import Iterator

from bench.databases import Medium
from bench.large_record import long_record
from bench.one_question import ask
from bench.results import Result
from bench.sizes import Sizes

GOALS_MS = {"pack": 1_000.0, "proof": 10.0, "tree_afresh": None}
WORK = {
    "pack": "pack of one audit",
    "proof": "inclusion proof",
    "tree_afresh": "reading the whole tree afresh",
}


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines for a pack, for one inclusion proof, and for reading the tree afresh."""
    yield from packs(long_record(medium, sizes.packed_log_actions), medium.name, sizes)


def packs(url: str, database: str, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines for a record that stands."""
    for what, work in WORK.items():
        took = ask(what, url, sizes.rounds)
        score = took.seconds * 1_000
        yield Result(work, database, took.words, "-", score, "ms", GOALS_MS[what], at_most=True)
