"""A key that a program gives with what it asks for: it holds for that, and for nothing else.

The ledger knows what was done under a key, and does nothing twice. It does not know what was sent
with it: other words under the same key would be answered as though they had been kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from interfaces.web.refusals.refused_requests import NothingHere, TooOften
from interfaces.web.visit import Visit
from workflow.refusals import Refusal

_REFUSED: Final = (Refusal, ValueError, NothingHere, TooOften)
"""What is raised before anything is stored, `BadForm` and `BadInput` among it."""

_KEPT_FOR: Final = dt.timedelta(days=30)


class KeyOfAnother(Refusal):
    """A key was given before with something else, so that this is not carried out."""

    def __init__(self) -> None:
        super().__init__(
            "This key was given before, with something else; nothing was changed now. Give what was"
            " given then, or a new key."
        )


@contextmanager
def one_key(visit: Visit, key: str, said: str) -> Iterator[None]:
    """Carry something out under a key; `said` is all that was sent with it.

    A refusal lets go of the key, unless the same was sent once more meanwhile: whoever corrects
    what they sent may give it again. Where anything else goes wrong it may have been stored all the
    same, and the key is kept. An empty key is none. Raises `KeyOfAnother`.
    """
    if not key:
        yield
        return
    now, used = visit.partnership.clock(), visit.house.used
    whose, what = f"key of {visit.person}\n{key}", f"said by {visit.person}\n{key}\n{said}"
    is_new = used.use_all((whose, what), now + _KEPT_FOR, now)
    if not is_new and not used.take_over((whose, what), now):
        raise KeyOfAnother
    try:
        yield
    except _REFUSED:
        if is_new:
            used.let_go((whose, what), now)
        raise
