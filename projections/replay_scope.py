"""What a replay walks through: everything, or some items with the audits they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from typing import Final

import orjson

from events.reading import Reader
from events.recorded import Recorded
from events.refs import category_of
from projections.board_filter import Named
from projections.evidence_files import files_of
from projections.projection import Row
from projections.store import View
from projections.streams import events_by_stream

MODELS: Final = {"action": "actions", "recommendation": "recommendations"}
"""The read models of what stands on the board, by category."""

MANY: Final = 500
"""Of so many things or more everything is read at once, rather than each by itself."""

_EVENTS_EACH: Final = 20
"""So many events a thing has about."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The items whose colours count, and the streams of which is told; `items` None for all.

    `reminders` are the emails that spoke of them, by reference, as rows of "reminders". `whose`:
    only what belongs to them counts, at each step what did then; `movers` are the streams that may
    say so.
    """

    items: frozenset[str] | None
    streams: frozenset[str]
    reminders: Mapping[str, Row]
    whose: Named | None = None
    movers: frozenset[str] = frozenset()

    def rows(self, view: View) -> dict[str, Row]:
        """Return the rows of the items as they stand in a view, by reference."""
        if self.items is None:
            return {**view.all("actions"), **view.all("recommendations")}
        if len(self.items) >= MANY:
            everything = {**view.all("actions"), **view.all("recommendations")}
            return {ref: row for ref, row in everything.items() if ref in self.items}
        found = ((ref, view.get(MODELS[category_of(ref)], ref)) for ref in sorted(self.items))
        return {ref: row for ref, row in found if row is not None}

    def events(self, log: Reader, after: int, until: int) -> Iterable[Recorded]:
        """Return the events to walk through, in the order of the log, without going back to it."""
        if self.items is None:
            return log.read(after=after, until=until)
        wanted = self.streams | self.movers | self.reminders.keys()
        if len(wanted) >= MANY and len(wanted) * _EVENTS_EACH > until - after:
            passing = log.read(after=after, until=until)
            return (one for one in passing if one.stream in wanted)
        streams = events_by_stream(log, wanted, until)
        events = chain.from_iterable(streams.values())
        later = (one for one in events if one.position > after)
        return sorted(later, key=attrgetter("position"))

    @property
    def digest(self) -> str:
        """Return a digest of the items and streams, for whoever keeps what was found of them."""
        items = None if self.items is None else sorted(self.items)
        return sha256(orjson.dumps([items, sorted(self.streams)])).hexdigest()

    def takes_item(self, ref: str) -> bool:
        """Tell whether a thing is one of those that are walked through."""
        return self.items is None or ref in self.items or ref.partition("/")[0] in self.streams


def scope_of_all(view: View) -> Scope:
    """Return the scope of everything, as known in a view."""
    return Scope(None, frozenset(), view.all("reminders"))


def scope_of_items(view: View, items: Iterable[str]) -> Scope:
    """Return the scope of some actions and recommendations, with remarks on them and files."""
    chosen = frozenset(items)
    return _scope(view, chosen, chosen)


def scope_of_thing(view: View, ref: str) -> Scope:
    """Return the scope of one thing with what belongs to it.

    An audit comes with its recommendations and the actions that answer them, a recommendation with
    its answers, a plan with its actions.
    """
    items = frozenset(_items_of(view, ref))
    return _scope(view, items, items | {ref})


def scope_of_whom(view: View, whose: Named, within: Scope) -> Scope:
    """Return the scope of what belongs to a lead or a subgroup, step by step, within another."""
    movers = frozenset(view.all("directory")).union(view.all("audits"))
    return replace(within, whose=whose, movers=movers)


def _items_of(view: View, ref: str) -> Iterator[str]:
    match category_of(ref):
        case "audit":
            audit = view.get("audits", ref)
            for recommendation in audit["recommendations"] if audit else ():
                yield from _items_of(view, recommendation)
        case "recommendation":
            yield ref
            row = view.get("recommendations", ref)
            yield from row["actions"] if row else ()
        case "plan":
            actions = view.all("actions").items()
            yield from (action for action, row in actions if row["plan"] == ref)
        case "action":
            yield ref
        case _:
            return


def _scope(view: View, items: frozenset[str], streams: frozenset[str]) -> Scope:
    remarks = _under(view, "remarks_of", streams)
    emails = _under(view, "reminders_of", streams)
    found = {key.rpartition("/")[2] for key in emails}
    rows = ((email, view.get("reminders", email)) for email in sorted(found))
    reminders = {email: row for email, row in rows if row is not None}
    others = {key.rpartition("/")[2] for key in remarks}
    return Scope(items, streams | others | _files(view, streams), reminders)


def _files(view: View, streams: frozenset[str]) -> set[str]:
    """Return the files that were handed in for some streams."""
    if len(streams) >= MANY:
        files = view.all("evidence")
        keys = _under(view, "evidence_of", streams)
        return {file for file in (key.rpartition("/")[2] for key in keys) if file in files}
    return {file for ref in streams for file, _ in files_of(ref, view)}


def _under(view: View, model: str, streams: frozenset[str]) -> Iterable[str]:
    """Return the keys of a model that begin with one of some streams."""
    if len(streams) >= MANY:
        return [key for key in view.all(model) if key.partition("/")[0] in streams]
    return [key for ref in streams for key in view.under(model, f"{ref}/")]
