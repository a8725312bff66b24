"""What came with a form that is not taken, to be handed back on the page that says so.

It is kept for as long as its request is answered: so nothing that was typed is lost, and nothing of
it stays on the server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData

from interfaces.web.forms import LOOKED_AT, label_of

_OUT_OF_SIGHT: Final = frozenset(
    {"command_id", "expected_version", "back", "to", "way", "wished", LOOKED_AT}
)
"""Fields that a page fills in by itself, or that say nothing without the form around them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form: `hidden` with name and value, `shown` with the label between them."""

    hidden: tuple[tuple[str, str], ...] = ()
    shown: tuple[tuple[str, str, str], ...] = ()


def typed_into(form: FormData) -> Typed:
    """Return what came with a form, without files."""
    written = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    shown = [pair for pair in written if pair[1] and pair[0] not in _OUT_OF_SIGHT]
    return Typed(
        tuple(pair for pair in written if pair not in shown),
        tuple((name, label_of(name), value) for name, value in shown),
    )


def keep_typed(request: Request, told: Callable[[], Typed]) -> None:
    """Keep what came with the form of a request until it is answered."""
    request.state.typed = told


def typed_in(request: Request) -> Typed:
    """Return what came with the form of a request, as far as it was read."""
    told: Callable[[], Typed] = getattr(request.state, "typed", Typed)
    return told()
