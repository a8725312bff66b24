"""The directory and the plans: gaps first, and only what one may begin is offered."""

from __future__ import annotations

from tests.interfaces.web.browsing import Pages, words_of

MANAGER, CHAIR = "person-1", "person-2"


def test_every_role_is_shown_with_who_holds_it_and_since_when(pages: Pages) -> None:
    shown = words_of(pages.signed_in(CHAIR).get("/directory"))
    assert "RO2 Chair of Audit and Performance Subgroup" in shown
    assert "Example Audit Chair since 31 March 2025" in shown
    assert "1 open" in shown


def test_a_role_that_nobody_holds_stands_first(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    made = manager.give("/do/role/create", title="Neglect Lead")
    assert made.status_code == 303, words_of(made.text)
    shown = words_of(manager.get("/directory"))
    assert "Nobody acts in 1" in shown
    assert shown.index("Neglect Lead") < shown.index("Roles ")
    assert "Neglect Lead" not in manager.get("/directory?at=2025-06-02")


def test_only_who_may_begin_something_is_offered_it(pages: Pages) -> None:
    manager, scrutineer = pages.signed_in(MANAGER), pages.signed_in("person-8")
    for path, offer in (("/directory", "/do/role/create"), ("/plans", "/do/plan/adopt")):
        assert offer in manager.get(path)
        assert offer not in scrutineer.get(path)
        assert offer not in manager.get(f"{path}?at=2025-06-02")


def test_a_chair_may_begin_an_action_of_their_own(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    page = chair.get("/plans")
    assert "/do/action/create" in page
    assert "/do/plan/adopt" not in page
    made = chair.give(
        "/do/action/create",
        text="Read ten more files",
        lead_roles="role-2",
        target="May 2026",
        plan="plan-1",
        priority="1",
    )
    assert made.status_code == 303, words_of(made.text)


def test_a_plan_is_listed_with_its_colours(pages: Pages) -> None:
    shown = words_of(pages.signed_in(CHAIR).get("/plans"))
    assert "Plan 2025" in shown
    assert "all 2 on the board" in shown
    assert "Neglect" in shown
