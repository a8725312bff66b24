"""Why a document is not stored: what has to be answered, mended or looked at first."""

from __future__ import annotations

from collections.abc import Sequence

from interfaces.documents.document import Problem
from interfaces.importing.proposal import Question
from workflow.refusals import Conflict, Refusal


class OpenQuestions(Refusal):
    """Something has to be answered before anything is stored."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        asked = "\n".join(
            f"  {one.asks} ({one.reason.rstrip('.')})\n    {one.mend}" for one in questions
        )
        super().__init__(f"Nothing was stored, because this has to be answered first:\n{asked}")


class BadRows(Refusal):
    """The document holds something that cannot be stored as it stands."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        is_one = len(problems) == 1
        count = "One thing" if is_one else f"{len(problems)} things"
        stand = "it stands" if is_one else "they stand"
        told = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(
            f"Nothing was stored. {count} in the document cannot be stored as {stand}:\n{told}\n"
            "Mend the document and import it again, or add --skip-bad to leave out what is bad."
        )


class RowRefused(Refusal):
    """The record refused what a row says; `line` is where the row stands."""

    def __init__(self, line: int, problem: Refusal) -> None:
        self.line, self.problem = line, problem
        super().__init__(f"Nothing was stored. Line {line} of the document: {problem}")


class NotTaken(Refusal):
    """What the document says, or a person chose, is nothing that the record takes."""

    def __init__(self, told: Sequence[str]) -> None:
        self.told = tuple(told)
        super().__init__(f"Nothing was stored. {' '.join(told)}")


class OpenChoices(Refusal):
    """The document differs from a plan that is there, and nobody said what to take of it."""

    def __init__(self, told: Sequence[str]) -> None:
        self.told = tuple(told)
        listed = "\n".join(f"  {line}" for line in told)
        super().__init__(
            f"Nothing was stored. The plan is in the record already, and the document differs:\n"
            f"{listed}\n"
            "Add --dry-run to see every row, --yes to take what is new and changed, or --apply"
            " with what to take, such as --apply new,changed."
        )


class NothingToRead(Refusal):
    """The document holds no table that is known here."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source, self.problems = source, tuple(problems)
        told = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(
            f"Nothing was stored. In {source} there is no table of actions, and none of"
            " recommendations. A plan needs columns headed “Action”, “Target Date” and “Lead”:"
            f" check the headings, or whether the table is a picture.{told}"
        )


class RecordMoved(Conflict):
    """Somebody changed the record after the document was compared with it: compare again."""

    def __init__(self, compared_at: int, position: int) -> None:
        self.compared_at, self.position = compared_at, position
        Refusal.__init__(
            self,
            "Somebody else changed the record while you were looking at this import, so nothing"
            " was stored. Import the document again to see what it would change now.",
        )
