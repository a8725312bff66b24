"""The commands of the first level: name, help text, and where each is found."""

from __future__ import annotations

from typing import Final, NamedTuple

SETTING_UP: Final = "Setting up"
LOOKING: Final = "Looking"
DOING: Final = "Recording what happens"
RUNNING: Final = "Reminding and checking"


class Listed(NamedTuple):
    """A command. `function` None: a group made of all workflow commands of that category."""

    name: str
    help: str
    panel: str
    module: str
    function: str | None


def _category(name: str, help_text: str) -> Listed:
    return Listed(name, help_text, DOING, "workflow_commands", None)


COMMANDS: Final = (
    Listed(
        "init",
        "Begin a record: tables, signing key, example entries of the directory.",
        SETTING_UP,
        "initialising",
        "init",
    ),
    Listed(
        "import",
        "Take actions or recommendations out of a document: csv, tsv, xlsx or a report's text.",
        SETTING_UP,
        "importing",
        "import_file",
    ),
    Listed("demo", "Tell the main job, step by step.", SETTING_UP, "demonstrating", "demo"),
    Listed(
        "board",
        "Show where every item stands, with its colour, on any day.",
        LOOKING,
        "board",
        "board",
    ),
    Listed("show", "Show one thing: A12, R7, AU3, P1, PE9.", LOOKING, "show", "show"),
    Listed(
        "directory",
        "List roles with who holds them, people, subgroups, agencies.",
        LOOKING,
        "directory",
        "directory",
    ),
    Listed("history", "Tell what happened to one thing.", LOOKING, "history", "history"),
    Listed(
        "diff", "Tell what changed on the board between two days.", LOOKING, "differing", "diff"
    ),
    Listed(
        "replay",
        "Walk through history step by step, with what it did to the board.",
        LOOKING,
        "replaying",
        "replay",
    ),
    Listed(
        "explain",
        "Tell why a date, lead, status, colour or text is what it is.",
        LOOKING,
        "explaining",
        "explain",
    ),
    Listed("ask", "Ask what a scrutineer asks; 'ask --help' lists it.", LOOKING, "asking", None),
    Listed(
        "remarks",
        "List what the scrutineer remarked, and on what.",
        LOOKING,
        "listing_remarks",
        "remarks",
    ),
    Listed(
        "waiting",
        "Tell what waits for somebody's decision, and who may decide.",
        LOOKING,
        "waiting",
        "waiting",
    ),
    _category("audit", "Plan, scope, run, approve and close audits."),
    _category("finding", "Draft and settle what audits find."),
    _category("recommendation", "Make, accept, do and verify recommendations."),
    _category("action", "Take on actions, report on them, confirm them."),
    Listed(
        "evidence",
        "Keep files that show what was done, list them, get them out.",
        DOING,
        "evidence",
        None,
    ),
    _category("extension", "Ask for more time, and decide on it."),
    _category("plan", "Adopt plans and order their priorities."),
    _category("meeting", "Record when the board and its subgroups met, so that days have names."),
    _category("remark", "Say something of an entry, a thing or a day, as the scrutineer."),
    _category("person", "Keep the people of the directory."),
    _category("role", "Keep roles: who holds them, who covers, other spellings."),
    _category("subgroup", "Keep the subgroups."),
    _category("agency", "Keep the agencies."),
    Listed("remind", "Email leads what is due on a day.", RUNNING, "reminding", "remind"),
    Listed(
        "reminders",
        "List what was planned, sent, failed, or was not sent, and why.",
        RUNNING,
        "listing_reminders",
        "reminders",
    ),
    Listed(
        "serve",
        "Serve the pages, with the worker, until stopped; --sample tries them out.",
        RUNNING,
        "serving",
        "serve",
    ),
    Listed(
        "tell-again",
        "Tell anew what an email told that may not have arrived.",
        RUNNING,
        "telling_again",
        "tell_again",
    ),
    Listed("worker", "Remind on every working day, until stopped.", RUNNING, "working", "worker"),
    Listed(
        "status",
        "Tell whether everything due has left, and whether a worker is awake.",
        RUNNING,
        "standing",
        "status",
    ),
    Listed(
        "verify",
        "Compute the record anew, hold it against what was signed, and sign it.",
        RUNNING,
        "verifying",
        "verify",
    ),
    Listed(
        "checkpoint",
        "Sign the head of the record, for somebody elsewhere to keep.",
        RUNNING,
        "checkpointing",
        "checkpoint",
    ),
    Listed("held", "Keep the heads that others hold.", RUNNING, "holding", None),
    Listed(
        "pack",
        "Pack an audit with proofs that anybody can check.",
        RUNNING,
        "packing",
        "pack_up",
    ),
    Listed(
        "backup",
        "Copy the record into one file, while it is worked with.",
        RUNNING,
        "backing_up",
        "backup",
    ),
    Listed(
        "restore", "Put a backup in the record's place.", RUNNING, "restoring_record", "restore"
    ),
    Listed("erase", "Forget a text or a name for good.", RUNNING, "erasing", None),
    Listed(
        "rebuild", "Fill the read models anew from the record.", RUNNING, "rebuilding", "rebuild"
    ),
)
