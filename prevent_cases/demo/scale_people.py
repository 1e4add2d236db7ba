"""Rows of referred people and their keys, as text for COPY. Pure, and without Django: other processes run it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import md5
from random import Random
from uuid import UUID

from prevent_cases.demo.copying import line
from prevent_cases.demo.names import Invented, invent
from prevent_cases.demo.places import DISTRICTS
from prevent_cases.demo.slips import slipped
from referrals.matching.facts import PersonFacts, join_other_names
from referrals.matching.keys import keys_for
from referrals.matching.names import match_name

COLUMNS = (
    "id", "given_name", "family_name", "other_names", "born_on", "address", "postcode", "nhs_number", "phone",
    "mosaic_id", "match_name", "added_at",
)  # fmt: skip
KEY_COLUMNS = ("key", "person_id")
SHARE_IN_REGISTER, SHARE_SLIPPED = 0.7, 0.1
YOUNGEST = 2005


def person_id(number: int, seed: int) -> UUID:
    """The same as SQL's ``md5(seed || 'person' || number)::uuid``."""
    return UUID(md5(f"{seed}person{number}".encode(), usedforsecurity=False).hexdigest())


def people(first: int, last: int, seed: int, register: int) -> Iterator[Invented]:
    """Referred adults of these numbers, the last included; most are in the register of that size, some misspelt."""
    for number in range(first, last + 1):
        source = Random(seed * 13 + number)  # noqa: S311 - repeatable on purpose
        known = source.random() < SHARE_IN_REGISTER
        of_register = source.randrange(100, register) if known and register > 100 else 10_000_000 + number
        person = next(invent((of_register,), seed, DISTRICTS))
        if source.random() < SHARE_SLIPPED:
            person = slipped(source, person)
        if person.born_on and person.born_on.year > YOUNGEST:
            person = replace(person, born_on=person.born_on.replace(year=person.born_on.year - 20))
        yield replace(person, number=number)


def texts(first: int, last: int, seed: int, register: int, added_at: str) -> tuple[str, str]:
    """Their rows and their keys as two texts."""
    rows: list[str] = []
    keys: list[str] = []
    for person in people(first, last, seed, register):
        key = str(person_id(person.number, seed))
        facts = PersonFacts(
            person.given, person.family, person.other_names, person.born_on, person.postcode, person.address,
            {"nhs": person.nhs_number, "mosaic": "", "phone": person.phone},
        )  # fmt: skip
        rows.append(line((
            key, person.given, person.family, join_other_names(person.other_names), person.born_on, person.address,
            person.postcode, person.nhs_number, person.phone, "", match_name(facts), added_at,
        )))  # fmt: skip
        keys += [f"{each}\t{key}\n" for each in keys_for(facts)]
    return "".join(rows), "".join(keys)
