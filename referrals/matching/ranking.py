"""In which order to show possible matches: evidence for and against, added up. Never a decision, never shown.

Each weight is about the logarithm (base e, roughly) of how much likelier the agreement is for one person than
for two, set by hand and held in place by `benchmarks/person_match.py`.
"""

from enum import Enum

from rapidfuzz.fuzz import token_set_ratio

from referrals.matching.dates import SLIPS, TWO_PARTS_AGREE, BirthDates, relation
from referrals.matching.facts import PersonFacts
from referrals.matching.keys import letters_and_digits
from referrals.matching.likeness import Comparer
from referrals.matching.names import parts, plain


class Strength(Enum):
    """How much speaks for a match, in words; for the order on the screen only."""

    STRONG = "Strong"
    POSSIBLE = "Possible"
    WEAK = "Weak"


STRONG_FROM = 10.0
POSSIBLE_FROM = 6.0

FAMILY_AGREES, FAMILY_DIFFERS = 5.0, -4.0
GIVEN_AGREES, GIVEN_DIFFERS = 4.0, -2.5
# degree of likeness -> share of the full weight, between its two neighbours in proportion
CURVE = ((1.0, 1.0), (0.9, 0.8), (0.8, 0.55), (0.68, 0.15), (0.6, 0.0), (0.4, -1.0))
SWAPPED_NAMES = -0.5
ANOTHER_NAME = -0.4

BIRTH_DATES = (
    {BirthDates.SAME: 7.0, BirthDates.SAME_YEAR: -1.5, BirthDates.DIFFERENT: -4.0, BirthDates.NOT_KNOWN: 0.0}
    | dict.fromkeys(SLIPS, 4.5)
    | dict.fromkeys(TWO_PARTS_AGREE, 2.5)
)
SAME_POSTCODE, SAME_DISTRICT, OTHER_POSTCODE = 4.0, 0.7, -0.3
SAME_ADDRESS = 1.5
ALIKE_ADDRESS = 85.0
IDENTIFIERS = {"nhs": (15.0, -3.0), "mosaic": (15.0, -1.0), "phone": (6.0, 0.0)}
OTHER_IDENTIFIER = (8.0, 0.0)


def strength(score: float) -> Strength:
    """The word for a score."""
    if score >= STRONG_FROM:
        return Strength.STRONG
    return Strength.POSSIBLE if score >= POSSIBLE_FROM else Strength.WEAK


class Ranking:
    """Scores candidates against one query. Higher is likelier; zero is no evidence either way."""

    def __init__(self, query: PersonFacts) -> None:
        self._query = query
        self._given, self._family = parts(query.given), parts(query.family)
        self._others = tuple(part for name in query.other_names for part in parts(name))
        self._postcode = letters_and_digits(query.postcode)
        self._address = plain_address(query.address)
        self._identifiers = {kind: letters_and_digits(number) for kind, number in query.identifiers.items() if number}
        self._comparer = Comparer()
        self._name_scores: dict[tuple[str, str, str], float] = {}

    def score(self, held: PersonFacts, others: str = "") -> float:
        """Add up the evidence; `others` is the candidate's other names as one text, a key to what is remembered."""
        names = (held.given, held.family, others)
        found = self._name_scores.get(names)
        if found is None:
            found = self._name_scores[names] = self._names(held)
        found += BIRTH_DATES[relation(self._query.born_on, held.born_on)]
        if self._postcode and held.postcode:
            found += self._postcodes(held.postcode)
        if self._address and held.address and token_set_ratio(self._address, plain_address(held.address)) >= ALIKE_ADDRESS:
            found += SAME_ADDRESS
        return found + self._numbers(held)

    def _names(self, held: PersonFacts) -> float:
        given, family = parts(held.given), parts(held.family)
        best = max(self._two(given, family), self._two(family, given) + SWAPPED_NAMES)
        aliases = tuple(part for name in held.other_names for part in parts(name))
        if aliases or self._others:
            best = max(best, self._two((*given, *aliases), (*family, *aliases)) + ANOTHER_NAME)
        if self._others:
            asked_given, asked_family = (*self._given, *self._others), (*self._family, *self._others)
            best = max(best, self._two(given, family, asked_given, asked_family) + ANOTHER_NAME)
        return best

    def _two(
        self, given: tuple[str, ...], family: tuple[str, ...],
        asked_given: tuple[str, ...] = (), asked_family: tuple[str, ...] = (),
    ) -> float:
        asked_given, asked_family = asked_given or self._given, asked_family or self._family
        found = 0.0
        if asked_given and given:
            found += weight(self._comparer.names(asked_given, given)[0].degree, GIVEN_AGREES, GIVEN_DIFFERS)
        if asked_family and family:
            found += weight(self._comparer.names(asked_family, family)[0].degree, FAMILY_AGREES, FAMILY_DIFFERS)
        return found

    def _postcodes(self, held: str) -> float:
        other = letters_and_digits(held)
        if other == self._postcode:
            return SAME_POSTCODE
        return SAME_DISTRICT if other[:-3] == self._postcode[:-3] else OTHER_POSTCODE

    def _numbers(self, held: PersonFacts) -> float:
        found = 0.0
        for kind, number in self._identifiers.items():
            other = letters_and_digits(held.identifiers.get(kind, ""))
            if other:
                agrees, differs = IDENTIFIERS.get(kind, OTHER_IDENTIFIER)
                found += agrees if other == number else differs
        return found


def weight(degree: float, agrees: float, differs: float) -> float:
    """The evidence in a likeness of names: `agrees` in full at 1, nothing at 0.6, `differs` in full at 0.4."""
    upper_degree, upper_share = CURVE[0]
    for lower_degree, lower_share in CURVE[1:]:
        if degree >= lower_degree:
            share = lower_share + (upper_share - lower_share) * (degree - lower_degree) / (upper_degree - lower_degree)
            return share * (agrees if share >= 0 else -differs)
        upper_degree, upper_share = lower_degree, lower_share
    return differs


def plain_address(text: str) -> str:
    """An address in plain words and house numbers, for comparing."""
    letters = "".join(character if character.isalnum() else " " for character in text.lower())
    return " ".join(letters.split()[:12])
