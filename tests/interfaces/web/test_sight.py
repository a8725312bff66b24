"""What is somebody's to see, now and at any moment, and no longer than they may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from events.directory import Access
from interfaces.web.sight import require_seen, seen_by
from projections.known import KnownFrom
from tests.interfaces.web.browsing import Browser, Pages
from tests.interfaces.web.people import PEOPLE, SIDES, X, Y, sees
from tests.interfaces.web.two_sides import token_of, two_sides
from workflow.action_commands import CreateAction
from workflow.circumstances import Circumstances
from workflow.person_commands import GrantAccess, RecordLeaving, RevokeAccess
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
