"""Who may what: every command and every route, for everybody, about what is theirs and what is not.

What is expected comes from the table of permissions and from who people are, by hand; what is found
comes from the pages. The record is closed, so that whoever may store something shows by an error.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import pytest
from httpx2 import Response
from starlette.datastructures import FormData, UploadFile
from starlette.routing import Route

from events.refs import quoted
from interfaces.command_fields import shape_of, subject_field
from interfaces.web.forms import command_of
from interfaces.web.policies import policy_of
from interfaces.web.several.joint_offers import JOINT_OFFERS, JointOffer
from tests.interfaces.evidence.crafted import PDF
from tests.interfaces.web.browsing import OURS, Browser, Pages, words_of
from tests.interfaces.web.people import (
    COMMANDS,
    PEOPLE,
    SIDES,
    Side,
    Somebody,
    X,
    has_a_part,
    imports,
    may,
    sees,
)
from tests.interfaces.web.two_sides import browsers_of, filled, token_of, two_sides
from workflow.command import Command
from workflow.evidence_commands import AddEvidence
from workflow.permission_table import TABLE

REACHES, REFUSED, MISSING, SIGNED_OUT = "reaches", "refused", "missing", "signed out"
_WITH_HEAD: Final = {"anonymous", "chair", "reader of a subgroup", "somebody who left"}
KINDS: Final = [kind for kind in COMMANDS.values() if not kind.with_file]


def row_of(offer: JointOffer) -> tuple[str, str]:
    """Return what of the table decides on something, for its kinds of items."""
    rows = (TABLE[of.kind.category, of.kind.verb] for of in offer.offers.values())
    return ", ".join(offer.offers), str([sorted(row.items()) for row in rows])


UNLIKE: Final = list({row_of(one): one for one in JOINT_OFFERS}.values())
"""Of what can be done with several items one for each row of the table of permissions."""

_counted: Counter[str] = Counter()


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with two_sides(tmp_path_factory.mktemp("closed"), closed=True) as pages:
        yield pages


@pytest.fixture(scope="module")
def browsers(closed: Pages) -> Iterator[dict[str, Browser]]:
    # Each client keeps its own loop for as long as it is entered, which saves a third of the time.
    with ExitStack() as entered:
        found = browsers_of(closed)
        for browser in found.values():
            entered.enter_context(browser.client)
        yield found


@pytest.fixture(scope="module")
def reading(closed: Pages) -> dict[str, str]:
    """Return the header of a program of the reader of a subgroup."""
    return {"authorization": f"Bearer {token_of(closed, PEOPLE['reader of a subgroup'])}"}


@pytest.fixture(scope="module")
def routes(closed: Pages) -> list[Route]:
    return [route for route in closed.routes if isinstance(route, Route)]


def subject_of(kind: type[Command], side: Side) -> tuple[str, str | None]:
    """Return the category of what a command is about on a side, and what that is."""
    name = subject_field(kind)
    if name is None:
        return kind.category, None
    category = shape_of(kind.model_fields[name]).categories[0]
    return category, side.things[category]


def expected(somebody: Somebody, kind: type[Command], side: Side) -> str:
    category, ref = subject_of(kind, side)
    if somebody.person is None:
        return SIGNED_OUT
    if not has_a_part(somebody) or (ref is not None and not sees(somebody, side, category)):
        return MISSING
    named = {
        one.partition("-")[0]
        for value in filled(kind, side).values()
        for one in (value if isinstance(value, list) else [value])
        if one in side.things.values()
    }
    if not all(sees(somebody, side, one) for one in named):
        return REFUSED
    if kind.category == "remark" and kind.opens:
        category, ref = "action", str(side.things["action"])
    whose = side.whose(category, begins=ref is None)
    return REACHES if may(somebody, kind, whose) else REFUSED


def found(answer: Response) -> str:
    if "You were signed out meanwhile" in answer.text or answer.status_code == 401:
        return SIGNED_OUT
    if answer.status_code == 404:
        return MISSING
    if " may not give the command " in answer.text or "There is no " in answer.text:
        return REFUSED
    # 500: it was to be stored. 422: only what the item is like stands in the way. 303: it is so.
    assert answer.status_code in {200, 303, 422, 500}, answer.text
    return REACHES


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_may_give_the_commands_that_the_table_gives_them(
    closed: Pages, browsers: dict[str, Browser], name: str
) -> None:
    size, wrong = closed.partnership.log.head().size, []
    for kind in KINDS:
        for which, side in SIDES.items():
            ref = subject_of(kind, side)[1]
            path = f"/do/{kind.category}/{kind.verb}" + (f"?on={quoted(ref)}" if ref else "")
            answer = browsers[name].post(path, filled(kind, side))
            told, wanted = found(answer), expected(PEOPLE[name], kind, side)
            _counted[wanted] += 1
            if told != wanted:
                wrong.append((path, which, wanted, told, words_of(answer.text)[:300]))
    assert wrong == []
    assert closed.partnership.log.head().size == size


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_may_hand_in_files_where_the_table_lets_them(
    closed: Pages, browsers: dict[str, Browser], name: str
) -> None:
    size, somebody = closed.partnership.log.head().size, PEOPLE[name]
    for side in SIDES.values():
        for category in ("action", "recommendation"):
            path = f"/do/evidence/add?on={quoted(side.things[category])}"
            answer = browsers[name].client.post(
                path, files={"file": ("new.pdf", PDF)}, headers=OURS
            )
            if somebody.person is None:
                wanted = SIGNED_OUT
            elif not has_a_part(somebody) or not sees(somebody, side, category):
                wanted = MISSING
            else:
                is_theirs = may(somebody, AddEvidence, side.whose(category))
                wanted = REACHES if is_theirs else REFUSED
            assert found(answer) == wanted, path
            _counted[wanted] += 1
    assert closed.partnership.log.head().size == size


@pytest.mark.parametrize("name", PEOPLE)
def test_of_several_each_is_decided_by_the_table(
    closed: Pages, browsers: dict[str, Browser], name: str
) -> None:
    size, wrong = closed.partnership.log.head().size, []
    for offer in UNLIKE:
        path = f"/board/several/{offer.path}"
        for side in SIDES.values():
            for category, of in offer.offers.items():
                ref = side.things[category]
                shown = f"{quoted(ref)} {len(closed.partnership.log.read_stream(ref))}"
                form = {**filled(of.kind, side), "on": quoted(ref), "shown": shown}
                told = found_of_several(browsers[name].post(path, form))
                wanted = expected(PEOPLE[name], of.kind, side)
                _counted[wanted] += 1
                if told != wanted:
                    wrong.append((path, ref, wanted, told))
    assert wrong == []
    assert closed.partnership.log.head().size == size


def found_of_several(answer: Response) -> str:
    """What is not theirs to see is said of the item, beside what came of the others."""
    return MISSING if "There is nothing called so" in answer.text else found(answer)


def test_the_forms_with_which_the_matrix_asks_can_all_be_read() -> None:
    for kind in KINDS:
        for side in SIDES.values():
            pairs: list[tuple[str, str | UploadFile]] = [
                (name, one)
                for name, value in filled(kind, side).items()
                for one in (value if isinstance(value, list) else [value])
            ]
            command_of(kind, subject_of(kind, side)[1], FormData(pairs))


def targets(route: Route, methods: str) -> Iterator[tuple[str, Side | None, str]]:
    """Yield addresses of a route, with the side and category of the thing each is about, if any."""
    match route.path:
        case "/{ref}":
            for side in SIDES.values():
                for category, ref in side.things.items():
                    if "/" not in ref:
                        yield f"/{quoted(ref)}", side, category
            yield "/A999", None, "missing"
            yield "/what", None, "missing"
        case "/{audit}/{part}":
            for side in SIDES.values():
                for category in ("finding", "clock"):
                    yield f"/{quoted(side.things[category])}", side, category
            yield "/AU1/F99", None, "missing"
        case "/evidence/{ref}/file":
            for side in SIDES.values():
                yield f"/evidence/{quoted(side.things['evidence'])}/file", side, "evidence"
            yield "/evidence/EV99/file", None, "missing"
            yield "/evidence/A1/file", None, "missing"
            yield "/evidence/..config.toml/file", None, "missing"
        case "/do/{category}/{verb}" if methods == "GET":
            for kind in KINDS[:: len(KINDS) // 12]:
                for side in SIDES.values():
                    category, about = subject_of(kind, side)
                    asked = f"?on={quoted(about)}" if about else ""
                    yield (
                        f"/do/{kind.category}/{kind.verb}{asked}",
                        side if about else None,
                        category,
                    )
            yield "/do/action/fly?on=A1", None, "missing"
        case "/board/several/{category}/{verb}" if methods == "GET":
            yield "/board/several/extension/request?on=A1&on=A2", None, ""
            yield "/board/several/action/fly?on=A1", None, "missing"
        case path:
            yield filled_in(path), None, ""


def filled_in(path: str) -> str:
    return re.sub(r"\{number\}", "1", re.sub(r"\{(?!number)[^}]+\}", "A999", path))


def wanted_of(somebody: Somebody, policy: str, side: Side | None, category: str) -> str:
    """Return what somebody gets who looks at an address."""
    if policy in {"anybody", "bearer"}:
        return "answered"
    if policy == "program":
        return SIGNED_OUT
    if somebody.person is None:
        return SIGNED_OUT
    if not has_a_part(somebody) or category == "missing":
        return MISSING
    if policy == "importer" and not imports(somebody):
        return MISSING
    return MISSING if side is not None and not sees(somebody, side, category) else "answered"


def got(answer: Response) -> str:
    to = answer.headers.get("location", "")
    if answer.status_code == 401 or to.startswith("/sign-in?to="):
        return SIGNED_OUT
    if "You were signed out meanwhile" in answer.text:
        return SIGNED_OUT
    if answer.status_code == 404:
        return MISSING
    assert answer.status_code < 500, answer.text
    return "answered"


@pytest.mark.parametrize("name", PEOPLE)
def test_every_address_is_answered_to_whom_its_policy_admits_and_to_nobody_else(
    closed: Pages, browsers: dict[str, Browser], routes: list[Route], name: str
) -> None:
    methods = {"GET", "HEAD"} if name in _WITH_HEAD else {"GET"}
    size, wrong = closed.partnership.log.head().size, []
    nothing = browsers[name].client.get("/A999").text
    for route in routes:
        policy = policy_of(route)
        assert policy is not None
        for method in sorted((route.methods or set()) & methods):
            for path, side, category in targets(route, method):
                answer = browsers[name].client.request(method, path)
                told, wanted = got(answer), wanted_of(PEOPLE[name], policy.name, side, category)
                _counted[wanted] += 1
                is_lost = told == MISSING and wanted == "answered" and side is None
                if told != wanted and not is_lost:
                    wrong.append((method, path, wanted, told))
                if told == MISSING and policy.name in {"reader", "importer"} and method == "GET":
                    assert answer.text == nothing, path
    assert wrong == []
    assert closed.partnership.log.head().size == size


def test_what_is_sent_needs_a_session_wherever_it_is_sent_to(
    browsers: dict[str, Browser], routes: list[Route]
) -> None:
    without_part = ["anonymous", "somebody who left", "somebody without a grant any more"]
    without_right = [name for name, one in PEOPLE.items() if not imports(one)]
    for route in routes:
        policy = policy_of(route)
        if "POST" not in (route.methods or ()) or policy is None:
            continue
        kept_out = {
            "reader": without_part,
            "importer": without_right,
            "program": ["anonymous", "manager"],  # A session is no token.
        }.get(policy.name, [])
        for path, *_ in targets(route, "POST"):
            for name in kept_out:
                answer = browsers[name].post(path)
                of_pages = 403 if name == "anonymous" else 404
                wanted = 401 if policy.name == "program" else of_pages
                assert answer.status_code == wanted, path
                _counted[MISSING] += 1


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_no_route_knows_another_method(
    browsers: dict[str, Browser], routes: list[Route], method: str
) -> None:
    browser = browsers["manager" if method == "PUT" else "anonymous"]
    # Of the routes of commands for programs some stand for all.
    paths = {filled_in(route.path) for route in routes if "/commands/a" not in route.path}
    for path in sorted(paths):
        answer = browser.client.request(method, path, headers=OURS)
        assert answer.status_code in {404, 405}, (method, path, answer.text)
        _counted[MISSING] += 1


SIGHTS: Final = (
    *(f"/{quoted(ref)}" for side in SIDES.values() for ref in side.things.values()),
    *(f"/api/v1/things/{quoted(ref)}" for side in SIDES.values() for ref in side.things.values()),
    *(f"/api/v1/things/{ref}/evidence" for ref in ("A1", "A2", "R1", "R2")),
    *(f"{path}/evidence/{ref}/file" for path in ("", "/api/v1") for ref in ("EV1", "EV2", "EV9")),
    *(f"/api/v1/things/{ref}/history" for ref in ("A1", "A2", "AU1/F1", "P1", "P2", "RO10")),
    *(f"/do/{one}" for one in ("action/create", "audit/plan", "remark/add")),
    *(f"/board/several/{one}?on=A1&on=A2&on=R1&on=R2" for one in ("action/submit", "action/start")),
    "/board?several=all",
    *(
        f"{path}?{asked}"
        for path in ("/board", "/board.csv", "/api/v1/board", "/api/v1/board.csv")
        for asked in (
            "words=secret",
            "plan=P1",
            "plan=P2",
            "subgroup=S3",
            "lead=RO9",
            "lead=RO10",
            "at=2025-03-09",
            "true-on=2025-03-09",
        )
    ),
    *(f"/board?at={one}" for one in ("secret9", "secret10", "March", "M1", "M2")),
    *(f"/board?true-on={one}" for one in ("secret9", "March", "M1", "M2")),
    *(f"/reminders?item={one}" for one in ("A1", "A2")),
    *(
        f"{path}?from={one}"
        for path in ("/replay", "/changes", "/api/v1/replay", "/api/v1/changes")
        for one in ("2025-03-02", "M1", "M2", "secret9", "March", "0001-01-01", "9999-12-31")
    ),
    *(f"/{path}/{ref}" for path in ("meetings", "pack", "api/v1/meetings") for ref in ("M1", "M2")),
    *(f"{path}/meetings/next?subgroup={one}" for path in ("", "/api/v1") for one in ("S1", "S3")),
    *(f"/api/v1/{path}?at={one}" for path in ("meetings", "remarks") for one in ("M1", "M2")),
)
"""Where somebody would look for what is not theirs, besides every address without a part."""


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("reader of a subgroup", "Secret10"),
        ("lead of an agency", "Secret10"),
        ("reader of an agency", "Secret9"),
        ("manager of a subgroup", "Secret9"),
    ],
)
def test_who_sees_one_side_finds_no_word_of_the_other(
    closed: Pages, browsers: dict[str, Browser], routes: list[Route], name: str, hidden: str
) -> None:
    other = "Secret9" if hidden == "Secret10" else "Secret10"
    token = {"authorization": f"Bearer {token_of(closed, PEOPLE[name])}"}
    plain = {route.path for route in routes if "{" not in route.path}
    seen = 0
    for path in sorted({*plain, *SIGHTS}):
        page = browsers[name].client.get(path, headers=token)
        assert page.status_code < 500, path
        assert f"{hidden} " not in page.text, path
        seen += f"{other} action" in page.text
    assert seen > 5


def test_of_two_meetings_that_are_not_theirs_and_not_there_the_answer_is_the_same(
    browsers: dict[str, Browser],
) -> None:
    browser = browsers["reader of a subgroup"]
    for path in ("/board?at=", "/board?true-on=", "/replay?from=", "/changes?from=", "/meetings/"):
        there, nowhere = (browser.client.get(f"{path}{one}") for one in ("M2", "M99"))
        assert "There is nothing here" in there.text
        assert (there.status_code, there.text) == (nowhere.status_code, nowhere.text)


def test_what_a_command_names_is_not_there_either_where_its_sender_does_not_see_it(
    browsers: dict[str, Browser],
) -> None:
    browser, path = browsers["manager of a subgroup"], "/do/action/answer-recommendation?on=A2"
    hidden, nowhere = (browser.post(path, {"recommendation": ref}).text for ref in ("R1", "R99"))
    assert "There is no R1 here" in hidden
    assert without_ids(hidden.replace("R1", "R99")) == without_ids(nowhere)


LOOKED_FOR: Final = (
    *("/A2", "/R2", "/AU2", "/AU2/F1", "/AU2/C1", "/EV2", "/M2", "/RM2", "/evidence/EV2/file"),
    *(f"/do/{one}?on=A2" for one in ("action/note-progress", "action/submit", "evidence/add")),
    *(f"/A2?{clock}=2025-03-04" for clock in ("at", "true-on")),
    *("/meetings/M2", "/replay?audit=AU2", "/replay?from=M2", "/changes?from=M2", "/board?at=M2"),
    "/not-mine?on=A2",
    *(f"/api/v1/things/{ref}" for ref in ("A2", "R2", "AU2", "AU2/F1", "EV2", "M2", "RM2")),
    *(f"/api/v1/things/A2/{part}" for part in ("history", "commands", "evidence")),
    *(f"/api/v1/{one}" for one in ("evidence/EV2/file", "meetings/M2", "board?after=A2")),
    *(f"/api/v1/{one}" for one in ("changes?from=M2", "replay?audit=AU2", "reminders?item=A2")),
)
"""Where a reader of one side asks for what is on the other: the number is the side's."""


@pytest.mark.parametrize("path", LOOKED_FOR)
def test_what_is_hidden_is_answered_as_what_is_missing_to_the_last_header(
    browsers: dict[str, Browser], reading: dict[str, str], path: str
) -> None:
    browser = browsers["reader of a subgroup"]
    hidden = browser.client.get(path, headers=reading)
    missing = browser.client.get(re.sub(r"(?<=[A-Z])2\b", "99", path), headers=reading)
    assert (hidden.status_code, hidden.text) == (missing.status_code, missing.text)
    assert hidden.headers == missing.headers


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/do/action/note-progress?on=A2", {"note": "x"}),
        ("/do/action/submit?on=A2", {"what_we_did": "x", "no_evidence_reason": "x"}),
        ("/board/several", {"on": "A2", "note": "x"}),
        ("/board/several", {"on": "R2", "note": "x"}),
        ("/not-mine", {"on": "A2", "whose": "RO9", "why": "x"}),
        ("/do/remark/add", {"on": "A2", "words": "x"}),
        ("/record/pack", {"subject": "A2"}),
    ],
)
def test_what_is_hidden_is_answered_to_a_form_as_what_is_missing(
    browsers: dict[str, Browser], path: str, form: dict[str, str]
) -> None:
    browser, number = browsers["reader of a subgroup"], re.compile(r"(?<=[AR])2\b")
    elsewhere = {name: number.sub("99", words) for name, words in form.items()}
    hidden, missing = browser.post(path, form), browser.post(number.sub("99", path), elsewhere)
    assert hidden.status_code == missing.status_code
    assert number.sub("99", without_ids(hidden.text)) == without_ids(missing.text)


@pytest.mark.parametrize(
    ("name", "oversees"),
    [
        ("manager", True),
        ("scrutineer", True),
        ("chair", False),
        ("executive", False),
        ("reader of all", False),
        ("reader of a subgroup", False),
        ("manager of a subgroup", False),
    ],
)
def test_who_sees_to_the_whole_and_nobody_else_makes_packs_and_enters_heads(
    browsers: dict[str, Browser], name: str, *, oversees: bool
) -> None:
    for path, form in (("/record/pack", {"subject": "nothing"}), ("/record/held", {})):
        nothing = browsers[name].post("/do/action/note-progress?on=A999", form).text
        answer = browsers[name].post(path, form)
        assert answer.status_code == (422 if oversees else 404)
        assert (answer.text == nothing) is not oversees


@pytest.mark.parametrize("day", ["at=2025-03-05", "true-on=2025-03-05"])
def test_nothing_can_be_changed_on_the_page_of_a_past_day(
    browsers: dict[str, Browser], day: str
) -> None:
    manager, path = browsers["manager"], "/do/action/note-progress?on=A1"
    assert found(manager.post(path, {"note": "x"})) == REACHES
    assert manager.client.get(f"{path}&{day}").status_code == 404
    assert manager.post(f"{path}&{day}", {"note": "x"}).status_code == 404


def test_what_a_program_names_is_not_there_either_where_its_person_does_not_see_it(
    closed: Pages,
) -> None:
    program = closed.browser()
    token = token_of(closed, PEOPLE["manager of a subgroup"])
    program.client.headers["authorization"] = f"Bearer {token}"
    told = []
    for number in (1, 99):
        command = {"action": "action-2", "recommendation": f"recommendation-{number}"}
        answer = program.client.post("/api/v1/commands/action/answer-recommendation", json=command)
        assert answer.status_code == 422
        told.append(answer.text.replace(f"R{number}", "R"))
    assert told[0] == told[1]


def test_no_text_that_a_program_gives_holds_what_cannot_be_kept(closed: Pages) -> None:
    program, texts = closed.browser(), 0
    program.client.headers["authorization"] = f"Bearer {token_of(closed, PEOPLE['manager'])}"
    program.client.headers["content-type"] = "application/json"
    with program.client:
        for kind in KINDS:
            about, ref = subject_field(kind), subject_of(kind, X)[1]
            for name, field in kind.model_fields.items():
                shape = shape_of(field)
                if name == about or shape.kind is not str or shape.categories or shape.is_choice:
                    continue
                for words in ("a\x00b", "a\ud800b", "a\u202eb"):
                    spoilt = {name: [words] if shape.is_many else words}
                    body = {**filled(kind, X), **({about: ref} if about else {}), **spoilt}
                    path = f"/api/v1/commands/{kind.category}/{kind.verb}"
                    answer = program.client.post(path, content=json.dumps(body))
                    assert answer.status_code == 422, (path, name, answer.text)
                    assert name in answer.json()["fields"], (path, name, answer.text)
                    texts += 1
    assert texts > 80


def without_ids(page: str) -> str:
    return re.sub(r'name="command_id" value="[^"]+"', "", page)


@pytest.mark.parametrize("name", ["lead", "manager of a subgroup"])
def test_programs_may_give_the_commands_that_their_person_may(closed: Pages, name: str) -> None:
    program, wrong = closed.browser(), []
    program.client.headers["authorization"] = f"Bearer {token_of(closed, PEOPLE[name])}"
    for kind in KINDS:
        for which, side in SIDES.items():
            about, ref = subject_field(kind), subject_of(kind, side)[1]
            given = {**filled(kind, side), **({about: ref} if about else {})}
            numbers = {"priority", "number", "rows"} & set(given)
            body = {**given, **dict.fromkeys(numbers, 1)}
            path = f"/api/v1/commands/{kind.category}/{kind.verb}"
            answer = program.client.post(path, json=body)
            told = REFUSED if answer.status_code == 403 else found(answer)
            wanted = expected(PEOPLE[name], kind, side)
            _counted[wanted] += 1
            if told != wanted:
                wrong.append((path, which, wanted, told, answer.text[:300]))
    assert wrong == []


def test_the_matrix_has_thousands_of_cells() -> None:
    assert sum(_counted.values()) >= 2_000
    assert min(_counted[one] for one in (REACHES, REFUSED, MISSING, SIGNED_OUT)) > 100
