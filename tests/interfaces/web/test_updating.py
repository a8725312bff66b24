"""Links in reminders: one item, one person, one change, for some days, and none by looking."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from interfaces.web.by_link.update_links import update_links
from interfaces.web.signing_in.tickets import Purpose, Ticket
from tests.interfaces.running import CommandLine
from tests.interfaces.web.browsing import ADDRESS, Browser, Pages, words_of
from tests.interfaces.web.conftest import served

CHAIR = "person-2"


def ticket(pages: Pages, person: str = CHAIR, item: str = "action-2", hours: float = 72) -> str:
    """Return the path of a link for somebody about an item."""
    until = int(pages.partnership.clock().timestamp() + hours * 3600)
    return f"/update/{pages.house.signer.write(Ticket(Purpose.UPDATE, person, item, until))}"


def size(pages: Pages) -> int:
    return pages.partnership.log.head().size


def report(browser: Browser, path: str, way: str, **fields: Any) -> str:  # noqa: ANN401 - the fields of a form
    status = fields.pop("status", 303)
    answer = browser.post(path, {"way": way, **fields})
    assert answer.status_code == status, answer.text[:2000]
    return browser.get(path) if status == 303 else answer.text


def test_a_note_is_recorded_without_signing_in(pages: Pages) -> None:
    somebody, path = pages.browser(), ticket(pages)
    shown = words_of(somebody.get(path))
    assert "Audit case files" in shown
    assert "This link is for Example Audit Chair" in shown
    told = words_of(report(somebody, path, "note", note="Twelve of twenty read."))
    assert "Twelve of twenty read." in told
    assert "Example Audit Chair" in told
    assert "Sign in to do more" in told


def test_everything_a_reminder_asks_for_can_be_reported(pages: Pages) -> None:
    for number, (way, fields, kind) in enumerate(
        [
            ("more-time", {"target": "May 2026", "reason": "Ill", "progress": "Half"}, "extension"),
            ("not-mine", {"whose": "The Implementation Subgroup has it."}, "progress"),
            ("done", {"what_we_did": "Read all", "evidence": "Minutes"}, "submitted"),
        ]
    ):
        before = size(pages)
        report(pages.browser(), ticket(pages, hours=70 + number), way, **fields)
        (stored,) = pages.partnership.log.read(before)
        assert kind in type(stored.event).__name__.lower()
        assert stored.actor == CHAIR


def test_what_is_somebody_elses_is_told_as_a_note(pages: Pages) -> None:
    path = ticket(pages)
    report(pages.browser(), path, "not-mine", whose="The police lead it.")
    manager = pages.signed_in("person-1")
    assert "This should go to somebody else: The police lead it." in manager.get("/A2")


def test_looking_changes_nothing_however_often_and_whoever_looks(pages: Pages) -> None:
    path, before = ticket(pages), size(pages)
    scanner = pages.browser()
    for _ in range(3):
        assert scanner.client.get(path).status_code == 200
        assert scanner.client.head(path).status_code == 200
    assert size(pages) == before
    report(pages.browser(), path, "note", note="Still good after all that.")


def test_a_link_is_good_for_one_change(pages: Pages) -> None:
    path = ticket(pages)
    report(pages.browser(), path, "note", note="The first.")
    before = size(pages)
    told = report(pages.browser(), path, "note", status=409, note="The second, in another browser.")
    assert size(pages) == before
    for words in ("The first.", "The second, in another browser.", "not recorded", "/sign-in?to="):
        assert words in told


def test_the_same_form_sent_twice_is_told_as_recorded(pages: Pages) -> None:
    somebody, path = pages.browser(), ticket(pages)
    report(somebody, path, "note", note="Pressed twice.")
    again = report(somebody, path, "note", status=200, note="Pressed twice.")
    assert "not recorded" not in again


def test_of_many_who_send_at_once_one_is_recorded(pages: Pages) -> None:
    path = ticket(pages)

    def send(number: int) -> int:
        form = {"way": "note", "note": f"Number {number}."}
        return pages.browser().post(path, form).status_code

    with ThreadPoolExecutor(4) as several:
        answers = sorted(several.map(send, range(4)))
    assert answers == [303, 409, 409, 409]
    notes = [one for one in pages.partnership.log.read_stream("action-2") if "Number" in str(one)]
    assert len(notes) == 1


def test_a_link_is_refused_kindly_when_it_is_too_late(pages: Pages) -> None:
    path = ticket(pages, hours=-0.01)
    page = pages.browser().get(path, status=403)
    assert "This link works no longer" in page
    assert "/sign-in?to=/A2" in page
    before = size(pages)
    kept = report(pages.browser(), path, "note", status=403, note="Typed for a quarter hour.")
    assert "Typed for a quarter hour." in kept
    assert size(pages) == before


def test_a_link_holds_until_its_end_and_not_a_minute_more(pages: Pages, cli: CommandLine) -> None:
    path = ticket(pages)
    cli.clock.now += dt.timedelta(hours=71, minutes=59)
    pages.browser().get(path)
    cli.clock.now += dt.timedelta(minutes=1)
    pages.browser().get(path, status=403)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda letters: letters[:-4],
        lambda letters: letters + "=",
        lambda letters: letters[:-1] + ("A" if letters[-1] != "A" else "B"),
        lambda letters: letters[:20] + "!" + letters[20:],
        lambda _: "x",
        lambda _: "é",
        lambda _: "A" * 5000,
    ],
)
def test_no_other_letters_stand_for_a_link(pages: Pages, spoil: Callable[[str], str]) -> None:
    path = ticket(pages)
    before, letters = size(pages), spoil(path.rpartition("/")[2])
    page = report(pages.browser(), f"/update/{letters}", "note", status=403, note="x")
    assert "Audit case files" not in page
    assert size(pages) == before


def test_a_used_link_is_used_up_under_every_spelling(pages: Pages) -> None:
    path = ticket(pages)
    report(pages.browser(), path, "note", note="Once.")
    for letters in ("=", "==", "!", "%20", "."):
        report(pages.browser(), path + letters, "note", status=403, note="Twice.")


def test_what_is_signed_for_one_purpose_is_good_for_no_other(pages: Pages) -> None:
    letters = pages.letters(CHAIR)
    pages.browser().get(f"/update/{letters}", status=403)
    update = ticket(pages).rpartition("/")[2]
    assert pages.browser().post(f"/sign-in/{update}").status_code == 403


def test_a_link_opens_its_own_item_and_no_page_besides(pages: Pages) -> None:
    somebody = pages.browser()
    report(somebody, ticket(pages), "note", note="Mine.")
    for path in ("/", "/board", "/A2", "/A1"):
        assert somebody.client.get(path).headers["location"].startswith("/sign-in?to=")


@pytest.mark.parametrize("way", ["complete", "approve", "extension", "", "note-progress", "cancel"])
def test_nothing_else_can_be_done_by_a_link(pages: Pages, way: str) -> None:
    before = size(pages)
    report(pages.browser(), ticket(pages), way, status=409, note="x", reason="x")
    assert size(pages) == before


@pytest.mark.parametrize("item", ["person-2", "role-2", "plan-1", "subgroup-1", "action-99"])
def test_a_link_is_about_an_item_and_nothing_else(pages: Pages, item: str) -> None:
    somebody, path = pages.browser(), ticket(pages, item=item)
    assert somebody.get(path, 403) == somebody.get(ticket(pages, item=item, hours=-1), 403)
    assert somebody.post(path, {"way": "note", "note": "Read."}).status_code == 403


def test_a_link_of_somebody_who_may_not_report_on_the_item_does_nothing(pages: Pages) -> None:
    before, path = size(pages), ticket(pages, person="person-8")
    page = pages.browser().get(path)
    assert 'name="way"' not in page
    report(pages.browser(), path, "note", status=409, note="Not mine to write.")
    assert size(pages) == before


def test_a_link_holds_no_longer_than_its_person_may(pages: Pages, cli: CommandLine) -> None:
    path = ticket(pages)
    cli.done("role", "stand-down", "RO2", "--person", "PE2", "--last-day-on", "2025-09-24")
    cli.done("person", "leave", "PE2", "--last-day-on", "2025-09-24")
    cli.on(dt.date(2025, 9, 25))
    before = size(pages)
    pages.browser().get(path, status=403)
    report(pages.browser(), path, "note", status=403, note="Left already.")
    assert size(pages) == before


def test_what_is_wrong_stands_beside_its_field_and_the_link_stays_good(pages: Pages) -> None:
    somebody, path = pages.browser(), ticket(pages)
    fields = {"target": "soonish", "reason": "Two are ill.", "progress": "Half."}
    page = report(somebody, path, "more-time", status=422, **fields)
    assert 'id="field-target-error"' in page
    for words in fields.values():
        assert words in page
    empty = report(somebody, path, "not-mine", status=422, whose=" ")
    assert 'id="field-whose-error"' in empty
    long = report(somebody, path, "not-mine", status=422, whose="x" * 20_001)
    assert 'id="field-whose-error"' in long
    report(somebody, path, "more-time", **{**fields, "target": "May 2026"})


def test_a_link_that_comes_from_elsewhere_records_nothing(pages: Pages) -> None:
    before, path = size(pages), ticket(pages)
    form = {"way": "note", "note": "From another site."}
    answer = pages.browser().post(
        path, form, **{"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example.org"}
    )
    assert answer.status_code == 403
    assert size(pages) == before


def test_a_reminder_carries_a_link_that_works(cli: CommandLine) -> None:
    cli.config.write_text(f'[web]\naddress = "{ADDRESS}/"', encoding="utf-8")
    cli.on(dt.date(2025, 11, 3))
    assert cli.answer("remind")["outcomes"] == {"sent": 2}
    with served(cli) as pages:
        (letter,) = [text for text in pages.emails() if "/update/" in text]
        (path,) = set(re.findall(rf"{ADDRESS}(/update/\S+)", letter))
        somebody, before = pages.browser(), size(pages)
        assert somebody.client.head(path).status_code == 200
        assert size(pages) == before
        report(somebody, path, "note", note="By the link of the reminder.")
        assert size(pages) > before


def test_only_the_email_itself_holds_the_link(cli: CommandLine) -> None:
    cli.config.write_text(f'[web]\naddress = "{ADDRESS}"', encoding="utf-8")
    cli.on(dt.date(2025, 12, 3))
    cli.done("remind")
    calendars = [
        part.get_content() if isinstance(part.get_content(), str) else part.get_content().decode()
        for file in cli.folder.joinpath("outbox").glob("*.eml")
        for part in _parts(file.read_bytes())
        if part.get_content_type() in {"text/calendar", "application/ics"}
    ]
    assert calendars
    assert not any("/update/" in one for one in calendars)


def _parts(message: bytes) -> Iterator[EmailMessage]:
    return message_from_bytes(message, policy=default).walk()


def test_the_same_email_has_the_same_link_at_whatever_hour_it_leaves(pages: Pages) -> None:
    settings = pages.partnership.settings
    with_pages = settings.model_copy(
        update={"web": settings.web.model_copy(update={"address": ADDRESS})}
    )
    link = update_links(with_pages, pages.partnership.calendar)
    assert link is not None
    day = dt.date(2025, 9, 24)
    made = link(CHAIR, "action-2", day)
    letters = made.address.removeprefix(f"{ADDRESS}/update/")
    assert link(CHAIR, "action-2", day) == made
    found = pages.house.signer.read(letters, Purpose.UPDATE)
    assert found is not None
    # From Wednesday on Thursday, Friday and Monday, to its midnight in London's summer.
    assert found.expires_at == dt.datetime(2025, 9, 29, 23, tzinfo=dt.UTC).timestamp()
    assert update_links(settings, pages.partnership.calendar) is None


@pytest.mark.parametrize(
    ("day", "at", "ends_at", "until"),
    [
        ("2025-12-01", "08:00", "2025-12-05T00:00", "Thursday 4 December"),
        ("2025-12-05", "08:00", "2025-12-11T00:00", "Wednesday 10 December"),
        # The Thursday before Easter: Tuesday is the first working day after it.
        ("2025-04-17", "08:00", "2025-04-24T23:00", "Thursday 24 April"),
        # The clocks go forward on 30 March, in the night before a day on which some send as well.
        ("2025-03-30", "00:30", "2025-04-02T23:00", "Wednesday 2 April"),
        ("2025-12-02", "23:59", "2025-12-06T00:00", "Friday 5 December"),
    ],
)
def test_a_link_works_until_the_end_of_the_third_working_day_and_for_72_hours_at_least(
    pages: Pages, day: str, at: str, ends_at: str, until: str
) -> None:
    given = pages.partnership.settings
    settings = given.model_copy(
        update={
            "web": given.web.model_copy(update={"address": ADDRESS}),
            "reminders": given.reminders.model_copy(update={"at": dt.time.fromisoformat(at)}),
        }
    )
    links = update_links(settings, pages.partnership.calendar)
    assert links is not None
    made = links(CHAIR, "action-2", dt.date.fromisoformat(day))
    found = pages.house.signer.read(made.address.rpartition("/")[2], Purpose.UPDATE)
    assert found is not None
    expires_at = dt.datetime.fromtimestamp(found.expires_at, dt.UTC)
    assert expires_at == dt.datetime.fromisoformat(ends_at).replace(tzinfo=dt.UTC)
    assert made.until == until
    leaves_at = dt.datetime.combine(
        dt.date.fromisoformat(day), settings.reminders.at, settings.reminders.zone
    )
    assert expires_at.timestamp() - leaves_at.timestamp() >= 72 * 3600
