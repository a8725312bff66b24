"""The buttons with which somebody begins something, on the pages that list what there is."""

from __future__ import annotations

from interfaces.importing.permitted import may_import
from interfaces.web.offering.offers import Offer, offers_to_begin
from interfaces.web.visit import Visit


def beginnings(visit: Visit, *categories: str) -> tuple[Offer, ...]:
    """Return what the visitor may begin of some categories; nothing where a past day is shown."""
    if not visit.moment.is_now or visit.moment.true_on is not None:
        return ()
    return tuple(
        offer
        for category in categories
        for offer in offers_to_begin(category, visit.now, visit.circumstances)
    )


def imports(visit: Visit) -> bool:
    """Tell whether the visitor may import a document, which nobody does on a past day."""
    is_now = visit.moment.is_now and visit.moment.true_on is None
    return is_now and may_import(visit.circumstances)
