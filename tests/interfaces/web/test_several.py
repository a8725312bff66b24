"""Several items changed at once: chosen on the board, shown once more, each answered for."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Final

import pytest
from fastapi import Request
from httpx2 import Response

from events.refs import quoted
from interfaces.web.offering.offers import offers_on
from interfaces.web.several.chosen import standing
from interfaces.web.several.joint_offers import JOINT_OFFERS, joint_offer_at
from interfaces.web.signing_in.sessions import Session
from interfaces.web.visit import Visit
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import Browser, Pages, hidden_fields, words_of
from tests.interfaces.web.conftest import served
from tests.interfaces.web.test_looking_twice import ASKED, CHILD, mark
from tests.interfaces.web.two_sides import two_sides
from workflow.action_commands import CreateAction
from workflow.action_work_commands import NoteActionProgress
from workflow.command import registered_commands

NARROW: Final = "person-9"
MANAGER, CHAIR, OTHER_CHAIR, EXECUTIVE = "person-1", "person-2", "person-3", "person-7"
BOARD: Final = "/board?several=yes"
MORE_TIME: Final = "/board/several/extension/request"
DONE: Final = "/board/several/action/submit"
ASKED_FOR: Final = {"target": "30 June 2026", "reason": "Exams", "progress": "Half of it"}


def size(pages: Pages) -> int:
    return pages.partnership.log.head().size


def stored(pages: Pages, before: int) -> list[tuple[str, str]]:
    """Return the stream and event of what was stored since."""
    return [(one.stream, type(one.event).__name__) for one in pages.partnership.log.read(before)]


def visit_of(pages: Pages, person: str) -> Visit:
    asked = Request({"type": "http", "query_string": b"", "headers": []})
    return Visit(pages.house, asked, Session("", person))


def both(pages: Pages, text: str = "Read by both") -> str:
    """Let the roles of two chairs lead an action together; return how it is quoted."""
    wanted = {"text": text, "lead_roles": ("role-2", "role-3"), "target": "December 2025"}
    command = CreateAction.model_validate({**wanted, "plan": "plan-1", "priority": 1})
    return quoted(pages.partnership.ledger.execute(command, actor=MANAGER).stream)


def form(page: str, *on: str, **fields: object) -> dict[str, Any]:
    """Fill in a form of several as it was shown; `on`: what is ticked, else what was."""
    ticked = re.findall(r'name="on" value="([^"]+)" checked', page)
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    return {**hidden_fields(page), "shown": shown, "on": [*on] or ticked, **fields}


def listed(path: str, *on: str) -> str:
    return f"{path}?{'&'.join(f'on={one}' for one in on)}"


def sent(somebody: Browser, path: str, *on: str, **fields: object) -> Response:
    """Look at the form with some items, and send it as it stands with some fields filled in."""
    return somebody.post(path, form(somebody.get(listed(path, *on)), **fields))


def test_what_was_chosen_on_the_board_is_done_in_two_steps(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    chosen = {"on": ["A1", "A2"], "what": "extension/request"}
    board = manager.get("/board?several=yes&words=e")
    answer = manager.post("/board/several/ask", {**hidden_fields(board), **chosen})
    assert answer.status_code == 303
    page = manager.get(answer.headers["location"])
    assert form(page)["on"] == ["A1", "A2"]
    done = manager.post(MORE_TIME, form(page, **ASKED_FOR))
    assert done.status_code == 200
    assert "2 of 2 recorded" in words_of(done.text)
    assert 'href="/board?words=e&amp;page=1"' in done.text
    assert [stream for stream, _ in stored(pages, before)] == ["action-1", "action-2"]
    assert "more time asked for: 30 June 2026" in words_of(manager.get("/board"))


def test_what_was_typed_on_the_board_stands_in_the_first_text_of_the_form(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    chosen = {"on": ["A1"], "note": "Nobody has come yet."}
    asked = manager.post("/board/several/ask", {**chosen, "what": "action/block"})
    assert ">Nobody has come yet.</textarea>" in asked.text
    started = manager.post("/board/several/ask", {**chosen, "what": "action/start"})
    assert "will not be recorded: Nobody has come yet." in words_of(started.text)
    assert manager.post("/board/several/action/block", form(asked.text, reason="So")).is_success


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("on", "Choose the items that it is about"),
        ("what", "Choose what is to be done with them"),
    ],
)
def test_who_forgot_to_choose_gets_the_board_back_with_the_rest(
    pages: Pages, missing: str, told: str
) -> None:
    manager = pages.signed_in(MANAGER)
    hidden = hidden_fields(manager.get("/board?several=yes&sort=-date"))
    chosen = {**hidden, "on": ["A1"], "what": "action/cancel", "note": "No longer needed"}
    answer = manager.post("/board/several/ask", {**chosen, missing: ""})
    assert answer.status_code == 422
    assert told in words_of(answer.text)
    assert "No longer needed" in answer.text
    assert ('value="A1" checked' in answer.text) is (missing == "what")
    assert ('value="action/cancel" selected' in answer.text) is (missing == "on")
    assert 'aria-sort="descending"' in answer.text
    assert told in words_of(manager.get(f"{DONE}?back=sort%3Ddate", 422)) or missing == "what"


def test_every_line_can_be_chosen_by_one_link(pages: Pages) -> None:
    shown = pages.signed_in(MANAGER).get("/board?several=all")
    assert re.findall(r'name="on" value="([^"]+)" checked', shown) == ["A1", "A2"]
    assert "Tick none" in shown


@pytest.mark.parametrize("person", [MANAGER, CHAIR, "person-6", EXECUTIVE, "person-8"])
def test_the_board_offers_what_at_least_one_line_would_take(pages: Pages, person: str) -> None:
    offered = re.findall(r'<option value="(\w+/[\w-]+)"', pages.signed_in(person).get(BOARD))
    visit = visit_of(pages, person)
    taken = {
        offer.kind
        for ref in ("action-1", "action-2")
        for offer in offers_on(ref, visit.now, visit.circumstances)
    }
    wanted = [one.path for one in JOINT_OFFERS if taken & {of.kind for of in one.offers.values()}]
    assert offered == wanted
    assert bool(wanted) is (person != "person-8")


def test_who_may_decide_and_tell_nothing_has_the_second_step_alone(pages: Pages) -> None:
    executive = pages.signed_in(EXECUTIVE)
    assert "Change several at once" in executive.get("/board")
    shown = executive.get(BOARD)
    assert 'action="/board/several/ask"' in shown
    assert 'name="note"' not in shown


def test_what_would_be_refused_is_left_out_with_the_reason_unless_it_is_kept(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    assert sent(manager, "/board/several/action/block", "A1", reason="No room").is_success
    page = manager.get(listed("/board/several/action/block", "A1", "A2"))
    assert form(page)["on"] == ["A2"]
    assert "A1 is blocked, so you cannot block it" in words_of(page)
    before = size(pages)
    kept = manager.post("/board/several/action/block", form(page, "A1", "A2", reason="Ill"))
    assert kept.status_code == 200
    assert "1 of 2 recorded" in words_of(kept.text)
    assert stored(pages, before) == [("action-2", "ActionBlocked")]
    # What is left stands in the form again, with what was typed.
    assert "A1 is blocked, so you cannot block it" in words_of(kept.text)
    assert form(kept.text)["on"] == []
    assert ">Ill</textarea>" in kept.text


def test_what_was_left_out_is_named_once_everything_else_is_recorded(pages: Pages) -> None:
    manager, third = pages.signed_in(MANAGER), both(pages)
    assert sent(manager, "/board/several/action/block", "A1", reason="No room").is_success
    page = manager.get(listed("/board/several/action/block", "A1", "A2", third))
    done = manager.post("/board/several/action/block", form(page, "A2", reason="Ill")).text
    assert "1 of 1 recorded" in words_of(done)
    assert re.search("Left out A1 .* Not ticked A3 Read by both Back to the board", words_of(done))


def test_an_item_of_another_kind_is_shown_and_cannot_be_sent(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    manager.give("/do/recommendation/propose", text="Visit all", source="Elsewhere")
    page = manager.get(listed("/board/several/action/block", "A1", "R1"))
    assert "This is nothing for recommendations, and R1 is one." in page
    assert 'type="checkbox" name="on" value="R1"' not in page
    answer = manager.post("/board/several/action/block", form(page, "R1", reason="No room"))
    assert answer.status_code == 422
    assert "Tick at least one" in answer.text
    assert ">No room</textarea>" in answer.text


def test_what_both_kinds_are_not_asked_for_says_so(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    manager.give("/do/recommendation/propose", text="Visit all", source="Elsewhere")
    path = "/board/several/action/change-leads"
    shown = words_of(manager.get(listed(path, "A1", "R1")))
    assert "such as RO4. For actions alone." in shown
    assert "from now on. For recommendations alone." in shown
    # What belongs together stands together, whatever kind of item asks for it.
    assert re.search("Lead roles .* Addressed to .* Reason Why it changes", shown)
    assert "alone" not in words_of(manager.get(listed(path, "A1")))
    filled = {"lead_roles": "role-4", "addressed_to": "subgroup-2", "reason": "Nearer to it"}
    assert "2 of 2 recorded" in sent(manager, path, "A1", "R1", **filled).text


def test_what_is_wrong_with_a_field_is_said_once_beside_it_and_nothing_is_lost(
    pages: Pages,
) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    empty = sent(manager, DONE, "A1", "A2", evidence="The list")
    assert empty.status_code == 422
    assert empty.text.count("Give the what we did: there is none.") == 2
    assert 'href="#field-what_we_did"' in empty.text
    assert ">The list</textarea>" in empty.text
    # A date is read by the workflow, for each item the same.
    unread = sent(manager, MORE_TIME, "A1", "A2", **{**ASKED_FOR, "target": "31 February 2026"})
    assert unread.status_code == 422
    assert unread.text.count("31 February 2026") == unread.text.count("aria-invalid") + 2
    assert form(unread.text)["on"] == ["A1", "A2"]
    assert 'value="31 February 2026"' in unread.text
    assert size(pages) == before


def test_a_date_that_cannot_be_read_is_said_once_though_another_was_changed_meanwhile(
    pages: Pages,
) -> None:
    manager, third = pages.signed_in(MANAGER), both(pages)
    page = manager.get(listed(MORE_TIME, "A1", "A2", third))
    assert manager.post("/board/several", {"on": [third], "note": "Meanwhile"}).is_success
    answer = manager.post(MORE_TIME, form(page, **{**ASKED_FOR, "target": "31 February 2026"}))
    assert answer.status_code == 409
    assert "0 of 3 recorded" in words_of(answer.text)
    assert answer.text.count("February 2026 has 28 days") == 2
    assert form(answer.text)["on"] == ["A1", "A2", third]


def test_a_date_may_be_right_for_one_and_wrong_for_another(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    answer = sent(manager, MORE_TIME, "A1", "A2", **{**ASKED_FOR, "target": "30 November 2025"})
    assert answer.status_code == 200
    assert "1 of 2 recorded" in words_of(answer.text)
    assert "A2: '30 November 2025' is not later than the current target date" in words_of(
        answer.text
    )
    assert form(answer.text)["on"] == ["A2"]
    again = manager.post(MORE_TIME, form(answer.text, **ASKED_FOR))
    assert "1 of 1 recorded" in words_of(again.text)


def test_a_day_that_is_still_to_come_is_said_beside_it(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    answer = sent(manager, DONE, "A1", what_we_did="x", evidence="y", effective_on="2025-10-01")
    assert answer.status_code == 422
    assert 'id="field-effective_on-error"' in answer.text
    assert 'value="2025-10-01"' in answer.text


def test_several_that_were_done_on_an_earlier_day_say_so(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    told = {"what_we_did": "Both sent", "evidence": "The list", "effective_on": "2025-09-23"}
    assert "2 of 2 recorded" in sent(manager, DONE, "A1", "A2", **told).text
    days = {str(one.effective_on) for one in pages.partnership.log.read(before)}
    assert days == {"2025-09-23"}


def test_what_looks_like_a_childs_details_comes_back_once_for_all(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    page = manager.get(listed(DONE, "A1", "A2"))
    told = {"what_we_did": CHILD, "evidence": "The list"}
    answer = manager.post(DONE, form(page, **told))
    assert (answer.status_code, size(pages)) == (422, before)
    assert answer.text.count(ASKED) == 2
    seen = form(answer.text, **told, looked_at=mark(answer.text))
    assert "2 of 2 recorded" in manager.post(DONE, seen).text


def test_of_two_chairs_the_slower_one_overwrites_nothing(pages: Pages) -> None:
    third, fourth = both(pages), both(pages, "Read by both again")
    chair, other = pages.signed_in(CHAIR), pages.signed_in(OTHER_CHAIR)
    page = chair.get(listed(MORE_TIME, third, fourth))
    told = {"note": "The other chair was quicker."}
    assert other.post("/board/several", {"on": [third], **told}).is_success
    before = size(pages)
    answer = chair.post(MORE_TIME, form(page, **ASKED_FOR))
    assert answer.status_code == 200
    assert "1 of 2 recorded" in words_of(answer.text)
    assert f"{third} was changed by somebody else" in words_of(answer.text)
    assert "The other chair was quicker." in answer.text
    assert stored(pages, before) == [("action-4", "ActionExtensionRequested")]
    again = chair.post(MORE_TIME, form(answer.text, **ASKED_FOR))
    assert "1 of 1 recorded" in words_of(again.text)


def test_of_two_chairs_at_the_same_moment_one_alone_changes_each_item(
    pages_on_both: Pages,
) -> None:
    pages = pages_on_both
    items, people = [both(pages) for _ in range(4)], (CHAIR, OTHER_CHAIR)
    chairs = [pages.signed_in(person) for person in people]
    shown = [one.get(listed("/board/several/action/block", *items)) for one in chairs]
    before = size(pages)

    def send(number: int) -> str:
        filled = form(shown[number], reason=f"From {people[number]}")
        answer = chairs[number].post("/board/several/action/block", filled)
        return str(re.findall(r"(\d) of 4 recorded", words_of(answer.text))[0])

    with ThreadPoolExecutor(2) as at_once:
        recorded = [int(one) for one in at_once.map(send, range(2))]
    assert sum(recorded) == len(items)
    assert sorted(stream for stream, _ in stored(pages, before)) == [
        f"action-{number}" for number in range(3, 7)
    ]


def test_where_all_were_changed_meanwhile_nothing_is_stored(pages: Pages) -> None:
    third = both(pages)
    chair, other = pages.signed_in(CHAIR), pages.signed_in(OTHER_CHAIR)
    pages_of_both = [one.get(listed(MORE_TIME, third)) for one in (chair, other)]
    first = other.post(MORE_TIME, form(pages_of_both[1], **ASKED_FOR))
    assert first.status_code == 200
    before = size(pages)
    second = chair.post(MORE_TIME, form(pages_of_both[0], **{**ASKED_FOR, "reason": "Illness"}))
    assert (second.status_code, size(pages)) == (409, before)
    assert "<title>Error: Ask for more time" in second.text
    assert ">Illness</textarea>" in second.text
    # It is asked for already, so that sending it again would be refused.
    assert form(second.text)["on"] == []


def test_an_item_that_was_not_shown_counts_as_changed_since(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    for shown in ([], ["A1"], ["A1 x"], ["A1 99999999999999999999"]):
        answer = manager.post(MORE_TIME, {"on": ["A1"], "shown": shown, **ASKED_FOR})
        assert (answer.status_code, size(pages)) == (409, before)


def test_what_comes_while_a_page_is_made_counts_as_not_seen(pages: Pages) -> None:
    visit = visit_of(pages, MANAGER)
    offer = joint_offer_at("extension/request")
    assert offer is not None
    (before,) = standing(visit, offer, ["action-1"])
    told = NoteActionProgress(action="action-1", note="In between")
    pages.partnership.ledger.execute(told, actor=OTHER_CHAIR)
    assert [one.version for one in standing(visit, offer, ["action-1"])] == [before.version]
    later = standing(replace(visit), offer, ["action-1"])
    assert [one.version for one in later] == [before.version + 2]


def test_a_form_that_is_sent_twice_does_it_once(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    filled = form(manager.get(listed(MORE_TIME, "A1", "A2")), **ASKED_FOR)
    answers = [manager.post(MORE_TIME, filled) for _ in range(2)]
    assert ["2 of 2 recorded" in words_of(one.text) for one in answers] == [True, True]
    assert len(stored(pages, before)) == 2
    ids = {one.command_id for one in pages.partnership.log.read(before)}
    assert len(ids) == 2
    # Sent again with other words it is another one, and what it saw is no longer so.
    changed = manager.post(MORE_TIME, {**filled, "reason": "Something else"})
    assert changed.status_code == 409
    assert len(stored(pages, before)) == 2


def test_an_item_is_named_once_however_often_and_however_it_is_written(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    answer = manager.post("/board/several", {"on": ["A1", "a1", "action-1"], "note": "Once."})
    assert "1 of 1 recorded" in words_of(answer.text)
    assert [one for _, one in stored(pages, before)] == ["ActionStarted", "ActionProgressNoted"]


def test_nothing_can_be_changed_in_the_past(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    for path in (listed(MORE_TIME, "A1"), f"{MORE_TIME}?"):
        manager.get(f"{path}&at=2025-06-30", 404)
    for path in ("/board/several", "/board/several/ask", MORE_TIME):
        assert manager.post(f"{path}?at=2025-06-30", {"on": "A1"}).status_code == 404


def test_what_may_not_be_done_with_several_has_no_form(pages: Pages) -> None:
    manager = pages.signed_in(MANAGER)
    paths = {one.path for one in JOINT_OFFERS}
    for kind in registered_commands():
        path = f"{kind.category}/{kind.verb}"
        if path not in paths:
            manager.get(f"/board/several/{path}?on=A1", 404)
    for path in ("action/reword", "action/move-to-priority", "evidence/add", "action/create"):
        assert path not in paths


def without_ids(page: str) -> str:
    return re.sub(r'name="command_id" value="[^"]+"', "", page)


def test_what_is_not_theirs_is_nothing_called_so_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with two_sides(tmp_path_factory.mktemp("sides"), closed=False) as pages:
        scoped = pages.signed_in("person-14")
        hidden, nowhere = (
            scoped.get(listed(DONE, "A2", ref)).replace(ref, "A0") for ref in ("A1", "A99")
        )
        assert "There is nothing called so" in hidden
        assert without_ids(hidden) == without_ids(nowhere)
        told = {"what_we_did": "Sent", "evidence": "The list"}
        page = scoped.get(listed(DONE, "A2"))
        answers = [
            scoped.post(DONE, form(page, *on, shown=shown, **told)).text.replace(ref, "A0")
            for ref in ("A1", "A99")
            for on, shown in [(["A2", ref], [*form(page)["shown"], f"{ref} 1"])]
        ]
        assert "1 of 2 recorded" in words_of(answers[0])
        assert "Secret9 action" not in answers[0]
        # The second repeats the first for the one that is theirs.
        assert without_ids(answers[0]) == without_ids(answers[1])
        alone = [
            without_ids(scoped.post(DONE, {"on": ref, "shown": f"{ref} 1", **told}).text).replace(
                ref, "A0"
            )
            for ref in ("A1", "A99", "R1")
        ]
        assert alone[0] == alone[1] == alone[2].replace("R1", "A0")
        assert "0 of 1 recorded" in words_of(alone[0])
        assert [stream for stream, _ in stored(pages, 0)].count("action-1") == 1
        named = [
            without_ids(
                sent(
                    scoped, "/board/several/action/answer-recommendation", "A2", recommendation=ref
                ).text.replace(ref, "R0")
            )
            for ref in ("R1", "R99")
        ]
        assert named[0].count("There is no R0 here") == 2
        shown_at = r'name="shown" value="[^"]+"'
        assert re.sub(shown_at, "", named[0]) == re.sub(shown_at, "", named[1])


def test_what_is_handed_to_others_is_told_as_recorded_though_it_is_out_of_sight(
    cli: CommandLine,
) -> None:
    cli.done("person", "register", "--name", "Example Reader", "--email", "reader@example.org")
    cli.done("person", "grant-access", "PE9", "--access", "chair", "--subgroup", "S1")
    with served(cli) as pages:
        chair, path = pages.signed_in(NARROW), "/board/several/action/change-leads"
        before = size(pages)
        answer = sent(chair, path, "A2", lead_roles="role-3", reason="Moved")
        assert [stream for stream, _ in stored(pages, before)] == ["action-2"]
        told = words_of(answer.text)
        assert (answer.status_code, "1 of 1 recorded" in told) == (200, True)
        assert "It is no longer yours to see" in told
        assert 'href="/A2"' not in answer.text
        assert chair.get("/A2", 404)


def test_what_others_took_out_of_sight_meanwhile_is_told_as_nothing(cli: CommandLine) -> None:
    cli.done("person", "register", "--name", "Example Reader", "--email", "reader@example.org")
    cli.done("person", "grant-access", "PE9", "--access", "chair", "--subgroup", "S1")
    with served(cli) as pages:
        chair, manager = pages.signed_in(NARROW), pages.signed_in(MANAGER)
        path = "/board/several/action/note-progress"
        filled = form(chair.get(listed(path, "A2")), note="Half of it")
        handed = sent(manager, "/board/several/action/change-leads", "A2", lead_roles="role-3",
                      reason="Moved")  # fmt: skip
        assert handed.status_code == 200
        before = size(pages)
        answer = chair.post(path, filled)
        assert size(pages) == before
        assert answer.status_code in {409, 422}
        assert "A2 There is nothing called so, or it is not yours to see." in words_of(answer.text)


def test_who_goes_back_and_ticks_one_more_does_it_once_with_the_others(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    note = {**hidden_fields(manager.get(BOARD)), "note": "Half of it"}
    for ticked, recorded in ((["A1"], "1 of 1"), (["A1", "A2"], "2 of 2")):
        answer = manager.post("/board/several", {**note, "on": ticked})
        assert f"{recorded} recorded" in words_of(answer.text)
    noted = [stream for stream, event in stored(pages, before) if event == "ActionProgressNoted"]
    assert noted == ["action-1", "action-2"]


def test_who_was_signed_out_gets_back_the_words_and_no_list_of_boxes(pages: Pages) -> None:
    manager, before = pages.signed_in(MANAGER), size(pages)
    filled = form(manager.get(listed(DONE, "A1", "A2")), what_we_did="Read them all")
    answer = pages.browser().post(DONE, filled)
    assert answer.status_code == 403
    assert re.findall(r'<textarea[^>]* name="(\w+)"', answer.text) == ["what_we_did"]
    kept = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
    again: dict[str, Any] = {"what_we_did": "Read them all", "no_evidence_reason": "None"}
    for name, value in kept:
        again.setdefault(name, []).append(value)
    manager.post(DONE, again)
    assert {stream for stream, _ in stored(pages, before)} == {"action-1", "action-2"}
