"""The first page: what waits, most urgent first, each with its form in place."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.interfaces.erasures import ask_to_erase
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Pages, words_of
from tests.interfaces.web.conftest import served
from tests.interfaces.web.test_api import program

MANAGER, CHAIR, TRAINER, SCRUTINEER = "person-1", "person-2", "person-3", "person-8"


def _card(page: str, ref: str) -> str:
    found = re.search(rf'(?s)<li class="card[^"]*" id="{ref}">.*?</li>', page)
    assert found is not None, f"no card of {ref}"
    return found[0]


def _fields(card: str) -> dict[str, str]:
    form = card.partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


@pytest.fixture
def in_december(cli: CommandLine, pages: Pages) -> Pages:
    cli.on(dt.date(2025, 12, 10))
    return pages


def test_what_is_due_soon_has_its_form_in_place(in_december: Pages) -> None:
    chair = in_december.signed_in(CHAIR)
    card = _card(chair.get("/"), "A2")
    sent = {**_fields(card), "note": "Fifteen of twenty read."}
    answer = chair.post("/do/action/note-progress?on=A2", sent)
    assert answer.headers["location"] == "/?done=A2#A2"
    shown = chair.get("/?done=A2")
    assert "Saved: A2" in words_of(shown)
    assert "Fifteen of twenty read." in _card(shown, "A2")


def test_every_way_to_tell_of_an_item_has_its_form_in_place(in_december: Pages) -> None:
    chair = in_december.signed_in(CHAIR)
    card = _card(chair.get("/"), "A2")
    for action in (
        "/do/action/submit?on=A2",
        "/do/extension/request?on=A2",
        "/not-mine?on=A2",
        "/do/action/block?on=A2",
    ):
        assert f'action="{action}"' in card
    ids = re.findall(r' id="([^"]+)"', chair.get("/"))
    assert len(ids) == len(set(ids))
    sent = {**_fields(card), "reason": "Two agencies answer late."}
    assert chair.post("/do/action/block?on=A2", sent).headers["location"] == "/?done=A2#A2"
    assert "Nothing stands in its way any more" in _card(chair.get("/"), "A2")


def test_a_form_of_the_first_page_that_is_refused_leads_back_there_too(in_december: Pages) -> None:
    chair = in_december.signed_in(CHAIR)
    sent = {**_fields(_card(chair.get("/"), "A2")), "note": " "}
    refused = chair.post("/do/action/note-progress?on=A2", sent)
    assert refused.status_code == 422
    assert 'name="back" value="home"' in refused.text


def test_what_is_overdue_comes_before_what_is_due_soon(in_december: Pages) -> None:
    trainer = in_december.signed_in(TRAINER)
    assert "Overdue" in words_of(trainer.get("/"))
    assert "late" in _card(trainer.get("/"), "A1")


def test_what_is_reported_done_stands_apart_from_what_its_lead_still_has_to_do(
    in_december: Pages,
) -> None:
    trainer = in_december.signed_in(TRAINER)
    before = program(in_december, TRAINER).get("/needs")
    assert ([one["ref"] for one in before["overdue"]], before["reported"]) == (["A1"], [])
    sent = {
        **_fields(_card(trainer.get("/"), "A1")),
        "what_we_did": "Two schools trained.",
        "no_evidence_reason": "Said at the meeting.",
    }
    answer = trainer.post("/do/action/submit?on=A1", sent)
    assert answer.headers["location"] == "/?done=A1#A1"
    shown = words_of(trainer.get("/?done=A1"))
    assert "Overdue" not in shown
    assert "Nothing more is asked of you within the next 20 working days" in shown
    assert "Saved: A1" in shown
    assert "Reported done by you. Since 10 December 2025 it waits for" in shown
    after = program(in_december, TRAINER).get("/needs")
    assert [one["ref"] for one in after["reported"]] == ["A1"]
    assert after["overdue"] == after["later"] == after["decisions"] == []


def test_whoever_leads_it_too_sees_who_reported_it_done(
    cli: CommandLine, in_december: Pages
) -> None:
    leads = ("--lead-roles", "RO2", "--lead-roles", "RO3", "--reason", "Both teach it.")
    cli.done("action", "change-leads", "A1", *leads)
    done = ("--what-we-did", "Two schools trained.", "--no-evidence-reason", "Said aloud.")
    cli.done("action", "submit", "A1", *done, "--as", "PE3")
    shown = words_of(in_december.signed_in(CHAIR).get("/"))
    assert re.search(r"Reported done by (?!you)[^.]+\. Since 10 December 2025 it waits for", shown)
    assert [one["ref"] for one in program(in_december, MANAGER).get("/needs")["decisions"]] == [
        "A1"
    ]


def test_a_confirmation_names_only_what_can_be_a_thing(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    assert "Saved" not in words_of(chair.get("/?done=<b>nothing</b>"))


def test_who_has_nothing_due_is_told_so(pages: Pages) -> None:
    assert "Nothing of yours is due" in words_of(pages.signed_in("person-5").get("/"))


def test_what_was_told_is_confirmed_on_its_card_alone(in_december: Pages) -> None:
    chair = in_december.signed_in(CHAIR)
    shown = chair.get("/?done=A2")
    assert "Saved: A2" in words_of(_card(shown, "A2"))
    assert shown.count("Saved: ") == 1
    assert "Saved: A1" in words_of(chair.get("/?done=A1"))


def test_whoever_begins_a_record_is_told_what_to_do_first(
    tmp_path: Path, beginning: CommandLine
) -> None:
    with served(beginning.copied_to(tmp_path)) as pages:
        manager = pages.signed_in(MANAGER)
        shown = words_of(manager.get("/"))
        assert "This record is new" in shown
        assert "Past their date" not in shown
        assert "Nothing stands on the board yet" in words_of(manager.get("/board"))
        assert "Nothing matches" in words_of(manager.get("/board?words=neglect"))


def test_the_manager_sees_what_slips_and_who_is_missing(in_december: Pages) -> None:
    shown = words_of(in_december.signed_in(MANAGER).get("/"))
    for heading in (
        "Past their date 1",
        "Silent for 60",
        "With nobody to act 0",
        "Waiting for somebody else to decide 0",
        "Emails that",
    ):
        assert heading in shown


def test_what_has_just_begun_is_not_silent(cli: CommandLine, in_december: Pages) -> None:
    manager = in_december.signed_in(MANAGER)
    before = re.search(r"Silent for 60 working days or more (\d+)", words_of(manager.get("/")))
    told = {"text": "New", "lead-roles": "RO2", "target": "May 2026", "plan": "P1", "priority": "1"}
    new = [word for name, value in told.items() for word in (f"--{name}", value)]
    cli.done("action", "create", *new)
    after = re.search(r"Silent for 60 working days or more (\d+)", words_of(manager.get("/")))
    assert before is not None
    assert after is not None
    assert after[1] == before[1]


def test_the_scrutineer_sees_what_moved_since_the_last_meeting(
    cli: CommandLine, pages: Pages
) -> None:
    cli.on(dt.date(2025, 9, 10))
    cli.done("meeting", "record", "--title", "Board, September", "--held-on", "2025-09-10")
    cli.on(dt.date(2025, 9, 24))
    shown = words_of(pages.signed_in(SCRUTINEER).get("/"))
    assert "Moved since Board, September, 10 September 2025 1" in shown
    assert "Moved since" not in words_of(pages.signed_in(CHAIR).get("/"))


def test_the_scrutineer_sees_what_moved_since_the_last_visit(
    cli: CommandLine, pages: Pages
) -> None:
    cli.done("meeting", "record", "--title", "Board, June", "--held-on", "2025-06-02")
    pages.signed_in(SCRUTINEER)
    cli.clock.now += dt.timedelta(hours=13)
    cli.done("action", "note-progress", "A2", "--note", "Half of them read.")
    scrutineer = pages.signed_in(SCRUTINEER)
    shown = words_of(scrutineer.get("/"))
    assert re.search(r"Moved since your last visit, 24 September 2025 at \d\d:\d\d 1", shown)
    assert "Since Board, June, 2 June 2025" in shown
    instead = words_of(scrutineer.get("/?since=meeting"))
    assert "Moved since Board, June, 2 June 2025" in instead
    assert "Since your last visit" in instead


def test_what_is_not_theirs_is_passed_on_as_a_note(in_december: Pages) -> None:
    chair = in_december.signed_in(CHAIR)
    answer = chair.give("/not-mine?on=A2", whose="The schools’ lead.")
    assert answer.headers["location"] == "/?done=A2#A2"
    assert "should go to somebody else" in words_of(chair.get("/A2"))


def test_who_should_have_it_instead_has_to_be_said(in_december: Pages) -> None:
    chair = in_december.signed_in(CHAIR)
    answer = chair.give("/not-mine?on=A2", whose=" ")
    assert answer.status_code == 422
    assert "There is something to mend" in answer.text


def test_of_what_others_lead_nobody_says_that_it_is_not_theirs(pages: Pages) -> None:
    scrutineer = pages.signed_in(SCRUTINEER)
    scrutineer.get("/not-mine?on=A2", status=404)
    assert scrutineer.post("/not-mine?on=A2", {"whose": "x"}).status_code == 404


def test_whoever_may_agree_to_an_erasure_is_told_that_it_waits(
    cli: CommandLine, pages: Pages
) -> None:
    (found,) = cli.answer("erase", "find", "Ten of twenty read")
    asked = ask_to_erase(cli, found["entry"])
    partner, manager = pages.signed_in("person-6"), pages.signed_in(MANAGER)
    told = words_of(partner.get("/"))
    assert f"Request {asked} Example Business Manager asked on 24 September 2025" in told
    assert "It stands in the history of A2" in told
    assert "You may agree, until 24 October 2025: where the record is kept, " in told
    waits = words_of(manager.get("/"))
    assert "May agree, until 24 October 2025: Example Delegated Partner, " in waits
    assert "Request 17" not in told + waits
    (waiting,) = program(pages, MANAGER).get("/needs")["erasures"]
    assert (waiting["request"], waiting["about"]) == (int(asked), "A2")
    assert waiting["until"] == "2025-10-24"
    assert program(pages, TRAINER).get("/needs")["erasures"] == []
    assert "Erasures" not in words_of(pages.signed_in(TRAINER).get("/"))
