"""The line at the foot of a report, which names the state of the record that it shows.

Whoever keeps the report can tell later whether the record still begins with what it was made from:
`Record 1234 · ab12 cd34 ef56 7890`, the number of entries and the beginning of the tree's root.
"""

from __future__ import annotations

from typing import Final

from events.checkpoint import record_line
from events.proofs import extends
from events.tree import LeavesMissing, LogTree
from events.tree_cache import TreeDiffers, tree_of
from interfaces.bootstrap import Partnership
from interfaces.moments import Moment
from interfaces.record_files import tree_cache
from projections.projection import Row

_UNSOUND: Final = "Record {} · does NOT hold. Run 'goldthread verify', which names what is wrong."


def record_foot(partnership: Partnership, *moments: Moment) -> list[str]:
    """Return the lines that end a report of some moments: one for each state of the record."""
    return ["", *record_lines(partnership, *moments)]


def record_lines(partnership: Partnership, *moments: Moment) -> list[str]:
    """Return the line of each state of the record that some moments show; none before it began."""
    positions = dict.fromkeys(moment.position for moment in moments if moment.position)
    return [_line(partnership, position) for position in positions]


def record_named(partnership: Partnership, moment: Moment) -> Row:
    """Return the line of a moment as part of an answer in JSON, under `record`."""
    return {"record": next(iter(record_lines(partnership, moment)), None)}


def _line(partnership: Partnership, position: int) -> str:
    """Name the record as it was at a position; of today it costs no more than reading its head."""
    head = partnership.log.head()
    if position == head.size:
        return record_line(position, head.frontier.root())
    try:
        return record_line(position, _root_at(partnership, position))
    except (LeavesMissing, TreeDiffers):
        return _UNSOUND.format(position)


def _root_at(partnership: Partnership, position: int) -> bytes:
    """Return the root at an earlier position, proved to be one that the head of the log extends."""
    log, cache = partnership.log, tree_cache(partnership.settings.files)
    head = log.head()
    new = (head.size, head.frontier.root())
    tree = tree_of(log, new, cache)
    if not _is_proved(tree, position):
        tree = tree_of(log, new, cache, afresh=True)
    return tree.root_at(position)


def _is_proved(tree: LogTree, position: int) -> bool:
    old = (position, tree.root_at(position))
    return extends(old, (tree.size, tree.root()), tree.consistency_proof(position))
