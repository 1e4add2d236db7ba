"""Candidates from the database: found through every slip, in one statement, two at most, and never by accident."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from prevent_cases.casework.now import now
from referrals.matching.candidates import Candidate, find
from referrals.matching.facts import PersonFacts, facts_from_words
from referrals.matching.ranking import Strength
from referrals.models import RegisterEntry
from referrals.queries.matching import REGISTER
from tests.factories.register import a_register_entry

BORN = date(1984, 3, 12)
pytestmark = pytest.mark.django_db


@pytest.fixture
def rosalind() -> RegisterEntry:
    """Among strangers, some of whom share a name, a day or a sound with her."""
    a_register_entry("Rosalind", "Draywell", born_on=date(1951, 6, 7))
    a_register_entry("Aurelio", "Penwick", born_on=BORN)
    a_register_entry("Rosamund", "Thornbury", born_on=date(1990, 1, 30))
    a_register_entry("Goldie", "Thornhill", born_on=date(1984, 3, 30))
    return a_register_entry(
        "Rosalind", "Thornbury", born_on=BORN, postcode="ZZ1 1AA", nhs_number="9434765919", other_names="Linnet Quarrie"
    )


def first(*query: object, **more: object) -> Candidate:
    return find(REGISTER, PersonFacts(*query, **more))[0]


@pytest.mark.parametrize(
    "query",
    [
        PersonFacts("Rosalind", "Thornbury", (), BORN),
        PersonFacts("Rosalind", "Thornbury"),
        PersonFacts("Roz", "Thornbury"),
        PersonFacts("Thornbury", "Rosalind"),
        PersonFacts("Rosalin", "Thornbery"),
        PersonFacts("Rpsalind", "Tjornbury", (), BORN),
        PersonFacts("Zebedee", "Thornbury", (), date(1984, 12, 3)),
        PersonFacts("Zebedee", "Thornburry", (), BORN),
        PersonFacts("Rosaline", "Thornbury", (), date(1985, 3, 12)),
        PersonFacts("Linnet", "Quarry"),
        PersonFacts("Zebedee", "Thornbry", (), None, "zz1 1aa"),
        PersonFacts("Zebedee", "Nobody", (), None, "", "", {"nhs": "943-476-5919"}),
        PersonFacts("ROSALÍND", "Thorn\u200fbury", (), BORN),
        PersonFacts("Zebedee", "Thornbury"),
        PersonFacts(family="Thornberry"),
    ],
)
def test_the_person_is_found_through_the_slip(rosalind: RegisterEntry, query: PersonFacts) -> None:
    assert rosalind.pk in [candidate.id for candidate in find(REGISTER, query)]


def test_the_likeliest_is_first_and_says_why(rosalind: RegisterEntry) -> None:
    found = first("Roz", "Thornberry", (), date(1984, 12, 3), "zz1 1aa")
    assert found.id == rosalind.pk
    assert found.strength is Strength.STRONG
    assert found.facts.identifiers["nhs"] == "9434765919"
    assert {"Nickname: Roz for Rosalind", "Sounds alike: Thornberry and Thornbury", "Day and month swapped"} <= {
        reason.text for reason in found.reasons
    }


@pytest.mark.parametrize(
    "query",
    [
        PersonFacts(),
        PersonFacts("Zebedee", "Okonkwo", (), date(1961, 9, 9)),
        PersonFacts("Zebedee", "Okonkwo", (), BORN),
        PersonFacts("?", "!", (), BORN),
        PersonFacts("\0", "\0"),
        PersonFacts("%", "_"),
        PersonFacts("'; DROP TABLE referrals_registerentry; --", "\\"),
        PersonFacts("李", "小龍"),
    ],
)
def test_nobody_is_suggested_for_nothing(rosalind: RegisterEntry, query: PersonFacts) -> None:
    assert find(REGISTER, query) == []


def test_a_very_long_name_is_looked_for_in_peace(rosalind: RegisterEntry) -> None:
    assert first("Rosalind " + "x" * 290, "Thornbury", (), BORN).id == rosalind.pk


def test_names_in_other_scripts_are_found() -> None:
    entry = a_register_entry("محمد", "الحسن", born_on=BORN)
    assert first("محمد\u200f", "الحسن").id == entry.pk


def test_a_leap_day_is_found_beside_its_neighbours() -> None:
    entry = a_register_entry("Marigold", "Quarrie", born_on=date(1984, 2, 29))
    assert first("Marigold", "Quarry", (), date(1984, 2, 28)).id == entry.pk


def test_whoever_is_no_longer_in_the_extract_is_not_suggested(rosalind: RegisterEntry) -> None:
    rosalind.ended_at = now()
    rosalind.save()
    found = find(REGISTER, PersonFacts("Rosalind", "Thornbury", (), BORN, "ZZ1 1AA"))
    assert rosalind.pk not in [candidate.id for candidate in found]


def test_a_likely_match_takes_one_statement(
    rosalind: RegisterEntry, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        find(REGISTER, PersonFacts("Rosalind", "Thornbury", (), BORN))


def test_nobody_likely_takes_two(rosalind: RegisterEntry, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        find(REGISTER, PersonFacts("Zebedee", "Okonkwo", (), date(1961, 9, 9)))


def test_no_more_are_shown_than_asked_for() -> None:
    for number in range(12):
        a_register_entry("Rosalind", "Thornbury", born_on=date(1984, 3, 1 + number))
    assert len(find(REGISTER, PersonFacts("Rosalind", "Thornbury"))) == 10
    assert len(find(REGISTER, PersonFacts("Rosalind", "Thornbury"), limit=3)) == 3


def test_equal_matches_come_in_the_same_order_every_time() -> None:
    for _ in range(5):
        a_register_entry("Rosalind", "Thornbury")
    orders = {tuple(c.id for c in find(REGISTER, facts_from_words("Rosalind Thornbury"))) for _ in range(3)}
    assert len(orders) == 1
