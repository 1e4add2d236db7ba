"""Keys: whoever is misspelt once, or twice in different places, still shares a key with what is stored."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from referrals.matching.facts import PersonFacts
from referrals.matching.keys import keys_for, letters_and_digits, search_keys

HELD = PersonFacts("Rosalind", "Thornbury", (), date(1984, 3, 12), "ZZ1 1AA", "", {"nhs": "943 476 5919"})
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES = st.text(LETTERS, min_size=7, max_size=12)
BIRTHDAYS = st.dates(date(1900, 1, 1), date(2026, 1, 1))


def is_found(query: PersonFacts, held: PersonFacts = HELD) -> bool:
    return not search_keys(query).isdisjoint(keys_for(held))


@st.composite
def slips(draw: st.DrawFn, name: str) -> str:
    """The name with one letter lost, added, changed or exchanged with the next."""
    at = draw(st.integers(0, len(name) - 2))
    letter = draw(st.sampled_from(LETTERS))
    return draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    )


@given(st.data(), NAMES, NAMES)
def test_one_slip_in_each_name_is_found_without_a_birth_date(data: st.DataObject, first: str, family: str) -> None:
    query = PersonFacts(data.draw(slips(first)), data.draw(slips(family)))
    assert is_found(query, PersonFacts(first, family))


@given(st.data(), NAMES, NAMES, BIRTHDAYS)
def test_any_given_name_and_any_one_part_of_the_birth_date_may_be_wrong(
    data: st.DataObject, first: str, family: str, born_on: date
) -> None:
    wrong = data.draw(
        st.sampled_from(
            [{"year": data.draw(st.integers(1900, 2026))}, {"month": data.draw(st.integers(1, 12))},
             {"day": data.draw(st.integers(1, 28))}]
        )
    )  # fmt: skip
    assume(born_on.day <= 28)
    query = PersonFacts(data.draw(NAMES), family, (), born_on.replace(**wrong))
    assert is_found(query, PersonFacts(first, family, (), born_on))


@given(NAMES, NAMES, BIRTHDAYS)
def test_names_are_found_in_either_order(first: str, family: str, born_on: date) -> None:
    assert keys_for(PersonFacts(first, family, (), born_on)) == keys_for(PersonFacts(family, first, (), born_on))


@pytest.mark.parametrize(
    "query",
    [
        PersonFacts("Ros", "Thornbury"),
        PersonFacts("Rose", "Thornberry"),
        PersonFacts("Rosalind", "Penwick-Thornbury"),
        PersonFacts("Marie Rosalind", "Thornbury"),
        PersonFacts("Rosalind", "Thorn Bury"),
        PersonFacts("Thornbury", "Roz"),
        PersonFacts("R.", "Thornbury", (), date(1984, 3, 21)),
        PersonFacts("Quentin", "Thornbery", (), date(1984, 12, 3)),
        PersonFacts("Somebody", "Else", ("Rosalind Thornbury",)),
        PersonFacts(identifiers={"nhs": "9434765919"}),
        PersonFacts(postcode="zz11aa"),
    ],
)
def test_the_same_person_asked_for_otherwise_is_found(query: PersonFacts) -> None:
    assert is_found(query)


def test_an_alias_held_is_found() -> None:
    assert is_found(PersonFacts("Goldie", "Draywell"), replace(HELD, other_names=("Goldie Draywell",)))


def test_strangers_share_no_key() -> None:
    assert not is_found(PersonFacts("Aurelio", "Draywell", (), date(1951, 11, 2), "ZZ2 4BB", "", {"nhs": "4010232137"}))


def test_the_same_number_of_another_kind_is_not_the_same() -> None:
    assert not is_found(PersonFacts(identifiers={"phone": "9434765919"}))


def test_a_lone_name_has_no_key_and_finds_nobody_by_key() -> None:
    assert search_keys(PersonFacts(family="Thornbury")) == set()
    assert search_keys(PersonFacts()) == set()


def test_keys_stay_few_and_short() -> None:
    assert len(keys_for(HELD)) <= 22
    crowded = PersonFacts("A" * 300, "B-" * 150, tuple(f"Name {letter}name" for letter in LETTERS), date(1984, 3, 12))
    assert len(keys_for(crowded)) < 700
    assert all(len(key) < 60 for key in keys_for(crowded))


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3), st.text(max_size=20))
def test_keys_are_made_of_any_text_and_can_be_stored(first: str, family: str, others: list[str], number: str) -> None:
    facts = PersonFacts(first, family, tuple(others), date(1984, 2, 29), number, "", {"nhs": number})
    stored = keys_for(facts)
    assert stored <= search_keys(facts)
    assert all("\0" not in key and len(key) < 80 for key in stored)


def test_a_number_is_compared_without_its_spaces() -> None:
    assert letters_and_digits(" me14-1xx ") == "ME141XX"
