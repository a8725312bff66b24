"""Whatever a page shows or does, a program can ask for; else it is said why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import pytest
from starlette.routing import Route

from events.refs import quoted
from interfaces.web.api.problems import API
from tests.interfaces.web.browsing import OURS, Browser, Pages
from tests.interfaces.web.counterparts import SAME, not_accounted_for
from tests.interfaces.web.people import PEOPLE, SIDES, sees
from tests.interfaces.web.two_sides import browsers_of, token_of, two_sides
from workflow.command import registered_commands

ASKING: Final = (
    "manager",
    "scrutineer",
    "reader of a subgroup",
    "reader of an agency",
    "manager of a subgroup",
)
"""Two who see everything, and three who see one side."""

SECRETS: Final = ("action", "recommendation", "audit", "finding", "meeting", "remark", "source")
_FRAME: Final = f"{API}/meetings"
"""Every page names the last meetings, as whose papers it could be shown."""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with two_sides(tmp_path_factory.mktemp("closed"), closed=True) as pages:
        yield pages


@pytest.fixture(scope="module")
def browsers(closed: Pages) -> Iterator[dict[str, Browser]]:
    """Give everybody a browser in which they are signed in, and which has a token of theirs."""
    with ExitStack() as entered:
        found = browsers_of(closed)
        for name in ASKING:
            client = found[name].client
            client.headers["authorization"] = f"Bearer {token_of(closed, PEOPLE[name])}"
            entered.enter_context(client)
        yield found


def test_every_page_has_its_routes_for_programs_or_the_reason_why_there_are_none(
    pages: Pages,
) -> None:
    assert not_accounted_for(pages.routes) == []
    served = {route.path for route in pages.routes if isinstance(route, Route)}
    for kind in (one for one in registered_commands() if not one.with_file):
        assert f"{API}/commands/{kind.category}/{kind.verb}" in served


def test_a_new_page_without_either_is_found(pages: Pages) -> None:
    new = Route("/forecast", lambda _request: None, methods=["GET", "POST"])
    assert not_accounted_for([*pages.routes, new]) == [
        "GET /forecast has no counterpart",
        "POST /forecast has no counterpart",
    ]


def test_a_page_or_a_route_that_is_gone_is_found(pages: Pages) -> None:
    gone = {"/remarks", f"{API}/waiting", f"{API}/meetings"}
    left = [one for one in pages.routes if isinstance(one, Route) and one.path not in gone]
    assert not_accounted_for(left) == [
        "GET /remarks is no page any more",
        "GET /meetings is no route for programs",
    ]


def _words(browser: Browser, paths: list[str]) -> str:
    answers = [browser.client.get(path) for path in paths]
    assert [one.status_code for one in answers] == [200] * len(answers), paths
    return "".join(one.text for one in answers)


@pytest.mark.parametrize("name", ASKING)
def test_what_a_page_tells_somebody_their_program_reads_and_no_more(
    browsers: dict[str, Browser], name: str
) -> None:
    browser, found = browsers[name], 0
    for (_, page), routes in SAME.items():
        paths = [f"{API}{one.removeprefix('GET ')}" for one in routes if one.startswith("GET ")]
        plain = [path for path in paths if "{" not in path]
        if "{" in page or not plain:
            continue
        shown = browser.client.get(page)
        if shown.status_code == 404:  # It takes something beside the path.
            continue
        told = _words(browser, [*plain, _FRAME])
        for side in SIDES.values():
            secret = f"Secret{side.role.removeprefix('role-')}"
            for what in SECRETS:
                if f"{secret} {what}" in shown.text:
                    assert f"{secret} {what}" in told, (page, what)
                    found += 1
                if not sees(PEOPLE[name], side, "action"):
                    assert f"{secret} " not in told, page
    assert found >= 5


THINGS: Final = (
    ("/{}", "/things/{}"),
    ("/{}", "/things/{}/history"),
    ("/{}", "/things/{}/commands"),
    ("/meetings/{}", "/meetings/{}"),
    ("/evidence/{}/file", "/evidence/{}/file"),
    ("/meetings/next?subgroup={}", "/meetings/next?subgroup={}"),
)


@pytest.mark.parametrize("name", ASKING)
def test_what_is_not_there_on_a_page_is_not_there_for_a_program_in_the_same_words(
    closed: Pages, browsers: dict[str, Browser], name: str
) -> None:
    browser, statuses = browsers[name], set()
    nothing = browser.client.get(f"{API}/things/A999")
    refs = ("A1", "A2", "AU1/F1", "AU2/F1", "M1", "M2", "RM1", "RM2", "EV1", "EV2", "S1", "S99")
    size = closed.partnership.log.head().size
    for page, route in THINGS:
        for ref in refs:
            shown = browser.client.get(page.format(ref)).status_code
            told = browser.client.get(f"{API}{route.format(ref)}")
            assert told.status_code == shown, (route, ref, told.text)
            if shown == 404:
                assert told.text == nothing.text
            statuses.add(shown)
    assert statuses == {200, 404}
    assert closed.partnership.log.head().size == size


@pytest.mark.parametrize("name", ASKING)
def test_of_emails_somebody_reads_their_own_unless_they_read_everything(
    browsers: dict[str, Browser], name: str
) -> None:
    client, somebody = browsers[name].client, PEOPLE[name]
    coming = client.get(f"{API}/reminders/coming").json()
    people = {one["person"] for day in coming["days"] for one in day["emails"]}
    everything = name in {"manager", "scrutineer"}
    assert coming["everybody"] is client.get(f"{API}/reminders").json()["everybody"] is everything
    assert len(people) > 1 if everything else people <= {quoted(str(somebody.person))}


@pytest.mark.parametrize("name", ASKING)
def test_what_is_for_those_who_see_to_the_whole_is_not_there_for_others(
    browsers: dict[str, Browser], name: str
) -> None:
    client = browsers[name].client
    nothing = client.get(f"{API}/things/A999").text
    # Of who may, what is sent cannot be read: so nothing is kept of it.
    for path, fields in (("/record/held", {"note": "x", "holder": "us"}), ("/record/pack", {})):
        page = client.post(path, data=fields, headers=OURS)
        told = client.post(f"{API}{path}", json=fields, headers=OURS)
        assert (told.status_code, page.status_code) in {(404, 404), (422, 422)}
        assert (told.text == nothing) == (told.status_code == 404)
        overseers = {"manager", "scrutineer"}
        assert (told.status_code == 422) == (name in overseers)


def test_names_of_parameters_are_all_filled_in_by_the_tests_above() -> None:
    paths = {path for _, path in SAME if "{" in path}
    parameters = {name for path in paths for name in re.findall(r"{(\w+)}", path)}
    assert parameters == {"ref", "audit", "part", "category", "verb", "command", "digest", "token"}
