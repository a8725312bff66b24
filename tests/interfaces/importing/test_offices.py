from __future__ import annotations

import pytest

from events.directory import Office
from interfaces.importing.offices import suggested_office


@pytest.mark.parametrize(
    ("title", "office", "subgroup"),
    [
        ("Business Manager", Office.BUSINESS_MANAGER, None),
        ("HSCP Business Manager", Office.BUSINESS_MANAGER, None),
        ("Deputy Business Manager", Office.LEAD, None),
        ("Chair of Audit and Performance Subgroup", Office.SUBGROUP_CHAIR, "Audit and Performance"),
        ("Chair of Audit and Performance", Office.SUBGROUP_CHAIR, "Audit and Performance"),
        ("Chair of the Early Help sub-group", Office.SUBGROUP_CHAIR, "Early Help"),
        ("Audit Subgroup Chair", Office.SUBGROUP_CHAIR, "Audit"),
        ("Chair of MASH/EH", Office.SUBGROUP_CHAIR, "MASH/EH"),
        ("Chair of Families Programme Board", Office.SUBGROUP_CHAIR, "Families Programme Board"),
        ("Chair of the Partnership", Office.LEAD, None),
        ("Chair of the Safeguarding Partnership Board", Office.LEAD, None),
        ("Vice Chair of Audit", Office.LEAD, None),
        ("Delegated Safeguarding Partners", Office.DELEGATED_PARTNER, None),
        ("Delegated Safeguarding Partner", Office.DELEGATED_PARTNER, None),
        ("Lead Safeguarding Partners", Office.EXECUTIVE, None),
        ("Independent Scrutineer", Office.SCRUTINEER, None),
        ("Head of Housing", Office.LEAD, None),
    ],
)
def test_a_title_suggests_an_office(title: str, office: Office, subgroup: str | None) -> None:
    assert suggested_office(title) == (office, subgroup)
