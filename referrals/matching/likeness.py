"""How alike two plain name parts are, and by which way: the same judgement for ranking and for the words. Pure."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from referrals.matching.nicknames import is_related
from referrals.matching.sounds import sound


class Way(Enum):
    """Why two names may be one, the plainest first."""

    SAME = "same"
    NICKNAME = "nickname"
    SOUND = "sound"
    SPELLING = "spelling"
    INITIAL = "initial"
    SHORTENED = "shortened"
    NONE = "none"


class Likeness(NamedTuple):
    """A degree from 0 (nothing alike) to 1 (the same letters), and the way that gave it."""

    degree: float
    way: Way


UNLIKE = Likeness(0.0, Way.NONE)
SAME = Likeness(1.0, Way.SAME)


def likeness(asked: str, held: str) -> Likeness:
    """Compare two plain name parts."""
    if asked == held:
        return SAME
    if len(asked) == 1 or len(held) == 1:
        return Likeness(0.75, Way.INITIAL) if asked[:1] == held[:1] else UNLIKE
    if is_related(asked, held):
        return Likeness(0.93, Way.NICKNAME)
    longest = max(len(asked), len(held))
    slips = OSA.distance(asked, held)
    near = 1 - slips / longest
    best = Likeness(_spelling(slips, longest, near), Way.SPELLING)
    if sound(asked) == sound(held):
        best = max(best, Likeness(0.6 + 0.35 * near, Way.SOUND), key=_degree)
    shorter, longer = sorted((asked, held), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        best = max(best, Likeness(0.82, Way.SHORTENED), key=_degree)
    return best


def _spelling(slips: int, longest: int, near: float) -> float:
    if slips == 1:
        return 0.9 if longest >= 5 else 0.85 if longest == 4 else 0.7
    if slips == 2:
        return 0.8 if longest >= 7 else 0.7 if longest >= 5 else 0.4
    if slips == 3 and longest >= 8:
        return 0.68
    return near * 0.7


def _degree(found: Likeness) -> float:
    return found.degree


class Comparer:
    """Compares the parts of names and remembers: hundreds of candidates share a few names. One for one search."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Likeness] = {}

    def parts(self, asked: str, held: str) -> Likeness:
        """`likeness`, computed once for each two parts."""
        found = self._known.get((asked, held))
        if found is None:
            found = self._known[asked, held] = likeness(asked, held)
        return found

    def names(self, asked: Sequence[str], held: Sequence[str]) -> tuple[Likeness, str, str]:
        """The best likeness of any part to any part, and the two parts: double-barrelled names match by half."""
        best, left, right = UNLIKE, "", ""
        for one in asked:
            for other in held:
                found = self.parts(one, other)
                if found.degree > best.degree:
                    best, left, right = found, one, other
        if len(asked) != len(held) and (len(asked) == 2 or len(held) == 2):
            found = self.parts("".join(asked), "".join(held))
            if found.degree > best.degree:
                return found, "".join(asked), "".join(held)
        return best, left, right
