"""What was erased is nowhere any more, and the record still proves itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from events.database import open_engine
from events.verification import verify_log
from interfaces.bootstrap import opened
from interfaces.erasure_notes import read_notes
from interfaces.erasure_outcomes import recorded_erasures
from interfaces.settings_reading import read_settings
from interfaces.web.web_tables import ACCOUNTS
from projections.checking import check
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.erasures import ON_WHAT, ask_to_erase, erase_text
from tests.interfaces.running import CommandLine

CHILD = "Zebedee Quillfeather"
NOTE = f"Met the school about {CHILD} and agreed the form."


FILES_OF_POSTGRESQL = (
    "SELECT pg_read_binary_file(folder || '/' || name)"
    " FROM (SELECT 'base/' || oid AS folder FROM pg_database WHERE datname = current_database())"
    " AS here, pg_ls_dir(folder) AS name WHERE name <> 'pg_internal.init'"
)


@pytest.fixture
def named(plan_on_both: CommandLine) -> CommandLine:
    """Lend a record in which somebody typed a child's name into a note."""
    plan_on_both.done("action", "note-progress", "A2", "--note", NOTE, "--as", "PE2")
    return plan_on_both


def entry_of(cli: CommandLine, words: str) -> int:
    (found,) = cli.answer("erase", "find", words)
    return int(found["entry"])


def stored_bytes(cli: CommandLine) -> bytes:
    """Return every byte of the database's files."""
    engine = open_engine(cli.url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            path = Path(str(engine.url.database))
            names = [one for one in path.parent.iterdir() if one.name.startswith(path.name)]
            files = [one.read_bytes() for one in names]
        else:
            # Until then what is stored may be in memory, and files of dropped tables still there.
            connection.exec_driver_sql("CHECKPOINT")
            files = list(connection.exec_driver_sql(FILES_OF_POSTGRESQL).scalars())
    engine.dispose()
    assert len(files) > 1
    return b"".join(files)


def test_a_text_is_found_by_its_words_whatever_their_capitals(named: CommandLine) -> None:
    assert named.answer("erase", "find", "zebedee") == [
        {"entry": entry_of(named, CHILD), "ref": "A2", "field": "note"}
    ]
    assert "No text" in named.done("erase", "find", "Nobody of that name")


def test_an_erased_text_reads_as_erased_everywhere(named: CommandLine) -> None:
    erase_text(named, entry_of(named, CHILD))
    assert named.answer("erase", "find", CHILD) == []
    assert CHILD not in named.done("show", "A2")
    assert "[erased]" in named.done("history", "A2")
    assert CHILD not in named.done("history", "A2", "--at", named.clock.now.date().isoformat())


def test_the_record_and_its_read_models_hold_after_an_erasure(named: CommandLine) -> None:
    asked = ask_to_erase(named, entry_of(named, CHILD))
    told = named.done("erase", "agree", asked, "--as", "PE8")
    assert "1 text was erased for good" in told
    settings = read_settings(named.config, {"GOLDTHREAD_DATABASE__URL": named.url})
    with opened(settings, named.clock) as partnership:
        verdict = verify_log(partnership.engine)
        assert verdict.holds
        assert verdict.erased == 1
        assert check(partnership.log, partnership.ledger.fold) == ()


def test_who_asked_and_who_agreed_is_told(named: CommandLine) -> None:
    entry = entry_of(named, CHILD)
    answer = erase_text(named, entry)
    assert answer["erased"] == 1
    settings = read_settings(named.config, {"GOLDTHREAD_DATABASE__URL": named.url})
    with opened(settings, named.clock) as partnership:
        *_, asked, told = partnership.log.read_stream("log-1")
    assert (asked.actor, asked.event.type_name) == ("person-1", "log.erasure_asked")
    assert (told.actor, told.event.type_name) == ("person-8", "log.text_erased")
    assert told.causation_id == asked.event_id
    assert told.event.model_dump()["second_person"] == "person-1"
    assert told.position == answer["recorded_at"][0]


@contextmanager
def somebody_looking_on(cli: CommandLine) -> Iterator[None]:
    """Keep a transaction open that began before, and on PostgreSQL samples of every column."""
    engine = open_engine(cli.url)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ")
            connection.exec_driver_sql("SELECT 1")
        yield
    engine.dispose()


def test_nothing_is_left_in_the_files_of_the_database(named: CommandLine) -> None:
    assert b"Quillfeather" in stored_bytes(named)
    with somebody_looking_on(named):
        erase_text(named, entry_of(named, CHILD))
    after = stored_bytes(named)
    assert b"Quillfeather" not in after
    assert b"agreed the form" not in after


def test_one_person_alone_erases_nobodys_words(named: CommandLine) -> None:
    entry = str(entry_of(named, CHILD))
    asked = ask_to_erase(named, entry)
    agree = ("erase", "agree", asked)
    assert "somebody else than who asked" in named.refused(*agree, "--as", "PE1")
    assert "PE3 may not agree to an erasure" in named.refused(*agree, "--as", "PE3")
    said = named.refused("erase", "text", entry, *ON_WHAT, "--as", "PE2")
    assert "PE2 may not erase what is recorded" in said
    assert "No such option" in named("erase", "text", entry, *ON_WHAT, "--second", "PE8").output
    assert named.answer("erase", "find", CHILD)


def test_what_was_asked_for_is_listed_until_it_is_agreed_to_or_its_time_is_over(
    cli: CommandLine,
) -> None:
    a_small_plan(cli)
    cli.done("action", "note-progress", "A2", "--note", NOTE, "--as", "PE2")
    assert "No erasure waits" in cli.done("erase", "asked")
    entry, before = entry_of(cli, CHILD), cli.clock.now
    asked = ask_to_erase(cli, entry)
    (found,) = cli.answer("erase", "asked")
    assert (found["request"], found["by"], found["entry"]) == (int(asked), "PE1", entry)
    assert "Request 17" in cli.done("erase", "asked")
    cli.on(before.date() + dt.timedelta(days=31))
    assert cli.answer("erase", "asked") == []
    agree = ("erase", "agree", asked, "--as", "PE8")
    assert "more than 30 days ago" in cli.refused(*agree)
    cli.on(before.date() + dt.timedelta(days=30))
    cli.done(*agree)
    assert cli.answer("erase", "asked") == []
    assert "holds these texts no longer" in cli.refused(*agree)
    assert "asks for no erasure" in cli.refused("erase", "agree", str(entry), "--as", "PE8")


def test_what_cannot_be_erased_is_told_kindly(named: CommandLine) -> None:
    assert "no entry 9999" in named.refused("erase", "text", "9999", *ON_WHAT)
    ask = ("erase", "text", str(entry_of(named, CHILD)), *ON_WHAT)
    assert "its texts are: note" in named.refused(*ask, "--field", "reason")
    twice = named.answer(*ask, "--field", "note", "--field", "note")
    assert twice["fields"] == ["note"]
    erase_text(named, ask[2])
    assert "no text that could be erased" in named.refused(*ask)


def test_what_nobody_wrote_is_not_looked_for_and_rests_on_nothing(cli: CommandLine) -> None:
    assert "WORDS: say what is looked for" in cli.refused("erase", "find", " ")
    nothing = ("--authority", " ", "--reason", "x" * 20_001)
    said = cli.refused("erase", "text", "12", *nothing)
    assert "--authority: Write the authority: it is empty." in said
    assert "--reason: It is too long." in said
    assert cli.answer("erase", "asked") == []


def test_an_authority_is_shown_as_it_was_written(plan_on_sqlite: CommandLine) -> None:
    on_what = ("--authority", "[/red] :warning:", "--reason", "A name")
    plan_on_sqlite.done("erase", "text", "12", *on_what)
    assert "[/red] :warning:" in " ".join(plan_on_sqlite.done("erase", "asked").split())


def test_a_person_who_left_is_forgotten(named: CommandLine) -> None:
    named.done("person", "register", "--name", "Quentin Marmalade", "--email", "qm@example.org")
    assert "still belongs" in named.refused("erase", "person", "PE9", *ON_WHAT)
    left = (named.clock.now.date() - dt.timedelta(days=1)).isoformat()
    named.done("person", "leave", "PE9", "--last-day-on", left)
    named.done("action", "note-progress", "A2", "--note", "Ask Quentin Marmalade.", "--as", "PE2")
    said = named.done("erase", "person", "PE9", *ON_WHAT)
    assert "2 texts were erased" in said
    assert "The same words stand elsewhere" in said
    assert "A2" in said
    assert "Quentin" not in named.done("directory")
    assert [one["ref"] for one in named.answer("erase", "find", "Quentin Marmalade")] == ["A2"]
    assert "Nothing of PE9 is left" in named.refused("erase", "person", "PE9", *ON_WHAT)


def test_with_a_name_goes_who_somebody_is_at_a_provider_of_accounts(named: CommandLine) -> None:
    named.done("person", "register", "--name", "Quentin Marmalade", "--email", "qm@example.org")
    left = (named.clock.now.date() - dt.timedelta(days=1)).isoformat()
    engine = open_engine(named.url)
    with engine.connect() as connection:
        for person in ("person-8", "person-9"):
            account = {"issuer": "https://id.example.org", "subject": person, "person": person}
            connection.execute(insert(ACCOUNTS).values(**account, connected_at="2025-03-31"))
        named.done("person", "leave", "PE9", "--last-day-on", left)
        named.done("erase", "person", "PE9", *ON_WHAT)
        assert connection.execute(select(ACCOUNTS.c.person)).scalars().all() == ["person-8"]
    engine.dispose()


def test_a_stop_in_the_middle_serves_nothing_that_was_to_be_forgotten(
    named: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    asked = ask_to_erase(named, entry_of(named, CHILD))
    with monkeypatch.context() as patched:
        patched.setattr("interfaces.erasing.rebuild", stopped)
        named("erase", "agree", asked, "--as", "PE8")
    said = named.refused("show", "A2")
    assert (
        "an erasure is under way, or was stopped. Nothing is lost: run 'goldthread rebuild'" in said
    )
    named.done("rebuild")
    assert CHILD not in named.done("show", "A2")


def test_an_erasure_is_noted_outside_the_database_without_its_words(named: CommandLine) -> None:
    entry = entry_of(named, CHILD)
    answer = erase_text(named, entry)
    notes = read_notes(named.folder / "data" / "erasures.jsonl")
    assert notes.damage is None
    assert [(one.position, one.fields, one.by_position) for one in notes.notes] == [
        (entry, ("note",), answer["recorded_at"][0])
    ]
    settings = read_settings(named.config, {"GOLDTHREAD_DATABASE__URL": named.url})
    with opened(settings, named.clock) as partnership:
        assert list(recorded_erasures(partnership.log)) == list(notes.notes)
    assert "Quillfeather" not in (named.folder / "data" / "erasures.jsonl").read_text()


def test_emails_that_hold_it_are_removed_and_copies_are_named(named: CommandLine) -> None:
    outbox = named.folder / "outbox"
    outbox.mkdir(exist_ok=True)
    email = outbox / "2025-03-31-PE2-E1-4f2a1b.eml"
    email.write_text(f"To: lead@example.org\n\nLast told: {NOTE}\n")
    other = outbox / "2025-03-31-PE3-E2-4f2a1b.eml"
    other.write_text("To: other@example.org\n\nLast told: all is well\n")
    copy = named.folder / "data" / "old.backup"
    copy.write_bytes(b"of before")
    answer = erase_text(named, entry_of(named, CHILD))
    assert answer["emails_removed"] == [str(email)]
    assert answer["copies"] == [str(copy)]
    assert (email.exists(), other.exists()) == (False, True)
    is_server = not named.url.startswith("sqlite")
    assert answer["write_ahead_log"] == ("let_go" if is_server else "none")
