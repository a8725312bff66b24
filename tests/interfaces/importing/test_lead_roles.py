from __future__ import annotations

from events.directory import Office
from interfaces.importing.answers import Answers
from interfaces.importing.lead_roles import LeadReading, read_leads
from interfaces.importing.proposal import Lead, NewAlias
from interfaces.importing.recorded import RecordedRole, RecordedSubgroup
from interfaces.importing.wording import name_key
from tests.interfaces.importing.made_plans import role, subgroup

MANAGER = role("role-1", "Business Manager")
AUDIT = role("role-2", "Chair of Audit Subgroup", "Audit Chair")
NO = Answers({"same-role:hscpbusinessmanager": False, "same-role:chairofaudit": False})


def read(
    *spellings: str,
    roles: tuple[RecordedRole, ...] = (),
    subgroups: tuple[RecordedSubgroup, ...] = (),
    answers: Answers | None = None,
) -> LeadReading:
    return read_leads(spellings, roles, subgroups, answers or Answers())


def test_a_title_is_recognised_in_any_dress_without_a_question() -> None:
    reading = read("the business  MANAGER.", roles=(MANAGER,))
    assert reading.leads == {"the business  MANAGER.": Lead("Business Manager", "role-1")}
    assert not reading.questions
    assert not reading.aliases


def test_another_spelling_that_the_record_knows_is_recognised() -> None:
    reading = read("audit-chair", roles=(AUDIT,))
    assert reading.leads == {"audit-chair": Lead("Chair of Audit Subgroup", "role-2")}
    assert not reading.questions


def test_a_title_goes_before_the_spelling_of_another_role() -> None:
    other = role("role-3", "Deputy", "Business Manager")
    reading = read("Business Manager", roles=(other, MANAGER))
    assert reading.leads["Business Manager"].ref == "role-1"


def test_a_near_spelling_of_a_role_is_asked_about_and_becomes_a_spelling_of_it() -> None:
    reading = read("HSCP Business Manager", roles=(MANAGER,))
    [question] = reading.questions
    assert question.answer is None
    assert question.asks == (
        "Is “HSCP Business Manager” the same role as “Business Manager (RO1)”?"
    )
    assert "acronym HSCP" in question.reason
    assert reading.aliases == (NewAlias("role-1", "Business Manager", "HSCP Business Manager"),)
    assert reading.leads["HSCP Business Manager"].ref == "role-1"


def test_a_longer_spelling_of_a_role_is_asked_about_too() -> None:
    reading = read("Chair of Audit Subgroup", roles=(role("role-2", "Chair of Audit"),))
    [question] = reading.questions
    assert "without “Subgroup”" in question.reason
    assert reading.leads["Chair of Audit Subgroup"].ref == "role-2"


def test_a_spelling_that_is_declined_becomes_a_role_of_its_own() -> None:
    reading = read("HSCP Business Manager", roles=(MANAGER,), answers=NO)
    assert [one.title for one in reading.roles] == ["HSCP Business Manager"]
    assert reading.leads["HSCP Business Manager"] == Lead("HSCP Business Manager")
    assert not reading.aliases
    assert [one.answer for one in reading.questions] == [False]


def test_spellings_of_a_role_to_come_are_asked_about_once() -> None:
    reading = read("Chair of Audit", "Chair of Audit Subgroup", "Chair of Audit Subgroup.")
    [created] = reading.roles
    assert (created.title, created.aliases) == ("Chair of Audit Subgroup", ("Chair of Audit",))
    assert len(reading.questions) == 1
    assert set(reading.leads.values()) == {Lead("Chair of Audit Subgroup")}


def test_two_chairs_of_one_new_subgroup_leave_it_one_chair() -> None:
    reading = read("Chair of Audit", "Chair of Audit Subgroup", answers=NO)
    chairs = [(one.title, one.subgroup, one.becomes_chair) for one in reading.roles]
    assert chairs == [
        ("Chair of Audit Subgroup", "Audit", True),
        ("Chair of Audit", "Audit", False),
    ]


def test_all_spellings_can_be_agreed_to_at_once() -> None:
    accepted = Answers(accept_aliases=True)
    reading = read("HSCP Business Manager", roles=(MANAGER,), answers=accepted)
    assert [one.answer for one in reading.questions] == [True]


def test_a_chair_takes_the_subgroup_that_is_there() -> None:
    reading = read("Chair of Audit", subgroups=(subgroup("subgroup-4", "Audit Sub-group"),))
    [created] = reading.roles
    assert created.office is Office.SUBGROUP_CHAIR
    assert (created.subgroup_ref, created.becomes_chair) == ("subgroup-4", True)


def test_a_subgroup_keeps_the_chair_that_it_has() -> None:
    reading = read("Chair of Audit", subgroups=(subgroup("subgroup-4", "Audit", "role-9"),))
    [created] = reading.roles
    assert (created.subgroup_ref, created.becomes_chair) == ("subgroup-4", False)
    assert created.remark == "Audit is chaired by RO9, which stays so."


def test_a_retired_role_leads_nothing_and_is_pointed_out() -> None:
    retired = role("role-3", "Head of Housing", retired=True)
    [created] = read("Head of Housing", roles=(retired,)).roles
    assert created.remark == "RO3 had this title and was retired."


def test_a_spelling_of_two_roles_is_refused_with_both_named() -> None:
    twins = (role("role-3", "Housing", "Homes"), role("role-4", "Estates", "Homes"))
    what, mend = read("Homes", roles=twins).unusable["Homes"]
    assert "Housing (RO3) and Estates (RO4)" in what
    assert "Write the title" in mend


def test_a_lead_that_cannot_be_a_title_is_refused() -> None:
    reading = read("Manager <script>", "x" * 201)
    assert set(reading.unusable) == {"Manager <script>", "x" * 201}
    assert not reading.roles


def test_a_spelling_near_two_roles_is_asked_about_the_first() -> None:
    roles = (role("role-4", "Chair of Audit"), role("role-5", "Chair of Audit Subgroup"))
    reading = read("HSCP Chair of Audit", roles=roles)
    assert [one.asks for one in reading.questions] == [
        "Is “HSCP Chair of Audit” the same role as “Chair of Audit (RO4)”?"
    ]


def test_other_words_are_another_role() -> None:
    reading = read("Business Managers", roles=(MANAGER,))
    assert [one.title for one in reading.roles] == ["Business Managers"]
    assert not reading.questions


def chosen(*spellings: str, **choices: str) -> LeadReading:
    """Read leads where a person chose; underscores stand for spaces."""
    roles = {name_key(spelling.replace("_", " ")): of for spelling, of in choices.items()}
    there = (role("role-1", "Business Manager", "The Manager"), role("role-2", "Head of Quality"))
    return read_leads(spellings, there, (), Answers(accept_aliases=True, roles=roles))


def test_a_person_chooses_another_role_and_its_spelling_is_known_from_then_on() -> None:
    reading = chosen("Manager of Things", Manager_of_Things="role-2")
    assert reading.leads["Manager of Things"] == Lead("Head of Quality", "role-2")
    assert reading.aliases == (NewAlias("role-2", "Head of Quality", "Manager of Things"),)
    assert reading.roles == ()


def test_a_person_chooses_what_was_taken_anyway_and_nothing_changes() -> None:
    assert chosen("The Manager", The_Manager="role-1") == chosen("The Manager")
    assert chosen("Owl", Owl="Owl") == chosen("Owl")


def test_a_spelling_that_another_role_has_is_not_given_to_a_second() -> None:
    reading = chosen("The Manager", The_Manager="role-2")
    assert reading.leads["The Manager"] == Lead("Head of Quality", "role-2")
    assert reading.aliases == ()


def test_two_spellings_become_one_new_role() -> None:
    reading = chosen("Owl", "Night Owl", Owl="Head of Owls", Night_Owl="Head of Owls")
    [made] = reading.roles
    assert (made.title, made.aliases) == ("Head of Owls", ("Owl", "Night Owl"))
    assert set(reading.leads.values()) == {Lead("Head of Owls")}


def test_a_new_title_that_a_role_has_is_that_role() -> None:
    reading = chosen("Owl", Owl="business manager")
    assert reading.leads["Owl"] == Lead("Business Manager", "role-1")


def test_a_choice_that_is_no_role_is_said_beside_it() -> None:
    for choice, told in (
        ("role-9", "not there any more"),
        ("x" * 300, "at most"),
        ("...", "needs a title"),
    ):
        reading = chosen("Owl", Owl=choice)
        assert "Owl" not in reading.leads
        assert told in reading.unusable["Owl"][0]


def test_every_spelling_is_told_with_its_role_and_why() -> None:
    reading = chosen("EXA Business Manager", "Owl")
    first, second = reading.spellings
    assert first.lead == Lead("Business Manager", "role-1")
    assert first.reason == "same words, with the acronym EXA in front."
    assert (second.lead, second.reason) == (Lead("Owl"), None)
