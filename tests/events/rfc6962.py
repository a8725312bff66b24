"""A second opinion: the definitions of RFC 6962, 2.1, written down as they stand there.

It shares nothing with ours but SHA-256, is slow, and is right by looking at it. `k` is the largest
power of two smaller than n.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256


class Definition:
    """The tree over some entries: D[n] of the RFC, of which D[a:b] is given by its bounds."""

    def __init__(self, entries: list[bytes]) -> None:
        self.entries = entries
        self.mth = cache(self._mth)

    def _mth(self, a: int, b: int) -> bytes:
        """MTH(D[a:b])."""
        if b == a:
            return sha256(b"").digest()
        if b - a == 1:
            return sha256(b"\x00" + self.entries[a]).digest()
        k = largest_power_below(b - a)
        return sha256(b"\x01" + self.mth(a, a + k) + self.mth(a + k, b)).digest()

    def path(self, m: int, a: int, b: int) -> list[bytes]:
        """PATH(m, D[a:b]), m counted from a."""
        if b - a == 1:
            return []
        k = largest_power_below(b - a)
        if m < k:
            return [*self.path(m, a, a + k), self.mth(a + k, b)]
        return [*self.path(m - k, a + k, b), self.mth(a, a + k)]

    def proof(self, m: int, n: int) -> list[bytes]:
        """PROOF(m, D[n]) for 0 < m < n."""
        return self.subproof(m, 0, n, is_whole=True)

    def subproof(self, m: int, a: int, b: int, *, is_whole: bool) -> list[bytes]:
        """SUBPROOF(m, D[a:b], b), m counted from a."""
        n = b - a
        if m == n:
            return [] if is_whole else [self.mth(a, b)]
        k = largest_power_below(n)
        if m <= k:
            return [*self.subproof(m, a, a + k, is_whole=is_whole), self.mth(a + k, b)]
        return [*self.subproof(m - k, a + k, b, is_whole=False), self.mth(a, a + k)]


def largest_power_below(n: int) -> int:
    """Return k with k < n <= 2k."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k
