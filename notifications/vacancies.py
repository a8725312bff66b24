"""Roles in which nobody acts, though they lead something that is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from notifications.subject import Standpoint, Subject


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A role without holder and cover, and what it leads that has a date; it may have none."""

    role: str
    items: tuple[str, ...]


def vacancies(subjects: Iterable[Subject], now: Standpoint) -> tuple[Vacancy, ...]:
    """Return the roles in which nobody acts on the day and that lead one of the subjects."""
    led: dict[str, dict[str, None]] = {}
    for subject in subjects:
        for role in subject.audience.lead_roles:
            if not now.directory.acting_in(role, now.day):
                items = led.setdefault(role, {})
                # That a role is vacant is a subject as well, and nothing that the role leads.
                if subject.item != role:
                    items[subject.item] = None
    return tuple(Vacancy(role, tuple(items)) for role, items in led.items())
