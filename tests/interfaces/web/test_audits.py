"""The audit programme and the themes."""

from __future__ import annotations

from tests.interfaces.web.browsing import Pages, words_of

MANAGER = "person-1"


def test_an_empty_programme_says_how_to_begin(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert "Plan an audit" in words_of(manager.get("/audits"))
    assert "No audit has anything in 2025" in words_of(manager.get("/audits"))
    assert "No theme has come up yet" in words_of(manager.get("/themes"))


def test_what_is_due_of_an_audit_is_shown_with_its_theme(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    for title, by in (("Neglect again", "June 2025"), ("Neglect anew", "December 2025")):
        planned = manager.give(
            "/do/audit/plan", kind="audit", title=title, themes="neglect", fieldwork_by=by
        )
        assert planned.status_code == 303
    shown = words_of(manager.get("/audits?by=month"))
    assert "Due, and not done yet 2" in shown
    assert "30 Jun 2025 AU1 Neglect again: fieldwork due overdue" in shown
    assert "December 2025 31 Dec 2025 AU2 Neglect anew: fieldwork due" in shown
    assert "October to December 2025" in words_of(manager.get("/audits"))
    assert "2nd time in 2025" in words_of(manager.get("/themes"))


def test_an_audit_stands_in_every_year_in_which_it_ran(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert manager.give("/do/audit/plan", kind="audit", title="Long").status_code == 303
    assert "AU1" in manager.get("/audits?year=2025")
    assert "AU1" not in manager.get("/audits?year=2024")


def test_the_programme_of_a_past_day_is_that_of_the_day(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert manager.give("/do/audit/plan", kind="audit", title="Fresh").status_code == 303
    before = manager.get("/audits?at=2025-06-02")
    assert "Fresh" not in before
    assert "Plan an audit" not in before
