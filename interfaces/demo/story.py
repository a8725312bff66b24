"""The story: from a plan on paper to a year that can be looked back on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from email import message_from_bytes
from email.policy import default as default_policy
from typing import Final

from interfaces.bootstrap import Partnership, opened
from interfaces.bootstrap_mail import tick_of
from interfaces.demo.stage import PLAN, Stage
from interfaces.demo.year import (
    BEGINNING,
    END,
    FIRST_MEETING,
    SECOND_MEETING,
    TURN_OF_THE_YEAR,
    audit_scenes,
    year_scenes,
)
from interfaces.settings_reading import read_settings
from workflow.civil_dates import format_date

SILENT_ACTION: Final = "action-10"
"""The action on which nobody reports for months, so that its reminder escalates."""

_NEW_CHAIR: Final = "early.help.chair@example.org"
_SILENT_LEAD: Final = "lead.partner@example.org"


def tell_story(stage: Stage) -> None:
    """Tell the whole story on a stage. Raises `SceneFailed` if a step does not go as told."""
    _begin(stage)
    _audit(stage)
    _year(stage)
    _look_back(stage)
    _prove(stage)


def _begin(stage: Stage) -> None:
    stage.chapter(f"1. A plan on paper becomes a record ({format_date(BEGINNING)})")
    stage.tell(
        "Every change from now on is an event, and no command can rewrite one. The record begins"
        " with the people and roles of an invented partnership."
    )
    stage.play("init")
    stage.tell("The plan comes as a spreadsheet. First a look at how it would be read:")
    stage.play("import", PLAN, "--plan", "Business plan 2024-2026", "--dry-run")
    stage.tell(
        "Two spellings of one role become aliases, a new role is set up, and every date keeps its"
        " words beside the day that they mean."
    )
    stage.play(
        *("import", PLAN, "--plan", "Business plan 2024-2026"),
        *("--accept-aliases", "--yes"),
    )
    stage.tell("One role has no holder yet, so its reminders would go to the business manager.")
    stage.play("person", "register", "--name", "Example Early Help Chair", "--email", _NEW_CHAIR)
    stage.play("role", "appoint", "RO9", "--person", "PE9", "--from-on", "2024-06-03")


def _audit(stage: Stage) -> None:
    stage.chapter("2. An audit finds something, and a recommendation follows")
    stage.tell(
        "The audit goes from its plan through fieldwork and moderation to an agreed finding. From"
        " the finding comes recommendation R1, to the chair of the Implementation Subgroup."
    )
    for words in audit_scenes():
        stage.give(*words)
    stage.play("show", "R1")


def _year(stage: Stage) -> None:
    stage.chapter(f"3. A year goes by ({format_date(BEGINNING)} to {format_date(END)})")
    stage.tell(
        "Every working day at 08:00 the worker looks at what is due. People report, one asks for"
        " more time, and nobody says a word about action A10 until January."
    )
    settings = read_settings(stage.config, {})
    scenes = year_scenes()
    with opened(settings, stage.clock) as partnership:
        tick = tick_of(partnership)
        for day in stage.days_until(END):
            tick()
            stage.set_time(day, 14)
            while scenes and scenes[0][0] == day:
                _, words = scenes.pop(0)
                stage.give(*words)
                stage.console.print(f"  {format_date(day)}: {_in_short(words)}", highlight=False)
            if day in (FIRST_MEETING, SECOND_MEETING):
                stage.give("verify", "--sign", f"head-{day.isoformat()}.note")
                stage.console.print(
                    f"  {format_date(day)}: at the board meeting the record is verified and signed",
                    highlight=False,
                )
        _tell_reminders(stage, partnership)


def _look_back(stage: Stage) -> None:
    stage.chapter("4. The board, as it was known on three days")
    for day in (FIRST_MEETING, TURN_OF_THE_YEAR, END):
        stage.play("board", "--at", day.isoformat())
    stage.chapter("5. What moved between two board meetings")
    stage.play("diff", "--from", FIRST_MEETING.isoformat(), "--to", SECOND_MEETING.isoformat())
    stage.chapter("6. One recommendation, from finding to difference made")
    stage.play("history", "R1")


def _prove(stage: Stage) -> None:
    stage.chapter("7. What was signed stands as it was signed")
    stage.play("rebuild", "--check")
    stage.tell(
        "The record was signed at both board meetings. Up to the last signature a rewrite would"
        " show; what was written since then is signed now."
    )
    stage.play("verify")
    stage.tell("The scrutineer kept the head of the first meeting, and holds the record to it:")
    stage.play("verify", "--held", f"head-{FIRST_MEETING.isoformat()}.note", "--no-sign")
    stage.tell(f"Everything that was made here is in {stage.folder}: look at it, it is yours.")


def _tell_reminders(stage: Stage, partnership: Partnership) -> None:
    view = partnership.view()
    sent = {ref: row for ref, row in view.all("reminders").items() if row["status"] == "sent"}
    per_day = Counter((row["person"], row["send_on"]) for row in sent.values())
    people = len({row["person"] for row in sent.values()})
    stage.tell(
        f"{len(sent)} emails went to {people} people in that year, never more than"
        f" {max(per_day.values(), default=0)} to one person on one day. About A10, while it was"
        " silent:"
    )
    directory = view.all("directory")
    for row in sorted(sent.values(), key=lambda row: (row["send_on"], row["person"])):
        for item in row["items"]:
            if item["item"] == SILENT_ACTION:
                who = directory[row["person"]]["name"]
                day = format_date(dt.date.fromisoformat(row["send_on"]))
                stage.console.print(f"  {day}: {who} ({item['rule']})", highlight=False)
    stage.tell("One of these emails, as the lead got it:")
    stage.console.print(_first_letter_to(stage, _SILENT_LEAD), highlight=False, markup=False)


def _first_letter_to(stage: Stage, address: str) -> str:
    for path in sorted((stage.folder / "outbox").glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=default_policy)
        if address in str(message["To"]):
            body = message.get_body(("plain",))
            text = body.get_content() if body is not None else ""
            head = f"To: {message['To']}\nSubject: {message['Subject']}\n\n{text}"
            return "\n".join(f"  | {line}" for line in head.splitlines())
    return "  (none)"


def _in_short(words: tuple[str, ...]) -> str:
    said = {words[at]: words[at + 1] for at in range(len(words) - 1) if words[at].startswith("--")}
    shown = next(
        (
            said[option]
            for option in ("--note", "--what-we-did", "--reason", "--difference-made", "--target")
            if option in said
        ),
        "",
    )
    return f"{words[2]} {words[1].replace('-', ' ')}{': ' + shown if shown else ''}"
