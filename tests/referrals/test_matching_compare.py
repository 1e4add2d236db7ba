"""The side-by-side screen: each field stands in a word, with a sentence; and the order of candidates follows."""

from datetime import date

import pytest

from referrals.matching.compare import Reason, Standing, reasons
from referrals.matching.facts import PersonFacts
from referrals.matching.ranking import Ranking, Strength, strength

HELD = PersonFacts(
    "William", "Smith", (), date(1984, 3, 12), "ZZ1 1AA", "14 Example Street, Northbridge", {"nhs": "943 476 5919"}
)


def about(field: str, query: PersonFacts, held: PersonFacts = HELD) -> Reason:
    return next(reason for reason in reasons(query, held) if reason.field == field)


@pytest.mark.parametrize(
    ("asked", "standing", "text"),
    [
        ("William", Standing.SAME, "Same given name"),
        ("WILLIAM ", Standing.SAME, "Same given name"),
        ("Bill", Standing.SIMILAR, "Nickname: Bill for William"),
        ("Willian", Standing.SIMILAR, "Spelt nearly alike: Willian and William"),
        ("W.", Standing.SIMILAR, "Same initial: W. and William"),
        ("John William", Standing.SIMILAR, "One name in common: William"),
        ("Quentin", Standing.DIFFERENT, "Different given name"),
        ("", Standing.NOT_KNOWN, "Not known on one side"),
    ],
)
def test_a_given_name_is_compared_in_words(asked: str, standing: Standing, text: str) -> None:
    found = about("Given name", PersonFacts(asked, "Smith"))
    assert (found.standing, found.text) == (standing, text)
    assert (found.asked, found.held) == (asked, "William")


@pytest.mark.parametrize(
    ("asked", "standing", "text"),
    [
        ("Smyth", Standing.SIMILAR, "Sounds alike: Smyth and Smith"),
        ("Smth", Standing.SIMILAR, "Sounds alike: Smth and Smith"),
        ("Snith", Standing.SIMILAR, "Spelt nearly alike: Snith and Smith"),
        ("Draywell", Standing.DIFFERENT, "Different family name"),
    ],
)
def test_a_family_name_is_compared_in_words(asked: str, standing: Standing, text: str) -> None:
    found = about("Family name", PersonFacts("William", asked))
    assert (found.standing, found.text) == (standing, text)


def test_the_fuller_name_may_be_the_one_asked_for() -> None:
    held = PersonFacts("Peggy", "Smith")
    assert about("Given name", PersonFacts("Margaret", "Smith"), held).text == "Nickname: Peggy for Margaret"
    both_short = about("Given name", PersonFacts("Meg", "Smith"), held)
    assert both_short.text == "Forms of one name: Meg and Peggy"


def test_swapped_names_are_called_swapped() -> None:
    given = about("Given name", PersonFacts("Smith", "Bill"))
    family = about("Family name", PersonFacts("Smith", "Bill"))
    assert given.text == "Names swapped: held as the family name"
    assert family.text == "Names swapped: held as the given name. Nickname: Bill for William"
    assert {given.standing, family.standing} == {Standing.SIMILAR}


def test_another_name_held_explains_a_different_one() -> None:
    held = PersonFacts("William", "Smith", ("Goldie Draywell",))
    found = about("Family name", PersonFacts("William", "Draywel"), held)
    assert found.standing is Standing.SIMILAR
    assert found.text.startswith("Agrees with another name held, Goldie Draywell.")


@pytest.mark.parametrize(
    ("asked", "standing", "text"),
    [
        (date(1984, 3, 12), Standing.SAME, "Born on the same day"),
        (date(1984, 12, 3), Standing.SIMILAR, "Day and month swapped"),
        (date(1984, 3, 21), Standing.SIMILAR, "Birth date digits transposed"),
        (date(1985, 3, 12), Standing.SIMILAR, "Same day and month, birth year one out"),
        (date(1951, 6, 7), Standing.DIFFERENT, "Different birth date"),
        (None, Standing.NOT_KNOWN, "Birth date not known on one side"),
    ],
)
def test_birth_dates_are_compared_in_words(asked: date | None, standing: Standing, text: str) -> None:
    found = about("Birth date", PersonFacts("William", "Smith", (), asked))
    assert (found.standing, found.text, found.held) == (standing, text, "12 March 1984")


@pytest.mark.parametrize(
    ("field", "query", "standing", "text"),
    [
        ("Postcode", PersonFacts(postcode="zz11aa"), Standing.SAME, "Same postcode"),
        ("Postcode", PersonFacts(postcode="ZZ1 9XX"), Standing.SIMILAR, "Same postcode district, ZZ1"),
        ("Postcode", PersonFacts(postcode="AB1 9XX"), Standing.DIFFERENT, "Different postcode"),
        ("Address", PersonFacts(address="14, Example Street Northbridge"), Standing.SAME, "Same address"),
        ("Address", PersonFacts(address="14 Example Street"), Standing.SIMILAR, "Address written alike"),
        ("Address", PersonFacts(address="3 Sample Close"), Standing.DIFFERENT, "Different address"),
        ("NHS number", PersonFacts(identifiers={"nhs": "9434765919"}), Standing.SAME, "Same NHS number"),
        ("NHS number", PersonFacts(identifiers={"nhs": "4010232137"}), Standing.DIFFERENT, "Different NHS number"),
        ("NHS number", PersonFacts(), Standing.NOT_KNOWN, "NHS number not known on one side"),
    ],
)
def test_addresses_and_numbers_are_compared_in_words(
    field: str, query: PersonFacts, standing: Standing, text: str
) -> None:
    found = about(field, query)
    assert (found.standing, found.text) == (standing, text)


def test_what_neither_side_knows_is_left_out() -> None:
    fields = [reason.field for reason in reasons(PersonFacts("Bill", "Smith"), PersonFacts("William", "Smith"))]
    assert fields == ["Given name", "Family name"]


def test_the_order_of_candidates_follows_the_evidence() -> None:
    ranking = Ranking(PersonFacts("Bill", "Smyth", (), date(1984, 3, 12), "ZZ1 1AA", "", {"nhs": "9434765919"}))
    falling = [
        HELD,
        PersonFacts("William", "Smith", (), date(1984, 3, 12), "ZZ1 1AA"),
        PersonFacts("William", "Smith", (), date(1984, 3, 12), "AB1 1AA"),
        PersonFacts("Smith", "William", (), date(1984, 12, 3), "AB1 1AA"),
        PersonFacts("William", "Smith", (), None, "AB1 1AA"),
        PersonFacts("William", "Smith", (), date(1951, 6, 7), "AB1 1AA"),
        PersonFacts("Aurelio", "Draywell", (), date(1951, 6, 7), "AB1 1AA", "", {"nhs": "4010232137"}),
    ]
    scores = [ranking.score(held) for held in falling]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert strength(scores[0]) is Strength.STRONG
    assert strength(scores[4]) is Strength.POSSIBLE
    assert strength(scores[-1]) is Strength.WEAK


def test_a_missing_birth_date_is_no_evidence_either_way() -> None:
    without = Ranking(PersonFacts("William", "Smith")).score(HELD)
    held_without = Ranking(PersonFacts("William", "Smith", (), date(1984, 3, 12))).score(
        PersonFacts("William", "Smith")
    )
    assert without == held_without == 9.0
