from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from events.audit_clock import Authority, StartEvent
from interfaces.settings import DirectorySettings, Settings
from interfaces.settings_of_clocks import ClockEntry, clocks_of
from interfaces.settings_of_reminders import ReminderOverride, ReminderRule, ReminderSettings
from interfaces.settings_reading import BadSettings, read_settings
from notifications.rules import DEFAULT_RULES, LADDER, NamedRole, Occasion, Recipient, Rule
from workflow.clocks import RAPID_REVIEW, STANDARD_CLOCKS

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "config.toml"


def sections() -> dict[str, BaseModel]:
    """Return the sections that are written once; those of entries, as [[clocks]], are lists."""
    found = {name: getattr(Settings(), name) for name in Settings.model_fields}
    return {name: section for name, section in found.items() if isinstance(section, BaseModel)}


def documented_keys(text: str) -> dict[str, dict[str, str]]:
    """Return the comment above each key of each section; a key without one has ''."""
    found: dict[str, dict[str, str]] = {}
    section = ""
    comment: list[str] = []
    for line in text.splitlines():
        if heading := re.fullmatch(r"\[+(\w+)\]+", line):
            section, comment = heading[1], []
        elif line.startswith("#"):
            comment.append(line[1:].strip())
        elif key := re.match(r"(\w+) = ", line):
            found.setdefault(section, {})[key[1]] = " ".join(comment)
            comment = []
    return found


def a_file(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str, **environment: str) -> str:
    with pytest.raises(BadSettings) as refusal:
        read_settings(a_file(folder, text), environment)
    return str(refusal.value)


def test_the_shipped_file_says_exactly_the_built_in_defaults() -> None:
    with SHIPPED.open("rb") as file:
        assert Settings.model_validate(tomllib.load(file)) == Settings()


def test_every_key_is_documented_in_the_shipped_file_and_every_documented_key_exists() -> None:
    documented = documented_keys(SHIPPED.read_text(encoding="utf-8"))
    assert documented.pop("clocks").keys() == {"name", "starts_on"}
    assert {name: set(keys) for name, keys in documented.items()} == {
        name: set(type(section).model_fields) for name, section in sections().items()
    }
    assert all(comment for keys in documented.values() for comment in keys.values())


@pytest.mark.parametrize(
    ("entry", "section", "key"),
    [
        (ReminderRule, "reminders", "rules"),
        (ReminderOverride, "reminders", "overrides"),
        *(
            (type(getattr(DirectorySettings(), key)[0]), "directory", key)
            for key in DirectorySettings.model_fields
        ),
    ],
)
def test_every_key_of_a_list_entry_is_documented(
    entry: type[BaseModel], section: str, key: str
) -> None:
    comment = documented_keys(SHIPPED.read_text(encoding="utf-8"))[section][key]
    keys = {field.alias or name for name, field in entry.model_fields.items()}
    assert {name for name in keys if f"`{name}`" not in comment} in (set(), {"name"})


def test_every_address_among_the_defaults_is_an_example() -> None:
    addresses = re.findall(r"[\w.]+@[\w.]+", SHIPPED.read_text(encoding="utf-8"))
    assert [one for one in addresses if not one.endswith(("example.org", "@localhost"))] == []


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(None, {}) == Settings()


def test_the_file_in_the_working_directory_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_file(tmp_path, '[partnership]\nname = "Anyshire"')
    monkeypatch.chdir(tmp_path)
    assert read_settings(None, {}).partnership.name == "Anyshire"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    path = a_file(tmp_path, "[mail]\nport = 25\ntimeout_seconds = 5")
    settings = read_settings(path, {"GOLDTHREAD_MAIL__PORT": "2525", "GOLDTHREAD_CONFIG": "x"})
    assert (settings.mail.port, settings.mail.timeout_seconds) == (2525, 5)


def test_a_password_of_digits_stays_text(tmp_path: Path) -> None:
    settings = read_settings(a_file(tmp_path, ""), {"GOLDTHREAD_MAIL__PASSWORD": "0123"})
    assert settings.mail.password == "0123"
    assert "0123" not in repr(settings)


def test_a_list_in_the_environment_is_written_as_in_the_file(tmp_path: Path) -> None:
    rules = '[{ name = "lead-9", days = -9, tell = ["lead"] }]'
    settings = read_settings(a_file(tmp_path, ""), {"GOLDTHREAD_REMINDERS__RULES": rules})
    assert settings.reminders.rules == (
        ReminderRule(name="lead-9", days=-9, tell=(Recipient.LEAD,)),
    )


def test_relative_paths_start_from_the_folder_of_the_file(tmp_path: Path) -> None:
    settings = read_settings(a_file(tmp_path, ""), {"GOLDTHREAD_FILES__OUTBOX": "/var/outbox"})
    assert settings.database.url == f"sqlite:///{tmp_path}/data/goldthread.db"
    assert settings.files.key == tmp_path / "data/signing.key"
    assert settings.files.outbox == Path("/var/outbox")


@pytest.mark.parametrize(
    "url", ["sqlite:////data/a.db", "sqlite://", "postgresql+psycopg://a@localhost/b"]
)
def test_other_database_urls_stay_as_they_are(url: str, tmp_path: Path) -> None:
    settings = read_settings(a_file(tmp_path, f'[database]\nurl = "{url}"'), {})
    assert settings.database.url == url


def test_a_misspelt_key_is_named_with_the_keys_that_there_are(tmp_path: Path) -> None:
    told = refused(tmp_path, '[database]\nulr = "sqlite:///a.db"')
    assert f"{tmp_path}/config.toml: [database] ulr: there is no such key" in told
    assert "[database] has url and application_role; is 'ulr' misspelt?" in told


def test_a_misspelt_section_is_named_with_the_sections_that_there_are(tmp_path: Path) -> None:
    told = refused(tmp_path, "[databse]\nurl = 1")
    assert "[databse]: there is no such section. Sections are partnership, database" in told


def test_a_bad_value_in_the_environment_is_named_by_its_variable(tmp_path: Path) -> None:
    told = refused(tmp_path, "[mail]\nport = 25", GOLDTHREAD_MAIL__PORT="many")
    assert told.startswith("GOLDTHREAD_MAIL__PORT: it has to be a whole number.")


def test_a_bad_entry_of_a_list_is_named_by_its_place(tmp_path: Path) -> None:
    told = refused(tmp_path, '[reminders]\nrules = [{ name = "x", days = 1000, tell = ["lead"] }]')
    assert "[reminders] rules, entry 1, days: it has to be 250 or less." in told


def test_an_unknown_key_in_an_entry_of_a_list_is_named(tmp_path: Path) -> None:
    told = refused(tmp_path, '[directory]\nagencies = [{ name = "A", sort = "police" }]')
    assert "[directory] agencies, entry 1, sort: there is no such key" in told


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = refused(
        tmp_path, '[mail]\nport = 0\ntls = "maybe"\n[reminders]\ntime_zone = "Mars/Base"'
    )
    assert len(told.splitlines()) == 3
    assert "there is no time zone called 'Mars/Base'; one is Europe/London" in told


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in refused(tmp_path, "[database]\nurl = sqlite:///a.db")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSettings, match="Check that it is a text file"):
        read_settings(tmp_path / "config.toml", {})


def test_a_list_that_is_no_list_in_the_environment_is_refused(tmp_path: Path) -> None:
    told = refused(tmp_path, "", GOLDTHREAD_REMINDERS__RULES="lead only")
    assert told.startswith("GOLDTHREAD_REMINDERS__RULES: ")
    assert "from [ to ]" in told


def test_an_unknown_section_in_the_environment_is_refused(tmp_path: Path) -> None:
    assert "there is no such section" in refused(tmp_path, "", GOLDTHREAD_MALE__PORT="1")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="there is no such file"):
        read_settings(tmp_path / "other.toml", {})


def test_a_section_that_is_no_section_is_refused(tmp_path: Path) -> None:
    assert "mail" in refused(tmp_path, "mail = 3")


def test_reminders_leave_in_london() -> None:
    assert ReminderSettings().zone.key == "Europe/London"


def test_the_rules_of_the_settings_are_those_of_the_reminders() -> None:
    assert tuple(row.to_rule() for row in ReminderSettings().rules) == DEFAULT_RULES


def test_a_rule_name_given_twice_is_refused(tmp_path: Path) -> None:
    rule = '{ name = "a", days = 1, tell = ["lead"] }'
    told = refused(tmp_path, f"[reminders]\nrules = [{rule}, {rule}]")
    assert "[reminders] rules: A reminder's name 'a' is used twice." in told


def override(place: str, **changes: str) -> str:
    """Return a section of reminders with rules of their own for one place."""
    rule = {"name": '"soon"', "days": "-2", "tell": '["lead"]', **changes}
    keys = ", ".join(f"{key} = {value}" for key, value in rule.items())
    return f'[[reminders.overrides]]\nfor = "{place}"\nrules = [{{ {keys} }}]\n'


def test_a_plan_or_an_audit_may_have_rules_of_its_own(tmp_path: Path) -> None:
    text = override("P1") + override("au3", name='"clock-soon"', of='["clock"]')
    settings = read_settings(a_file(tmp_path, text), {})

    assert settings.reminders.all_rules() == (
        *DEFAULT_RULES,
        Rule("soon", -2, (Recipient.LEAD,), within="plan-1"),
        Rule("clock-soon", -2, (Recipient.LEAD,), frozenset({Occasion.CLOCK}), "audit-3"),
    )


def test_a_role_is_named_by_whatever_people_call_it(tmp_path: Path) -> None:
    text = override("P1", tell='["lead", "role: Head of Learning", "role:RO4"]')
    (row,) = read_settings(a_file(tmp_path, text), {}).reminders.overrides[0].rules

    assert row.tell == (Recipient.LEAD, NamedRole("Head of Learning"), NamedRole("RO4"))


def test_what_no_rule_names_keeps_the_default_rules(tmp_path: Path) -> None:
    text = '[reminders]\nrules = [{ name = "late", days = 9, tell = ["lead"] }]'
    rules = read_settings(a_file(tmp_path, text), {}).reminders.all_rules()

    assert [rule.name for rule in rules if Occasion.TARGET in rule.occasions] == ["late"]
    kept = [rule for rule in DEFAULT_RULES if not rule.occasions & LADDER]
    assert [rule for rule in rules if rule.name != "late"] == kept


@pytest.mark.parametrize(
    ("text", "place", "wrong", "mend"),
    [
        (override("A3"), "overrides, entry 1, for", "neither a plan nor an audit", "such as P1"),
        (override("AU3/F1"), "overrides, entry 1, for", "neither a plan nor an audit", "P1 or AU3"),
        (
            override("P1", tell='["boss"]'),
            "overrides, entry 1, rules, entry 1, tell, entry 1",
            "nobody is called 'boss'",
            'written "role: boss"',
        ),
        (
            override("P1", tell='["role: "]'),
            "overrides, entry 1, rules, entry 1, tell, entry 1",
            "names no role",
            "write its title",
        ),
        (
            override("P1", of='["vacancy"]'),
            "overrides, entry 1",
            "belongs to no plan or audit",
            "among the general rules",
        ),
        (override("P1") + override("p1"), "", "twice for P1", "put them into one"),
        (
            override("P1", name='"decision-after-2"'),
            "",
            "stands for both",
            "Make a rule of its own",
        ),
        (
            '[reminders.overrides]\nfor = "P1"',
            "overrides",
            "has to be a list",
            "[[reminders.overrides]]",
        ),
        ('[reminders]\noverrides = "P1"', "overrides", "has to be a list", "between [ and ]"),
        (
            '[reminders]\noverrides = ["P1"]',
            "overrides, entry 1",
            "has to be an entry from { to }",
            "config.toml show one",
        ),
        (
            override("P1", tell='"lead"'),
            "overrides, entry 1, rules, entry 1, tell",
            "has to be a list",
            "between [ and ], also where it is only one thing.",
        ),
        (
            override("P1", name='"So soon"'),
            "overrides, entry 1, rules, entry 1, name",
            "cannot be called 'So soon'",
            "small letters, digits and hyphens, such as after-5",
        ),
        ('[reminders]\ndays = ["someday"]', "days, entry 1", "'monday'", "Correct the value"),
        ("[reminders]\ndays = []", "days", "an empty list", "Correct the value"),
        (
            '[reminders]\nat = "08:00+01:00"',
            "at",
            "a zone of its own",
            "the zone in time_zone",
        ),
    ],
)
def test_a_bad_rule_is_told_with_its_place_and_the_mend(
    tmp_path: Path, text: str, place: str, wrong: str, mend: str
) -> None:
    told = refused(tmp_path, text)

    assert f"[reminders] {place}".strip() in told
    assert wrong in told
    assert mend in told


@pytest.mark.parametrize(
    ("text", "place", "wrong", "mend"),
    [
        (
            "[reminders]\noverrides = []\n" + "X",
            "line 3, [[reminders.overrides]]",
            "it is there twice",
            "Delete one of the two",
        ),
        (
            '[reminders]\noverrides = [{ for = "P1",\n  rules = [] }]',
            "line 2, [reminders] overrides",
            "goes over several lines",
            "Write it on one line",
        ),
        (
            "[reminders]\noverrides = [{ for = P1 }]",
            "line 2, [reminders] overrides",
            "cannot be read",
            'key = "value"',
        ),
        (
            '[mail]\nport = 25\n[reminders]\noverrides = [{ for = "P1" }\n',
            "line 4, [reminders] overrides",
            "a list is not closed",
            "] at its end",
        ),
        ("nonsense", "line 1", "there is no = sign", 'Write key = "value"'),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_the_key_what_is_wrong_and_the_mend(
    tmp_path: Path, text: str, place: str, wrong: str, mend: str
) -> None:
    told = refused(tmp_path, text.replace("X", override("P1")))

    assert f"config.toml, {place}: " in told
    assert wrong in told
    assert mend in told


def test_emails_leave_on_the_days_that_were_chosen(tmp_path: Path) -> None:
    assert ReminderSettings().weekdays == {0, 1, 2, 3, 4}
    text = '[reminders]\ndays = ["tuesday", "saturday"]'

    assert read_settings(a_file(tmp_path, text), {}).reminders.weekdays == {1, 5}


def test_every_key_of_a_clock_is_documented_above_the_first() -> None:
    comment = SHIPPED.read_text(encoding="utf-8").partition("[[clocks]]\nname")[0]
    for key in ClockEntry.model_fields:
        assert f"`{key}`" in comment.rpartition("overrides = []")[2]


def test_the_standard_clocks_are_there_unless_something_else_starts_them(tmp_path: Path) -> None:
    assert clocks_of(Settings().clocks) == STANDARD_CLOCKS
    text = """
        [[clocks]]
        name = "rapid_review"
        starts_on = "incident_became_known"
        [[clocks]]
        name = "minutes_sent"
        starts_on = "day_agreed"
        title = "Send the minutes of the panel"
        length = 10
    """
    clocks = clocks_of(read_settings(a_file(tmp_path, text), {}).clocks)

    assert len(clocks) == len(STANDARD_CLOCKS) + 1
    changed = next(clock for clock in clocks if clock.name == "rapid_review")
    assert changed == RAPID_REVIEW.starting_on(StartEvent.INCIDENT_BECAME_KNOWN)
    assert (clocks[-1].authority, clocks[-1].source) == (Authority.LOCAL, "the partnership itself")


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ('name = "rapid_review"\nlength = 10', "the length of the standard clock"),
        ('name = "minutes_sent"', "needs a title and a length"),
        ('name = "Minutes"', "[[clocks]] entry 1, name: String should match pattern"),
        ('name = "rapid_review"\nauthority = "statutory"', "authority: there is no such key"),
    ],
)
def test_no_entry_calls_a_clock_what_its_source_does_not(
    tmp_path: Path, entry: str, wrong: str
) -> None:
    told = refused(tmp_path, f'[[clocks]]\nstarts_on = "day_agreed"\n{entry}')

    assert told.startswith("[[clocks]] entry 1")
    assert wrong in told


def test_a_clock_that_is_there_twice_or_comes_from_the_environment_is_refused(
    tmp_path: Path,
) -> None:
    one = '[[clocks]]\nname = "rapid_review"\nstarts_on = "day_agreed"\n'

    assert "[[clocks]]: the clock 'rapid_review' is there twice" in refused(tmp_path, one * 2)
    for text in (one, ""):
        told = refused(tmp_path, text, GOLDTHREAD_CLOCKS__NAME="x")
        assert "GOLDTHREAD_CLOCKS__NAME: [[clocks]] has entries" in told
