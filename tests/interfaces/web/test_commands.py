"""Giving commands on the pages: what may be given is offered, and nothing typed is lost."""

from __future__ import annotations

from tests.interfaces.web.browsing import Pages, hidden_fields, words_of

CHAIR = "person-2"
NOTE = "/do/action/note-progress?on=A2"


def test_a_note_is_recorded_and_shown(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    answer = chair.give(NOTE, note="Three schools agreed the form.")
    assert answer.status_code == 303
    shown = words_of(chair.get(answer.headers["location"]))
    assert "Recorded, as change" in shown
    assert "Three schools agreed the form." in shown


def test_a_form_that_is_sent_twice_does_what_it_says_once(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    filled = {**hidden_fields(chair.get(NOTE)), "note": "Sent twice."}
    before = pages.partnership.log.head().size
    assert [chair.post(NOTE, filled).status_code for _ in range(2)] == [303, 303]
    told = [one for one in pages.partnership.log.read(before) if one.stream == "action-2"]
    assert len({one.command_id for one in told}) == 1


def test_a_form_that_is_refused_comes_back_filled(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    asked = "/do/extension/request?on=A2"
    filled = {"target": "31 February 2026", "reason": "Two schools are late.", "progress": "Half."}
    answer = chair.give(asked, **filled)
    assert answer.status_code == 422
    for words in ("Two schools are late.", "Half.", "31 February 2026", "There is something"):
        assert words in answer.text


def test_whoever_was_slower_sees_what_happened_and_keeps_their_words(pages: Pages) -> None:
    chair, manager = pages.signed_in(CHAIR), pages.signed_in("person-1")
    shown = hidden_fields(chair.get(NOTE))
    assert manager.give(NOTE, note="The manager was faster.").status_code == 303
    answer = chair.post(NOTE, {**shown, "note": "What the chair wrote."})
    assert answer.status_code == 409
    assert "The manager was faster." in answer.text
    assert "What the chair wrote." in answer.text
    again = {**hidden_fields(answer.text), "note": "What the chair wrote."}
    assert chair.post(NOTE, again).status_code == 303


def test_nothing_is_offered_that_would_be_refused(pages: Pages) -> None:
    scrutineer = pages.signed_in("person-8")
    shown = scrutineer.get("/A2")
    assert "/do/action/" not in shown
    assert "/do/remark/add?on=A2" in shown
    assert "/do/remark/add" not in pages.signed_in(CHAIR).get("/A2")
    refused = scrutineer.give(NOTE, note="Not mine to write.")
    assert refused.status_code == 422
    assert "may not" in refused.text


def test_a_remark_is_begun_on_what_it_is_about(pages: Pages) -> None:
    scrutineer = pages.signed_in("person-8")
    asked = "/do/remark/add?on=A2"
    assert 'name="on" type="text" value="A2"' in scrutineer.get(asked)
    said = scrutineer.post("/do/remark/add", {"on": "A2", "words": "Ask again in May."})
    assert said.status_code == 303
    assert "Ask again in May." in words_of(scrutineer.get("/A2"))


def test_nothing_can_be_changed_in_the_past(pages: Pages) -> None:
    manager = pages.signed_in("person-1")
    day = pages.partnership.today.isoformat()
    shown = manager.get(f"/A2?at={day}")
    assert "You are looking at the past" in shown
    assert "/do/" not in shown


def test_what_asks_for_a_role_is_offered_though_no_role_is_named_yet(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    assert "/do/action/change-leads?on=A2" in chair.get("/A2")
    assert "Hand it over" in chair.get("/not-mine?on=A2")
    answer = chair.give(
        "/do/action/change-leads?on=A2", lead_roles="role-3", reason="Closer to the schools"
    )
    assert answer.status_code == 303
