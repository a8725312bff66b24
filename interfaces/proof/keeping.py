"""The files of a record with which its packs are made."""

from __future__ import annotations

from events.signed_note import SigningKey
from events.signing import BadHighWater
from interfaces.bootstrap import Partnership
from interfaces.proof.packing import Keeping
from interfaces.record_files import tree_cache


def keeping_of(partnership: Partnership) -> Keeping:
    """Return the files of a record. Raises `BadHighWater` where nothing was ever signed, `OSError`.

    Whoever rewrote the record could have taken away the head that was signed last.
    """
    files = partnership.settings.files
    if not files.high_water.exists():
        raise BadHighWater(files.high_water)
    return Keeping(SigningKey.load(files.key), files.high_water, tree_cache(files))
