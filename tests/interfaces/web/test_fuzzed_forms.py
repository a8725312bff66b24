"""Forms that no browser would send: answered in words, and either stored whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.refs import quoted
from interfaces.command_fields import shape_of, subject_field
from interfaces.web.several.joint_offers import JOINT_OFFERS
from interfaces.web.signing_in.tickets import Purpose, Ticket
from projections.catalogue import FOLD
from projections.checking import check
from tests.interfaces.web.browsing import OURS, Browser, Pages
from tests.interfaces.web.people import COMMANDS, X
from tests.interfaces.web.two_sides import filled, two_sides

NAMES = sorted({name for kind in COMMANDS.values() for name in kind.model_fields})
WORDS = st.one_of(
    st.text(max_size=40),
    st.text("\x00\x0b\r\n\ud800\udfff\u202e<>&'\"{}%=;é💥", max_size=20),
    st.sampled_from(
        ["A1", "A2", "RO3", "PE1", "P1", "S1", "AU1", "2025-09-24", "31.12.2026", "99999-99-99",
         "0", "-1", "9" * 400, "1e9", "yes", "on", "{{ 7 * 7 }}", "=1+1", "../../etc/passwd",
         "x" * 900, "December 2026", "reader", "red", "A" * 90]
    ),
)  # fmt: skip
FORMS = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from([*NAMES, "command_id", "expected_version", "back", "way", "whose"]),
            st.text(max_size=10),
        ),
        WORDS,
    ),
    max_size=8,
)
OTHERS = [
    "/sign-in",
    "/sign-in/x",
    "/board/several/ask",
    "/not-mine",
    "/record/held",
    "/do/x/y?on=z",
]
LOOKED_AT = [
    "/",
    "/board",
    "/board/several/action/submit",
    "/A2",
    "/AU1/F1",
    "/sign-in",
    "/do/action/create",
    "/replay",
]
LIMITS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with two_sides(tmp_path_factory.mktemp("fuzzed"), closed=False) as served:
        yield served


@pytest.fixture(scope="module")
def manager(pages: Pages) -> Iterator[Browser]:
    browser = pages.signed_in("person-1")
    with browser.client:
        yield browser


def encoded(form: list[tuple[str, str]]) -> bytes:
    return urlencode(form, errors="surrogatepass").encode()


def multipart(form: list[tuple[str, str]], charset: str) -> bytes:
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form
    ]
    head = f'--b\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\n{charset}\r\n'
    return (head + "".join(parts) + "--b--\r\n").encode(errors="surrogatepass")


def assert_whole(pages: Pages, size: int) -> None:
    """Check what was stored, if anything was: whole commands, which the read models know."""
    stored = pages.partnership.log.read(size)
    assert len({one.command_id for one in stored}) <= 1
    assert pages.partnership.view().position == pages.partnership.log.head().size


@st.composite
def spoilt_forms(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """Draw a form that could be sent, with something else in some of its fields."""
    kind = draw(st.sampled_from(list(COMMANDS.values())))
    form = filled(kind, X)
    pairs = [
        (name, one)
        for name, value in form.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    spoilt = [(name, draw(WORDS) if draw(st.integers(0, 3)) == 0 else one) for name, one in pairs]
    about = subject_field(kind)
    on = X.things[shape_of(kind.model_fields[about]).categories[0]] if about else ""
    path = f"/do/{kind.category}/{kind.verb}" + (f"?on={quoted(on)}" if on else "")
    return path, [*spoilt, *draw(FORMS)]


@LIMITS
@given(spoilt_forms())
def test_a_form_with_anything_in_its_fields_is_stored_whole_or_not_at_all(
    pages: Pages, manager: Browser, drawn: tuple[str, list[tuple[str, str]]]
) -> None:
    path, form = drawn
    assert_answered(pages, manager, path, form)


@st.composite
def forms_of_several(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """Draw a form of several items that could be sent, with something else in some fields."""
    offer = JOINT_OFFERS[draw(st.integers(0, len(JOINT_OFFERS) - 1))]
    of = offer.offers[draw(st.sampled_from(list(offer.offers)))]
    own = [(name, words) for name, words in filled(of.kind, X).items() if isinstance(words, str)]
    refs = st.one_of(st.sampled_from(["A1", "A2", "R1", "R2", "A99", "AU1"]), WORDS)
    on = [("on", one) for one in draw(st.lists(refs, max_size=4))]
    shown = st.builds("{} {}".format, refs, st.one_of(st.integers(0, 9), WORDS))
    pairs = [*own, *on, *(("shown", one) for one in draw(st.lists(shown, max_size=4)))]
    path = draw(st.sampled_from(["", "/ask", f"/{offer.path}", f"/{offer.path}"]))
    return f"/board/several{path}", [*pairs, ("what", offer.path), *draw(FORMS)]


@LIMITS
@given(forms_of_several())
def test_of_several_each_is_stored_whole_or_not_at_all(
    pages: Pages, manager: Browser, drawn: tuple[str, list[tuple[str, str]]]
) -> None:
    path, form = drawn
    size = pages.partnership.log.head().size
    answer = sent_as_drawn(manager, path, form)
    assert answer.status_code < 500, answer.text
    stored = list(pages.partnership.log.read(size))
    assert len({one.command_id for one in stored}) == len({one.stream for one in stored})
    assert {one.stream.partition("-")[0] for one in stored} <= {"action", "recommendation"}
    assert pages.partnership.view().position == pages.partnership.log.head().size


@settings(LIMITS, max_examples=60)
@given(path=st.sampled_from(OTHERS), form=FORMS)
def test_whatever_is_sent_elsewhere_is_answered_in_words(
    pages: Pages, manager: Browser, path: str, form: list[tuple[str, str]]
) -> None:
    assert_answered(pages, manager, path, form)


def assert_answered(pages: Pages, browser: Browser, path: str, form: list[tuple[str, str]]) -> None:
    size = pages.partnership.log.head().size
    answer = sent_as_drawn(browser, path, form)
    assert answer.status_code < 500, answer.text
    assert_whole(pages, size)


def sent_as_drawn(browser: Browser, path: str, form: list[tuple[str, str]]) -> Response:
    headers = {**OURS, "content-type": "application/x-www-form-urlencoded"}
    return browser.client.post(path, content=encoded(form), headers=headers)


@settings(LIMITS, max_examples=60)
@given(
    form=FORMS,
    charset=st.sampled_from(["utf-8", "utf-16", "unicode_escape", "idna", "rot13", "hex", "no"]),
)
def test_forms_in_parts_are_answered_in_words_too(
    pages: Pages, manager: Browser, form: list[tuple[str, str]], charset: str
) -> None:
    size = pages.partnership.log.head().size
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    answer = manager.client.post(
        "/do/action/note-progress?on=A1",
        content=multipart([*form, ("note", "\\ud800")], charset),
        headers={**OURS, "content-type": kind},
    )
    assert answer.status_code < 500, answer.text
    assert_whole(pages, size)


@pytest.mark.parametrize(
    "path", ["/do/action/note-progress?on=A1", "/board/several/ask", "/import"]
)
def test_letters_of_another_kind_are_refused_before_they_are_looked_up(
    manager: Browser, path: str
) -> None:
    kind = "multipart/form-data; boundary=b; charset=unicode_escape"
    answer = manager.client.post(
        path, content=multipart([("note", "\\z")], "utf-8"), headers={**OURS, "content-type": kind}
    )

    assert answer.status_code in {400, 404, 422}, answer.text


@settings(LIMITS, max_examples=40)
@given(form=FORMS, way=st.sampled_from(["note", "done", "more-time", "not-mine", "x"]))
def test_the_form_of_a_reminder_is_answered_in_words(
    pages: Pages, form: list[tuple[str, str]], way: str
) -> None:
    size = pages.partnership.log.head().size
    until = int(pages.partnership.clock().timestamp()) + 1_000 + size
    letters = pages.house.signer.write(Ticket(Purpose.UPDATE, "person-9", "action-1", until))
    headers = {**OURS, "content-type": "application/x-www-form-urlencoded"}
    answer = pages.browser().client.post(
        f"/update/{letters}", content=encoded([("way", way), *form]), headers=headers
    )
    assert answer.status_code < 500, answer.text
    assert_whole(pages, size)


@settings(LIMITS, max_examples=80)
@given(
    path=st.sampled_from(LOOKED_AT),
    asked=st.lists(
        st.tuples(
            st.sampled_from(["at", "true-on", "words", "plan", "lead", "brag", "on", "done", "to"]),
            WORDS,
        ),
        max_size=3,
    ),
)
def test_whatever_an_address_asks_for_is_answered_in_words(
    manager: Browser, path: str, asked: list[tuple[str, str]]
) -> None:
    answer = manager.client.get(f"{path}?{urlencode(asked, errors='surrogatepass')}")
    assert answer.status_code < 500, answer.text


def test_after_all_that_the_read_models_say_what_the_record_says(pages: Pages) -> None:
    assert pages.partnership.log.head().size > 80
    assert check(pages.partnership.log, FOLD) == ()
