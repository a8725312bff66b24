"""What is known of other streams, for tests: dictionaries that answer as the read models do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from events.directory import Access, Office
from workflow.circumstances import Grant, RecommendationFacts, RoleFacts, Tenure
from workflow.directory_names import folded


def role(
    ref: str,
    *holders: str,
    office: Office = Office.LEAD,
    agency: str | None = None,
    subgroup: str | None = None,
) -> RoleFacts:
    """Return a current role that some people have held since 2020, without an end."""
    tenures = tuple(Tenure(person, dt.date(2020, 1, 1)) for person in holders)
    return RoleFacts(ref, office, agency, subgroup, retired=False, tenures=tenures)


_WHOLE = Grant(Access.BUSINESS_MANAGER)


@dataclass
class FakeKnown:
    """Implements `Known` over dictionaries; a role that is given is current unless retired.

    The keys of `addresses` and of `called` are folded: see `workflow.directory_names`.
    """

    standings: dict[str, str] = field(default_factory=dict)
    roles: tuple[RoleFacts, ...] = ()
    grants: dict[str, tuple[Grant, ...]] = field(default_factory=dict)
    chairs: dict[str, str] = field(default_factory=dict)
    priorities: dict[str, frozenset[int]] = field(default_factory=dict)
    recommendations: dict[str, tuple[RecommendationFacts, ...]] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    called: dict[tuple[str, str], str] = field(default_factory=dict)
    entries: dict[int, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)

    def standing(self, ref: str) -> str | None:
        """Return what `standings` says, or else whether a role is current."""
        if ref in self.standings:
            return self.standings[ref]
        found = self.role(ref)
        if found is None:
            return None
        return "ended" if found.retired else "current"

    def role(self, ref: str) -> RoleFacts | None:
        """Return a role, or None."""
        return next((facts for facts in self.roles if facts.ref == ref), None)

    def roles_of(self, person: str, day: dt.date) -> tuple[RoleFacts, ...]:
        """Return the roles in which somebody acts on a day."""
        return tuple(facts for facts in self.roles if person in facts.held_by_on(day))

    def grants_of(self, person: str) -> tuple[Grant, ...]:
        """Return the permissions that a person was given by name."""
        return self.grants.get(person, ())

    def managers_on(self, day: dt.date) -> frozenset[str]:
        """Return who acts as business manager for the whole partnership on a day."""
        granted = {who for who, given in self.grants.items() if _WHOLE in given}
        managing = (facts for facts in self.roles if facts.office is Office.BUSINESS_MANAGER)
        acting = granted.union(*(facts.held_by_on(day) for facts in managing))
        return frozenset(who for who in acting if self.standings.get(who) != "ended")

    def holder_of_address(self, email: str) -> str | None:
        """Return who has an address, whatever its capitals; or None."""
        return self.addresses.get(folded(email))

    def entry_called(self, category: str, words: str) -> str | None:
        """Return the entry of a category that has a name, title or alias; or None."""
        return self.called.get((category, folded(words)))

    def chair_role_of(self, subgroup: str) -> str | None:
        """Return the role that chairs a subgroup, or None."""
        return self.chairs.get(subgroup)

    def priorities_of(self, plan: str) -> frozenset[int]:
        """Return the numbers of a plan's priorities."""
        return self.priorities.get(plan, frozenset())

    def recommendations_of(self, audit: str) -> tuple[RecommendationFacts, ...]:
        """Return the recommendations that came from an audit."""
        return self.recommendations.get(audit, ())

    def files_on(self, ref: str) -> dict[str, str]:
        """Return the files that are evidence of an item, by their SHA-256."""
        return self.files.get(ref, {})

    def stream_of_entry(self, entry: int) -> str | None:
        """Return the stream of an entry of the log, or None."""
        return self.entries.get(entry)
