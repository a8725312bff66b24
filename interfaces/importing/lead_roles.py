"""Which role each spelling of a lead means: one that the record has, or one to be created."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from events.refs import quoted
from interfaces.documents.lead_names import LeadCluster, cluster
from interfaces.importing.answers import SAME_ROLE, Answers
from interfaces.importing.offices import subgroup_name, suggested_office
from interfaces.importing.proposal import Lead, NewAlias, NewRole, Question, Spelling
from interfaces.importing.recorded import RecordedRole, RecordedSubgroup
from interfaces.importing.wording import name_key
from workflow.directory_names import LONGEST_NAME, tidy_name
from workflow.refusals import Incomplete

_MEND = "Add --accept-aliases, or answer at a terminal."


@dataclass(frozen=True, slots=True)
class LeadReading:
    """What became of the spellings of one document.

    `leads` gives the role of each spelling that has one; `unusable` says of each other one what is
    wrong with it and what to do, as two sentences. `spellings` are all of them, as they first came.
    """

    leads: dict[str, Lead]
    roles: tuple[NewRole, ...]
    aliases: tuple[NewAlias, ...]
    questions: tuple[Question, ...]
    unusable: dict[str, tuple[str, str]]
    spellings: tuple[Spelling, ...] = ()


def read_leads(
    spellings: Iterable[str],
    roles: tuple[RecordedRole, ...],
    subgroups: tuple[RecordedSubgroup, ...],
    answers: Answers,
) -> LeadReading:
    """Resolve every spelling; a merge of two spellings is a question until it was answered.

    An unanswered question counts as yes in what is shown. What a person chose counts where it is
    another role than would have been taken.
    """
    met = list(dict.fromkeys(spellings))
    found = _read(met, _Reading(roles, subgroups, answers), {})
    chosen = {
        spelling: choice
        for spelling in met
        if (choice := answers.roles.get(name_key(spelling)))
        and not _means(choice, found.leads.get(spelling))
    }
    if chosen:
        found = _read(met, _Reading(roles, subgroups, answers), chosen)
    reasons = {question.key: question.reason for question in found.questions}
    return replace(
        found,
        spellings=tuple(
            Spelling(one, found.leads.get(one), reasons.get(f"{SAME_ROLE}{name_key(one)}"))
            for one in met
        ),
    )


def _read(met: list[str], reading: _Reading, chosen: Mapping[str, str]) -> LeadReading:
    unknown = [one for one in met if one not in chosen and not reading.knows(one)]
    reading.group(unknown)
    for spelling, choice in chosen.items():
        reading.take(spelling, choice)
    return reading.result()


def _means(choice: str, lead: Lead | None) -> bool:
    """Whether a choice, a reference or the title of a new role, is the very lead."""
    if lead is None or lead.ref is not None:
        return lead is not None and choice == lead.ref
    return name_key(choice) == name_key(lead.title)


class _Reading:
    """The spellings while they are resolved."""

    def __init__(
        self,
        roles: tuple[RecordedRole, ...],
        subgroups: tuple[RecordedSubgroup, ...],
        answers: Answers,
    ) -> None:
        self._current = [role for role in roles if not role.retired]
        self._retired = {name_key(role.title): role for role in roles if role.retired}
        self._subgroups = {name_key(subgroup_name(one.name)): one for one in subgroups}
        self._answers = answers
        self._titles = _by_key((role.title, role) for role in self._current)
        self._spelt = _by_key((alias, role) for role in self._current for alias in role.aliases)
        self._leads: dict[str, Lead] = {}
        self._roles: dict[str, NewRole] = {}
        self._aliases: list[NewAlias] = []
        self._questions: list[Question] = []
        self._unusable: dict[str, tuple[str, str]] = {}

    def knows(self, spelling: str) -> bool:
        """Resolve a spelling that the record recognises, or that cannot be a name at all."""
        key = name_key(spelling)
        found = self._titles.get(key) or self._spelt.get(key) or []
        if len(found) == 1:
            self._leads[spelling] = Lead(found[0].title, found[0].ref)
        elif found:
            self._unusable[spelling] = _ambiguous(found)
        elif trouble := _name_trouble(spelling):
            self._unusable[spelling] = trouble
        return bool(found) or spelling in self._unusable

    def take(self, spelling: str, choice: str) -> None:
        """Take a spelling for the role that a person chose: by reference, or by a new title."""
        role = next((one for one in self._current if choice in (one.ref, one.title)), None)
        if role is None:
            role = next(iter(self._titles.get(name_key(choice), ())), None)
        if role is not None:
            self._leads[spelling] = Lead(role.title, role.ref)
            if self._is_news(spelling):
                self._aliases.append(NewAlias(role.ref, role.title, _bare(spelling)))
        elif trouble := _choice_trouble(choice):
            self._unusable[spelling] = trouble
        else:
            self._take_new(spelling, _bare(choice))

    def _take_new(self, spelling: str, title: str) -> None:
        key = name_key(title)
        if key not in self._roles:
            self._create(title, spelling)
        role = self._roles[key]
        self._leads[spelling] = Lead(role.title)
        if self._is_news(spelling) and name_key(spelling) != key:
            self._roles[key] = replace(role, aliases=(*role.aliases, _bare(spelling)))

    def _is_news(self, spelling: str) -> bool:
        """Whether no role is called so yet, and one could be."""
        key = name_key(spelling)
        known = key in self._titles or key in self._spelt
        return not known and _name_trouble(spelling) is None

    def group(self, unknown: list[str]) -> None:
        """Put together what are spellings of one role; dress alone makes no other spelling."""
        alike: dict[str, list[str]] = {}
        for spelling in unknown:
            alike.setdefault(name_key(spelling), []).append(spelling)
        first_of = {spellings[0]: spellings for spellings in alike.values()}
        names = [name for role in self._current for name in (role.title, *role.aliases)]
        for found in cluster([*names, *first_of]):
            members = [spelling for spelling in found.spellings if spelling in first_of]
            if members:
                self._settle(found, members)
        for first, spellings in first_of.items():
            self._leads |= dict.fromkeys(spellings, self._leads[first])

    def result(self) -> LeadReading:
        """What the spellings came to."""
        return LeadReading(
            self._leads,
            tuple(self._roles.values()),
            tuple(self._aliases),
            tuple(self._questions),
            self._unusable,
        )

    def _settle(self, found: LeadCluster, members: list[str]) -> None:
        standing = [role for role in self._current if _names_of(role) & set(found.spellings)]
        if standing:
            for spelling in members:
                self._join_standing(spelling, standing)
            return
        title = found.suggested_name
        self._create(title, next(one for one in members if name_key(one) == name_key(title)))
        for merge in found.merges:
            if self._agreed(merge.spelling, title, merge.reason):
                role = self._roles[name_key(title)]
                grown = replace(role, aliases=(*role.aliases, merge.spelling))
                self._roles[name_key(title)] = grown
                self._leads[merge.spelling] = Lead(title)
            else:
                self._create(_bare(merge.spelling), merge.spelling)

    def _join_standing(self, spelling: str, standing: list[RecordedRole]) -> None:
        reasons = {role.ref: _reason(spelling, role) for role in standing}
        role = next((one for one in standing if reasons[one.ref]), standing[0])
        reason = reasons[role.ref] or "nearly the same words"
        if self._agreed(spelling, f"{role.title} ({quoted(role.ref)})", reason):
            self._leads[spelling] = Lead(role.title, role.ref)
            self._aliases.append(NewAlias(role.ref, role.title, _bare(spelling)))
        else:
            self._create(_bare(spelling), spelling)

    def _agreed(self, spelling: str, title: str, reason: str) -> bool:
        key = f"{SAME_ROLE}{name_key(spelling)}"
        answer = self._answers.to(key)
        asks = f"Is “{spelling}” the same role as “{title}”?"
        self._questions.append(Question(key, asks, f"{reason}.", _MEND, answer))
        return answer is not False

    def _create(self, title: str, spelling: str) -> None:
        office, group = suggested_office(title)
        there = self._subgroups.get(name_key(group)) if group else None
        chaired = there is not None and there.chair_role is not None
        first = not any(group and role.subgroup == group for role in self._roles.values())
        retired = self._retired.get(name_key(title))
        self._roles[name_key(title)] = NewRole(
            title=title,
            office=office,
            subgroup=there.name if there else group,
            subgroup_ref=there.ref if there else None,
            becomes_chair=group is not None and not chaired and first,
            remark=_remark(retired, there if chaired else None),
        )
        self._leads[spelling] = Lead(title)


def _by_key(names: Iterable[tuple[str, RecordedRole]]) -> dict[str, list[RecordedRole]]:
    found: dict[str, list[RecordedRole]] = {}
    for name, role in names:
        roles = found.setdefault(name_key(name), [])
        if role not in roles:
            roles.append(role)
    return found


def _names_of(role: RecordedRole) -> set[str]:
    """Every name of a role as the clustering gives it back: with single spaces."""
    return {" ".join(name.split()) for name in (role.title, *role.aliases)}


def _reason(spelling: str, role: RecordedRole) -> str | None:
    """Why a spelling is taken for a role, in plain words."""
    together = (cluster([name, spelling]) for name in (role.title, *role.aliases))
    merges = (merge for found in together if len(found) == 1 for merge in found[0].merges)
    return next((merge.reason for merge in merges), None)


def _bare(spelling: str) -> str:
    return " ".join(spelling.split()).strip(" .,;:")


def _ambiguous(roles: list[RecordedRole]) -> tuple[str, str]:
    named = " and ".join(f"{role.title} ({quoted(role.ref)})" for role in roles)
    return (
        f"Several roles are called so: {named}.",
        "Write the title of the one that is meant, or take the spelling from the others.",
    )


def _choice_trouble(choice: str) -> tuple[str, str] | None:
    """What is wrong with a role that was chosen and is none that there is."""
    if choice.startswith("role-"):
        return "That role is not there any more.", "Choose another one."
    if not _bare(choice):
        return "A role needs a title.", "Write one, or choose a role that is there."
    return _name_trouble(_bare(choice))


def _name_trouble(spelling: str) -> tuple[str, str] | None:
    if len(spelling) > LONGEST_NAME:
        what = f"A role's title has at most {LONGEST_NAME} characters."
        return what, "Write the title alone, and the rest as part of the action."
    try:
        tidy_name("lead", spelling)
    except Incomplete as harmful:
        return "It cannot be the title of a role.", str(harmful)
    return None


def _remark(retired: RecordedRole | None, chaired: RecordedSubgroup | None) -> str | None:
    if retired is not None:
        return f"{quoted(retired.ref)} had this title and was retired."
    if chaired is not None:
        return f"{chaired.name} is chaired by {quoted(str(chaired.chair_role))}, which stays so."
    return None
