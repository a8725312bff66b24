"""Finding what people name: by reference (A12, a12, action-12), or by its name in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from events.refs import LETTERS, UnknownReference, category_of, quoted, read_ref
from interfaces.documents.lead_names import normalise
from interfaces.inputs import BadInput
from projections.projection import Row
from projections.store import View
from workflow.refusals import NotFound

_NAMED: Final = ("person", "role", "subgroup", "agency")
"""The categories whose entries are also found by name, title, other spelling or address."""

ANYTHING: Final = ("finding", "clock", *(category for category in LETTERS if category != "log"))
"""Every category of what can be looked up."""

_MODELS: Final = {
    "action": "actions",
    "audit": "audits",
    "email": "reminders",
    "evidence": "evidence",
    "meeting": "meetings",
    "plan": "plans",
    "recommendation": "recommendations",
    "remark": "remarks",
}


def named(words: str, categories: Sequence[str], view: View, place: str) -> str:
    """Return the reference of what some words name, which is of one of the categories.

    Whether a quoted reference exists is left to whoever uses it. Raises `BadInput`.
    """
    try:
        ref = read_ref(words)
    except UnknownReference as problem:
        return _by_name(words, categories, view, place, problem)
    part = ref.partition("/")[2]
    found = category_of(part or ref)
    if found not in categories:
        message = f"{quoted(ref)} is {_a(found)}; {_wanted(categories)} is wanted here."
        raise BadInput(place, message)
    return ref


def existing(words: str, categories: Sequence[str], view: View, place: str) -> str:
    """Return the reference of what some words name. Raises `BadInput`, or `NotFound`."""
    ref = named(words, categories, view, place)
    if row_of(ref, view) is None:
        raise NotFound(ref)
    return ref


def row_of(ref: str, view: View) -> Row | None:
    """Return the row of a stream in the read model that knows it, or None."""
    return view.get(_MODELS.get(category_of(ref), "directory"), ref.partition("/")[0])


def name_of(ref: str, view: View) -> str:
    """Return the name or title of an entry of the directory; its reference where it has none."""
    row = view.get("directory", ref)
    return (row.get("title") or row["name"]) if row is not None else quoted(ref)


def _by_name(
    words: str,
    categories: Sequence[str],
    view: View,
    place: str,
    unknown: UnknownReference,
) -> str:
    if not set(categories) & set(_NAMED):
        message = f"'{words}' is not a reference; {_wanted(categories)} is wanted here."
        raise BadInput(place, message) from unknown
    sought = normalise(words)
    entries = view.all("directory").items()
    found = [ref for ref, row in entries if row["kind"] in categories and sought in _names(row)]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(quoted(ref) for ref in found)
        message = f"'{words}' can mean {several}. Give the reference."
        raise BadInput(place, message) from unknown
    message = f"there is no '{words}' in the directory; {_wanted(categories)} is wanted here."
    raise BadInput(place, message) from unknown


def _names(row: Row) -> Iterator[str]:
    aliases: Iterable[str] = row.get("aliases", {}).values()
    for name in (row.get("title"), row.get("name"), row.get("email"), *aliases):
        if name:
            yield normalise(name)


def _wanted(categories: Sequence[str]) -> str:
    *others, last = [f"{_a(one)} such as {_example(one)}" for one in categories]
    return f"{', '.join(others)} or {last}" if others else last


def _a(category: str) -> str:
    if category == "evidence":
        return "a file that is evidence"
    return f"{'an' if category[0] in 'aeiou' else 'a'} {category}"


def _example(category: str) -> str:
    return {"finding": "AU3/F2", "clock": "AU3/C1"}.get(category) or f"{LETTERS[category]}7"
