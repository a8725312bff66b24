"""The record for programs: what a person may, a program with their token may, and no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from httpx2 import Response

from interfaces.web.signing_in.personal_tokens import (
    MOST_TOKENS,
    PersonalTokens,
    Reach,
    TooManyTokens,
)
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import OURS, Browser, Pages
from workflow.command import registered_commands

CHAIR = "person-2"
NOTE = "/commands/action/note-progress"


@dataclass
class Program:
    """A program with a token."""

    browser: Browser
    token: str

    def get(self, path: str, status: int = 200) -> Any:  # noqa: ANN401 - whatever JSON can hold
        answer = self.browser.client.get(f"/api/v1{path}", headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.browser.client.post(
            f"/api/v1{path}", json=body, headers={**self.headers, **named}
        )

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def program(pages: Pages, person: str = CHAIR, reach: Reach = Reach.WRITE) -> Program:
    tokens = PersonalTokens(pages.partnership.engine)
    token = tokens.make(person, reach, 90, pages.partnership.clock())
    return Program(pages.browser(), token)


def test_a_program_reads_what_its_person_sees(pages_on_both: Pages) -> None:
    reader = program(pages_on_both, reach=Reach.READ)
    board = reader.get("/board")
    assert [line["ref"] for line in board["lines"]] == ["A1", "A2"]
    assert reader.get("/things/A2")["line"]["latest_note"] == "Ten of twenty read"
    assert [one["who"] for one in reader.get("/things/A2/history")["events"]][-1:]
    assert reader.get("/board?at=2025-04-02")["lines"][0]["moves"] == 0
    assert reader.get("/record")["size"] == pages_on_both.partnership.log.head().size


def test_the_board_comes_in_pages(pages: Pages) -> None:
    reader = program(pages)
    first = reader.get("/board?limit=1")
    assert first["next"] == "A1"
    second = reader.get(f"/board?limit=1&after={first['next']}")
    assert [line["ref"] for line in second["lines"]] == ["A2"]
    assert second["next"] is None


def test_a_command_is_given_once_under_its_key(pages_on_both: Pages) -> None:
    writer = program(pages_on_both)
    body = {"action": "action-2", "note": "Fifteen of twenty read."}
    first = writer.post(NOTE, body, Idempotency_Key="march-report")
    again = writer.post(NOTE, body, Idempotency_Key="march-report")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == {**first.json(), "repeated": True}


def test_a_program_gives_references_back_as_it_was_told_them(pages: Pages) -> None:
    writer = program(pages)
    (line,) = [one for one in writer.get("/board")["lines"] if one["ref"] == "A2"]
    for ref in (line["ref"], "action-2"):
        answer = writer.post(NOTE, {"action": ref, "note": f"Told of {ref}."})
        assert (answer.status_code, answer.json()["ref"]) == (200, "A2")
    manager = program(pages, "person-1")
    wanted = {"text": "Do it", "lead_roles": ["RO2"], "target": "May 2026", "plan": "P1"}
    made = manager.post("/commands/action/create", wanted | {"priority": 1}).json()["ref"]
    assert manager.get(f"/things/{made}")["ref"] == made


@pytest.mark.parametrize("ref", ["R2", "A02", "a2", "A2/F1", "2"])
def test_a_reference_of_another_kind_is_told_as_it_was_given(pages: Pages, ref: str) -> None:
    answer = program(pages).post(NOTE, {"action": ref, "note": "Ten of twenty."})
    assert answer.status_code == 422
    assert answer.json()["fields"] == {
        "action": f"'{ref}' is not written as it should be."
        " Write a reference, such as A12 for an action."
    }


def test_a_key_holds_for_one_thing_and_other_words_are_never_taken_for_kept(
    pages_on_both: Pages,
) -> None:
    writer, other = program(pages_on_both), program(pages_on_both, "person-1")
    body = {"action": "action-2", "note": "Fifteen of twenty read."}
    assert writer.post(NOTE, body, Idempotency_Key="one").status_code == 200
    answer = writer.post(NOTE, body | {"note": "All have read it."}, Idempotency_Key="one")
    assert answer.status_code == 422
    assert "with something else; nothing was changed" in answer.json()["detail"]
    # Somebody else's key of the same words is another, and so is one for something else.
    assert other.post(NOTE, body, Idempotency_Key="one").json()["repeated"] is False
    elsewhere = other.post(NOTE, body | {"action": "action-1"}, Idempotency_Key="one")
    assert elsewhere.json()["repeated"] is False
    assert writer.post(NOTE, body, Idempotency_Key="one").json()["repeated"] is True


def test_what_was_refused_lets_go_of_its_key(pages_on_both: Pages) -> None:
    writer = program(pages_on_both)
    body = {"action": "action-2", "note": "Fifteen of twenty read."}
    late = writer.post(NOTE, body, Idempotency_Key="one", If_Match='"99"')
    assert late.status_code == 409
    mended = writer.post(NOTE, body | {"note": "All have read it."}, Idempotency_Key="one")
    assert mended.json()["repeated"] is False


def test_nothing_is_changed_on_a_past_day(pages: Pages) -> None:
    writer, body = program(pages), {"action": "action-2", "note": "Too late."}
    size = pages.partnership.log.head().size
    for path in (NOTE, "/import"):
        for day in ("at=2025-03-05", "true-on=2025-03-05"):
            assert writer.post(f"{path}?{day}", body).status_code in {404, 422}
    assert writer.post(f"{NOTE}?at=2025-03-05", body).status_code == 404
    assert pages.partnership.log.head().size == size


def test_a_version_that_is_no_longer_that_of_the_thing_is_a_conflict(pages: Pages) -> None:
    writer = program(pages)
    version = writer.get("/things/A2")["version"]
    body = {"action": "action-2", "note": "First."}
    assert writer.post(NOTE, body, If_Match=f'"{version}"').status_code == 200
    answer = writer.post(NOTE, body, If_Match=f'"{version}"')
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert "somebody else" in answer.json()["detail"]


def test_what_is_wrong_is_told_field_by_field(pages: Pages) -> None:
    writer = program(pages)
    answer = writer.post(NOTE, {"action": "action-2"})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["note"]
    answer = writer.post("/commands/action/move-target-date", {
        "action": "action-2", "target": "ASAP", "reason": "Because.",
    })  # fmt: skip
    assert answer.status_code in {403, 422}


@pytest.mark.parametrize(
    ("path", "headers", "body", "field"),
    [
        (NOTE, {"idempotency-key": "x" * 201}, "{}", "idempotency-key"),
        (NOTE, {"if-match": "the latest"}, '{"action": "action-2", "note": "x"}', "If-Match"),
        (NOTE, {}, "{no json", "body"),
        (NOTE, {}, '{"action": "action-2", "note": "x", "effective_on": 0}', "effective_on"),
        ("/board?at=soon", {}, None, "at"),
        ("/changes?from=2025-04-02&to=M99x", {}, None, "to"),
    ],
)
def test_the_part_of_a_request_that_is_wrong_is_named(
    pages: Pages, path: str, headers: dict[str, str], body: str | None, field: str
) -> None:
    sent = {"content-type": "application/json", **headers, **program(pages).headers}
    method = "GET" if body is None else "POST"
    client = pages.browser().client
    answer = client.request(method, f"/api/v1{path}", content=body, headers=sent)
    assert answer.status_code == 422
    assert field in answer.json()["fields"], answer.text


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/board", "GET"),
        (f"/api/v1{NOTE}", "POST"),
        ("/api/v1/things/A1/evidence", "GET, POST"),
        ("/board", "GET, HEAD"),
        ("/not-mine", "GET, HEAD, POST"),
        ("/do/action/submit", "GET, HEAD, POST"),
        ("/sign-out", "GET, HEAD, POST"),  # To look at it is to look for a thing called so.
        ("/record/pack", "GET, HEAD, POST"),
    ],
)
def test_whoever_asks_by_another_method_is_told_by_which_to_ask(
    pages: Pages, path: str, allowed: str
) -> None:
    answer = pages.browser().client.delete(path, headers={**OURS, **program(pages).headers})
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_what_is_refused_at_the_door_is_a_problem_like_any_other(pages: Pages) -> None:
    client, headers = pages.browser().client, program(pages).headers
    elsewhere = {**headers, "origin": "https://elsewhere.example.org"}
    for status, answer in (
        (413, client.post(f"/api/v1{NOTE}", content="x" * 1_000_001, headers=headers)),
        (403, client.post(f"/api/v1{NOTE}", json={}, headers=elsewhere)),
    ):
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert answer.headers["content-type"] == "application/problem+json"


def test_who_may_not_is_told_who_may(pages: Pages) -> None:
    answer = program(pages, "person-8").post(NOTE, {"action": "action-2", "note": "Mine?"})
    assert answer.status_code == 403
    assert "can be done by" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/things/A99", "/things/nothing", "/things/L1", "/nowhere"])
def test_what_is_not_there_is_the_same_problem_everywhere(pages: Pages, path: str) -> None:
    told = program(pages).get(path, 404)
    assert told == program(pages).get("/things/A98", 404)


def test_a_token_that_reads_changes_nothing(pages: Pages) -> None:
    before = pages.partnership.log.head().size
    answer = program(pages, reach=Reach.READ).post(NOTE, {"action": "action-2", "note": "No."})
    assert answer.status_code == 403
    assert pages.partnership.log.head().size == before


def test_a_token_ends_when_it_is_taken_back_runs_out_or_its_person_leaves(pages: Pages) -> None:
    reader = program(pages)
    tokens, clock = PersonalTokens(pages.partnership.engine), pages.partnership.clock
    tokens.take_back(CHAIR, 1)
    assert reader.get("/board", 401)["title"] == "Not signed in"
    token = tokens.make(CHAIR, Reach.READ, 30, clock())
    assert tokens.find(token, clock() + dt.timedelta(days=29)) is not None
    assert tokens.find(token, clock() + dt.timedelta(days=30)) is None
    assert program(pages, "person-99").get("/board", 404)["title"] == "Nothing here"


def test_a_token_of_a_calendar_opens_nothing_else(pages: Pages) -> None:
    feed = program(pages, reach=Reach.CALENDAR)
    feed.get("/board", 401)
    answer = feed.browser.client.get(f"/calendar/{feed.token}.ics")
    assert answer.status_code == 200
    assert "UID:action-2@example.org" in answer.text
    assert "Audit case files" not in answer.text
    assert feed.browser.client.get("/calendar/guessed.ics").status_code == 404


@pytest.mark.parametrize("reach", [Reach.READ, Reach.WRITE])
def test_no_other_token_is_the_address_of_a_calendar(pages: Pages, reach: Reach) -> None:
    other = program(pages, reach=reach)
    missing = other.browser.client.get("/calendar/guessed.ics")
    answer = other.browser.client.get(f"/calendar/{other.token}.ics")
    assert (answer.status_code, answer.text) == (404, missing.text)


def test_a_calendar_ends_with_the_part_of_its_person(pages: Pages, cli: CommandLine) -> None:
    feed = program(pages, reach=Reach.CALENDAR)
    cli.done("person", "leave", "PE2", "--last-day-on", "2025-09-23")
    missing = feed.browser.client.get("/calendar/guessed.ics")
    answer = feed.browser.client.get(f"/calendar/{feed.token}.ics")
    assert (answer.status_code, answer.text) == (404, missing.text)


def test_nobody_takes_back_the_token_of_somebody_else(pages: Pages) -> None:
    reader = program(pages)
    assert pages.signed_in("person-1").post("/you/tokens/1/take-back").status_code == 303
    assert reader.get("/record")["person"] == "PE2"


def test_tokens_are_made_shown_once_and_taken_back_on_a_page(pages: Pages) -> None:
    chair = pages.signed_in(CHAIR)
    made = chair.post("/you/tokens", {"reach": "read", "days": "90"})
    assert "shown this once" in made.text
    assert "number 1" in chair.get("/you")
    assert chair.post("/you/tokens/1/take-back").status_code == 303
    assert "number 1" not in chair.get("/you")
    assert chair.post("/you/tokens", {"reach": "all", "days": "1"}).status_code == 422


def test_nobody_has_tokens_without_end(pages: Pages) -> None:
    tokens, now = PersonalTokens(pages.partnership.engine), pages.partnership.clock()
    for _ in range(MOST_TOKENS):
        tokens.make(CHAIR, Reach.READ, 30, now)
    with pytest.raises(TooManyTokens):
        tokens.make(CHAIR, Reach.READ, 30, now)


def test_every_command_is_described(pages: Pages) -> None:
    described = pages.browser().client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "post" in described["paths"]["/api/v1/things/{ref}/evidence"]
    for kind in (one for one in registered_commands() if not one.with_file):
        route = described["paths"][f"/api/v1/commands/{kind.category}/{kind.verb}"]["post"]
        name = route["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        fields = described["components"]["schemas"][name.rpartition("/")[2]]["properties"]
        assert set(fields) == set(kind.model_fields)


def test_what_the_pages_show_a_program_reads_too(pages: Pages) -> None:
    reader = program(pages, "person-1", Reach.READ)
    assert reader.get("/plans")["plans"][0]["counts"]
    assert reader.get("/programme?year=2025")["year"] == 2025
    reader.get("/programme?year=99999999", status=422)
    assert reader.get("/themes")["themes"] == []
    assert sum(reader.get("/colours")["months"][-1]["counts"].values()) == 2
    assert reader.get("/reminders?item=A1")["page"] == 1
    needs = reader.get("/needs")
    assert [one["ref"] for one in needs["overseen"]["silent"]] == ["A1"]
    assert needs["moved"] is None
    assert program(pages, "person-8").get("/needs")["moved"]["since"] == "month"
    assert reader.get("/record")["held"]["up_to"] == 0


def test_a_replay_comes_in_steps_and_a_pack_as_the_papers_had_it(
    cli: CommandLine, pages: Pages
) -> None:
    cli.done("meeting", "record", "--title", "Board, June", "--held-on", "2025-06-02")
    reader = program(pages, "person-1", Reach.READ)
    pack = reader.get("/meetings/M1")
    assert pack["meeting"]["title"] == "Board, June"
    assert {line["ref"] for line in pack["live"]} == {"A1", "A2"}
    first = reader.get("/replay?from=2025-03-31&step=event&limit=2")
    assert [one["number"] for one in first["steps"]] == [1, 2]
    assert first["next"] == 2
    rest = reader.get(f"/replay?from=2025-03-31&step=event&limit=50&after={first['of'] - 1}")
    assert len(rest["steps"]) == 1
    assert rest["next"] is None
    reader.get("/replay?from=soon", status=422)
    reader.get("/meetings/M99", status=404)
