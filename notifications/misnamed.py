"""Rules that name what the record does not have: a role nobody knows, a plan that is not there.

No reminder is lost by it (what an unknown role should be told goes to the business manager), but
somebody should mend the configuration: tell it where reminders start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from events.refs import category_of, quoted
from notifications.directory import Directory
from notifications.rules import NamedRole, Rule
from projections.store import View


def misnamed(rules: Iterable[Rule], view: View) -> tuple[str, ...]:
    """Return a sentence for each role, plan or audit that rules name and the record lacks."""
    given = tuple(rules)
    roles = _roles(given, Directory.of(view))
    return (*roles, *_places(given, view))


def _roles(rules: Iterable[Rule], directory: Directory) -> Iterator[str]:
    for rule in rules:
        for recipient in rule.recipients:
            if not isinstance(recipient, NamedRole):
                continue
            role = directory.role_called(recipient.words)
            if role is None or not role.is_current:
                why = "no role is called so" if role is None else f"{quoted(role.ref)} was retired"
                yield (
                    f"[reminders]{_own(rule)} rule '{rule.name}', tell: \"role: {recipient.words}\""
                    f" reaches nobody, since {why}. Until it is mended the business manager, or"
                    " whoever is next, is told instead. 'goldthread directory' lists the roles."
                )


def _places(rules: Iterable[Rule], view: View) -> Iterator[str]:
    places = dict.fromkeys(rule.within for rule in rules if rule.within is not None)
    for place in places:
        if view.get(f"{category_of(place)}s", place) is None:
            yield (
                f"[reminders] overrides, for: there is no {quoted(place)}. Its rules hold for"
                " nothing, and the general rules go on. Correct the reference, or take them out."
            )


def _own(rule: Rule) -> str:
    return f" overrides, for {quoted(rule.within)}," if rule.within else ""
