from __future__ import annotations

import pytest

from interfaces.documents.lead_cells import doubtful_comma, leads_in


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("Business Manager", ("Business Manager",)),
        ("", ()),
        (" , ", ()),
        ("Business Manager, Chair of Audit", ("Business Manager", "Chair of Audit")),
        ("Business Manager; Head of Service", ("Business Manager", "Head of Service")),
        ("Business Manager\nHead of Service", ("Business Manager", "Head of Service")),
        ("Business Manager / Head of Service", ("Business Manager", "Head of Service")),
        ("Police, Health", ("Police", "Health")),
        ("Chair of Audit and Business Manager", ("Chair of Audit", "Business Manager")),
        ("Chair of Audit & CSCP Business Manager", ("Chair of Audit", "CSCP Business Manager")),
        ("Chair of MASH/EH", ("Chair of MASH/EH",)),
        ("Chair of Audit and Performance", ("Chair of Audit and Performance",)),
        ("Delegated Safeguarding Partners.", ("Delegated Safeguarding Partners.",)),
        ("Business Manager, Business Manager", ("Business Manager",)),
        ("Chair of Audit, Head of Service", ("Chair of Audit", "Head of Service")),
    ],
)  # fmt: skip
def test_a_cell_names_one_lead_or_several(cell: str, leads: tuple[str, ...]) -> None:
    assert leads_in(cell) == leads
    assert not doubtful_comma(cell)


def test_a_comma_inside_the_name_of_a_group_is_kept_and_asked_about() -> None:
    cell = "Chair of Learning, Development and Training"
    assert leads_in(cell) == (cell,)
    assert doubtful_comma(cell)
