from __future__ import annotations

from pathlib import Path

from interfaces.importing.answers import Answers
from interfaces.importing.leaving_out import NOTHING, Leaving, leave_out
from interfaces.importing.proposal import Part, PriorityState, Proposal, RowState
from tests.interfaces.importing.made_plans import NEGLECT, plan_file
from tests.interfaces.importing.opened_records import MANAGER, importing, record_of
from tests.interfaces.running import CommandLine

ROWS = (
    (NEGLECT, "Rewrite the strategy", "December 2024", "Business Manager"),
    (NEGLECT, "Draw a map", "ASAP", "Head of Maps"),
    (NEGLECT, "Ask families", "June 2026", "EXA Business Manager"),
)


def proposal_of(cli: CommandLine, folder: Path) -> Proposal:
    with record_of(cli) as partnership:
        return importing(partnership, plan_file(folder, ROWS)).propose(Answers())


def at(*lines: int) -> Leaving:
    return Leaving(frozenset((None, line) for line in lines))


def test_nothing_left_out_changes_nothing(cli: CommandLine, tmp_path: Path) -> None:
    proposal = proposal_of(cli, tmp_path)
    assert leave_out(proposal, NOTHING) is proposal


def test_a_row_goes_with_its_problem_its_role_and_its_spelling(
    cli: CommandLine, tmp_path: Path
) -> None:
    proposal = proposal_of(cli, tmp_path)
    assert len(proposal.bad) == 1
    assert [alias.alias for alias in proposal.aliases] == ["EXA Business Manager"]
    left = leave_out(proposal, at(3, 4))
    assert [row.state for row in left.rows] == [
        RowState.NEW,
        RowState.LEFT_OUT,
        RowState.LEFT_OUT,
    ]
    assert (left.bad, left.roles, left.aliases) == ((), (), ())
    assert left.parts() == {Part.NEW}


def test_a_row_that_is_left_out_still_is_its_action(cli: CommandLine, tmp_path: Path) -> None:
    good = tuple(row for row in ROWS if row[2] != "ASAP")
    file = plan_file(tmp_path, good)
    with record_of(cli) as partnership:
        first = importing(partnership, file)
        answers = Answers(accept_aliases=True)
        first.store(first.propose(answers), answers, actor=MANAGER, parts=frozenset({Part.NEW}))
        changed = (("9. Hope", good[0][1], "May 2026", good[0][3]), good[1])
        again = importing(partnership, plan_file(tmp_path, changed, "plan2.csv"), "plan")
        proposal = again.propose(answers)
    left = leave_out(proposal, at(2))
    assert left.plans[0].gone == ()
    assert Part.CHANGED not in left.parts()


def test_priorities_keep_their_titles_and_only_what_is_ticked_is_gone(
    cli: CommandLine, tmp_path: Path
) -> None:
    rows = (ROWS[0], (NEGLECT, "Ask children", "June 2026", "Business Manager"))
    with record_of(cli) as partnership:
        first = importing(partnership, plan_file(tmp_path, rows))
        parts = frozenset({Part.NEW})
        first.store(first.propose(Answers()), Answers(), actor=MANAGER, parts=parts)
        renamed = (("1. Care", *ROWS[0][1:]),)
        again = importing(partnership, plan_file(tmp_path, renamed, "plan2.csv"), "plan")
        proposal = again.propose(Answers())
    assert proposal.parts() == {Part.CHANGED, Part.GONE}
    kept = leave_out(proposal, Leaving(cancels=frozenset(), keeps_titles=True))
    assert kept.parts() == frozenset()
    [priority] = kept.plans[0].priorities
    assert (priority.title, priority.state) == ("Neglect", PriorityState.SAME)
    gone = leave_out(proposal, Leaving(cancels=frozenset({"action-2"}), keeps_titles=True))
    assert gone.parts() == {Part.GONE}
