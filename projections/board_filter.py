"""Which items a board shows: of one subgroup, one lead, one plan, one kind, one colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.recommendation import Colour
from events.refs import UnknownReference, category_of, read_ref
from projections.board_lines import Kind, leads_of
from projections.names import Names
from projections.projection import Row
from projections.store import View


class NothingCalled(LookupError):
    """No entry of the directory, or no plan, is called so: `what` and `words` say which."""

    def __init__(self, what: str, words: str, known: Iterator[str]) -> None:
        self.what, self.words, self.known = what, words, sorted(known)
        some = "; ".join(self.known[:12]) or "none yet"
        more = f"; and {len(self.known) - 12} more" if len(self.known) > 12 else ""  # noqa: PLR2004
        super().__init__(
            f"There is no {what} called '{words}'. Write a reference or part of the name. Those"
            f" known are: {some}{more}."
        )


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What a board is narrowed to; None means everything.

    `subgroup`: a reference (S2) or part of its name: what roles of the subgroup lead, what is
    addressed to it, and what came from audits that it commissioned. `lead`: a reference (RO4,
    PE9), or part of a role's title, of one of its spellings, or of a person's name; a person means
    the roles in which they act on the board's day. `plan`: a reference (P1) or part of its title.
    """

    subgroup: str | None = None
    lead: str | None = None
    brag: Colour | None = None
    plan: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What the words of a filter name, as references; None where nothing was asked for."""

    kind: Kind | None
    plans: frozenset[str] | None
    leads: frozenset[str] | None
    subgroups: frozenset[str] | None


def named(filters: BoardFilter, names: Names) -> Named:
    """Return what a filter names. Raises `NothingCalled` for words that name nothing."""
    return Named(
        filters.kind,
        None if filters.plan is None else _plans(filters.plan, names),
        None if filters.lead is None else _leads(filters.lead, names),
        None if filters.subgroup is None else _subgroups(filters.subgroup, names),
    )


class Wanted:
    """What a filter names, in one view and on one day: who acts in which role, and what is whose.

    Of what is named, whatever the view does not know yet has nothing.
    """

    def __init__(self, wanted: Named, view: View, names: Names) -> None:
        self._kind, self._plans = wanted.kind, wanted.plans
        self._leads = None if wanted.leads is None else _with_roles(wanted.leads, names)
        self._subgroup = (
            None if wanted.subgroups is None else _of_subgroups(wanted.subgroups, view, names)
        )

    def takes(self, ref: str, row: Row) -> bool:
        """Tell whether an item is to be shown, whatever its colour."""
        if self._kind is not None and category_of(ref) != self._kind:
            return False
        if self._plans is not None and row.get("plan") not in self._plans:
            return False
        leads = leads_of(row)
        if self._leads is not None and self._leads.isdisjoint(leads):
            return False
        if self._subgroup is None:
            return True
        return row.get("audit") in self._subgroup or not self._subgroup.isdisjoint(leads)


def _plans(words: str, names: Names) -> frozenset[str]:
    titles = {ref: [row["title"]] for ref, row in names.plans.items()}
    return _matching("plan", words, titles)


def _leads(words: str, names: Names) -> frozenset[str]:
    called: dict[str, list[str]] = {}
    for ref, row in names.directory.items():
        aliases = row["aliases"].values() if row["kind"] == "role" else ()
        called[ref] = [names.called(ref), *aliases]
    return _matching("lead", words, called)


def _with_roles(leads: frozenset[str], names: Names) -> frozenset[str]:
    people = {ref for ref in leads if category_of(ref) == "person"}
    if not people:
        return leads
    return leads.union(ref for ref in names.directory if people & {*names.holders_of(ref)})


def _subgroups(words: str, names: Names) -> frozenset[str]:
    titles = {ref: [row["name"]] for ref, row in names.of_kind("subgroup")}
    return _matching("subgroup", words, titles)


def _of_subgroups(subgroups: frozenset[str], view: View, names: Names) -> frozenset[str]:
    roles = {ref for ref, row in names.of_kind("role") if row["subgroup"] in subgroups}
    known = subgroups & names.directory.keys()
    chairs = {names.directory[ref]["chair_role"] for ref in known} - {None}
    audits = {ref for ref, row in view.all("audits").items() if row["subgroup"] in subgroups}
    return subgroups | roles | chairs | audits


def _matching(what: str, words: str, called: dict[str, list[str]]) -> frozenset[str]:
    """Return what some words name: a reference, else a whole name, else any part of a name."""
    try:
        ref = read_ref(words)
    except UnknownReference:
        ref = ""
    if ref in called:
        return frozenset({ref})
    sought = " ".join(words.casefold().split())
    for fits in (str.__eq__, str.__contains__):
        found = frozenset(
            ref
            for ref, titles in called.items()
            if any(fits(" ".join(title.casefold().split()), sought) for title in titles)
        )
        if found and sought:
            return found
    raise NothingCalled(what, words, (titles[0] for titles in called.values()))
