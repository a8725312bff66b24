"""New identifiers for events and commands: UUIDs of version 7, which sort by when they were made.

RFC 9562, section 5.7: 48 bits of milliseconds, then chance. They have to differ from all others,
so they come from the machine's own clock even where the clock of a story stands still; nothing is
ever decided or shown by the time in them.
"""

from __future__ import annotations

import os
import time

_NS_OF_A_MILLISECOND = 1_000_000


def new_identifier() -> str:
    """Return a new identifier in its text form, such as 01958f2e-8c00-7a2b-9c3d-0123456789ab."""
    # Text from text: a UUID object in between would take three times as long, for every event.
    milliseconds = time.time_ns() // _NS_OF_A_MILLISECOND  # noqa: TID251 - see above
    when, chance = f"{milliseconds:012x}", os.urandom(10).hex()
    variant = "89ab"[int(chance[3], 16) & 3]
    return f"{when[:8]}-{when[8:]}-7{chance[:3]}-{variant}{chance[4:7]}-{chance[7:19]}"
