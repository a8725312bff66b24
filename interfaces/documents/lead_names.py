"""The many spellings of a lead, grouped into the roles that they name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_SUBGROUP_SPELT = re.compile(r"\bsub[\s-]group(s?)\b")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_DASHES = re.compile(r"\s*[‐‑‒–—-]\s*")  # noqa: RUF001 - the very characters that are meant
_SLASHES = re.compile(r"\s*/\s*")
_ACRONYM = re.compile(r"^(?P<acronym>[A-Z]{2,6})\s+(?P<rest>\S.*)$")
_SUBGROUP_ENDING = " subgroup"
_LEADING = re.compile(r"^(?:the\s+|[\s.,;:])+")
_TRAILING = " .,;:"


@dataclass(frozen=True, slots=True)
class Merge:
    """One spelling taken for the same role as another, and the reason, for asking a person."""

    spelling: str
    same_as: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeadCluster:
    """One role: the name to suggest for it, every spelling met, and why they were put together.

    `merges` is empty where there is nothing to ask: one spelling.
    """

    suggested_name: str
    spellings: tuple[str, ...]
    merges: tuple[Merge, ...] = ()


def normalise(lead: str) -> str:
    """A key that is equal for spellings which differ in dress only.

    Dress is: capitals, spaces, a leading "the", a full stop or comma at the end, "&" for "and",
    the kind of dash or apostrophe, and "sub-group" for "subgroup".
    """
    plain = unicodedata.normalize("NFKC", lead).casefold().translate(_APOSTROPHES)
    plain = _SLASHES.sub("/", _DASHES.sub("-", plain.replace("&", " and ")))
    plain = _SUBGROUP_SPELT.sub(r"subgroup\1", " ".join(plain.split()))
    return _LEADING.sub("", plain).rstrip(_TRAILING)


def cluster(leads: Iterable[str]) -> tuple[LeadCluster, ...]:
    """Group leads into roles, in the order in which each role is first met.

    Conservative: besides dress, an acronym in front ("CSCP Business Manager") or "Subgroup" at
    the end is overlooked only where the rest is, wholly, another lead that was met; and not
    where two acronyms compete for the same rest. Words that differ stay different roles.
    """
    spellings = tuple(dict.fromkeys(" ".join(lead.split()) for lead in leads if lead.strip()))
    dressed = _dressed(spellings)
    groups: list[list[_Spelling]] = []
    for spelling in dressed:
        same = [group for group in groups if any(spelling.same_role(other) for other in group)]
        merged = [member for group in same for member in group]
        groups = [[*merged, spelling] if group in same[:1] else group for group in groups]
        groups = [group for group in groups if group not in same[1:]]
        if not same:
            groups.append([spelling])
    order = {spelling.words: place for place, spelling in enumerate(dressed)}
    return tuple(_cluster_of(sorted(group, key=lambda one: order[one.words])) for group in groups)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A spelling, with what may be overlooked in it: `acronym` is "" unless it may be."""

    words: str
    key: str
    acronym: str

    @property
    def core(self) -> str:
        """The key without its acronym and without "subgroup"."""
        bare = self.key.removeprefix(f"{self.acronym.casefold()} ") if self.acronym else self.key
        return bare.removesuffix(_SUBGROUP_ENDING)

    @property
    def subgroup(self) -> bool:
        """Whether "subgroup" stands at the end."""
        return self.key.endswith(_SUBGROUP_ENDING)

    def same_role(self, other: _Spelling) -> bool:
        """Whether the two differ in nothing but what may be overlooked."""
        return self.core == other.core


def _dressed(spellings: tuple[str, ...]) -> list[_Spelling]:
    known = {normalise(spelling) for spelling in spellings}
    without_ending = {key.removesuffix(_SUBGROUP_ENDING) for key in known}
    acronyms: dict[str, set[str]] = {}
    for spelling in spellings:
        acronym, rest = _parted(spelling)
        if acronym and rest in without_ending:
            acronyms.setdefault(rest, set()).add(acronym)
    dressed = []
    for spelling in spellings:
        acronym, rest = _parted(spelling)
        alone = acronyms.get(rest) == {acronym}
        dressed.append(_Spelling(spelling, normalise(spelling), acronym if alone else ""))
    return dressed


def _parted(spelling: str) -> tuple[str, str]:
    """The acronym in front ("" if none), and the key of the rest without "subgroup"."""
    match = _ACRONYM.match(spelling)
    if match is None:
        return "", normalise(spelling).removesuffix(_SUBGROUP_ENDING)
    return match["acronym"], normalise(match["rest"]).removesuffix(_SUBGROUP_ENDING)


def _cluster_of(spellings: list[_Spelling]) -> LeadCluster:
    """The name to suggest has no acronym, and "Subgroup" where any spelling has it."""
    name = min(
        spellings,
        key=lambda one: (
            bool(one.acronym),
            not one.subgroup,
            not one.words[:1].isupper(),
            one.words.isupper(),
            "&" in one.words,
            one.key != one.words.casefold().rstrip(_TRAILING),
        ),
    )
    suggested = name.words.rstrip(_TRAILING)
    merges = tuple(
        Merge(one.words, suggested, _reason(one, name)) for one in spellings if one is not name
    )
    return LeadCluster(suggested, tuple(one.words for one in spellings), merges)


def _reason(one: _Spelling, name: _Spelling) -> str:
    reasons = [f"with the acronym {one.acronym} in front"] if one.acronym else []
    if name.subgroup and not one.subgroup:
        reasons.append("without “Subgroup” at the end")
    return f"same words, {' and '.join(reasons) or 'written with other capitals or signs'}"
