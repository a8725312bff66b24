"""What is somebody's to see, now and at any moment, and no longer than they may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.directory import Access, Digest
from interfaces.web.seeing.sight import require_seen, seen_by
from interfaces.web.signing_in import cookies
from projections.known import KnownFrom
from tests.interfaces.web.browsing import Browser, Pages
from tests.interfaces.web.people import PEOPLE, SIDES, X, Y, sees
from tests.interfaces.web.two_sides import token_of, two_sides
from workflow.action_commands import CreateAction
from workflow.circumstances import Circumstances
from workflow.person_commands import (
    ChangeEmail,
    GrantAccess,
    RecordLeaving,
    RevokeAccess,
    SwitchOffDigest,
    SwitchOnDigest,
)
from workflow.recommendation_commands import ProposeRecommendation
from workflow.refusals import NotFound


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with two_sides(tmp_path_factory.mktemp("sides"), closed=False) as served:
        yield served


def circumstances_of(pages: Pages, person: str) -> Circumstances:
    view, today = pages.partnership.view(), pages.partnership.today
    known = KnownFrom(view.get, today, view.all)
    return Circumstances(today, person, pages.partnership.calendar, known)


MODELS = {
    "action": "actions",
    "recommendation": "recommendations",
    "audit": "audits",
    "meeting": "meetings",
    "remark": "remarks",
    "evidence": "evidence",
}


@pytest.mark.parametrize("name", [name for name in PEOPLE if PEOPLE[name].person])
def test_a_view_holds_what_somebody_sees_by_key_by_prefix_and_in_all(
    pages: Pages, name: str
) -> None:
    somebody, plain = PEOPLE[name], pages.partnership.view()
    view = seen_by(plain, circumstances_of(pages, str(somebody.person)))
    for category, model in MODELS.items():
        for side in SIDES.values():
            ref, is_seen = side.things[category], sees(somebody, side, category)
            assert (view.get(model, ref) is not None) is is_seen
            assert (ref in view.all(model)) is is_seen
            assert (ref in view.under(model, ref)) is is_seen
            assert bool(view.events_of(ref)) is is_seen
    for side in SIDES.values():
        key = f"{side.things['action']}/{side.things['evidence']}"
        is_seen = sees(somebody, side, "action")
        assert plain.get("evidence_of", key)
        assert (view.get("evidence_of", key) is not None) is is_seen
        assert (key in view.under("evidence_of", side.things["action"])) is is_seen


@pytest.mark.parametrize("name", ["reader of a subgroup", "manager of a subgroup"])
def test_models_that_are_nobodys_in_particular_are_for_those_who_see_all(
    pages: Pages, name: str
) -> None:
    plain = pages.partnership.view()
    view = seen_by(plain, circumstances_of(pages, str(PEOPLE[name].person)))
    for model in ("reminders", "told_dates", "timeline", "themes", "whatever"):
        assert view.all(model) == {}
        assert view.get(model, "email-1") is None
    assert view.events_of("log-1") == ()
    assert view.position == plain.position


@pytest.mark.parametrize(
    ("name", "known"),
    [
        # The manager, the chair and the lead of the subgroup, and themselves.
        ("reader of a subgroup", {"PE1", "PE2", "PE9", "PE12"}),
        ("reader of an agency", {"PE1", "PE4", "PE6", "PE10", "PE13"}),
        ("chair", {f"PE{number}" for number in range(1, 18)}),
    ],
)
def test_of_people_whom_somebody_has_nothing_to_do_with_they_see_an_outline(
    pages: Pages, name: str, known: set[str]
) -> None:
    browser, somebody = pages.browser(), PEOPLE[name]
    session = pages.house.sessions.begin(str(somebody.person), pages.partnership.clock())
    browser.client.headers["cookie"] = f"{cookies.SESSION}={session.token}"
    browser.client.headers["authorization"] = f"Bearer {token_of(pages, somebody)}"
    people = [
        one
        for one in browser.client.get("/api/v1/directory").json()["entries"]
        if one["kind"] == "person"
    ]
    assert len(people) == 17
    assert {one["ref"] for one in people if one["email"]} == known
    whole = pages.partnership.view().all("directory")
    directory = browser.get("/directory")
    assert "cannot be reminded" not in directory
    assert ("not shown to you" in directory) is (len(known) < len(people))
    # What a role leads may be there and not be theirs to see.
    assert ("nothing open" in directory) is (len(known) == len(people))
    for one in people:
        row = whole[f"person-{one['ref'].removeprefix('PE')}"]
        assert one["name"] == row["name"]
        told = browser.get(f"/{one['ref']}")
        history = browser.client.get(f"/api/v1/things/{one['ref']}/history").text
        assert "into the directory" in told
        for page in (told, history, directory):
            assert (row["email"] in page) is (one["ref"] in known)


def test_a_changed_address_and_what_somebody_wants_to_be_sent_stand_in_no_outline(
    pages: Pages,
) -> None:
    execute, stream = pages.partnership.ledger.execute, "person-10"
    execute(ChangeEmail(person=stream, email="new@example.org"), actor="person-1")
    execute(SwitchOffDigest(person=stream, digest=Digest.WEEKLY), actor=stream)
    execute(SwitchOnDigest(person=stream, digest=Digest.WEEKLY), actor=stream)
    execute(SwitchOffDigest(person=stream, digest=Digest.WEEKLY), actor=stream)
    plain = pages.partnership.view()
    outline = seen_by(plain, circumstances_of(pages, "person-12"))
    for row in (outline.get("directory", stream), outline.under("directory", stream)[stream]):
        assert row is not None
        assert (row["email"], row["digests_off"]) == (None, [])
    assert [one.event.model_dump()["email"] for one in outline.events_of(stream)] == [None]
    own = seen_by(plain, circumstances_of(pages, stream))
    assert own.get("directory", stream) == plain.get("directory", stream)
    assert own.events_of(stream) == plain.events_of(stream)


def test_what_is_named_has_to_be_seen_and_what_is_left_out_does_not(pages: Pages) -> None:
    plain = pages.partnership.view()
    view = seen_by(plain, circumstances_of(pages, "person-12"))
    action = CreateAction(text="New", lead_roles=(X.role,), target="May 2026")
    require_seen(action, view)
    require_seen(action.model_copy(update={"answers": ("recommendation-1",)}), view)
    for hidden in ("recommendation-2", "recommendation-99"):
        with pytest.raises(NotFound) as refused:
            require_seen(action.model_copy(update={"answers": (hidden,)}), view)
        assert refused.value.field == "answers"
    finding = ProposeRecommendation(text="New", findings=(Y.things["finding"],))
    with pytest.raises(NotFound):
        require_seen(finding, view)
    require_seen(finding, plain)


def test_a_grant_works_at_the_next_request_and_no_longer_after_it_is_taken_back(
    pages: Pages,
) -> None:
    execute = pages.partnership.ledger.execute
    reader = pages.browser()
    session = pages.house.sessions.begin("person-12", pages.partnership.clock())
    reader.client.headers["cookie"] = f"__Host-goldthread={session.token}"
    program = pages.browser()
    token = token_of(pages, PEOPLE["reader of a subgroup"])
    program.client.headers["authorization"] = f"Bearer {token}"
    assert statuses(reader, program) == [200, 404, 200, 404]
    more = GrantAccess(person="person-12", access=Access.READER, subgroup="subgroup-3")
    execute(more, actor="person-1")
    assert statuses(reader, program) == [200, 200, 200, 200]
    for subgroup, wanted in (("subgroup-3", [200, 404] * 2), ("subgroup-1", [404, 404] * 2)):
        gone = RevokeAccess(person="person-12", access=Access.READER, subgroup=subgroup)
        execute(gone, actor="person-1")
        assert statuses(reader, program) == wanted
    nothing = reader.client.get("/A999").text
    for path in ("/", "/board", "/A1", "/P1", "/RO9", "/do/action/create"):
        answer = reader.client.get(path)
        assert (answer.status_code, answer.text) == (404, nothing), path


def test_who_leaves_sees_nothing_from_the_next_day_on(pages: Pages) -> None:
    leaver = pages.browser()
    session = pages.house.sessions.begin("person-11", pages.partnership.clock())
    leaver.client.headers["cookie"] = f"__Host-goldthread={session.token}"
    assert leaver.client.get("/A1").status_code == 200
    gone = RecordLeaving(person="person-11", last_day_on=pages.partnership.today)
    pages.partnership.ledger.execute(gone, actor="person-1")
    assert leaver.client.get("/A1").status_code == 200

    clock = pages.partnership.clock
    clock.now += dt.timedelta(hours=12)  # type: ignore[attr-defined]
    session = pages.house.sessions.begin("person-11", clock())
    leaver.client.headers["cookie"] = f"__Host-goldthread={session.token}"
    assert leaver.client.get("/A1").status_code == 404


def statuses(reader: Browser, program: Browser) -> list[int]:
    """Return what a browser and a program get of either side's action."""
    pages = [reader.client.get(f"/A{number}").status_code for number in (1, 2)]
    return pages + [program.client.get(f"/api/v1/things/A{one}").status_code for one in (1, 2)]
