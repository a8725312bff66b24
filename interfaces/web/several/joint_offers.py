"""What can be done with several items at once: one form, of whatever kinds they are.

Every command about an action or a recommendation is among it, apart from what comes with a file or
says something of one item alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from events.refs import category_of
from interfaces.command_fields import subject_field
from interfaces.web.forms import BadForm, FormField, Sent, command_of, fields_of
from interfaces.web.offering.offers import Offer, offer_of, place_of, takes
from projections.names import Names
from workflow.command import Command, registered_commands

_SAMPLES: Final = {"action": "action-1", "recommendation": "recommendation-1"}
"""What stands on the board, each with a reference of its kind."""

_OF_ONE_ITEM: Final = frozenset({"priority", "success_measure", "text"})
"""Fields that make sense of one item alone: its words, and its place in its own plan."""


@dataclass(frozen=True, slots=True)
class JointOffer:
    """Something that may be done with several items.

    `words` are those of its button. `offers` are the commands that do it, by the category of the
    items that each is about.
    """

    words: str
    offers: Mapping[str, Offer]

    @property
    def path(self) -> str:
        """Return the last parts of the address of its form."""
        return self._first.path

    @property
    def is_common(self) -> bool:
        """Tell whether people mostly come for it."""
        return self._first.is_common

    @property
    def order(self) -> tuple[int, str]:
        """Return where it stands among others."""
        return place_of(self._first)

    @property
    def _first(self) -> Offer:
        return next(iter(self.offers.values()))

    def kind_for(self, ref: str) -> type[Command] | None:
        """Return the command that does it with an item; None if it is nothing for its kind."""
        offer = self.offers.get(category_of(ref))
        return offer.kind if offer else None

    def help_for(self, categories: Collection[str]) -> str:
        """Say what it does with items of some categories."""
        told = [one.help for category, one in self.offers.items() if category in categories]
        return " ".join(dict.fromkeys(told))

    def fields(
        self, names: Names, categories: Collection[str], sent: Sent
    ) -> tuple[FormField, ...]:
        """Return the fields of its form for items of some categories, with what was sent in them.

        What is asked for some of these items alone says so.
        """
        forms = {
            category: fields_of(offer.kind, names, sent)
            for category, offer in self.offers.items()
            if category in categories
        }
        return tuple(_joined(name, forms) for name in _in_order(forms.values()))

    def commands(self, refs: Sequence[str], sent: Sent) -> dict[str, Command]:
        """Return the command on each item that the form asks for. Raises `BadForm`.

        What was typed is looked at once for each kind of item, however many there are.
        """
        by_kind: dict[type[Command], list[str]] = {}
        for ref in refs:
            if (kind := self.kind_for(ref)) is not None:
                by_kind.setdefault(kind, []).append(ref)
        made: dict[str, Command] = {}
        errors: dict[str, str] = {}
        for kind, some in by_kind.items():
            try:
                command = command_of(kind, some[0], sent)
            except BadForm as bad:
                errors = {**bad.errors, **errors}
                continue
            about = str(subject_field(kind))
            made |= {ref: command.model_copy(update={about: ref}) for ref in some}
        if errors:
            raise BadForm(errors)
        return made


def _in_order(forms: Iterable[Sequence[FormField]]) -> list[str]:
    """Return the names of the fields of some forms, each before what it is before in its own."""
    names: list[str] = []
    for form in forms:
        waiting: list[str] = []
        for field in form:
            if field.name not in names:
                waiting.append(field.name)
                continue
            place = names.index(field.name)
            names[place:place] = waiting
            waiting = []
        names += waiting
    return names


def _joined(name: str, forms: Mapping[str, Sequence[FormField]]) -> FormField:
    """Return a field as it stands for all the forms that have it, by category of item."""
    asking = {one: field for one, form in forms.items() for field in form if field.name == name}
    field = replace(
        next(iter(asking.values())), is_required=any(one.is_required for one in asking.values())
    )
    if len(asking) == len(forms):
        return field
    return replace(field, hint=f"{field.hint} For {next(iter(asking))}s alone.".lstrip())


def _all() -> Iterator[JointOffer]:
    by_words: dict[str, dict[str, Offer]] = {}
    for kind in registered_commands():
        if kind.with_file or _OF_ONE_ITEM & set(kind.model_fields):
            continue
        offer = offer_of(kind)
        for category, ref in _SAMPLES.items():
            if takes(kind, ref):
                by_words.setdefault(offer.words, {})[category] = offer
    for words, offers in by_words.items():
        yield JointOffer(words, offers)


JOINT_OFFERS: Final = tuple(sorted(_all(), key=lambda one: one.order))
"""Everything that can be done with several items, what people mostly come for first."""

_BY_PATH: Final = {one.path: one for one in JOINT_OFFERS}
NOTE: Final = _BY_PATH["action/note-progress"]
"""Telling how it goes."""


def joint_offer_at(path: str) -> JointOffer | None:
    """Return what has its form at an address's last parts, such as action/submit."""
    return _BY_PATH.get(path)
