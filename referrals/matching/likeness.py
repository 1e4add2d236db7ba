"""How alike two plain name parts are, and by which way: the same judgement for ranking and for the words. Pure."""

from enum import Enum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from referrals.matching.nicknames import related
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
NICKNAME = Likeness(0.93, Way.NICKNAME)
BEGINS_ALIKE = 0.82
NEAR = 0.3


def likeness(asked: str, held: str) -> Likeness:
    """Compare two plain name parts."""
    if asked == held:
        return SAME
    if len(asked) == 1 or len(held) == 1:
        return Likeness(0.75, Way.INITIAL) if asked[:1] == held[:1] else UNLIKE
    if held in related(asked):
        return NICKNAME
    longest = max(len(asked), len(held))
    slips = OSA.distance(asked, held)
    near = 1 - slips / longest
    if near < NEAR:
        return UNLIKE
    degree, way = _spelling(slips, longest, near), Way.SPELLING
    if sound(asked) == sound(held):
        degree, way = max(degree, 0.6 + 0.35 * near), Way.SOUND
    elif degree < BEGINS_ALIKE and (held.startswith(asked) or asked.startswith(held)) and slips <= longest - 3:
        degree, way = BEGINS_ALIKE, Way.SHORTENED
    return Likeness(degree, way)


def _spelling(slips: int, longest: int, near: float) -> float:
    if slips == 1:
        return 0.9 if longest >= 5 else 0.85 if longest == 4 else 0.7
    if slips == 2:
        return 0.8 if longest >= 7 else 0.7 if longest >= 5 else 0.4
    if slips == 3 and longest >= 8:
        return 0.68
    return near * 0.7


class NameLikeness:
    """Compares one name asked for with many held, and remembers: hundreds of candidates share a few names."""

    def __init__(self, asked: tuple[str, ...]) -> None:
        self.asked = asked
        self._parts: dict[tuple[str, str], Likeness] = {}
        self._degrees: dict[tuple[str, ...], float] = {}

    def degree(self, held: tuple[str, ...]) -> float:
        """The best degree of any part to any part held, 0 to 1."""
        found = self._degrees.get(held)
        if found is None:
            found = self._degrees[held] = self.best(held)[0].degree
        return found

    def best(self, held: tuple[str, ...]) -> tuple[Likeness, str, str]:
        """The best likeness and the two parts it joins: double-barrelled names match by half, or run together."""
        if len(self.asked) == len(held) == 1:
            return self._likeness(self.asked[0], held[0]), self.asked[0], held[0]
        best, left, right = UNLIKE, "", ""
        for one in self.asked:
            for other in held:
                found = self._likeness(one, other)
                if found.degree > best.degree:
                    best, left, right = found, one, other
        if len(self.asked) != len(held) and 2 in (len(self.asked), len(held)):
            one, other = "".join(self.asked), "".join(held)
            found = self._likeness(one, other)
            if found.degree > best.degree:
                return found, one, other
        return best, left, right

    def _likeness(self, one: str, other: str) -> Likeness:
        found = self._parts.get((one, other))
        if found is None:
            found = self._parts[one, other] = likeness(one, other)
        return found
