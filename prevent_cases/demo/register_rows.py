"""Rows of the register and their keys, as text for COPY. Pure, and without Django: other processes run it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from prevent_cases.demo.copying import line
from prevent_cases.demo.names import Invented, invent
from prevent_cases.demo.places import DISTRICTS, locality_team
from prevent_cases.demo.slips import slipped
from referrals.matching.facts import PersonFacts, join_other_names
from referrals.matching.keys import keys_for
from referrals.matching.names import match_name

COLUMNS = (
    "id", "given_name", "family_name", "other_names", "born_on", "address", "postcode", "nhs_number", "phone",
    "mosaic_id", "status", "team", "worker_name", "worker_email", "last_closed_on", "match_name", "last_import_id",
)  # fmt: skip
KEY_COLUMNS = ("key", "entry_id")
SHARE_OPEN = 0.12
TWICE_EVERY = 53
"""Every so many entries, the one before it stands there once more with a slip of the pen."""


@dataclass(frozen=True)
class Entry:
    """One row of the register. ``worker`` is a name and an address, both empty for a person who is not open."""

    person: Invented
    status: str
    team: str = ""
    worker: tuple[str, str] = ("", "")
    last_closed_on: date | None = None


@dataclass(frozen=True)
class Batch:
    """What a batch of entries needs: the id of number 0, the import, the seed, today, and workers by locality."""

    first_id: int
    import_id: str
    seed: int
    today: date
    workers: Mapping[str, tuple[tuple[str, str], ...]]


def entries(numbers: Iterable[int], batch: Batch) -> Iterable[Entry]:
    """The entries of these numbers. The same number and seed always give the same entry."""
    for number in numbers:
        twice = number % TWICE_EVERY == 0
        person = next(iter(invent((number - 1 if twice else number,), batch.seed, DISTRICTS)))
        source = Random(batch.seed * 7 + number)  # noqa: S311 - repeatable on purpose
        if twice:
            person = replace(slipped(source, person), number=number)
        if source.random() < SHARE_OPEN and not twice:
            locality = DISTRICTS[person.postcode.split()[0]]
            yield Entry(person, "open", locality_team(locality), source.choice(batch.workers[locality]))
        else:
            yield Entry(person, "known", last_closed_on=batch.today - timedelta(days=source.randrange(90, 4000)))


def copy_texts(found: Iterable[Entry], batch: Batch) -> tuple[str, str]:
    """The rows and their keys as two texts for COPY."""
    rows: list[str] = []
    keys: list[str] = []
    for entry in found:
        person, key_id = entry.person, batch.first_id + entry.person.number
        facts = facts_of(person)
        rows.append(line((
            key_id, person.given, person.family, join_other_names(person.other_names), person.born_on,
            person.address, person.postcode, person.nhs_number, person.phone, mosaic_id(person.number), entry.status,
            entry.team, *entry.worker, entry.last_closed_on, match_name(facts), batch.import_id,
        )))  # fmt: skip
        keys += [f"{key}\t{key_id}\n" for key in keys_for(facts)]
    return "".join(rows), "".join(keys)


def invented_texts(first: int, last: int, batch: Batch) -> tuple[str, str]:
    """The texts of the invented entries of these numbers, the last included."""
    return copy_texts(entries(range(first, last + 1), batch), batch)


def facts_of(person: Invented) -> PersonFacts:
    """An entry's facts as the matcher takes them."""
    numbers = {"nhs": person.nhs_number, "mosaic": mosaic_id(person.number), "phone": person.phone}
    return PersonFacts(
        person.given, person.family, person.other_names, person.born_on, person.postcode, person.address, numbers
    )


def mosaic_id(number: int) -> str:
    return str(2_000_000 + number * 3)
