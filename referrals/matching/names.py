"""Names reduced to plain letters and to the parts that identify: no titles, no particles, no accents.

Pure. Every text is accepted: right-to-left, combining and control characters fall away or are folded.
"""

import re
import unicodedata
from functools import lru_cache

from referrals.matching.facts import PersonFacts

LONGEST_NAME = 300
MOST_PARTS = 6
LONGEST_PART = 40

# Letters that NFKD leaves whole although English keyboards write them with plain ones.
PLAIN_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ə": "e",
        "ŋ": "n",
        "ĸ": "k",
    }
)
APOSTROPHES = frozenset("'`´‘’‛ʹʻʼʽʾʿ′＇")
TITLES = frozenset("mr mrs ms miss mx dr prof sir lady rev fr".split())
# Written apart or together at whim, and part of the name: joined to what follows.
JOINED = frozenset("mc mac o fitz d st saint ap".split())
# Written or left out at whim: dropped where another part remains.
PARTICLES = frozenset(
    "al el ul ur as ash an ar az ad bin ibn bint binti ben abu umm de del della dela la las los da das dos do di du"
    " le les van von der den ter te zu af av y e i".split()
)
SERVANT_OF = frozenset("abd abdul abdal abdel abdil abdol abdur abdus abdun abduz abdu".split())
SERVANT_PREFIX = re.compile(r"^abd[aeiou]?(?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z))(?!l?ah?$)(?=[a-z]{4})")
MAC_PREFIX = re.compile(r"^mac(?=[bcdfgjklmnpqrstvwxz][a-z]{2})")
# Slavic surnames that change with sex: Kowalska and Kowalski are one family.
FEMININE_ENDING = re.compile(r"(?<=[a-z]{3})(?:(sk|ck|dzk)a|((?:[oe])v)a)$")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Casefolded letters and single spaces only: "  Siobhán O’Neill-Łoś " gives "siobhan oneill los"."""
    if text.isascii():
        folded = text[:LONGEST_NAME].lower()
    else:
        folded = unicodedata.normalize("NFKD", text[:LONGEST_NAME]).casefold().translate(PLAIN_LETTERS)
        folded = unicodedata.normalize("NFKD", folded)
    if folded.isalpha() and folded.isascii():
        return folded
    letters = []
    for character in folded:
        if character.isalpha():
            letters.append(character)
        elif character in APOSTROPHES or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}:
            continue
        else:
            letters.append(" ")
    return " ".join("".join(letters).split())


@lru_cache(maxsize=20_000)
def parts(text: str) -> tuple[str, ...]:
    """The identifying parts of one name field, in order, at most six: "Mac Donald-van Dijk" gives mcdonald, dijk."""
    if text.isascii() and text.isalpha():
        return (_one_spelling(text[:LONGEST_PART].lower()),)
    letters = plain(text)
    if " " not in letters:
        return (_one_spelling(letters[:LONGEST_PART]),) if letters else ()
    words = [word[:LONGEST_PART] for word in letters.split()]
    return tuple(dict.fromkeys(_without_particles(_joined(words))))[:MOST_PARTS]


def _joined(words: list[str]) -> list[str]:
    found: list[str] = []
    waiting = ""
    for position, word in enumerate(words):
        follows = position + 1 < len(words)
        if not waiting and follows and word in SERVANT_OF:
            waiting = "abd"
        elif not waiting and follows and word in JOINED and len(words[position + 1]) > 1:
            waiting = word
        elif waiting == "abd" and follows and word in PARTICLES:
            continue
        else:
            found.append(_one_spelling(waiting + word))
            waiting = ""
    return found


def _one_spelling(word: str) -> str:
    if word.startswith("abd"):
        word = SERVANT_PREFIX.sub("abd", word)
    elif word.startswith("mac"):
        word = MAC_PREFIX.sub("mc", word)
    if word.endswith("a"):
        word = FEMININE_ENDING.sub(lambda found: found[1] + "i" if found[1] else found[2], word)
    return word


def _without_particles(words: list[str]) -> list[str]:
    kept = [word for position, word in enumerate(words) if word not in TITLES or len(words) == 1]
    named = [
        word
        for position, word in enumerate(kept)
        if word not in PARTICLES or (position == 0 and word in {"ben", "abu", "le", "an", "do"})
    ]
    return named or kept or words


def match_name(facts: PersonFacts) -> str:
    """The text behind the trigram index: "given family others" in plain letters, each word once."""
    words = plain(facts.given).split() + plain(facts.family).split()
    for name in facts.other_names:
        words += plain(name).split()
    return " ".join(dict.fromkeys(words))[:LONGEST_NAME]
