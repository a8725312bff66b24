"""What a person has answered to the questions of an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

SAME_ROLE: Final = "same-role:"
"""How the keys of questions begin that ask whether two spellings are one role."""

SAME_PLAN: Final = "same-plan:"
"""How the keys of questions begin that ask whether two titles are one plan."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Yes or no by the key of the question; all spellings may have been agreed to at once.

    `roles` says by the key of a lead's spelling which role it means: a reference, or the title of
    a role to be created. `plans` says by the key of a table into which plan it is read: a
    reference, or a title.
    """

    given: Mapping[str, bool] = field(default_factory=dict)
    accept_aliases: bool = False
    roles: Mapping[str, str] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)

    def to(self, key: str) -> bool | None:
        """The answer to a question, or None where nobody gave one."""
        if key.startswith(SAME_ROLE) and key.removeprefix(SAME_ROLE) in self.roles:
            return True
        if self.accept_aliases and key.startswith(SAME_ROLE):
            return self.given.get(key, True)
        return self.given.get(key)

    def also(self, key: str, *, answer: bool) -> Answers:
        """The same answers and one more."""
        return replace(self, given={**self.given, key: answer})
