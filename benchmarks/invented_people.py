"""Invented people for the person-match benchmark: names from Faker's lists and a long tail of composed surnames.

Independent of `referrals.matching`: nothing here reads its tables. The same number always gives the same person.
"""

import importlib
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

SURNAME_LISTS = ("last_names", "unisex_last_names", "male_last_names", "female_last_names")
BRITISH = ("en_GB", "en_IE", "en_US")
ELSEWHERE = (
    "pl_PL",
    "ro_RO",
    "en_IN",
    "en_PK",
    "tr_TR",
    "yo_NG",
    "tw_GH",
    "it_IT",
    "es_ES",
    "pt_PT",
    "fr_FR",
    "lt_LT",
    "cs_CZ",
    "nl_NL",
)
SHARE_BRITISH = 0.72
SHARE_COMPOSED_SURNAME = 0.45
COMPOSED_SURNAMES = 12_000
STARTS = (
    "Al Ash Bar Beck Black Brad Bram Brent Brock Burn Cal Car Chad Clay Cole Crom Cuth Dal Dar Den Dray Dun East"
    " Eld Ern Fair Farn Fen Fox Gar Gold Gran Hal Hard Hart Haw Hazel Hem High Hol Hor Hurst Kel Ken Kings Lam"
    " Lang Lev Lin Long Lud Mal Mar Mel Mid Mor Nor Oak Old Os Pal Pem Pen Pick Quin Rad Red Rig Rob Row Rush"
    " Sal Sand Scar Sel Shel Sil Sper Staf Stan Stock Sut Tat Thorn Til Tram Tur Up Vern Wal War Wel West Whit"
    " Wil Win Wood Wyn Yar Yew"
).split()
MIDDLES = ["", "", "", "a", "ber", "der", "en", "er", "ing", "ling", "ter", "wen"]
ENDS = (
    "bank beck berry borne bourne bridge brook bury by cliffe combe cot dale den don field ford gate grave ham"
    " haven head hill holm house hurst ington land ley low man mere mond more nell ridge row sby sett shaw son"
    " stead stone ton thorpe tree wade ward way well wick wood worth yard"
).split()
FIRST_BIRTHDAY = date(1928, 1, 1)
BIRTHDAYS = (date(2008, 12, 31) - FIRST_BIRTHDAY).days
DISTRICTS = [f"{area}{number}" for area in ("CT", "DA", "ME", "TN", "BR") for number in range(1, 22)]
STREETS = [
    f"{name} {kind}"
    for name in ("Station", "Church", "Mill", "Orchard", "Castle", "Victoria", "Park", "Priory")
    for kind in ("Road", "Street", "Lane", "Close", "Avenue")
]


@dataclass(frozen=True)
class Invented:
    """One invented person as a register would hold them."""

    number: int
    given: str
    family: str
    other_names: str
    born_on: date | None
    postcode: str
    address: str
    nhs_number: str


class Names:
    """Weighted given names and surnames of one kind of family."""

    def __init__(self, givens: dict[str, float], surnames: dict[str, float]) -> None:
        self.givens, self.surnames = list(givens), list(surnames)
        self._given_weights = list(itertools.accumulate(givens.values()))
        self._surname_weights = list(itertools.accumulate(surnames.values()))

    def given(self, source: random.Random) -> str:
        return source.choices(self.givens, cum_weights=self._given_weights)[0]

    def surname(self, source: random.Random) -> str:
        return source.choices(self.surnames, cum_weights=self._surname_weights)[0]


def invent(numbers: Sequence[int]) -> Iterator[Invented]:
    """The people of these numbers, 1 upwards."""
    pools = _pools()
    for number in numbers:
        yield _invented(number, pools)


def _invented(number: int, pools: list[Names]) -> Invented:
    source = random.Random(number * 7919)
    british, composed, *elsewhere = pools
    if source.random() < SHARE_BRITISH:
        pool = british
        surnames = composed if source.random() < SHARE_COMPOSED_SURNAME else british
    else:
        pool = surnames = source.choice(elsewhere)
    given, family = pool.given(source), surnames.surname(source)
    if source.random() < 0.2:
        given += " " + pool.given(source)
    if source.random() < 0.03:
        family += "-" + british.surname(source)
    other = f"{pool.given(source)} {family}" if source.random() < 0.04 else ""
    born_on = None if source.random() < 0.02 else FIRST_BIRTHDAY + timedelta(days=source.randrange(BIRTHDAYS))
    postcode = f"{source.choice(DISTRICTS)} {source.randrange(1, 10)}{source.choice('ABDEFGHJLN')}{_letter(source)}"
    return Invented(
        number,
        given,
        family,
        other,
        born_on,
        postcode,
        f"{source.randrange(1, 180)} {source.choice(STREETS)}",
        str(source.randrange(4_000_000_000, 7_999_999_999)),
    )


def _letter(source: random.Random) -> str:
    return source.choice("ABDEFGHJLNPQRSTUWXYZ")


@lru_cache(maxsize=1)
def _pools() -> list[Names]:
    british = _pool(BRITISH)
    composed = [start + middle + end for start in STARTS for middle in dict.fromkeys(MIDDLES) for end in ENDS]
    random.Random(11).shuffle(composed)
    tail = {name: 1 / (rank + 40) for rank, name in enumerate(composed[:COMPOSED_SURNAMES])}
    return [british, Names({"Alex": 1}, tail), *(_pool((place,)) for place in ELSEWHERE)]


def _pool(places: Sequence[str]) -> Names:
    givens: dict[str, float] = {}
    surnames: dict[str, float] = {}
    for place in places:
        provider = importlib.import_module(f"faker.providers.person.{place}").Provider
        surname_lists = [getattr(provider, name, ()) for name in SURNAME_LISTS]
        given_lists = [getattr(provider, "first_names_male", ()), getattr(provider, "first_names_female", ())]
        if not any(given_lists):
            given_lists = [provider.first_names]
        if any(surname_lists[1:]):
            surname_lists[0] = ()
        _add(givens, given_lists)
        _add(surnames, surname_lists)
    return Names(givens, surnames)


def _add(weights: dict[str, float], lists: Sequence[Sequence[str] | dict[str, float]]) -> None:
    """Faker's own weights, summed to one a list; where it has none, one over the rank."""
    for names in lists:
        weighted = dict(names) if isinstance(names, dict) else {name: 1 / (at + 8) for at, name in enumerate(names)}
        total = sum(weighted.values()) or 1
        for name, weight in weighted.items():
            if name.strip():
                weights[name] = weights.get(name, 0) + weight / total
