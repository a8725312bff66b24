"""`goldthread import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from interfaces.bootstrap import Partnership
from interfaces.cli.exits import BAD_INPUT
from interfaces.cli.giving import actor_given
from interfaces.cli.looking_again import confirm_personal
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.documents.document import Document
from interfaces.documents.reading import read_document
from interfaces.documents.unreadable import UnreadableDocument
from interfaces.head_signing import sign_where_possible
from interfaces.importing.advice_words import advice_told
from interfaces.importing.answers import Answers
from interfaces.importing.applying import Stored, Told, work_in
from interfaces.importing.as_json import proposal_as_json, stored_as_json
from interfaces.importing.choosing import Ask, answer_all, choose_parts
from interfaces.importing.importing import Importing
from interfaces.importing.outcomes import outcome, statuses
from interfaces.importing.personal_words import personal_words
from interfaces.importing.proposal import Part, Proposal, Question
from interfaces.importing.refusals import BadRows, OpenQuestions
from interfaces.importing.showing import overview, to_be_settled
from interfaces.inputs import BadInput, chosen
from workflow.refusals import Refusal

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="csv, tsv, xlsx, or the text of a report (txt).")
]
Plan = Annotated[
    str | None,
    typer.Option(
        metavar="TITLE",
        help="Read every table into this plan, named by title or as P1; a new title begins one.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show every row, and store nothing.")]
AcceptAliases = Annotated[
    bool, typer.Option("--accept-aliases", help="Take nearly equal names of leads for one role.")
]
Yes = Annotated[
    bool, typer.Option("--yes", help="Take what is new and changed; what is gone stays.")
]
Apply = Annotated[
    str | None,
    typer.Option(
        "--apply",
        metavar="|".join(Part),
        help="Take just this, divided by commas; also out of a file that was read before.",
    ),
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Leave out what is bad, list it, and store the rest.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show every row, what was mended, and advice.")
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="PERSON", help="Who imports: PE9, or an address."),
]

LONG_WORK: Final = 200
"""Items beyond which a progress bar is shown."""


def import_file(
    ctx: typer.Context,
    file: File,
    *,
    plan: Plan = None,
    dry_run: DryRun = False,
    accept_aliases: AcceptAliases = False,
    yes: Yes = False,
    apply_: Apply = None,
    skip_bad: SkipBad = False,
    verbose: Verbose = False,
    as_: As = None,
    as_json: AsJson = False,
) -> None:
    """Take the actions and recommendations of a document into the record."""
    parts = parts_given(apply_)
    document = document_given(file)
    at_terminal = sys.stdin.isatty() and not as_json
    with partnership_of(ctx) as partnership:
        importing = Importing(document, partnership.ledger, plan, again=parts is not None)
        answers = Answers(accept_aliases=accept_aliases)
        proposal = importing.propose(answers)
        if dry_run:
            _show_trial(proposal, skip_bad=skip_bad, as_json=as_json)
            return
        if not as_json:
            write(*overview(proposal, whole=verbose, cancels=Part.GONE in (parts or ())))
        if at_terminal and any(personal_words(proposal)):
            confirm_personal("FILE")
        actor = actor_given(as_, partnership)
        choices = _Choices(parts, yes, skip_bad, ask_at_terminal if at_terminal else None)
        try:
            stored = _store(importing, proposal, answers, actor, choices)
        except Refusal as refusal:
            if as_json:
                write_json(_answer(proposal, refused=str(refusal)))
            raise
        if as_json:
            write_json(_answer(proposal, stored=stored))
        else:
            write(*outcome(stored, proposal), *advice_told(proposal, whole=verbose))
        if not stored.nothing and not stored.already:
            _sign(partnership, quietly=as_json)


def parts_given(words: str | None) -> frozenset[Part] | None:
    """Read what `--apply` names. Raises `BadInput`."""
    if words is None:
        return None
    names = [name for name in words.split(",") if name.strip()]
    if not names:
        message = f"say what to take: {', '.join(Part)}, divided by commas."
        raise BadInput("--apply", message)
    return frozenset(Part(chosen(name, [*Part], "--apply")) for name in names)


def document_given(file: Path) -> Document:
    """Read the document, whose name is going to be recorded. Raises `BadInput`."""
    if not file.name.isprintable():
        raise BadInput("FILE", "its name holds signs that cannot be written down; rename it.")
    try:
        return read_document(file)
    except UnreadableDocument as problem:
        raise BadInput("FILE", str(problem)) from problem


def ask_at_terminal(question: Question) -> bool:
    """Put a question to whoever sits at the terminal. Raises `BadInput` if they stop."""
    typer.echo(question.reason, err=True)
    try:
        return typer.confirm(question.asks, default=None, err=True)
    except typer.Abort as stopped:
        raise BadInput("FILE", "you stopped, so nothing was stored.") from stopped


class _Choices(NamedTuple):
    """What was said on the command line about what to store."""

    parts: frozenset[Part] | None
    yes: bool
    skip_bad: bool
    ask: Ask | None


def _store(
    importing: Importing, proposal: Proposal, answers: Answers, actor: str, choices: _Choices
) -> Stored:
    if proposal.bad and not choices.skip_bad:
        raise BadRows(proposal.bad)
    if choices.ask is not None:
        proposal, answers = answer_all(proposal, answers, choices.ask, importing.propose)
    if proposal.open_questions:
        raise OpenQuestions(proposal.open_questions)
    parts = choose_parts(proposal, choices.parts, choices.ask, yes=choices.yes)
    with _progress(work_in(proposal, parts)) as told:
        return importing.store(
            proposal, answers, actor=actor, parts=parts, skip_bad=choices.skip_bad, told=told
        )


def _sign(partnership: Partnership, *, quietly: bool) -> None:
    """Sign what was stored, where the key is here. Raises `HistoryRewritten`."""
    signature = sign_where_possible(partnership)
    if signature.size is not None and not quietly:
        write(f"Signed up to entry {signature.size} of the record.")


def _show_trial(proposal: Proposal, *, skip_bad: bool, as_json: bool) -> None:
    if as_json:
        write_json(_answer(proposal))
    else:
        write(*overview(proposal, whole=True), *to_be_settled(proposal), *statuses(proposal))
        write(*advice_told(proposal, whole=True), "Nothing was stored.")
    if proposal.bad and not skip_bad:
        raise typer.Exit(BAD_INPUT)


def _answer(
    proposal: Proposal, *, stored: Stored | None = None, refused: str | None = None
) -> dict[str, Any]:
    return {
        **proposal_as_json(proposal),
        "stored": stored_as_json(stored) if stored else None,
        "refused": refused,
    }


@contextmanager
def _progress(work: int) -> Iterator[Told]:
    """Show a bar on stderr where there is much to store and somebody to see it."""
    console = Console(stderr=True)
    if work <= LONG_WORK or not console.is_terminal:
        yield lambda _: None
        return
    bar = (TextColumn("Storing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*bar, console=console, transient=True) as progress:
        task = progress.add_task("", total=work)
        yield lambda done: progress.update(task, completed=done)
