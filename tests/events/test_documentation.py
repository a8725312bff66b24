from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest

from events.__main__ import main
from events.catalogue import Event, registered
from events.documentation import MARK, describe, renewed
from events.fault_finding import KEYS
from events.refs import LETTERS, category_of, quoted

PAGE = Path(__file__).resolve().parents[2] / "docs" / "events.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date(page: str) -> None:
    assert page == renewed(page), "run: python -m events docs/events.md"


@pytest.mark.parametrize("cls", list(registered()), ids=lambda cls: cls.type_name)
def test_every_type_is_described_with_every_field(cls: type[Event]) -> None:
    heading = f"#### `{cls.type_name}` version {cls.schema_version}\n"
    section = describe().partition(heading)[2].partition("\n#")[0]
    assert cls.__doc__
    assert cls.__doc__.splitlines()[0] in section
    for field in cls.model_fields:
        (row,) = [line for line in section.splitlines() if line.startswith(f"| `{field}` |")]
        assert row.endswith("| yes |") == (field in cls.text_fields)


def test_no_row_breaks_its_table() -> None:
    for line in describe().splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") in {3, 4}, line


def test_the_page_names_every_key_of_a_body(page: str) -> None:
    for key in KEYS:
        assert f"\n| `{key}` |" in page
    assert "these fifteen keys" in page
    assert len(KEYS) == 15


def test_the_page_quotes_references_as_the_program_does(page: str) -> None:
    pairs = dict(re.findall(r"`([a-z]+-[0-9]+)` (?:is )?([A-Z]+[0-9]+)", page))
    assert {category_of(ref) for ref in pairs} == LETTERS.keys() - {"log"}
    assert pairs == {ref: quoted(ref) for ref in pairs}
    assert "`audit-3/finding-2` is AU3/F2" in page


def test_everything_below_the_mark_is_made_anew() -> None:
    document = renewed(f"By hand.\n\n{MARK}\n\nOld words.\n")
    assert document == f"By hand.\n\n{MARK}\n\n{describe()}"
    assert renewed(document) == document


def test_a_document_without_the_mark_is_left_alone() -> None:
    with pytest.raises(ValueError, match="the document has no line"):
        renewed("By hand.\n")


class TestProgram:
    def test_it_prints_the_catalogue(self, capsys: pytest.CaptureFixture[str]) -> None:
        main([])
        assert capsys.readouterr().out == describe()

    def test_it_renews_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "events.md"
        path.write_text(f"By hand.\n\n{MARK}\n")
        main([str(path)])
        assert path.read_text(encoding="utf-8") == renewed(f"By hand.\n\n{MARK}\n")

    def test_it_says_how_it_is_used(self) -> None:
        with pytest.raises(SystemExit, match="python -m events"):
            main(["one", "two"])

    def test_it_runs_as_a_program(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "argv", ["events"])
        monkeypatch.delitem(sys.modules, "events.__main__")
        runpy.run_module("events", run_name="__main__")
        assert capsys.readouterr().out == describe()
