from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interfaces.documents.lead_names import LeadCluster, cluster, normalise
from tests.interfaces.documents.published import ANNUAL_REPORT, BOARD_PACK, published

NAMES = st.lists(
    st.sampled_from(["CSCP", "ICB", "Business", "Manager", "Chair of", "Audit &", "Sub-group"]),
    min_size=1,
    max_size=4,
).map(" ".join)


def names(*leads: str) -> list[str]:
    return [found.suggested_name for found in cluster(leads)]


def only(*leads: str) -> LeadCluster:
    [found] = cluster(leads)
    return found


@pytest.mark.parametrize("document", [ANNUAL_REPORT, BOARD_PACK])
def test_the_spellings_of_a_published_plan_are_eight_roles(document: str) -> None:
    [plan] = published(document).plans
    assert [
        (found.suggested_name, len(found.spellings))
        for found in cluster(lead for row in plan.rows for lead in row.leads)
    ] == [
        ("Business Manager", 2),
        ("Chair of Audit and Performance Subgroup", 2),
        ("Chair of Implementation Subgroup", 1),
        ("Chair of Exploitation Subgroup", 1),
        ("Delegated Safeguarding Partners", 1),
        ("Lead Safeguarding Partners", 1),
        ("Chair of Safeguarding Practice Review Subgroup", 1),
        ("Chair of MASH/EH", 1),
    ]


def test_an_acronym_in_front_is_dropped_where_the_rest_is_a_lead() -> None:
    found = only("CSCP Business Manager", "Business Manager")
    assert found.suggested_name == "Business Manager"
    [merge] = found.merges
    assert merge.spelling == "CSCP Business Manager"
    assert merge.reason == "same words, with the acronym CSCP in front"


def test_an_acronym_stays_where_the_rest_is_no_lead_by_itself() -> None:
    assert names("MASH Team Manager", "Business Manager") == [
        "MASH Team Manager", "Business Manager",
    ]  # fmt: skip


def test_two_acronyms_before_the_same_words_are_different_people() -> None:
    leads = ["CSCP Business Manager", "ICB Business Manager", "Business Manager"]
    assert names(*leads) == leads


def test_subgroup_at_the_end_makes_no_other_role_and_the_fuller_name_is_suggested() -> None:
    found = only("Chair of Audit", "Chair of Audit Subgroup")
    assert found.suggested_name == "Chair of Audit Subgroup"
    assert found.merges[0].reason == "same words, without “Subgroup” at the end"


def test_both_reasons_are_told_where_both_apply() -> None:
    found = only("Chair of Audit Subgroup", "CSCP Chair of Audit")
    assert found.merges[0].reason == (
        "same words, with the acronym CSCP in front and without “Subgroup” at the end"
    )


def test_a_spelling_that_joins_two_roles_already_met_makes_them_one() -> None:
    found = only("CSCP Chair of Audit", "Chair of Audit Sub-group", "Chair of Audit")
    assert found.suggested_name == "Chair of Audit Sub-group"
    assert len(found.merges) == 2


@pytest.mark.parametrize(
    "spelling",
    [
        "Chair of Audit & Performance",
        "chair of audit and performance",
        "The Chair of Audit and Performance",
        "Chair  of Audit and Performance.",
    ],
)
def test_dress_makes_no_other_role(spelling: str) -> None:
    found = only("Chair of Audit and Performance", spelling)
    assert found.suggested_name == "Chair of Audit and Performance"
    assert found.merges[0].reason == "same words, written with other capitals or signs"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lead Safeguarding Partners", "Delegated Safeguarding Partners"),
        ("Chair of MASH/EH", "Chair of MASH"),
        ("Chair of Audit", "Vice Chair of Audit"),
        ("Chair of Audit", "Chair of Audit and Performance"),
        ("Business Manager", "Business Support Manager"),
    ],
)
def test_words_that_differ_stay_different_roles(one: str, other: str) -> None:
    assert names(one, other) == [one, other]


def test_a_lead_without_any_variant_raises_no_question() -> None:
    assert only("Business Manager", "Business Manager", " ").merges == ()


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(lead: str) -> None:
    # Case folding and Unicode's own folding feed each other for a few rare letters.
    once = normalise(normalise(lead))
    assert normalise(once) == once


@given(st.lists(NAMES, max_size=8))
def test_every_spelling_ends_in_exactly_one_role(leads: list[str]) -> None:
    found = cluster(leads)
    spellings = [spelling for role in found for spelling in role.spellings]
    assert sorted(spellings) == sorted(set(leads))
    assert all(len(role.merges) == len(role.spellings) - 1 for role in found)


@given(st.lists(NAMES, max_size=6).flatmap(lambda x: st.tuples(st.just(x), st.permutations(x))))
def test_the_order_of_the_leads_does_not_change_the_roles(
    orders: tuple[list[str], list[str]],
) -> None:
    one, other = ({frozenset(role.spellings) for role in cluster(leads)} for leads in orders)
    assert one == other
