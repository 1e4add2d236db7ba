"""Which lists hold so many cases that counting them to the cap again would tell nothing new.

A tab says "1,000+" where it holds more than a thousand. Where a count found twice that, this process says so for a
minute without counting: no minute's work empties a thousand cases out of a tab. Every other tab is counted each time,
so a number that is shown is never old. What is remembered is a list's key and one of two words, never a case.
"""

from __future__ import annotations

import time
from collections.abc import Hashable

CAP = 1000
PLENTY = 2 * CAP
SECONDS = 60.0
MOST_KEPT = 10_000
_found: dict[Hashable, tuple[float, int]] = {}


def count_to(key: Hashable) -> int:
    """How far to count a list: not at all where there are plenty, past the cap where nobody knows whether there are."""
    until, count = _found.get(key, (0.0, 0))
    if until < time.monotonic():
        return PLENTY
    return 0 if count == PLENTY else CAP + 1


def counted(key: Hashable, count: int) -> None:
    """Remember for a minute what a count past the cap found; a smaller one is not kept."""
    if count <= CAP + 1:
        return
    if len(_found) >= MOST_KEPT:
        _found.clear()
    _found[key] = time.monotonic() + SECONDS, count
