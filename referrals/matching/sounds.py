"""How a name sounds, coarsely: Mohammed and Muhamad, Sean and Shaun, Thompson and Tomson come out the same.

Metaphone is the base. It hears English spelling, so a few respellings before it and a folding after it make
other spellings meet: ch/cz/tch, kh/k/q, sz/sh/s, y/i, w/v, silent h, and any first vowel.
"""

import re
from functools import lru_cache

from jellyfish import metaphone

RESPELLINGS = tuple(
    (re.compile(pattern), plainer)
    for pattern, plainer in (
        (r"^(?:ts|cz|tz|tch|tsch)", "ch"),
        (r"^x", "s"),
        (r"^wr", "r"),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^rh", "r"),
        (r"ch(?=[lrn])", "k"),
        (r"ugh", "u"),
        (r"^(?:siobh|shiv|chev)", "shiv"),
        (r"^(?:niamh|neve|neave)$", "niv"),
        (r"^(?:eoin|owain|eoghan)", "owen"),
        (r"^z", "s"),
        (r"^dzh|^dj", "j"),
        (r"tsch|tch|cz|tsz", "ch"),
        (r"sch|sz|ssh", "sh"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"(?:ough|augh|eigh|igh)", "i"),
        (r"[cg]?kh|ck|cqu|qu|q", "k"),
        (r"dh", "d"),
        (r"bh", "v"),
        (r"gh", "g"),
        (r"mc", "mk"),
        (r"dge?(?=[ei])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"w(?=[aeiou])", "v"),
        (r"(?<=[aeiou])y(?=[aeiou])", "i"),
        (r"ll|ij|j(?=[aeiou]?$)", lambda m: "l" if m[0] == "ll" else "i"),
        (r"ng", "n"),
        (r"mps|mpt", lambda m: "m" + m[0][2]),
        (r"(?<=s)t(?=[lnm])", ""),
    )
)
FOLD = str.maketrans({"0": "T", "X": "S", "H": None, "Y": None, "W": None, "J": "J", "V": "F"})
VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=20_000)
def sound(part: str) -> str:
    """A code of one to six capitals for a plain name part; the part itself where it is not written in a-z."""
    if not part.isascii():
        return part[:6]
    word = part
    for pattern, plainer in RESPELLINGS:
        word = pattern.sub(plainer, word)
    first = "A" if word[:1] in VOWELS else "H" if word[:1] == "h" else ""
    body = metaphone(word.lstrip("aeiouyh") if first else word).translate(FOLD)
    return (first + body)[:6] or part[:3].upper()
