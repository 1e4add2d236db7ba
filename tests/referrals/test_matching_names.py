"""Names, sounds, nicknames and birth dates: what counts as the same, and that nothing typed can break it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.matching.dates import BirthDates, relation, swapped
from referrals.matching.facts import PersonFacts, facts_from_words, join_other_names, split_other_names
from referrals.matching.likeness import Way, likeness
from referrals.matching.names import LONGEST_NAME, MOST_PARTS, match_name, parts, plain
from referrals.matching.nicknames import NICKNAMES, related
from referrals.matching.sounds import sound

BORN = date(1984, 3, 12)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("  Siobhán O’Neill-Łoś ", "siobhan oneill los"),
        ("D'Souza", "dsouza"),
        ("ÅSTRÖM", "astrom"),
        ("Straße", "strasse"),
        ("Yıldız", "yildiz"),
        ("e\u0301lan", "elan"),
        ("\u202egnop\u202c", "gnop"),
        ("محمد\u200f علي", "محمد علي"),
        ("\0Ann\0e", "ann e"),
        ("\t\n", ""),
        ("Ⅳan", "ivan"),
        ("李 小龍", "李 小龍"),
    ],
)
def test_a_name_is_reduced_to_plain_letters(written: str, expected: str) -> None:
    assert plain(written) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mac Donald", "McDonald"),
        ("MacKenzie", "Mc Kenzie"),
        ("O'Brien", "O Brien"),
        ("al-Hassan", "Hassan"),
        ("Hassan bin Ali", "Hassan Ali"),
        ("Abdul Rahman", "Abdurrahman"),
        ("Abd al-Rahman", "Abdulrahman"),
        ("Kowalska", "Kowalski"),
        ("Ivanova", "Ivanov"),
        ("van Dijk", "Dijk"),
        ("Dr Penwick", "Penwick"),
    ],
)
def test_prefixes_particles_and_endings_make_no_difference(one: str, other: str) -> None:
    assert parts(one) == parts(other)


@pytest.mark.parametrize("name", ["Ben", "Abu", "Le", "Dr", "Al", "Mac", "O"])
def test_a_particle_that_is_the_whole_name_stays(name: str) -> None:
    assert parts(name) == (name.lower(),)


def test_abdullah_is_not_taken_apart() -> None:
    assert parts("Abdullah") == ("abdullah",)


@pytest.mark.parametrize(
    "names",
    [
        "mohammed muhammad mohamad mohamed muhamad",
        "hussein husayn hussain hosein",
        "yusuf youssef yousuf",
        "aisha ayesha aysha",
        "catherine katherine",
        "sean shaun shawn",
        "stephen steven",
        "geoffrey jeffrey",
        "philip phillip filip",
        "thompson tomson thomson",
        "smith smyth smythe",
        "qureshi kureshi",
        "omar umar",
        "ibrahim ebrahim",
        "hughes hews",
        "siddiqui siddiqi sidiqi",
        "wright right",
        "knight nite",
        "caitlin kaitlyn",
        "singh sing",
    ],
)
def test_spellings_of_one_sound_share_a_code(names: str) -> None:
    assert len({sound(name) for name in names.split()}) == 1


def test_other_sounds_have_other_codes() -> None:
    names = "smith jones khan patel kowalski brown obrien okafor nguyen williams davies".split()
    assert len({sound(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("short", "full"),
    [("bill", "william"), ("peggy", "margaret"), ("dai", "david"), ("kuba", "jakub"), ("mo", "muhammad"),
     ("gosia", "malgorzata"), ("paddy", "patrick"), ("sandy", "alexander"), ("tunde", "babatunde"), ("liam", "william"),
     ("raj", "rajesh"), ("hatice", "khadija"), ("hamish", "james"), ("jack", "john")],
)  # fmt: skip
def test_nicknames_of_many_tongues_are_known(short: str, full: str) -> None:
    assert full in related(short)
    assert short in related(full)
    assert likeness(short, full).way is Way.NICKNAME


def test_the_list_of_nicknames_is_sound() -> None:
    lines = NICKNAMES.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 500
    assert lines == sorted(set(lines))
    for line in lines:
        names = line.split()
        assert len(names) == len(set(names)) > 1, line
        assert all(name == plain(name) for name in names), line


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (date(1984, 3, 12), BirthDates.SAME),
        (date(1984, 12, 3), BirthDates.SWAPPED),
        (date(1984, 3, 21), BirthDates.TRANSPOSED),
        (date(1948, 3, 12), BirthDates.TRANSPOSED),
        (date(1984, 3, 13), BirthDates.ONE_DIGIT),
        (date(1934, 3, 12), BirthDates.ONE_DIGIT),
        (date(1985, 3, 12), BirthDates.YEAR_OFF_BY_ONE),
        (date(1994, 3, 12), BirthDates.YEAR_OFF_BY_TEN),
        (date(1971, 3, 12), BirthDates.SAME_DAY_AND_MONTH),
        (date(1984, 3, 30), BirthDates.SAME_MONTH_AND_YEAR),
        (date(1984, 11, 12), BirthDates.SAME_DAY_AND_YEAR),
        (date(1985, 3, 13), BirthDates.TWO_DIGITS),
        (date(1984, 10, 27), BirthDates.SAME_YEAR),
        (date(1951, 10, 27), BirthDates.DIFFERENT),
        (None, BirthDates.NOT_KNOWN),
    ],
)
def test_slips_of_a_birth_date_are_told_apart(held: date | None, expected: BirthDates) -> None:
    assert relation(BORN, held) is expected
    assert relation(held, BORN) is expected


def test_a_leap_day_is_compared_without_fuss() -> None:
    leap = date(1984, 2, 29)
    assert swapped(leap) is None
    assert relation(leap, date(1985, 2, 28)) is BirthDates.TWO_DIGITS
    assert relation(leap, date(1994, 2, 28)) is BirthDates.TWO_DIGITS


@given(st.text(max_size=400))
def test_no_text_breaks_a_name(text: str) -> None:
    assert len(plain(text)) <= 20 * LONGEST_NAME
    assert all(character.isalpha() or character == " " for character in plain(text))
    found = parts(text)
    assert len(found) <= MOST_PARTS
    assert all(part and sound(part) for part in found)
    assert plain(plain(text)[:LONGEST_NAME]) == plain(text)[:LONGEST_NAME].strip()


@given(st.text(max_size=400), st.text(max_size=400), st.lists(st.text(max_size=40), max_size=4))
def test_the_trigram_text_can_always_be_stored(first: str, family: str, others: list[str]) -> None:
    stored = match_name(PersonFacts(first, family, tuple(others)))
    assert "\0" not in stored
    assert len(stored) <= LONGEST_NAME


@given(st.lists(st.text(alphabet=st.characters(exclude_characters=";"), min_size=1).map(str.strip).filter(bool)))
def test_other_names_come_back_as_they_went(names: list[str]) -> None:
    assert split_other_names(join_other_names(tuple(names))) == tuple(names)


@pytest.mark.parametrize(
    ("typed", "first", "family"),
    [("Ann Marie Penwick", "Ann Marie", "Penwick"), ("Penwick", "", "Penwick"), ("  ", "", "")],
)
def test_a_search_box_is_read_as_a_name(typed: str, first: str, family: str) -> None:
    assert facts_from_words(typed) == PersonFacts(given=first, family=family)
