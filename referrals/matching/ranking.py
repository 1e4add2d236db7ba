"""In which order to show possible matches: evidence for and against, added up. Never a decision, never shown.

Each weight is about the logarithm (base e, roughly) of how much likelier the agreement is for one person than
for two, set by hand and held in place by `benchmarks/person_match.py`.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import lru_cache

from rapidfuzz.fuzz import token_set_ratio

from referrals.matching.dates import SLIPS, TWO_PARTS_AGREE, BirthDates, relation
from referrals.matching.facts import PersonFacts, join_other_names, split_other_names
from referrals.matching.keys import letters_and_digits
from referrals.matching.likeness import NameLikeness
from referrals.matching.names import parts


class Strength(Enum):
    """How much speaks for a match, in words; for the order on the screen only."""

    STRONG = "Strong"
    POSSIBLE = "Possible"
    WEAK = "Weak"


STRONG_FROM = 12.0
POSSIBLE_FROM = 6.0

FAMILY_AGREES, FAMILY_DIFFERS = 5.0, -4.0
GIVEN_AGREES, GIVEN_DIFFERS = 4.0, -2.5
# degree of likeness -> share of the full weight, between its two neighbours in proportion
CURVE = ((1.0, 1.0), (0.9, 0.8), (0.8, 0.55), (0.68, 0.15), (0.6, 0.0), (0.4, -1.0))
SWAPPED_NAMES = -0.5
SURE_OF_ORDER = 6.0
ANOTHER_NAME = -0.4

BIRTH_DATES = (
    {BirthDates.SAME: 7.0, BirthDates.NOT_KNOWN: 0.0, BirthDates.TWO_DIGITS: 0.0}
    | {BirthDates.SAME_YEAR: -1.5, BirthDates.DIFFERENT: -4.0}
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
    """Scores candidates against one query. Higher is likelier; zero is no evidence either way. One for one search."""

    def __init__(self, query: PersonFacts) -> None:
        given, family = parts(query.given), parts(query.family)
        others = tuple(part for name in query.other_names for part in parts(name))
        self._given, self._family = NameLikeness(given), NameLikeness(family)
        self._beginnings_of_given = {part[0] for part in given}
        self._beginnings_of_family = {part[0] for part in family}
        self._known_as = (NameLikeness((*given, *others)), NameLikeness((*family, *others))) if others else None
        self._born_on = query.born_on
        self._postcode, self._address = letters_and_digits(query.postcode), plain_address(query.address)
        self._identifiers = {kind: letters_and_digits(number) for kind, number in query.identifiers.items() if number}
        self.looks_further = bool(self._postcode or self._address or self._identifiers)
        self._names: dict[tuple[str, str, str], float] = {}

    def score(self, held: PersonFacts) -> float:
        """Add up the evidence in every field."""
        return self.names_and_birth_date(
            held.given, held.family, join_other_names(held.other_names), held.born_on
        ) + self.other_fields(held.postcode, held.address, held.identifiers)

    def names_and_birth_date(self, given: str, family: str, other_names: str, born_on: date | None) -> float:
        """The evidence in what every candidate has; `other_names` as stored."""
        names = (given, family, other_names)
        found = self._names.get(names)
        if found is None:
            found = self._names[names] = self._score_of_names(parts(given), parts(family), other_names)
        return found + BIRTH_DATES[relation(self._born_on, born_on)]

    def other_fields(self, postcode: str, address: str, identifiers: Mapping[str, str]) -> float:
        """The evidence in postcode, address and numbers; nothing where the query has none."""
        found = self._score_of_postcode(postcode) if self._postcode and postcode else 0.0
        if self._address and address and token_set_ratio(self._address, plain_address(address)) >= ALIKE_ADDRESS:
            found += SAME_ADDRESS
        for kind, number in self._identifiers.items():
            other = letters_and_digits(identifiers.get(kind, ""))
            if other:
                agrees, differs = IDENTIFIERS.get(kind, OTHER_IDENTIFIER)
                found += agrees if other == number else differs
        return found

    def _score_of_names(self, given: tuple[str, ...], family: tuple[str, ...], other_names: str) -> float:
        best = self._two(self._given, given, self._family, family)
        if best < SURE_OF_ORDER and self._may_be_swapped(given, family):
            best = max(best, self._two(self._given, family, self._family, given) + SWAPPED_NAMES)
        aliases = tuple(part for name in split_other_names(other_names) for part in parts(name))
        if aliases:
            with_aliases = self._two(self._given, (*given, *aliases), self._family, (*family, *aliases))
            best = max(best, with_aliases + ANOTHER_NAME)
        if self._known_as:
            known_as_given, known_as_family = self._known_as
            best = max(best, self._two(known_as_given, given, known_as_family, family) + ANOTHER_NAME)
        return best

    def _may_be_swapped(self, given: tuple[str, ...], family: tuple[str, ...]) -> bool:
        """Whether any part begins like a part of the other name: told at once, and true of few strangers."""
        return not (
            self._beginnings_of_given.isdisjoint(part[0] for part in family)
            and self._beginnings_of_family.isdisjoint(part[0] for part in given)
        )

    @staticmethod
    def _two(
        one: NameLikeness, held_as_given: tuple[str, ...], other: NameLikeness, held_as_family: tuple[str, ...]
    ) -> float:
        found = 0.0
        if one.asked and held_as_given:
            found += weight(one.degree(held_as_given), GIVEN_AGREES, GIVEN_DIFFERS)
        if other.asked and held_as_family:
            found += weight(other.degree(held_as_family), FAMILY_AGREES, FAMILY_DIFFERS)
        return found

    def _score_of_postcode(self, held: str) -> float:
        other = letters_and_digits(held)
        if other == self._postcode:
            return SAME_POSTCODE
        return SAME_DISTRICT if other[:-3] == self._postcode[:-3] else OTHER_POSTCODE


@lru_cache(maxsize=1_000)
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
