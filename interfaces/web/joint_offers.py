"""What can be done with several items at once: one form, of whatever kinds they are.

Every command about an action or a recommendation is among it, apart from what comes with a file or
says something of one item alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from events.refs import category_of
from interfaces.web.forms import BadForm, FormField, Sent, command_of, fields_of
from interfaces.web.offers import Offer, offer_of, place_of, takes
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
        merged: dict[str, FormField] = {}
        for form in forms.values():
            for field in form:
                known = merged.setdefault(field.name, field)
                if field.is_required and not known.is_required:
                    merged[field.name] = replace(known, is_required=True)
        return tuple(_said_of(field, forms) for field in merged.values())

    def commands(self, refs: Sequence[str], sent: Sent) -> dict[str, Command]:
        """Return the command on each item that the form asks for. Raises `BadForm`.

        Whatever is wrong with what was typed is told once, however many items there are.
        """
        made: dict[str, Command] = {}
        errors: dict[str, str] = {}
        for ref in refs:
            kind = self.kind_for(ref)
            if kind is None:
                continue
            try:
                made[ref] = command_of(kind, ref, sent)
            except BadForm as bad:
                errors = {**bad.errors, **errors}
        if errors:
            raise BadForm(errors)
        return made


def _said_of(field: FormField, forms: Mapping[str, Sequence[FormField]]) -> FormField:
    asking = [one for one, form in forms.items() if field.name in {each.name for each in form}]
    if len(asking) == len(forms):
        return field
    return replace(field, hint=f"{field.hint} For {asking[0]}s alone.".lstrip())


def _joined() -> Iterator[JointOffer]:
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


JOINT_OFFERS: Final = tuple(sorted(_joined(), key=lambda one: one.order))
"""Everything that can be done with several items, what people mostly come for first."""

_BY_PATH: Final = {one.path: one for one in JOINT_OFFERS}
NOTE: Final = _BY_PATH["action/note-progress"]
"""Telling how it goes."""


def joint_offer_at(path: str) -> JointOffer | None:
    """Return what has its form at an address's last parts, such as action/submit."""
    return _BY_PATH.get(path)
