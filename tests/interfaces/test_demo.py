"""The story is told on real parts; what it says happened did happen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from interfaces.bootstrap import opened
from interfaces.cli.main import app
from interfaces.demo.stage import SceneFailed, Stage
from interfaces.demo.story import SILENT_ACTION, tell_story
from interfaces.demo.year import BEGINNING, END, year_scenes
from interfaces.settings_reading import read_settings


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Return the stage after the whole story was told on it."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        stage = Stage(folder, BEGINNING, Console(record=True, width=80))
        tell_story(stage)
    return stage


def test_the_story_goes_through_every_day_of_the_year(stage: Stage) -> None:
    assert stage.today == END
    days = [day for day, _ in year_scenes()]
    assert days == sorted(days)
    assert days[0] > BEGINNING
    assert days[-1] <= END


def test_nobody_got_two_emails_on_one_day(stage: Stage) -> None:
    messages = [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in (stage.folder / "outbox").glob("*.eml")
    ]
    assert len(messages) > 40
    per_day = Counter((str(message["To"]), message["Date"].datetime.date()) for message in messages)
    assert set(per_day.values()) == {1}
    assert len({message["Message-ID"] for message in messages}) == len(messages)


def test_the_silent_action_was_told_to_more_and_more_people(stage: Stage) -> None:
    with opened(read_settings(stage.config, {}), stage.clock) as partnership:
        told = [
            (item["rule"], row["person"])
            for row in partnership.view().all("reminders").values()
            for item in row["items"]
            if item["item"] == SILENT_ACTION and row["status"] == "sent"
        ]
    rules = [rule for rule, _ in told]
    assert set(rules) == {
        *("before-20", "before-5", "after-1", "after-5", "after-15", "after-30", "after-60")
    }
    assert len(told) == len(set(told))


def test_the_recommendation_came_to_show_its_impact(stage: Stage) -> None:
    with opened(read_settings(stage.config, {}), stage.clock) as partnership:
        row = partnership.view().get("recommendations", "recommendation-1")
        then = partnership.view_at(partnership.position_at_end_of(dt.date(2024, 9, 25)))
        as_known_in_september = then.get("recommendations", "recommendation-1")
    assert row is not None
    assert row["status"] == "impact_shown"
    assert as_known_in_september is not None
    assert as_known_in_september["status"] == "accepted"


def test_a_step_that_goes_wrong_stops_the_story(tmp_path: Path) -> None:
    stage = Stage(tmp_path, BEGINNING, Console(record=True))
    with pytest.raises(SceneFailed, match="board"):
        stage.give("board")


def test_the_story_wants_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    result = CliRunner().invoke(app, ["demo", "--folder", str(tmp_path)])
    assert result.exit_code == 2
    assert "is not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
