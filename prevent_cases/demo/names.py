"""Invented people, a million if need be: the same number always gives the same person. Pure, and quick.

Given names are everyday ones, so that nicknames and sounds have work to do. Surnames, streets and towns are composed
of parts and belong to nobody. Postcodes lie in ES, NHS numbers in 999 and telephones in 07700 900, none of which is
ever given out.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

GIVEN = {
    "british": """Oliver Jack Harry George Charlie Thomas James William Robert Michael David Stephen Andrew Richard
        Edward Joseph Daniel Matthew Samuel Benjamin Alexander Christopher Anthony Nicholas Jonathan Peter Philip
        Gareth Callum Liam Sean Aidan Kieran Wilfred Archibald Leonard Walter
        | Margaret Elizabeth Catherine Victoria Rebecca Jennifer Susan Patricia
        Amelia Olivia Emily Charlotte Sophie Grace Alice Hannah Samantha Jessica Abigail Deborah Christine Dorothy
        Rosemary Siobhan Niamh Bethan Megan Eleanor Frances Isabella Josephine""",
    "south asian": """Mohammed Ahmed Hassan Imran Yusuf Bilal Tariq Usman Hamza Zain Arjun Rohan Amandeep Harpreet
        Gurdeep Vikram Sanjay Rajesh
        | Aisha Fatima Zainab Maryam Khadija Noor Priya Anjali Simran Jasmin Sunita Meera Nadia Rukhsana Farah Saima""",
    "eastern european": """Piotr Pawel Tomasz Krzysztof Andrzej Jakub Michal Aleksander Andrei Mihai Ion Dmitri
        Oleksandr
        | Katarzyna Agnieszka Magdalena Malgorzata Joanna Ewa Zofia Elena Ioana Natalia Oksana Svetlana""",
    "african": """Adebayo Chinedu Emeka Kwame Kofi Oluwaseun Tunde Babatunde Ikenna Samuel Emmanuel Abdi Omar
        | Ngozi Chioma Amina Folake Adaeze Abena Akosua Hodan Ifeoma Blessing Patience""",
    "middle eastern": """Ali Hussein Mustafa Karim Samir Rashid Walid Ibrahim Mehmet Emre Yusuf Reza
        | Layla Leila Yasmin Samira Rania Huda Zeynep Elif Shirin""",
}
SURNAME_STARTS = {
    "british": """Alder Amber Ash Barn Beck Bram Briar Cald Carrow Cinder Clem Copper Dapple Drum Elm Fallow Fen
        Fern Gorse Grim Harrow Hather Heron Hollow Kestrel Kipple Lark Linder Marl Mather Nether Oster Otter Pebble
        Quarrel Quill Rook Sedge Shingle Skerry Tallow Tarn Thistle Thorn Umber Wether Whin Wick Willow""",
    "south asian": """Ambal Bashir Chandar Dharmal Farukh Gulzan Hamdar Iqbar Jahan Karim Mahtar Nazir Rahman Saleh
        Vikram""",
    "eastern european": """Bielo Czerno Dobro Gorsko Jawo Kalino Lisko Maliko Nowo Ostro Popo Rado Sokolo Wisno
        Zalo""",
    "african": "Aba Adeko Bako Chuku Dako Ekwu Folo Ifaro Kwabo Manso Nwoko Obaro Okwu Sanu Temi Wari",
    "middle eastern": """Azar Barzan Darvan Farzan Halab Jabran Kavan Lazim Mansal Nazar Qasran Ramaz Sabran Tahir
        Yazdan""",
}
SURNAME_ENDS = {
    "british": """bank beck bourne bridge by combe cote croft dale den field ford garth gate grave ham hurst ley low
        mere mond more ridge sby shaw son stead thwaite ton tree wade well wick wood worth""",
    "south asian": "ani ari deen gar i ia jee mal nath oti pal pura vala wal zada",
    "eastern european": "czak dar escu ewicz jnik kowska kowski lenko lska mara nek rova ski van wiec",
    "african": "banjo chi doye fina goye kunle lade mbi nda olu sile tayo uche wande",
    "middle eastern": "abi ad an awi deh far i ian iyan lou oglu pour ri zade",
}
SURNAME_MIDDLES = ("", "en", "ing", "er", "le")
SHARES = {"british": 66, "south asian": 14, "eastern european": 9, "african": 7, "middle eastern": 4}

STREET_NAMES = "Anchor Beacon Cobbler Drover Ferry Glebe Hopgarden Lantern Mill Orchard Priory Quay Ropewalk Tannery"
STREET_KINDS = "Road Street Lane Close Avenue Row Terrace"
STREETS = [f"{name} {kind}" for name in STREET_NAMES.split() for kind in STREET_KINDS.split()]
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
FIRST_BIRTHDAY = date(1929, 1, 1)
BIRTHDAYS = (date(2014, 6, 30) - FIRST_BIRTHDAY).days


@dataclass(frozen=True)
class Invented:
    """One invented person as a case system would hold them. Texts are empty and the date None where not known."""

    number: int
    given: str
    family: str
    other_names: tuple[str, ...]
    born_on: date | None
    address: str
    postcode: str
    nhs_number: str
    phone: str


@dataclass(frozen=True)
class Pool:
    """Names of one tradition: the earlier in the list, the more often."""

    givens: tuple[tuple[str, ...], tuple[str, ...]]
    given_weights: tuple[tuple[float, ...], tuple[float, ...]]
    surnames: tuple[str, ...]
    surname_weights: tuple[float, ...]

    def given(self, source: Random, kind: int) -> str:
        return _drawn(source, self.givens[kind], self.given_weights[kind])

    def surname(self, source: Random) -> str:
        return _drawn(source, self.surnames, self.surname_weights)


def invent(numbers: Iterable[int], seed: int, towns: dict[str, str]) -> Iterator[Invented]:
    """The people of these numbers. ``towns`` gives the town of each outward postcode."""
    outwards = tuple(towns)
    for number in numbers:
        yield _invented(number, Random(seed * 1_000_003 + number), outwards, towns)  # noqa: S311 - repeatable on purpose


def _invented(number: int, source: Random, outwards: tuple[str, ...], towns: dict[str, str]) -> Invented:
    chance = source.random
    pool = _drawn(source, *_pools())
    kind = int(chance() * 2)
    given, family = pool.given(source, kind), pool.surname(source)
    if chance() < 0.18:
        given += " " + pool.given(source, kind)
    if chance() < 0.02:
        family += "-" + pool.surname(source)
    others = (f"{given.split()[0]} {pool.surname(source)}",) if chance() < 0.04 else ()
    outward = outwards[int(chance() * len(outwards))]
    return Invented(
        number,
        given,
        family,
        others,
        None if chance() < 0.02 else FIRST_BIRTHDAY + timedelta(days=int(chance() * BIRTHDAYS)),
        f"{1 + int(chance() * 140)} {STREETS[int(chance() * len(STREETS))]}, {towns[outward]}",
        f"{outward} {1 + int(chance() * 9)}{INWARD[int(chance() * 20)]}{INWARD[int(chance() * 20)]}",
        nhs_number(number) if chance() < 0.7 else "",
        f"07700 900{int(chance() * 1000):03}" if chance() < 0.4 else "",
    )


def nhs_number(number: int) -> str:
    """A number in 999, which the NHS keeps for tests; with its check digit, or empty where none exists."""
    body = f"999{number % 1_000_000:06}"
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(body)) % 11
    return "" if check == 10 else f"{body}{check % 11}"


@lru_cache(maxsize=1)
def _pools() -> tuple[tuple[Pool, ...], tuple[float, ...]]:
    pools = tuple(_pool(name) for name in SHARES)
    return pools, tuple(accumulate(SHARES.values()))


def _pool(tradition: str) -> Pool:
    men, women = (tuple(names.split()) for names in GIVEN[tradition].split("|"))
    starts, ends = SURNAME_STARTS[tradition].split(), SURNAME_ENDS[tradition].split()
    surnames = [start + middle + end for start in starts for middle in SURNAME_MIDDLES for end in ends]
    Random(29).shuffle(surnames)  # noqa: S311 - repeatable on purpose
    weights = (_falling(len(men), 12), _falling(len(women), 12))
    return Pool((men, women), weights, tuple(surnames), _falling(len(surnames), 60))


def _falling(count: int, level: int) -> tuple[float, ...]:
    """Running sums of weights that fall with the rank, the first ``level`` ranks much alike."""
    return tuple(accumulate(1 / (rank + level) for rank in range(count)))


def _drawn(source: Random, choices: tuple, weights: tuple[float, ...]):
    return choices[bisect(weights, source.random() * weights[-1], 0, len(choices) - 1)]
